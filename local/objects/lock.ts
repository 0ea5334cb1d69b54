/**
 * Object Lock: who may change or destroy which version, and until when.
 *
 * COMPLIANCE is never shortened, changed or bypassed, not even by the account's owner. GOVERNANCE yields to the bypass
 * header from one who has s3:BypassGovernanceRetention. A legal hold yields to nothing but its release. Instants are
 * judged by the host's clock. Source: S3 user guide, "Locking objects with Object Lock".
 */
import { parseXml, refuse, textOf, xmlAnswer, type Answer } from './answer.ts';
import type { Ask } from './ask.ts';
import type { Bucket, LockMode } from './bucket.ts';
import { wholeBody } from './bytes-in.ts';
import type { Facts, Store, Version } from './store.ts';

type Lock = Pick<Facts, 'retention' | 'legalHold'>;

const DAY_MS = 86_400_000;
const PROTECTED = 'Access Denied because object protected by object lock.';

/**
 * The lock a new version gets: from the headers (or form fields), else the bucket's default.
 * Throws InvalidRequest and InvalidArgument for headers that contradict themselves or the bucket.
 */
export function lockFor(bucket: Bucket, header: (name: string) => string | undefined, now: number): Lock {
  const mode = header('x-amz-object-lock-mode');
  const until = header('x-amz-object-lock-retain-until-date');
  const hold = header('x-amz-object-lock-legal-hold');
  if ((mode ?? until ?? hold) !== undefined && !bucket.lock)
    throw refuse('InvalidRequest', 'Bucket is missing Object Lock Configuration');
  if ((mode === undefined) !== (until === undefined))
    throw refuse(
      'InvalidArgument',
      'x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied',
    );
  const legalHold = hold === undefined ? undefined : holdNamed(hold);
  if (mode !== undefined && until !== undefined) return { legalHold, retention: retentionOf(mode, until, now) };
  const { mode: standing, days, years } = bucket.lock ?? {};
  if (!standing) return { legalHold };
  const end = new Date(now);
  if (years !== undefined) end.setUTCFullYear(end.getUTCFullYear() + years);
  return { legalHold, retention: { mode: standing, until: end.getTime() + (days ?? 0) * DAY_MS } };
}

/** Throws AccessDenied unless the caller may set the locks that the headers ask for. */
export function permitLock(store: Store, ask: Ask, bucket: Bucket): void {
  const { header } = ask;
  const until = header('x-amz-object-lock-retain-until-date');
  if (until !== undefined)
    store.permit(ask, bucket, 'PutObjectRetention', remaining(Date.parse(until), store.host.clock.now()));
  if (header('x-amz-object-lock-legal-hold') !== undefined) store.permit(ask, bucket, 'PutObjectLegalHold');
}

/** Throws AccessDenied if the version may not be destroyed now. */
export function checkMayDestroy(store: Store, ask: Ask, bucket: Bucket, version: Version): void {
  if (version.legalHold) throw refuse('AccessDenied', PROTECTED);
  if (!isRetained(version, store.host.clock.now())) return;
  if (version.retention!.mode === 'COMPLIANCE' || !bypasses(store, ask, bucket, version.key))
    throw refuse('AccessDenied', PROTECTED);
}

export function isRetained(version: Lock, now: number): boolean {
  return version.retention !== undefined && version.retention.until > now;
}

export async function putObjectRetention(store: Store, ask: Ask): Promise<Answer> {
  const given = parseXml(await wholeBody(ask), 'Retention');
  const { bucket, version } = lockable(store, ask);
  const now = store.host.clock.now();
  const [mode, until] = [textOf(given['Mode']), textOf(given['RetainUntilDate'])];
  if ((mode === undefined) !== (until === undefined)) throw refuse('MalformedXML');
  const wanted = mode === undefined || until === undefined ? undefined : retentionOf(mode, until, now);
  store.permit(
    ask,
    bucket,
    'PutObjectRetention',
    wanted ? { 's3:object-lock-mode': wanted.mode, ...remaining(wanted.until, now) } : {},
  );
  const held = version.retention;
  if (held && isRetained(version, now)) {
    const lengthens = wanted !== undefined && wanted.mode === held.mode && wanted.until >= held.until;
    if (!lengthens && (held.mode === 'COMPLIANCE' || !bypasses(store, ask, bucket, version.key)))
      throw refuse('AccessDenied', PROTECTED);
  }
  store.rewrite(bucket, version, { retention: wanted });
  return { headers: { 'x-amz-version-id': version.version } };
}

