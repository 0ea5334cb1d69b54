/**
 * What functions ask of the bucket of images and of everything else that is kept: `kept/` and `enclosed/` under lock,
 * `work/` for lists a workflow works through, `certificates/` for what proves a destruction. The door is files.aws.ts.
 */
import type { Instant } from '../../policies/instant.ts';

/** One version of one file. A version never changes; its lock and its tags do. */
export interface FileVersion {
  readonly key: string;
  readonly versionId: string;
}

/** What the store says of a version. `sha256` in lower-case hex, where the store worked it out. */
export interface FileFound extends FileVersion {
  readonly bytes: number;
  readonly sha256?: string;
  /** The store's own notes beside the file, such as `from-version`. */
  readonly notes: Readonly<Record<string, string>>;
  /** Told only to whom may read locks. */
  readonly legalHold: boolean;
  readonly retainUntil?: Instant;
}

/** One version in a listing; a `marker` hides what lies under its key and has no bytes. */
export interface ListedVersion extends FileVersion {
  /** When it was written. */
  readonly at: Instant;
  readonly marker: boolean;
  readonly newest: boolean;
  readonly bytes: number;
}

/** What became of a version that was to go. `locked` is the store's own word; which lock, only to whom may read locks. */
export type Deletion =
  | { readonly kind: 'deleted' }
  | { readonly kind: 'locked'; readonly legalHold?: boolean; readonly retainUntil?: Instant };

export interface Files {
  readonly bucket: string;
  /**
   * The newest version under a key, or the one named; undefined when there is none. `deniedMeansNone`: to whom may not
   * list, S3 says 403 of what is not there, as of what may not be read.
   */
  head(
    key: string,
    ask?: { readonly versionId?: string; readonly deniedMeansNone?: boolean },
  ): Promise<FileFound | undefined>;
  /** All bytes of a version, in order. */
  pieces(version: FileVersion): AsyncIterable<Uint8Array>;
  /** SHA-256 in hex, read from the version itself. */
  hashOf(version: FileVersion): Promise<string>;
  /** Copies a version under legal hold, with tags, and says which SHA-256 the copy has. */
  copyHeld(ask: {
    readonly from: FileVersion;
    readonly toKey: string;
    readonly contentType: string;
    readonly tags: Readonly<Record<string, string>>;
    readonly notes?: Readonly<Record<string, string>>;
  }): Promise<FileVersion & { readonly sha256: string }>;
  setLegalHold(version: FileVersion, on: boolean): Promise<void>;
  /** Governance mode. Where a later day is set already it stays: answers the one that counts. */
  retainUntil(version: FileVersion, until: Instant): Promise<Instant>;
  /** Replaces all tags of a version. */
  tag(version: FileVersion, tags: Readonly<Record<string, string>>): Promise<void>;
  tagsOf(version: FileVersion): Promise<Readonly<Record<string, string>>>;
  /** Every version and marker whose key begins with `prefix`, a page at a time; `from` is the mark of the page before. */
  versionsUnder(
    prefix: string,
    ask?: { readonly from?: string; readonly most?: number },
  ): Promise<{ readonly versions: readonly ListedVersion[]; readonly next?: string }>;
  /** Deletes one version for good. Deleting one that is gone is no fault. */
  deleteVersion(version: FileVersion): Promise<Deletion>;
  /** A small file of our own; `sha256` is that of the bytes. Text is written as it is, anything else as JSON. */
  put(key: string, content: unknown): Promise<FileVersion & { readonly sha256: string; readonly bytes: number }>;
  /** Its text; undefined when there is none. */
  text(key: string, versionId?: string): Promise<string | undefined>;
}
