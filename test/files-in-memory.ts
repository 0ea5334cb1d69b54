/**
 * A bucket without a store, for tests that lock and list many files: versions, tags and Object Lock as the store keeps
 * them, and what a distributed Map reads. What the real store answers is the business of tests on one.
 */
import { createHash } from 'node:crypto';
import { FileMissing } from '../functions/records/faults.ts';
import type { Files, FileVersion } from '../functions/records/files.ts';
import type { Instant } from '../policies/instant.ts';

interface Held {
  readonly key: string;
  readonly versionId: string;
  readonly bytes: Uint8Array;
  readonly at: Instant;
  readonly notes: Readonly<Record<string, string>>;
  legalHold: boolean;
  retainUntil?: Instant;
  tags: Readonly<Record<string, string>>;
}

export interface FilesInMemory extends Files {
  /** Every version, in the order of its writing. */
  all(): readonly Held[];
  of(version: FileVersion): Held;
  /** Puts a file as a browser or a function left it; answers its version. */
  add(key: string, text: string): FileVersion & { readonly sha256: string; readonly bytes: number };
}

/** `texts` is given what is `put`, by key: what a distributed Map reads its items from. */
export function filesInMemory(now: () => Instant, texts: Map<string, string> = new Map()): FilesInMemory {
  let held: Held[] = [];
  const find = ({ key, versionId }: FileVersion): Held | undefined =>
    held.find((one) => one.key === key && one.versionId === versionId);
  const of = (version: FileVersion): Held => {
    const found = find(version);
    if (!found) throw new FileMissing(`a version under ${version.key} that the records name is not in the store`);
    return found;
  };
  const newest = (key: string): Held | undefined => held.findLast((one) => one.key === key);
  const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
  const write = (key: string, bytes: Uint8Array, more: Partial<Held> = {}): Held => {
    const one = {
      key,
      versionId: `v${held.length + 1}`,
      bytes,
      at: now(),
      notes: {},
      legalHold: false,
      tags: {},
      ...more,
    };
    held.push(one);
    return one;
  };
  const isLocked = ({ legalHold, retainUntil }: Held): boolean =>
    legalHold || (retainUntil !== undefined && retainUntil > now());
  return {
    bucket: 'images',
    all: () => held,
    of,
    add(key, text) {
      const { versionId, bytes } = write(key, Buffer.from(text));
      return { key, versionId, sha256: hash(bytes), bytes: bytes.length };
    },
    async head(key, { versionId } = {}) {
      const one = versionId ? find({ key, versionId }) : newest(key);
      return (
        one && {
          key,
          versionId: one.versionId,
          bytes: one.bytes.length,
          sha256: hash(one.bytes),
          notes: one.notes,
          legalHold: one.legalHold,
          ...(one.retainUntil && { retainUntil: one.retainUntil }),
        }
      );
    },
    async *pieces(version) {
      yield of(version).bytes;
    },
    hashOf: async (version) => hash(of(version).bytes),
    async copyHeld({ from, toKey, tags, notes = {} }) {
      const { versionId, bytes } = write(toKey, of(from).bytes, { legalHold: true, tags, notes });
      return { key: toKey, versionId, sha256: hash(bytes) };
    },
    async setLegalHold(version, on) {
      of(version).legalHold = on;
    },
    async retainUntil(version, until) {
      const one = of(version);
      if (until <= now()) throw new Error('InvalidRequest: the retain until date must be in the future');
      if (one.retainUntil && one.retainUntil > until) return one.retainUntil;
      one.retainUntil = until;
      return until;
    },
    async tag(version, tags) {
      of(version).tags = tags;
    },
    tagsOf: async (version) => of(version).tags,
    async versionsUnder(prefix) {
      const versions = held
        .filter(({ key }) => key.startsWith(prefix))
        .map((one) => ({
          key: one.key,
          versionId: one.versionId,
          at: one.at,
          marker: false,
          newest: newest(one.key) === one,
          bytes: one.bytes.length,
        }));
      return { versions };
    },
    async deleteVersion(version) {
      const one = find(version);
      if (one && isLocked(one))
        return { kind: 'locked', legalHold: one.legalHold, ...(one.retainUntil && { retainUntil: one.retainUntil }) };
      held = held.filter((other) => other !== one);
      return { kind: 'deleted' };
    },
    async put(key, content) {
      const bytes = Buffer.from(typeof content === 'string' ? content : JSON.stringify(content));
      texts.set(key, bytes.toString());
      const { versionId } = write(key, bytes);
      return { key, versionId, sha256: hash(bytes), bytes: bytes.length };
    },
    async text(key, versionId) {
      const one = versionId ? find({ key, versionId }) : newest(key);
      return one && Buffer.from(one.bytes).toString();
    },
  };
}
