/**
 * Thousands of due records are destroyed in one run on a host that is killed ten times meanwhile. Afterwards each of them
 * is gone once: one tombstone, one beginning and one end in the ledger, no version of a file in the store; what was not due
 * is untouched; and every certificate verifies from outside.
 *
 * `DESTRUCTION_RECORDS=10000 npx vitest run test/chaos/destruction` (as `npm run drill:destruction` does) takes minutes; by
 * default there are fewer, and the same ten kills.
 */
import { ListObjectVersionsCommand, type ListObjectVersionsCommandOutput } from '@aws-sdk/client-s3';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { putInForce } from '../../demo/put-in-force.ts';
import { syntheticStore, type SyntheticStore } from '../../demo/synthetic-store.ts';
import { flawsOf, type CertificateFile } from '../../functions/disposition/certificate.ts';
import type { Disposition } from '../../functions/disposition/contract.ts';
import { cardKey, retentionCards, type RetentionCard } from '../../functions/retention/contract.ts';
import { plusDays, plusYears } from '../../policies/calendar-date.ts';
import { instantOf, nyDate } from '../../policies/instant.ts';
import { batches, bringIn, bucketAt, recordsAt, sign, SIGNERS, type Keeper } from '../retention-job.ts';
import { startPostact } from '../postact.ts';
import { startMortal, type MortalPostact } from './mortal-postact.ts';
import { People } from './people.ts';

const DUE = Number(process.env['DESTRUCTION_RECORDS'] ?? 400);
const NOT_DUE = Math.ceil(DUE / 10);
const KILLS = 10;
/** No record of the sample has changed for so long: nobody works at it. */
const STALLED_MS = 15_000;
const SEED = Number(process.env['CHAOS_SEED'] ?? 20_261_129);

type Outputs = Keeper['outputs'];
let postact: MortalPostact;
let keeper: Keeper & { readonly outputs: Outputs };
let store: { readonly due: SyntheticStore; readonly other: SyntheticStore };
let ended: readonly Disposition[];

/** All of four technologies, in closed cases of a misdemeanor six years ago; plate reads that old besides. */
function dueStore(): SyntheticStore {
  const today = nyDate(instantOf(new Date().toISOString()));
  const closedOn = plusYears(today, -6);
  const old = syntheticStore({ seed: 1, records: DUE, until: plusDays(closedOn, -30), days: 200 });
  return {
    cases: old.cases.map(({ caseNumber, openedOn }) => ({
      caseNumber: `DUE-${caseNumber}`,
      openedOn,
      state: 'closed',
      closedOn,
      closureGround: 'appeals-exhausted',
      dispositions: [
        { id: 'C1', charged: 'felony', outcome: 'pleaded', on: closedOn, classId: 'misdemeanor', appeal: 'exhausted' },
      ],
      statusClasses: [],
      childrenBornOn: [],
      juvenilesBornOn: [],
    })),
    records: old.records.map((one) => ({
      ...one,
      id: `D-${one.id}`,
      caseNumbers: one.caseNumbers.map((number) => `DUE-${number}`),
      ...(one.person && { person: { part: 'associated' as const } }),
    })),
  };
}

/** Brought in, dated by the schedule in force, proposed, and past its grace: on a host that nobody kills yet. */
async function prepared(data: string): Promise<void> {
  const calm = await startPostact({ data });
  try {
    const keptAt = instantOf(calm.now().toISOString());
    const until = plusDays(nyDate(keptAt), -1);
    store = { due: dueStore(), other: syntheticStore({ seed: 2, records: NOT_DUE, until, days: 20 }) };
    for (const some of [store.due, store.other]) await bringIn(calm, some, { keptAt, workOut: false });
    await putInForce({ first: await calm.as('p-vance'), second: await calm.as('p-dunne') });
    await calm.settled();
    // The daily run of the next morning, and the workflows it starts; then the grace of seven days.
    for (let hours = 0; hours < 9 * 24; hours += 6) await calm.advance(6 * 60);
  } finally {
    await calm.stop();
  }
}

