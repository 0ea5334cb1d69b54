/** A store of files in memory, with versions and locks as S3 has them: what is locked is not deleted, whoever asks. */
import { instantOf } from '../../../policies/instant.ts';
import { sha256 } from '../../../functions/records/canonical.ts';
import type { Files, ListedVersion } from '../../../functions/records/files.ts';

type Served = Pick<Files, 'bucket' | 'put' | 'text' | 'versionsUnder' | 'deleteVersion'>;

interface Version {
  readonly versionId: string;
  readonly text: string;
  locked: boolean;
}

export class FilesInMemory implements Served {
  readonly bucket = 'images';
  readonly versions = new Map<string, Version[]>();
  /** The newest text of each key, as a map reads it. */
  readonly newest: Map<string, string>;
  /** Each version that was deleted, in order, as `key@version`. */
  readonly deleted: string[] = [];
  #count = 0;

  constructor(newest = new Map<string, string>()) {
    this.newest = newest;
  }

  put: Files['put'] = async (key, content) => {
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    const versionId = this.add(key, text);
    return { key, versionId, sha256: sha256(text), bytes: Buffer.byteLength(text) };
  };

  text: Files['text'] = async (key, versionId) => {
    const found = this.versions.get(key) ?? [];
    return (versionId ? found.find((one) => one.versionId === versionId) : found.at(-1))?.text;
  };

  versionsUnder: Files['versionsUnder'] = async (prefix) => ({
    versions: [...this.versions].flatMap(([key, found]) =>
      key.startsWith(prefix)
        ? found.map(({ versionId, text }, place): ListedVersion => ({
            key,
            versionId,
            marker: false,
            newest: place === found.length - 1,
            bytes: text.length,
            at: instantOf('2026-01-01T00:00:00Z'),
          }))
        : [],
    ),
  });

  deleteVersion: Files['deleteVersion'] = async ({ key, versionId }) => {
    const found = this.versions.get(key) ?? [];
    const place = found.findIndex((one) => one.versionId === versionId);
    if (place < 0) return { kind: 'deleted' };
    if (found[place]!.locked) return { kind: 'locked' };
    found.splice(place, 1);
    this.deleted.push(`${key}@${versionId}`);
    if (found.length === 0) this.versions.delete(key);
    return { kind: 'deleted' };
  };

  /** A version of its own under a key. */
  add(key: string, text: string, locked = false): string {
    const versionId = `v${++this.#count}`;
    this.versions.set(key, [...(this.versions.get(key) ?? []), { versionId, text, locked }]);
    this.newest.set(key, text);
    return versionId;
  }
}
