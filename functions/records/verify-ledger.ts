/**
 * `npm run verify-ledger`: does the ledger still tell what happened? Reads the whole table and every digest, or an export
 * of them, and says in plain words what does not fit. Changes nothing.
 *
 *   --table NAME --bucket NAME --key ID   what to read; without them, the local host whose data is in --data (.postact)
 *   --public-key FILE                     the key to trust (PEM); without it, the one that KMS gives for --key
 *   --export FILE                         also writes what was read, for others to verify; it names nobody
 *   --offline FILE                        verifies an export; needs --public-key and nothing else
 *
 * Speaks to AWS, or to the endpoint in AWS_ENDPOINT_URL. Exit status: 0 it holds, 1 it does not, 2 it was not verified.
 */
import { createPublicKey, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readEnv } from '../edge/read-env.ts';
import { trustIn, type DigestTrust } from './digest.ts';
import { exportTo, openExport } from './ledger-export.ts';
import { storedFrom } from './stored.ts';
import type { Break } from './verify.ts';
import { sourceAt, type Place, type Source } from './verify-ledger.aws.ts';
import { storeVerifier, type Finding } from './verify-store.ts';

const LOCAL_ENDPOINT = 'http://127.0.0.1:4566';

const { values: asked } = parseArgs({
  options: {
    table: { type: 'string' },
    bucket: { type: 'string' },
    key: { type: 'string' },
    data: { type: 'string', default: '.postact' },
    'public-key': { type: 'string' },
    export: { type: 'string' },
    offline: { type: 'string' },
  },
});

async function verified(): Promise<Finding> {
  const given = asked['public-key'] === undefined ? undefined : createPublicKey(readFileSync(asked['public-key']));
  if (asked.offline === undefined) return verifiedAt(placeAsked(), given);
  if (!given)
    throw new Error(
      '--offline needs --public-key: an export is as good as the key it is held against, so the key must not come with it',
    );
  const { keyId, digests, items } = await openExport(asked.offline);
  console.log(`Verifying the export ${asked.offline} against the key in ${asked['public-key']}`);
  const verifier = storeVerifier(digests, trustIn(given, asked.key ?? keyId));
  for await (const stored of items) verifier.take(stored);
  return verifier.end();
}

/** What is in use moves while it is read, so what looks broken is looked at again: a true break is found both times. */
async function verifiedAt(place: Place, given: KeyObject | undefined): Promise<Finding> {
  const source = sourceAt(place);
  const trust = given
    ? trustIn(given, place.key)
    : await source.publicKey().then(({ pem, keyId }) => trustIn(createPublicKey(pem), keyId));
  console.log(
    `Verifying table ${place.table} and bucket ${place.bucket}${place.localEndpoint ? ` at ${place.localEndpoint}` : ''} against ${given ? `the key in ${asked['public-key']}` : `the key ${trust.keyId}, as KMS gives it`}`,
  );
  const first = await onePass(source, trust);
  if (first.breaks.length === 0) return first;
  const second = await onePass(source, trust);
  const suspects = new Set(first.breaks.map(({ subject }) => subject));
  return { ...second, breaks: second.breaks.filter(({ subject }) => suspects.has(subject)) };
}

async function onePass(source: Source, trust: DigestTrust): Promise<Finding> {
  const digests = await source.digests();
  const verifier = storeVerifier(digests, trust);
  const out = asked.export === undefined ? undefined : await exportTo(asked.export, trust.keyId, digests);
  for await (const item of source.items()) {
    const stored = storedFrom(item);
    if (!stored) continue;
    verifier.take(stored);
    await out?.write(stored);
  }
  await out?.end();
  return verifier.end();
}

/** The options, or else the outputs that a local host left beside its data. */
function placeAsked(): Place {
  const { table, bucket, key, data } = asked;
  if (table && bucket && key) return { table, bucket, key };
  const file = join(data, 'outputs.json');
  if (!existsSync(file))
    throw new Error(
      `--table, --bucket and --key: found ${[table, bucket, key].filter(Boolean).length} of 3, and no local host has left its outputs in ${file}; give all three, or --data`,
    );
  const [outputs] = Object.values(
    JSON.parse(readFileSync(file, 'utf8')) as Record<string, Readonly<Record<string, string>>>,
  );
  const found = {
    table: table ?? outputs?.['TableName'],
    bucket: bucket ?? outputs?.['LedgerBucketName'],
    key: key ?? outputs?.['DigestKeyId'],
  };
  if (!found.table || !found.bucket || !found.key)
    throw new Error(
      `${file} names no TableName, LedgerBucketName and DigestKeyId; start the host again, or give --table, --bucket and --key`,
    );
  return { table: found.table, bucket: found.bucket, key: found.key, localEndpoint: endpointSet() ?? LOCAL_ENDPOINT };
}

function endpointSet(): string | undefined {
  try {
    return readEnv('AWS_ENDPOINT_URL');
  } catch {
    return undefined;
  }
}

function say({ counts, breaks }: Finding): void {
  const { subjects, entries, records, lines, digests } = counts;
  console.log(
    `  ${number(subjects, 'subject')}, ${number(entries, 'entry', 'entries')}, ${number(records, 'record')}, ${number(lines, 'membership line')}, ${number(digests, 'signed digest')}`,
  );
  if (digests === 0) console.log('  No digest is signed yet: a chain rewritten as a whole would not show.');
  if (breaks.length === 0) {
    console.log(
      'The ledger holds: every entry follows the one before, every record is as the ledger last told of it, every digest is signed and fits.',
    );
    return;
  }
  console.log(`The ledger does not hold. ${number(breaks.length, 'break')}:`);
  for (const line of new Set(breaks.map(lineOf))) console.log(`  ${line}`);
  console.log(
    'Do not change anything. Keep a copy of the table and the bucket, and tell the integrity control officer at once.',
  );
}

const lineOf = ({ subject, seq, what }: Break): string =>
  `${subject}${seq === undefined ? '' : `, entry ${seq}`}: ${what}`;
const number = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;

try {
  const finding = await verified();
  say(finding);
  process.exitCode = finding.breaks.length === 0 ? 0 : 1;
} catch (error) {
  console.error(`Not verified: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 2;
}