beforeAll(async () => {
  const home = mkdtempSync(join(tmpdir(), 'postact-destruction-'));
  await prepared(home);
  postact = await startMortal({ seed: SEED, kills: KILLS, every: 12, data: home });
  rmSync(home, { recursive: true, force: true });
  const { Postact: outputs } = JSON.parse(readFileSync(join(postact.data, 'outputs.json'), 'utf8')) as {
    Postact: Outputs;
  };
  keeper = { endpoint: postact.endpoint, outputs };
  const people = new People(postact);
  const inHours = async (hours: number): Promise<void> =>
    people.advanceTo(new Date((await people.now()).getTime() + hours * 3_600_000));
  const records = recordsAt(keeper);
  const open = await batches(records, 'open');
  const began = Date.now();
  for (const [office, name] of Object.entries({
    ...SIGNERS,
    'records-officer': 'kdunne',
    'law-department': 'cmoreau',
    'records-commissioner': 'nito',
  })) {
    const client = await signedIn(name);
    // The last office's signatures begin the destruction.
    if (office === 'records-commissioner') postact.beginKilling();
    for (const batch of open) {
      const asked = batch.decisions.find((one) => one.office === office)!;
      await again(() => sign(client, asked.decisionId));
    }
  }
  const watcher = await signedIn('rvance');
  let [seen, since] = ['', Date.now()];
  for (;;) {
    const left = await again(() => batches(records, 'open'));
    if (left.length === 0) break;
    await again(() => watcher.go(`/dispositions/${left[0]!.id}`));
    await new Promise((resolve) => setTimeout(resolve, 250));
    const now = JSON.stringify([left.map(({ id, state }) => `${id} ${state}`), await again(sample), postact.kills]);
    if (now !== seen) [seen, since] = [now, Date.now()];
    // A run that a kill left behind is the sweep's to start again.
    if (Date.now() - since > STALLED_MS) {
      await inHours(2);
      since = Date.now();
    }
  }
  await postact.endKilling();
  ended = await batches(records, 'ended');
  console.log(
    `${DUE} records, ${open.length} batches, ${postact.kills} kills: ${Math.round((Date.now() - began) / 1000)} s`,
  );
}, 1_800_000);
afterAll(() => postact?.stop());

/** How far it is, from a few records of the whole range. */
async function sample(): Promise<readonly string[]> {
  const { records } = store.due;
  const some = records.filter((_, place) => place % Math.ceil(records.length / 50) === 0);
  const found = await Promise.all(some.map(({ id }) => recordsAt(keeper).get(retentionCards, id)));
  return found.map((card) => card?.state ?? 'unknown');
}

function signedIn(directoryName: string) {
  return again(async () => {
    const client = postact.client();
    await client.signIn(directoryName);
    return client;
  });
}

/** People try again while the host is down. */
async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (tries > 60) throw error;
      await postact.up();
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

async function cardsOf({ records }: SyntheticStore): Promise<readonly RetentionCard[]> {
  const table = recordsAt(keeper);
  const found: RetentionCard[] = [];
  for (let from = 0; from < records.length; from += 50)
    found.push(
      ...(await Promise.all(
        records.slice(from, from + 50).map(async ({ id }) => (await table.get(retentionCards, id))!),
      )),
    );
  return found;
}

describe(`${DUE} due records and ${KILLS} kills`, () => {
  it('was such a run', () => {
    expect(postact.kills).toBe(KILLS);
    expect(ended.map(({ state }) => state)).toEqual(ended.map(() => 'destroyed'));
  });

  it('destroys every record that is due, none twice', async () => {
    const cards = await cardsOf(store.due);
    expect(cards.filter(({ state }) => state !== 'destroyed').map(({ id, state }) => `${id} ${state}`)).toEqual([]);
    const table = recordsAt(keeper);
    const told = await Promise.all(
      cards.map(
        async ({ id }) => (await table.ledgerOf(cardKey(id))).filter(({ act }) => act === 'record destroyed').length,
      ),
    );
    expect(new Set(told)).toEqual(new Set([1]));
    expect(ended.reduce((sum, { destroyedRecords = 0 }) => sum + destroyedRecords, 0)).toBe(cards.length);
  });

  it('touches nothing else', async () => {
    const cards = await cardsOf(store.other);
    expect(cards.filter(({ state }) => state !== 'kept').map(({ id }) => id)).toEqual([]);
  });

  it('leaves no version of what is gone in the store, and every file of what is kept', async () => {
    const there: string[] = [];
    let page: ListObjectVersionsCommandOutput | undefined;
    do {
      page = await bucketAt(keeper).send(
        new ListObjectVersionsCommand({
          Bucket: keeper.outputs.ImagesBucketName,
          Prefix: 'kept/records/',
          ...(page && { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker }),
        }),
      );
      there.push(...[...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])].map(({ Key }) => Key!.split('/')[2]!));
    } while (page.IsTruncated);
    const kept = store.other.records.filter(({ content }) => content !== undefined).map(({ id }) => id);
    expect(there.toSorted()).toEqual(kept.toSorted());
  });

  it('certifies each batch, as anyone with the file and the key can verify', async () => {
    const auditor = await signedIn('astone');
    const listed: string[] = [];
    for (const { id, destroyedRecords } of ended) {
      const got = async (what: string): Promise<string> =>
        (await auditor.request(`/dispositions/${id}/certificate/${what}`)).text();
      const file = JSON.parse(await got('file')) as CertificateFile;
      expect(flawsOf(await got('key'), file)).toEqual([]);
      listed.push(
        ...file.list
          .split('\n')
          .slice(0, -1)
          .map((line) => line.split(' ')[0]!),
      );
      expect(file.says.records).toBe(destroyedRecords);
      expect(file.says.signatures.map(({ office }) => office)).toHaveLength(3);
    }
    expect(listed.toSorted()).toEqual(store.due.records.map(({ id }) => id).toSorted());
  });
});
