/**
 * The metadata of buckets and versions, in the journal's tables. One row per version of a key; the newest has no
 * `superseded_at`. A row and everything that follows from it (who holds which content, the look of the lifecycle, the
 * event) are written in one transaction.
 */
import { AwsError, type Host, type PolicyDocument } from '../contract.ts';
import { refuse } from './answer.ts';
import { contextOf, type Ask } from './ask.ts';
import { PLAIN, type Bucket, type LockMode, type Settings, type Sse } from './bucket.ts';
import { Contents, type Piece } from './contents.ts';
import type { Checksum } from './digests.ts';
import { newVersionId } from './version-id.ts';

/** What a version carries. `etag` without quotes, `headers` as they are sent back, instants in ms. */
export interface Facts {
  readonly pieces: readonly Piece[];
  readonly size: number;
  readonly etag: string;
  readonly storageClass: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly sse: Sse;
  readonly checksum?: Checksum | undefined;
  /** Of a multipart upload: each part's size and checksum value. */
  readonly parts?: readonly { readonly size: number; readonly checksum?: string | undefined }[] | undefined;
  readonly retention?: { readonly mode: LockMode; readonly until: number } | undefined;
  readonly legalHold?: boolean | undefined;
}

export interface Version extends Facts {
  readonly seq: number;
  readonly bucket: string;
  readonly key: string;
  /** `null` (the word) in a bucket without versioning. */
  readonly version: string;
  readonly marker: boolean;
  readonly modified: number;
  /** When a newer version took its place; undefined for the newest. */
  readonly supersededAt?: number | undefined;
}

interface VersionRow {
  seq: number;
  bucket: string;
  key: string;
  version: string;
  marker: number;
  modified: number;
  superseded_at: number | null;
  facts: string;
}

const NOTHING: Facts = {
  pieces: [],
  size: 0,
  etag: '',
  storageClass: 'STANDARD',
  headers: {},
  tags: {},
  sse: { algorithm: 'AES256' },
};
const DAY_MS = 86_400_000;

export class Store {
  readonly host: Host;
  readonly contents: Contents;
  #freed: string[] = [];
  #changing = false;

  constructor(host: Host) {
    this.host = host;
    host.journal.define(`
      CREATE TABLE IF NOT EXISTS s3_buckets (name TEXT PRIMARY KEY, created_at INTEGER NOT NULL, template TEXT, settings TEXT NOT NULL, policy_template TEXT, policy TEXT);
      CREATE TABLE IF NOT EXISTS s3_versions (
        seq INTEGER PRIMARY KEY AUTOINCREMENT, bucket TEXT NOT NULL, key TEXT NOT NULL, version TEXT NOT NULL, marker INTEGER NOT NULL,
        modified INTEGER NOT NULL, superseded_at INTEGER, look_at INTEGER, facts TEXT NOT NULL, UNIQUE (bucket, key, version));
      CREATE INDEX IF NOT EXISTS s3_versions_in_order ON s3_versions (bucket, key, seq);
      CREATE UNIQUE INDEX IF NOT EXISTS s3_versions_newest ON s3_versions (bucket, key) WHERE superseded_at IS NULL;
      CREATE INDEX IF NOT EXISTS s3_versions_look ON s3_versions (bucket, look_at);
      CREATE TABLE IF NOT EXISTS s3_uploads (id TEXT PRIMARY KEY, bucket TEXT NOT NULL, key TEXT NOT NULL, started_at INTEGER NOT NULL, facts TEXT NOT NULL);
      CREATE TABLE IF NOT EXISTS s3_parts (upload TEXT NOT NULL REFERENCES s3_uploads (id), number INTEGER NOT NULL, facts TEXT NOT NULL, PRIMARY KEY (upload, number));`);
    this.contents = new Contents(host.journal);
  }

