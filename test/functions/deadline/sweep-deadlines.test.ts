/** The hourly sweep on a real table: what is overdue is set going again, nothing else is touched, and what it costs. */
import { BatchWriteCommand, type QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sweepDeadlines } from '../../../functions/deadline/sweep-deadlines.ts';
import { decisions } from '../../../functions/decision/contract.ts';
import { images, type Image } from '../../../functions/image/contract.ts';
import { quarterlyReports } from '../../../functions/quarterly-report/contract.ts';
import { quarterAt } from '../../../functions/quarterly-report/quarter.ts';
import { put, type Put } from '../../../functions/records/change.ts';
import { entity, keyOf, type Kept } from '../../../functions/records/entity.ts';
import { mails, type Mail } from '../../../functions/records/mail-owed.ts';
import { notes, type Note } from '../../../functions/records/notes.ts';
import { recordsIn } from '../../../functions/records/records.aws.ts';
import { useRequests, type UseRequest } from '../../../functions/use-request/contract.ts';
import { newId } from '../../../functions/edge/system.ts';
import { plusHours, plusMinutes, type Instant } from '../../../policies/instant.ts';
import { TABLE } from '../../records-table.ts';
import { breaksIn } from '../../whole-ledger.ts';
import { requestIdOf, startBureau, type Bureau } from '../bureau.ts';

let bureau: Bureau;
beforeEach(async () => {
  bureau = await startBureau();
});
afterEach(() => bureau?.stop());

const sweep = () => sweepDeadlines(bureau.needs);
const write = (puts: readonly Put[], subject = 'use-request#R-test') =>
  bureau.records.write({
    at: bureau.now,
    by: { kind: 'system', id: 'test' },
    puts,
    tells: [{ subject, act: 'recorded' }],
  });
/** Delivers everything the outbox holds, so that only what a test is about is due. */
async function delivered(): Promise<void> {
  for (const { noun, record } of await bureau.items()) {
    if (noun === 'note' && !(record as Note).deliveredAt) {
      const { dueAt: _, ...note } = record as Note;
      await bureau.records.keep(put(notes, { ...note, deliveredAt: bureau.now }));
    }
    if (noun === 'mail') {
      const { dueAt: _, ...mail } = record as Mail;
      await write([put(mails, { ...mail, state: 'delivered' })], keyOf('mail', mail.id));
    }
  }
}
const newNotes = async (about: string, kind: string) =>
  (await bureau.notesFor(about)).filter((note) => note.kind === kind);

