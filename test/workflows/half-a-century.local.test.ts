/**
 * Half a century on the embedded host: a store of all four technologies, one schedule, one hold. The clock is moved by 5, 25
 * and 55 years, while the host sleeps: what it missed is made up for once when it wakes, as after any long absence. Each
 * time the batches that the daily run proposes are signed by three offices. What is destroyed is held
 * against the second reading of the policies (test/policies/retention-oracle.ts): that, and nothing else.
 *
 * XR21-RET-03 to RET-13 by the schedule, XR26-RET-05 to RET-07 and their twins, LPR26-RET-07, nyc-1133-f
 */
import { ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { putInForce } from '../../demo/put-in-force.ts';
import { DEMO_SCHEDULE } from '../../demo/schedule.ts';
import { syntheticStore, type SyntheticRecord } from '../../demo/synthetic-store.ts';
import { certificates } from '../../functions/disposition/contract.ts';
import { retentionCards, type RetentionCard } from '../../functions/retention/contract.ts';
import { Journal } from '../../local/journal.ts';
import { plusDays, plusYears, type CalendarDate } from '../../policies/calendar-date.ts';
import { epochMs, instantOf, nyDate, nyStartOfDay } from '../../policies/instant.ts';
import { oracle } from '../policies/retention-oracle.ts';
import { startPostact, type Postact } from '../postact.ts';
import { batches, bringIn, bucketAt, recordsAt, sign, SIGNERS } from '../retention-job.ts';

/** `npm run drill:half-century` takes more. */
const RECORDS = Number(process.env['HALF_CENTURY_RECORDS'] ?? 90);
const TOLD = { years: {}, lacks: [], loaded: true, approved: true };

let postact: Postact;
const data = mkdtempSync(join(tmpdir(), 'postact-century-'));
const began = nyDate(instantOf(new Date().toISOString()));
const store = syntheticStore({ seed: 4, records: RECORDS, until: plusDays(began, -1), days: 400 });
const byNumber = new Map(store.cases.map((one) => [one.caseNumber, one]));
/** Of a case whose records fall due in five years: held from the first day, and never released. */
const heldCase = store.cases.find(({ dispositions }) => dispositions[0]?.classId === 'misdemeanor')!.caseNumber;

beforeAll(async () => {
  postact = await startPostact({ data });
  // Nobody is there to be reminded, for half a century, of quarterly reports that nobody sends.
  for (const officer of ['p-okafor', 'p-adler']) await postact.importPerson(officer, { active: false });
  await postact.advance(1); // From here on the host remembers how far its clock was moved.
  const at = instantOf(postact.now().toISOString());
  await bringIn(postact, store, { keptAt: at, workOut: false });
  await putInForce({ first: await postact.as('p-vance'), second: await postact.as('p-dunne') });
  await postact.settled();
  const lawyer = await postact.as('p-grant');
  await lawyer.go('/holds/new');
  await lawyer.send('/holds', {
    step: 'review',
    kind: 'litigation',
    name: 'Made-up action',
    reason: 'A notice of claim names this case',
    authority: 'Docket 2026-1',
    ownerId: 'p-grant',
    scope: 'cases',
    caseNumbers: heldCase,
  });
  await lawyer.send('/holds', { step: 'place' });
  expect(lawyer.page.url).toMatch(/\/holds\/H/);
  await postact.settled();
}, 240_000);
afterAll(async () => {
  await postact?.stop();
  rmSync(data, { recursive: true, force: true });
});

const isHeld = ({ caseNumbers }: SyntheticRecord): boolean => caseNumbers.includes(heldCase);

/** The first day on which a record may be proposed, as the second reading says; undefined: none. */
function dueOn(one: SyntheticRecord): string | undefined {
  const verdict = oracle(
    { ...one, cases: one.caseNumbers.map((number) => byNumber.get(number)!), holds: [] },
    TOLD,
    new Date().toISOString(),
  );
  return verdict.kind === 'until' && !isHeld(one) ? verdict.date : undefined;
}

async function everyCard(): Promise<ReadonlyMap<string, RetentionCard>> {
  const records = recordsAt(postact);
  const found = await Promise.all(store.records.map(({ id }) => records.get(retentionCards, id)));
  return new Map(found.map((card) => [card!.id, card!]));
}

/** Stops the host, and starts it when that moment has come. */
async function sleepUntil(at: Date): Promise<void> {
  await postact.stop();
  const journal = new Journal(data);
  journal.run('UPDATE clock_offset SET ms = ? WHERE one = 1', at.getTime() - Date.now());
  journal.close();
  postact = await startPostact({ data, seeded: true });
  await postact.settled();
}

/** Sleeps to the day, lets the daily run propose, sleeps through the grace, signs, and waits for the end. */
async function liveUntil(day: CalendarDate): Promise<void> {
  await sleepUntil(new Date(epochMs(nyStartOfDay(day)) + 12 * 3_600_000));
  await sleepUntil(new Date(postact.now().getTime() + 8 * 86_400_000));
  const records = recordsAt(postact);
  const open = () => batches(records, 'open');
  await until(async () => (await open()).every(({ decisions }) => decisions.length === 3));
  for (const [office, who] of Object.entries(SIGNERS)) {
    const client = await postact.as(who);
    for (const batch of await open())
      await sign(client, batch.decisions.find((one) => one.office === office)!.decisionId);
  }
  await until(async () => (await open()).length === 0);
}

/** Looks four times a second. What a host that woke up left hanging is the hourly sweep's: every ten seconds two hours pass. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let looks = 0; looks < 480; looks++) {
    await postact.settled();
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
    if (looks % 40 === 39) await postact.advance(120);
  }
  throw new Error(
    `it never came about: ${(await batches(recordsAt(postact), 'open')).map(({ id, state }) => `${id} ${state}`).join(', ')}`,
  );
}

describe('half a century', () => {
  it.each([5, 25, 55])(
    'after %i years everything that is due is gone, and nothing else is',
    async (years) => {
      const day = plusYears(began, years);
      await liveUntil(day);
      const today = nyDate(instantOf(postact.now().toISOString()));
      const cards = await everyCard();
      const gone = [...cards.values()].filter(({ state }) => state === 'destroyed').map(({ id }) => id);
      const due = store.records.filter((one) => (dueOn(one) ?? '9999') <= day).map(({ id }) => id);
      const dueMeanwhile = store.records.filter((one) => (dueOn(one) ?? '9999') <= today).map(({ id }) => id);
      expect(due.filter((id) => !gone.includes(id))).toEqual([]);
      expect(gone.filter((id) => !dueMeanwhile.includes(id))).toEqual([]);
      expect(gone.length).toBeGreaterThan(0);
      expect(gone.length).toBeLessThan(RECORDS);
    },
    400_000,
  );

  it('the held case has lost nothing, in the records or in the store', async () => {
    const cards = await everyCard();
    const held = store.records.filter(isHeld);
    expect(held.length).toBeGreaterThan(0);
    for (const { id } of held) expect(cards.get(id)).toMatchObject({ state: 'kept', keeping: { kind: 'keep' } });
  });

  it('the store holds the files of what is kept, and no others', async () => {
    const { Versions = [] } = await bucketAt(postact).send(
      new ListObjectVersionsCommand({ Bucket: postact.outputs.ImagesBucketName, Prefix: 'kept/records/' }),
    );
    const there = Versions.map(({ Key }) => Key!.split('/')[2]).toSorted();
    const kept = [...(await everyCard()).values()].filter(
      ({ state, files }) => state !== 'destroyed' && files.length > 0,
    );
    expect(there).toEqual(kept.map(({ id }) => id).toSorted());
  });

  it('every destruction has its certificate, of the schedule in force', async () => {
    const records = recordsAt(postact);
    const ended = await batches(records, 'ended');
    for (const batch of ended) {
      const certificate = await records.get(certificates, batch.certificateId ?? '');
      expect(certificate?.says).toMatchObject({ scheduleId: DEMO_SCHEDULE.id, records: batch.destroyedRecords });
    }
    expect(ended.length).toBeGreaterThan(3);
  });
});
