/**
 * Lifecycle rules: what expires, moves to cheaper storage or is given up, at midnight UTC as in S3 (an age in days
 * ends at the first midnight at or after it).
 *
 * One timer per bucket. Each row carries `look_at`, the next instant at which a rule can apply to it; a run looks at
 * rows that are due only and sets the timer to the earliest of the others, so that moving the clock by years costs one
 * run per day on which something happens. A write sets the row's `look_at` to 0 and the timer to the next midnight.
 * Versions under a lock are passed over until the lock ends.
 */
import { AwsError } from '../contract.ts';
import { announce } from './announce.ts';
import type { Bucket, LifecycleRule } from './bucket.ts';
import { isRetained } from './lock.ts';
import { forgetUpload, uploadsIn } from './uploads.ts';
import type { Store, Version } from './store.ts';

const DAY_MS = 86_400_000;
const KIND = 'lifecycle';

/** Something a rule will do to a version, and when. */
interface Due {
  readonly at: number;
  readonly act: 'mark' | 'remove' | { readonly storageClass: string };
}

export function runLifecycles(store: Store): void {
  store.host.clock.on(KIND, ({ id }) => {
    let bucket: Bucket;
    try {
      bucket = store.bucket(id);
    } catch (error) {
      if (error instanceof AwsError && error.code === 'NoSuchBucket') return;
      throw error;
    }
    if (bucket.rules.some((rule) => rule.Status === 'Enabled')) runOnce(store, bucket, store.host.clock.now());
  });
}

function runOnce(store: Store, bucket: Bucket, now: number): void {
  const { journal, clock } = store.host;
  store.change(() => {
    for (const { key } of journal.all<{ key: string }>(
      'SELECT DISTINCT key FROM s3_versions WHERE bucket = ? AND look_at <= ?',
      bucket.name,
      now,
    ))
      lookAt(store, bucket, key, now);
    let next =
      journal.get<{ at: number | null }>('SELECT min(look_at) AS at FROM s3_versions WHERE bucket = ?', bucket.name)
        ?.at ?? Infinity;
    for (const upload of uploadsIn(store, bucket.name)) {
      const at = Math.min(
        ...rulesFor(bucket, { ...upload.facts, key: upload.key, size: 0 }).map((rule) =>
          midnightAfter(upload.startedAt, rule.AbortIncompleteMultipartUpload?.DaysAfterInitiation),
        ),
      );
      if (at <= now) forgetUpload(store, upload.id);
      else next = Math.min(next, at);
    }
    if (next !== Infinity)
      clock.set({ kind: KIND, id: bucket.name, dueAt: Math.max(next, midnightAfter(now + 1, 0)), payload: null });
  });
}

/** Does what is due for one key and notes on each row that is left when to look again. */
function lookAt(store: Store, bucket: Bucket, key: string, now: number): void {
  for (let changed = true; changed;) {
    changed = false;
    const versions = store.select('bucket = ? AND key = ? ORDER BY seq DESC', bucket.name, key);
    for (const [index, version] of versions.entries()) {
      const due = nextFor(bucket, version, index, versions.length === 1, now);
      store.host.journal.run('UPDATE s3_versions SET look_at = ? WHERE seq = ?', due?.at ?? null, version.seq);
      if (!due || due.at > now) continue;
      apply(store, bucket, version, due);
      changed = true;
      break;
    }
  }
}

function apply(store: Store, bucket: Bucket, version: Version, { act }: Due): void {
  if (act === 'mark') {
    announce(
      store,
      bucket,
      store.append(bucket, version.key, 'marker'),
      'Lifecycle Expiration',
      'lifecycle',
      'Delete Marker Created',
    );
  } else if (act === 'remove') {
    store.remove(bucket, version);
    announce(store, bucket, version, 'Lifecycle Expiration', 'lifecycle', 'Permanently Deleted');
  } else {
    store.rewrite(bucket, version, act);
  }
}

