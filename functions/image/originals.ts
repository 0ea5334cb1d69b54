/** What acts ask of the place where originals lie. The door to it is originals.aws.ts. */
import type { ByteSource } from './content/byte-source.ts';

/** One version of one file. A version never changes. */
export interface Version {
  readonly key: string;
  readonly versionId: string;
}

/** A form a browser sends its file with: the address, and the fields that go before the file. */
export interface UploadForm {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
}

export interface Originals {
  readonly bucket: string;
  /** Where browsers find it, such as `https://bucket.s3.us-east-1.amazonaws.com`: pages must name it to use it. */
  origin(): Promise<string>;
  /** `seconds` from now it is no longer taken; `mostBytes` is checked by the store. `sha256` in hex, checked by the store too. */
  uploadForm(ask: {
    readonly key: string;
    readonly mostBytes: number;
    readonly seconds: number;
    readonly backTo?: string;
    readonly sha256?: string;
  }): Promise<UploadForm>;
  /** The newest version under a key; undefined if there is none. */
  newest(key: string): Promise<(Version & { readonly bytes: number }) | undefined>;
  /** All bytes of a version, in order. */
  pieces(version: Version): AsyncIterable<Uint8Array>;
  /** The same version, readable anywhere. */
  sourceOf(version: Version & { readonly bytes: number }): ByteSource;
  /**
   * Copies a version under its record, under legal hold, unless that has been done already. `sha256` in hex.
   * Throws OriginalDiffers if the copy's bytes are others.
   */
  keep(ask: {
    readonly from: Version;
    readonly toKey: string;
    readonly sha256: string;
    readonly imageId: string;
    /** The copy's tag `class`, as its first card has it. */
    readonly classId: string;
    readonly contentType: string;
  }): Promise<{ readonly versionId: string }>;
  /** Removes a version, and hides what else lies under its key. Harmless when repeated. */
  remove(version: { readonly key: string; readonly versionId?: string | undefined }): Promise<void>;
  /** An address that opens one version for `seconds`, shown in the page or saved under `fileName`. */
  link(
    ask: Version & {
      readonly seconds: number;
      readonly as: 'inline' | 'attachment';
      readonly fileName: string;
      readonly contentType: string;
    },
  ): Promise<string>;
}
