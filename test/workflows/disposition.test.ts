/**
 * Every path of the workflow disposition, on the real runner with records in memory; the decisions of the three offices
 * run inside it, and the map reads the signed list from a store in memory. Started as the daily run starts it.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askForDecision } from '../../functions/decision/ask-for-decision.ts';
import { checkWhoIsAsked } from '../../functions/decision/check-who-is-asked.ts';
import { destroyRecords, type DestroyRecords } from '../../functions/disposition/destroy-records.ts';
import { dispositionStep, type DispositionStep } from '../../functions/disposition/disposition-step.ts';
import { dispositions, SIGNING_OFFICES, withDue, type Disposition } from '../../functions/disposition/contract.ts';
import { sweepDeadlines } from '../../functions/deadline/sweep-deadlines.ts';
import { put } from '../../functions/records/change.ts';
import { keyOf } from '../../functions/records/entity.ts';
import { untilWritten } from '../../functions/records/until-written.ts';
import { HOUSE } from '../../policies/editions/house.ts';
import { fromEpochMs, nyDate, nyStartOfDay, plusHours } from '../../policies/instant.ts';
import type { RecordsInMemory } from '../records-in-memory.ts';
import { RecordsOffice } from '../functions/disposition/records-office.ts';
import { inProcess, type InProcess } from './in-process.ts';

let work: InProcess;
let office: RecordsOffice<RecordsInMemory>;
const newest = new Map<string, string>();

beforeAll(async () => {
  work = await inProcess(
    ['decision', 'disposition'],
    (records) => {
      office = new RecordsOffice(records as RecordsInMemory, newest);
      return {
        CheckWhoIsAsked: (given: { decisionId: string }) => untilWritten(() => checkWhoIsAsked(office.needs, given)),
        AskForDecision: (given: { decisionId: string; token: string }) =>
          untilWritten(() => askForDecision(office.needs, given)),
        DispositionStep: (given: DispositionStep) => dispositionStep(office.needs, given),
        DestroyRecords: (given: DestroyRecords) => destroyRecords(office.needs, given),
      };
    },
    () => office.now,
    newest,
  );
  office.clock = () => fromEpochMs(work.host.clock.now());
  await office.furnish();
});
afterAll(() => work.stop());

const CHECKED = ['Check disposition', 'What is next for the disposition?'];
const OBJECTED = [...CHECKED, 'Ask for objections'];
const SIGNED = [...OBJECTED, ...CHECKED, 'At the same time: three offices sign'];
const ASKS = ['Ask records officer to sign', 'Ask Law Department to sign', 'Ask Department of Records to sign'];
const DESTROYED = [...CHECKED, 'For each batch of records', 'Write certificate of destruction', ...CHECKED];
const BACK = [...CHECKED, 'Write records back as kept', ...CHECKED];

/** And a minute: a wait is rounded up to whole seconds. */
const days = async (count: number): Promise<void> => {
  await work.host.clock.advance(count * 24 * 3_600_000 + 60_000);
  await work.settle();
};
async function proposed(records: number): Promise<Disposition> {
  for (let count = 0; count < records; count++) await office.plateRead();
  const batch = await office.proposed();
  await work.settle();
  return batch;
}
async function asked(records = 3): Promise<Disposition> {
  const { id } = await proposed(records);
  await days(HOUSE.daysOfGrace.days);
  return office.batch(id);
}
/** The states of a run; the branches of the parallel run in an order of their own. */
const pathOf = async (id: string): Promise<{ status: string; states: readonly string[] }> => {
  const { status, states } = await work.pathOf('disposition', id);
  return { status, states: states.filter((state) => !ASKS.includes(state)) };
};