/** The earliest thing a rule will do to a version; `newer` versions of its key stand before it. */
function nextFor(bucket: Bucket, version: Version, newer: number, alone: boolean, now: number): Due | undefined {
  const dues: Due[] = [];
  for (const rule of rulesFor(bucket, version)) {
    if (version.supersededAt === undefined) {
      if (version.marker) {
        const days = rule.ExpiredObjectDeleteMarker ? 0 : rule.ExpirationInDays;
        if (alone) dues.push({ at: midnightAfter(version.modified, days), act: 'remove' });
        continue;
      }
      const at = Math.min(midnightAfter(version.modified, rule.ExpirationInDays), rule.ExpirationDate ?? Infinity);
      dues.push({ at, act: bucket.versioning === undefined ? 'remove' : 'mark' });
      for (const move of rule.Transitions) {
        const moved = Math.min(midnightAfter(version.modified, move.TransitionInDays), move.TransitionDate ?? Infinity);
        if (isColder(move.StorageClass, version.storageClass))
          dues.push({ at: moved, act: { storageClass: move.StorageClass } });
      }
      continue;
    }
    const gone = rule.NoncurrentVersionExpiration;
    if (gone && newer > (gone.NewerNoncurrentVersions ?? 0))
      dues.push({ at: midnightAfter(version.supersededAt, gone.NoncurrentDays), act: 'remove' });
    for (const move of version.marker ? [] : rule.NoncurrentVersionTransitions) {
      if (newer > (move.NewerNoncurrentVersions ?? 0) && isColder(move.StorageClass, version.storageClass))
        dues.push({
          at: midnightAfter(version.supersededAt, move.TransitionInDays),
          act: { storageClass: move.StorageClass },
        });
    }
  }
  const possible = dues.flatMap((due): Due[] => {
    if (due.act !== 'remove' || version.marker) return [due];
    if (version.legalHold) return [];
    return [
      isRetained(version, now) ? { ...due, at: Math.max(due.at, midnightAfter(version.retention!.until, 0)) } : due,
    ];
  });
  // At the same midnight expiry wins over a move.
  return possible
    .filter((due) => due.at !== Infinity)
    .toSorted((a, b) => a.at - b.at || Number(typeof a.act === 'object') - Number(typeof b.act === 'object'))[0];
}

function rulesFor(
  bucket: Bucket,
  object: {
    readonly key: string;
    readonly size: number;
    readonly marker?: boolean;
    readonly tags: Readonly<Record<string, string>>;
  },
): LifecycleRule[] {
  return bucket.rules.filter(
    (rule) =>
      rule.Status === 'Enabled' &&
      object.key.startsWith(rule.Prefix) &&
      rule.TagFilters.every((tag) => object.tags[tag.Key] === tag.Value) &&
      (object.marker ||
        ((rule.ObjectSizeGreaterThan === undefined || object.size > rule.ObjectSizeGreaterThan) &&
          (rule.ObjectSizeLessThan === undefined || object.size < rule.ObjectSizeLessThan))),
  );
}

const FROM_WARM_TO_COLD = [
  'STANDARD',
  'REDUCED_REDUNDANCY',
  'STANDARD_IA',
  'INTELLIGENT_TIERING',
  'ONEZONE_IA',
  'GLACIER_IR',
  'GLACIER',
  'DEEP_ARCHIVE',
];

/** S3 moves objects down its waterfall of storage classes only. */
function isColder(target: string, current: string): boolean {
  return FROM_WARM_TO_COLD.indexOf(target) > FROM_WARM_TO_COLD.indexOf(current);
}

/** The first midnight UTC at or after `days` from an instant; Infinity without days. */
function midnightAfter(instant: number, days: number | undefined): number {
  return days === undefined ? Infinity : Math.ceil((instant + days * DAY_MS) / DAY_MS) * DAY_MS;
}