export async function putObjectLegalHold(store: Store, ask: Ask): Promise<Answer> {
  const legalHold = holdNamed(textOf(parseXml(await wholeBody(ask), 'LegalHold')['Status']) ?? '');
  const { bucket, version } = lockable(store, ask);
  store.permit(ask, bucket, 'PutObjectLegalHold', { 's3:object-lock-legal-hold': legalHold ? 'ON' : 'OFF' });
  store.rewrite(bucket, version, { legalHold });
  return { headers: { 'x-amz-version-id': version.version } };
}

export function getObjectRetention(store: Store, ask: Ask): Answer {
  const { version } = lockable(store, ask, 'GetObjectRetention');
  if (!version.retention) throw refuse('NoSuchObjectLockConfiguration');
  return xmlAnswer('Retention', {
    Mode: version.retention.mode,
    RetainUntilDate: new Date(version.retention.until).toISOString(),
  });
}

export function getObjectLegalHold(store: Store, ask: Ask): Answer {
  const { version } = lockable(store, ask, 'GetObjectLegalHold');
  if (version.legalHold === undefined) throw refuse('NoSuchObjectLockConfiguration');
  return xmlAnswer('LegalHold', { Status: version.legalHold ? 'ON' : 'OFF' });
}

export function getObjectLockConfiguration(store: Store, ask: Ask): Answer {
  const bucket = store.bucket(ask.bucket);
  store.permit(ask, bucket, 'GetBucketObjectLockConfiguration');
  if (!bucket.lock) throw refuse('ObjectLockConfigurationNotFoundError');
  const { mode, days, years } = bucket.lock;
  return xmlAnswer('ObjectLockConfiguration', {
    ObjectLockEnabled: 'Enabled',
    Rule: mode && { DefaultRetention: { Mode: mode, Days: days, Years: years } },
  });
}

/** The headers that tell a reader about the lock; shown to those who may read it. */
export function lockHeaders(store: Store, ask: Ask, bucket: Bucket, version: Version): Record<string, string> {
  const may = (action: string) =>
    ask.caller.may(`s3:${action}`, `arn:aws:s3:::${bucket.name}/${version.key}`, undefined, bucket.policy);
  return {
    ...(version.retention && may('GetObjectRetention')
      ? {
          'x-amz-object-lock-mode': version.retention.mode,
          'x-amz-object-lock-retain-until-date': new Date(version.retention.until).toISOString(),
        }
      : {}),
    ...(version.legalHold !== undefined && may('GetObjectLegalHold')
      ? { 'x-amz-object-lock-legal-hold': version.legalHold ? 'ON' : 'OFF' }
      : {}),
  };
}

function lockable(store: Store, ask: Ask, action?: string): { bucket: Bucket; version: Version } {
  const bucket = store.bucket(ask.bucket);
  if (action) store.permit(ask, bucket, action);
  if (!bucket.lock) throw refuse('InvalidRequest', 'Bucket is missing Object Lock Configuration');
  return { bucket, version: store.find(ask, bucket) };
}

function bypasses(store: Store, ask: Ask, bucket: Bucket, key: string): boolean {
  if (ask.header('x-amz-bypass-governance-retention')?.toLowerCase() !== 'true') return false;
  store.permit(ask, bucket, 'BypassGovernanceRetention', {}, key);
  return true;
}

function retentionOf(mode: string, until: string, now: number): { mode: LockMode; until: number } {
  if (mode !== 'GOVERNANCE' && mode !== 'COMPLIANCE') throw refuse('InvalidArgument', 'Unknown wormMode directive.');
  const end = Date.parse(until);
  if (!/^\d{4}-\d\d-\d\dT/.test(until) || Number.isNaN(end))
    throw refuse('InvalidArgument', 'The retain until date must be provided in ISO 8601 format');
  if (end <= now) throw refuse('InvalidArgument', 'The retain until date must be in the future!');
  return { mode, until: end };
}

function holdNamed(status: string): boolean {
  if (status !== 'ON' && status !== 'OFF')
    throw refuse('InvalidArgument', "Legal Hold must be either of 'ON' or 'OFF'");
  return status === 'ON';
}

function remaining(until: number, now: number): Record<string, number> {
  return { 's3:object-lock-remaining-retention-days': Math.ceil((until - now) / DAY_MS) };
}