describe('the disposition workflow', () => {
  it('waits for grace, asks three offices at once, destroys and certifies', async () => {
    const disposition = await asked(60);
    expect(disposition.state).toBe('signing');
    expect((await work.pathOf('disposition', disposition.id)).states).toEqual(expect.arrayContaining(ASKS));
    for (const of of SIGNING_OFFICES) {
      await office.sign(disposition, of);
      await work.settle();
    }
    expect(await pathOf(disposition.id)).toEqual({
      status: 'SUCCEEDED',
      states: [...SIGNED, ...DESTROYED, 'Records destroyed'],
    });
    expect(await office.batch(disposition.id)).toMatchObject({ state: 'destroyed', destroyedRecords: 60, leftOut: 0 });
    expect((await office.certificate(disposition.id))!.says.records).toBe(60);
  });

  it('puts the records back when an office declines, and asks the others no more', async () => {
    const disposition = await asked();
    await office.sign(disposition, 'records-commissioner', { answer: 'decline' });
    await work.settle();
    expect(await pathOf(disposition.id)).toEqual({
      status: 'SUCCEEDED',
      states: [...SIGNED, ...BACK, 'Disposition declined'],
    });
    expect(await office.batch(disposition.id)).toMatchObject({ state: 'declined', step: 'Disposition declined' });
    expect((await work.runsOf('decision')).filter(({ status }) => status === 'RUNNING')).toEqual([]);
  });

  it('lapses when the time to sign is over', async () => {
    const disposition = await asked();
    await office.sign(disposition, 'law-department');
    await days(HOUSE.daysToSignDisposal.days);
    expect(await pathOf(disposition.id)).toEqual({
      status: 'SUCCEEDED',
      states: [...SIGNED, ...BACK, 'Disposition lapsed'],
    });
  });

  it('ends at once when everything is taken out during grace', async () => {
    const { id } = await proposed(1);
    const [card] = await office.records.linesOf(`members#disposition#${id}`);
    await office.object(id, card!);
    await work.settle();
    expect(await pathOf(id)).toEqual({ status: 'SUCCEEDED', states: [...OBJECTED, ...CHECKED, 'Disposition closed'] });
  });

  it('destroys nothing that is held meanwhile, and says so', async () => {
    const disposition = await asked();
    await office.fence((fence) => ({ ...fence, holds: [{ holdId: 'H-1', matching: {} }] }));
    for (const of of SIGNING_OFFICES) await office.sign(disposition, of);
    await work.settle();
    expect(await pathOf(disposition.id)).toEqual({
      status: 'SUCCEEDED',
      states: [...SIGNED, ...DESTROYED, 'Disposition closed'],
    });
    expect(await office.batch(disposition.id)).toMatchObject({ state: 'emptied', leftOut: 3 });
    await office.fence((fence) => ({ ...fence, holds: [] }));
  });

  it('goes on when its run was lost, and ends once', async () => {
    const { id } = await proposed(2);
    await work.host.call('StopExecution', {
      executionArn: `arn:aws:states:us-east-1:000000000000:execution:disposition:${id}`,
    });
    await days(HOUSE.daysOfGrace.days + 1);
    expect((await office.batch(id)).state).toBe('proposed');
    await sweepDeadlines(office.needs);
    await work.settle();
    const disposition = await office.batch(id);
    expect(disposition.state).toBe('signing');
    for (const of of SIGNING_OFFICES) await office.sign(disposition, of);
    await work.settle();
    expect((await office.batch(id)).state).toBe('destroyed');
  });

  it('reminds whoever answers for the six months, before they end and after', async () => {
    const { id } = await proposed(1);
    const overdue = async () => (await office.mailsAbout(id)).filter(({ kind }) => kind === 'disposition-overdue');
    const batch = await office.batch(id);
    expect(batch.remindAt! < nyStartOfDay(batch.disposeBy)).toBe(true);
    // As six months later, without their waiting.
    const soon = withDue({
      ...batch,
      disposeBy: nyDate(plusHours(office.now, 24)),
      remindAt: plusHours(office.now, 1),
    });
    await office.records.write({
      at: office.now,
      by: { kind: 'system', id: 'test' },
      puts: [put(dispositions, soon)],
      tells: [{ subject: keyOf('disposition', id), act: 'six months nearly over' }],
    });
    await days(0.1);
    await sweepDeadlines(office.needs);
    expect((await overdue()).map(({ to }) => to)).toEqual([{ personId: 'p-dunne' }]);
    await days(2);
    // Once they are over, every records officer is told.
    await days(HOUSE.daysToRemindOfDisposal.days);
    await sweepDeadlines(office.needs);
    expect(await overdue()).toHaveLength(3);
    expect((await office.batch(id)).remindAt! > office.now).toBe(true);
  });
});