describe('the sweep', () => {
  it('delivers a note again that the stream left, after its grace and not before', async () => {
    const { id } = await bureau.submitted();
    bureau.later(5);
    expect(await sweep()).toEqual({ due: 0, setGoing: 0 });
    bureau.later(1);
    expect(await sweep()).toEqual({ due: 1, setGoing: 1 });
    const [note] = (await bureau.items()).filter(({ noun }) => noun === 'note').map(({ record }) => record as Note);
    // A new version is what the stream carries.
    expect(note).toMatchObject({ version: 2, dueAt: plusMinutes(bureau.now, 5), task: { kind: 'start', name: id } });
  });

  it('finds at its first run what has been due for years, and later what was written with a day long past', async () => {
    const open = (id: string, dueAt: Instant) =>
      write(
        [put(quarterlyReports, { id, version: 0, quarter: quarterAt(dueAt), openedAt: bureau.now, state: 'open', dueAt })],
        keyOf('quarterly-report', id),
      );
    const isReminded = async (id: string) => (await bureau.records.get(quarterlyReports, id))!.remindAt !== undefined;
    await open('2026-Q3', plusHours(bureau.now, 1));
    bureau.later(5 * 365 * 24 * 60);
    expect(await sweep()).toEqual({ due: 1, setGoing: 1 });
    expect(await isReminded('2026-Q3')).toBe(true);
    await open('2028-Q3', plusHours(bureau.now, -3 * 365 * 24));
    bureau.later(1);
    expect(await sweep()).toEqual({ due: 1, setGoing: 1 });
    expect(await isReminded('2028-Q3')).toBe(true);
  });

  it('owes a mail again that was not sent, gives up after many tries, and closes one whose fate is not heard of', async () => {
    const requestId = requestIdOf(await bureau.deciding());
    const only = async () => (await bureau.mailsAbout(requestId))[0]!;
    for (let hour = 1; hour <= 8; hour++) {
      bureau.later(60);
      await sweep();
      expect(await only()).toMatchObject({ state: 'owed', attempts: hour });
    }
    bureau.later(60);
    await sweep();
    expect(await only()).toMatchObject({ state: 'failed', outcome: 'not sent after many tries' });
    expect(await only()).not.toHaveProperty('dueAt');
    expect(await bureau.acts(requestId)).toContain('mail given up');

    const other = requestIdOf(await bureau.deciding());
    const [sent] = await bureau.mailsAbout(other);
    await write([put(mails, { ...sent!, state: 'sent' })]);
    bureau.later(6);
    await sweep();
    expect((await bureau.mailsAbout(other))[0]).toMatchObject({ state: 'sent', attempts: 0 });
    expect((await bureau.mailsAbout(other))[0]).not.toHaveProperty('dueAt');
  });

  it('leaves a late decision to its workflow for a quarter of an hour, then wakes it, and starts anew what may be lost', async () => {
    const decision = await bureau.deciding('p-reyes', { startsAt: plusHours(bureau.now, 20) });
    await delivered();
    bureau.now = plusMinutes(decision.dueAt!, 14);
    expect(await sweep()).toEqual({ due: 1, setGoing: 0 });
    bureau.later(2);
    expect(await sweep()).toEqual({ due: 1, setGoing: 1 });
    expect(await newNotes(decision.id, 'look-again')).toEqual([
      { kind: 'look-again', waiting: { on: `decision#${decision.id}`, for: 'answer' } },
    ]);
    const requestId = requestIdOf(decision);
    expect(await newNotes(`${requestId}-d`, 'start')).toEqual([
      expect.objectContaining({ workflow: 'use-request', input: { schema: 1, requestId } }),
    ]);
    await delivered();
    expect((await sweep()).setGoing).toBe(0);
  });

  it.each([
    ['submitted', async () => (await bureau.submitted()).id, 15],
    ['deciding', async () => requestIdOf(await bureau.deciding()), 180],
    ['approved', async () => (await bureau.approved()).id, 420],
  ])('starts the workflow of a request anew that is overdue while %s', async (state, made, dueInMinutes) => {
    const id = await made();
    await delivered();
    if (state === 'deciding') {
      const { dueAt: _, ...decision } = await bureau.decision((await bureau.request(id)).decisionId!);
      await write([put(decisions, decision)]);
    }
    bureau.later(dueInMinutes + 14);
    expect((await sweep()).setGoing).toBe(0);
    bureau.later(2);
    expect((await sweep()).setGoing).toBe(1);
    const version = (await bureau.request(id)).version - 1;
    expect(await newNotes(`${id}-v${version}`, 'start')).toEqual([
      { kind: 'start', workflow: 'use-request', name: `${id}-v${version}`, input: { schema: 1, requestId: id } },
    ]);
    expect(await bureau.acts(id)).toContain('overdue request set going');
    expect((await bureau.request(id)).state).toBe(state);
  });

  it('starts the intake of an image anew that is overdue', async () => {
    const id = newId('I');
    const image = {
      id,
      version: 0,
      state: 'awaiting-upload',
      requestId: 'R-test',
      filedAt: bureau.now,
      uploaderId: 'p-ortiz',
      uploadEndsAt: plusHours(bureau.now, 1),
      dueAt: plusHours(bureau.now, 1),
      step: '',
    } as unknown as Image;
    await write([put(images, image)], keyOf('image', id));
    bureau.later(60 + 16);
    expect(await sweep()).toEqual({ due: 1, setGoing: 1 });
    expect(await newNotes(id, 'start')).toEqual([
      {
        kind: 'start',
        workflow: 'image-intake',
        name: `${id}-v1`,
        input: { schema: 1, imageId: id, uploadWindowSeconds: 1 },
      },
    ]);
  });

  it('puts the others right although one record cannot be, and says so at the end', async () => {
    const malformed = { ...(await bureau.submitted()), id: 'R-malformed', version: 0 };
    const whole = await bureau.submitted();
    await delivered();
    await write([put(useRequests, malformed)]);
    bureau.later(40);
    const records = {
      ...bureau.records,
      write: (change: Parameters<Bureau['records']['write']>[0]) =>
        change.tells[0]!.subject.includes('malformed')
          ? Promise.reject(new Error('it cannot be written'))
          : bureau.records.write(change),
    };
    await expect(sweepDeadlines({ ...bureau.needs, records })).rejects.toThrow('it cannot be written');
    expect(await bureau.acts(whole.id)).toContain('overdue request set going');
  });

  it('run twice at once sets each thing going once', async () => {
    const { id } = await bureau.submitted();
    await delivered();
    bureau.later(40);
    await Promise.allSettled([sweep(), sweep()]);
    expect((await bureau.acts(id)).filter((act) => act === 'overdue request set going')).toHaveLength(1);
  });

  it('after days of standing still reads the days it missed, and moves its mark on', async () => {
    const mark = async () =>
      (await bureau.items()).find(({ pk }) => pk === 'sweep#deadlines')?.record as { day: string } | undefined;
    await sweep();
    expect((await mark())!.day).toBe('2026-11-23');
    const { id } = await bureau.submitted();
    await delivered();
    bureau.later(10 * 24 * 60);
    expect(await sweep()).toEqual({ due: 1, setGoing: 1 });
    // A month is read from its beginning, so that is as near as the mark has to be.
    expect((await mark())!.day).toBe('2026-11-01');
    await delivered();
    await bureau.records.write({
      at: bureau.now,
      by: { kind: 'system', id: 'test' },
      puts: [put(useRequests, ended(await bureau.request(id)))],
      tells: [{ subject: keyOf('use-request', id), act: 'ended' }],
    });
    expect(await sweep()).toEqual({ due: 0, setGoing: 0 });
    expect((await mark())!.day).toBe('2026-12-03');
  });

  const ended = ({ dueAt: _, ...request }: UseRequest): UseRequest => ({ ...request, state: 'lapsed' });

  it('costs what is due and not what is kept: as many reads beside 10,000 kept records as beside none', async () => {
    await bureau.submitted();
    await delivered();
    const queries: { count: number; units: number } = { count: 0, units: 0 };
    const counted = recordsIn(TABLE, bureau.table.client);
    bureau.table.client.middlewareStack.add(
      (next, context) => async (args) => {
        if (context.commandName === 'QueryCommand')
          (args.input as QueryCommand['input']).ReturnConsumedCapacity = 'TOTAL';
        const result = await next(args);
        const used = (result.output as { ConsumedCapacity?: { CapacityUnits?: number } }).ConsumedCapacity
          ?.CapacityUnits;
        if (context.commandName === 'QueryCommand') {
          queries.count++;
          queries.units += used ?? 0;
        }
        return result;
      },
      { step: 'initialize', name: 'countQueries' },
    );
    const costOf = async () => {
      Object.assign(queries, { count: 0, units: 0 });
      const answer = await sweepDeadlines({ ...bureau.needs, records: counted });
      return { ...answer, ...queries };
    };
    await costOf();
    bureau.later(5);
    const alone = await costOf();
    await fill(10_000);
    const beside = await costOf();
    expect(beside).toEqual(alone);
    expect(beside).toMatchObject({ due: 0, count: 4 });

    bureau.later(60);
    const late = await costOf();
    expect(late).toMatchObject({ due: 1, setGoing: 1, count: 4 });
    expect(late.units).toBeLessThan(20);
  }, 120_000);

  /** Kept records, one in 25 due in months. Small, and written as the stock of years: what they say does not matter here. */
  async function fill(count: number): Promise<void> {
    const kept = entity<Kept & { readonly dueAt?: Instant }>('use-request', ({ id, dueAt }) => ({
      subject: ['kept', id],
      ...(dueAt && { dueAt }),
    }));
    const far = plusHours(bureau.now, 24 * 90);
    const batch = (from: number) =>
      Array.from(
        { length: 25 },
        (_, place) => put(kept, { id: `R-${from + place}`, version: 0, ...(place === 0 && { dueAt: far }) }).item,
      );
    const batches = Array.from({ length: count / 25 }, (_, place) =>
      batch(place * 25).map((Item) => ({ PutRequest: { Item } })),
    );
    while (batches.length > 0)
      await Promise.all(
        batches
          .splice(0, 8)
          .map((each) => bureau.table.client.send(new BatchWriteCommand({ RequestItems: { [TABLE]: each } }))),
      );
  }

  it('leaves a ledger that holds', async () => {
    await bureau.deciding();
    bureau.later(200);
    await sweep();
    expect(await breaksIn(bureau.table.client, TABLE)).toEqual([]);
  });
});