  /** Runs synchronous `work` in one transaction, joins an outer one, and erases the contents it freed once that is written. */
  change<T>(work: () => T): T {
    if (this.#changing) return work();
    this.#changing = true;
    try {
      const result = this.host.journal.transaction(work);
      this.contents.erase(this.#freed);
      return result;
    } finally {
      this.#changing = false;
      this.#freed = [];
    }
  }

  /** Lets go of contents in a transaction of `change`. */
  free(pieces: readonly Piece[]): void {
    this.#freed.push(...this.contents.release(pieces));
  }

  /** Throws NoSuchBucket. */
  bucket(name: string): Bucket {
    const row = this.host.journal.get<{ created_at: number; settings: string; policy: string | null }>(
      'SELECT * FROM s3_buckets WHERE name = ?',
      name,
    );
    if (!row) throw refuse('NoSuchBucket', undefined, { BucketName: name });
    return {
      ...PLAIN,
      ...(JSON.parse(row.settings) as Settings),
      name,
      createdAt: row.created_at,
      policy: row.policy ? (JSON.parse(row.policy) as PolicyDocument) : undefined,
    };
  }

  /**
   * Throws AccessDenied unless the caller may do `action` (without its `s3:`) on the key, or on the bucket if the key is
   * empty; the bucket's policy is judged too. `more` adds condition keys.
   */
  permit(
    ask: Ask,
    bucket: Bucket,
    action: string,
    more: Readonly<Record<string, string | boolean | number>> = {},
    key = ask.key,
  ): void {
    const resource = `arn:aws:s3:::${bucket.name}${key ? `/${key}` : ''}`;
    if ((ask.header('x-amz-expected-bucket-owner') ?? this.host.account) !== this.host.account)
      throw refuse('AccessDenied');
    if (ask.caller.kind === 'anonymous' && bucket.closedToPublic) throw refuse('AccessDenied');
    ask.caller.require(`s3:${action}`, resource, { ...contextOf(ask), ...more }, bucket.policy, 'AccessDenied');
  }

  /** SSE-KMS needs the caller's permission for the key too. Throws AccessDenied. */
  permitKey(ask: Ask, sse: Sse, action: 'GenerateDataKey' | 'Decrypt'): void {
    if (!sse.algorithm.startsWith('aws:kms') || !sse.kmsKeyId) return;
    const arn = sse.kmsKeyId.startsWith('arn:')
      ? sse.kmsKeyId
      : `arn:aws:kms:${this.host.region}:${this.host.account}:key/${sse.kmsKeyId}`;
    ask.caller.require(
      `kms:${action}`,
      arn,
      { 'kms:ViaService': `s3.${this.host.region}.amazonaws.com` },
      undefined,
      'AccessDenied',
    );
  }

  newest(bucket: string, key: string): Version | undefined {
    return versionOf(
      this.host.journal.get<VersionRow>(
        'SELECT * FROM s3_versions WHERE bucket = ? AND key = ? AND superseded_at IS NULL',
        bucket,
        key,
      ),
    );
  }

  version(bucket: string, key: string, version: string): Version | undefined {
    return versionOf(
      this.host.journal.get<VersionRow>(
        'SELECT * FROM s3_versions WHERE bucket = ? AND key = ? AND version = ?',
        bucket,
        key,
        version,
      ),
    );
  }

  /**
   * The version a reader asks for. Throws NoSuchKey (AccessDenied for one who may not list the bucket, as S3 does not
   * tell them what is there), NoSuchVersion, or MethodNotAllowed for a delete marker named by its version id.
   */
  find(ask: Ask, bucket: Bucket, key = ask.key, versionId = ask.query.get('versionId') || undefined): Version {
    const found = versionId === undefined ? this.newest(bucket.name, key) : this.version(bucket.name, key, versionId);
    if (found && !found.marker) return found;
    const headers = found && { 'x-amz-delete-marker': 'true', 'x-amz-version-id': found.version };
    if (found && versionId !== undefined)
      throw refuse('MethodNotAllowed', undefined, {
        Method: ask.method,
        ResourceType: 'DeleteMarker',
        headers: { ...headers, allow: 'DELETE' },
      });
    if (!ask.caller.may('s3:ListBucket', `arn:aws:s3:::${bucket.name}`, contextOf(ask), bucket.policy))
      throw refuse('AccessDenied');
    if (versionId !== undefined) throw refuse('NoSuchVersion', undefined, { Key: key, VersionId: versionId });
    throw refuse('NoSuchKey', undefined, { Key: key, ...(headers ? { headers } : {}) });
  }

  /** Adds the newest version of a key. Contents must be written already. `modified` is now. */
  append(bucket: Bucket, key: string, facts: Facts | 'marker'): Version {
    return this.change(() => {
      const { journal, clock } = this.host;
      const now = clock.now();
      const made = journal.get<{ seq: number }>(`SELECT seq FROM sqlite_sequence WHERE name = 's3_versions'`)?.seq ?? 0;
      const id = bucket.versioning === 'Enabled' ? newVersionId(made + 1) : 'null';
      const carried = facts === 'marker' ? NOTHING : facts;
      this.contents.hold(carried.pieces);
      const replaced = id === 'null' ? this.version(bucket.name, key, id) : undefined;
      if (replaced) this.#delete(replaced);
      journal.run(
        'UPDATE s3_versions SET superseded_at = ? WHERE bucket = ? AND key = ? AND superseded_at IS NULL',
        now,
        bucket.name,
        key,
      );
      journal.run(
        'INSERT INTO s3_versions (bucket, key, version, marker, modified, facts) VALUES (?, ?, ?, ?, ?, ?)',
        bucket.name,
        key,
        id,
        facts === 'marker' ? 1 : 0,
        now,
        JSON.stringify(carried),
      );
      this.touch(bucket, key);
      return this.newest(bucket.name, key)!;
    });
  }

  /** Removes a version for good; the one before it becomes the newest. Locks are judged before, by the caller. */
  remove(bucket: Bucket, version: Version): void {
    this.change(() => {
      this.#delete(version);
      if (version.supersededAt === undefined) {
        this.host.journal.run(
          `UPDATE s3_versions SET superseded_at = NULL WHERE seq = (SELECT max(seq) FROM s3_versions WHERE bucket = ? AND key = ?)`,
          bucket.name,
          version.key,
        );
      }
      this.touch(bucket, version.key);
    });
  }

  /** Changes facts of a version that may change: tags, locks, storage class. */
  rewrite(bucket: Bucket, version: Version, changed: Partial<Facts>): void {
    this.change(() => {
      const { journal } = this.host;
      const facts = JSON.parse(
        journal.get<{ facts: string }>('SELECT facts FROM s3_versions WHERE seq = ?', version.seq)!.facts,
      ) as Facts;
      journal.run(
        'UPDATE s3_versions SET facts = ? WHERE seq = ?',
        JSON.stringify({ ...facts, ...changed }),
        version.seq,
      );
      this.touch(bucket, version.key);
    });
  }

  /** Has the lifecycle look at all versions of a key (without one: of the bucket) at the next midnight. */
  touch(bucket: Bucket, key?: string): void {
    if (bucket.rules.length === 0) return;
    if (key === undefined) this.host.journal.run('UPDATE s3_versions SET look_at = 0 WHERE bucket = ?', bucket.name);
    else this.host.journal.run('UPDATE s3_versions SET look_at = 0 WHERE bucket = ? AND key = ?', bucket.name, key);
    this.host.clock.set({
      kind: 'lifecycle',
      id: bucket.name,
      dueAt: (Math.floor(this.host.clock.now() / DAY_MS) + 1) * DAY_MS,
      payload: null,
    });
  }

  /** Rows by SQL for listings: `where` and what follows it. */
  select(where: string, ...values: (string | number)[]): Version[] {
    return this.host.journal
      .all<VersionRow>(`SELECT * FROM s3_versions WHERE ${where}`, ...values)
      .map((row) => versionOf(row)!);
  }

  #delete(version: Version): void {
    if (this.host.journal.run('DELETE FROM s3_versions WHERE seq = ?', version.seq) === 0)
      throw new AwsError(
        'OperationAborted',
        'A conflicting conditional operation is currently in progress against this resource. Please try again.',
        409,
      );
    this.free(version.pieces);
  }
}

function versionOf(row: VersionRow | undefined): Version | undefined {
  if (!row) return undefined;
  return {
    ...(JSON.parse(row.facts) as Facts),
    seq: row.seq,
    bucket: row.bucket,
    key: row.key,
    version: row.version,
    marker: row.marker === 1,
    modified: row.modified,
    supersededAt: row.superseded_at ?? undefined,
  };
}
