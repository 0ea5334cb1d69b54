/** The routes of the interface: what each asks of a token, and how what acts answer is told. */
import type { Hono } from 'hono';
import { machineApp, messageAs, mustCarry, type MachineContext, type MachineEnv } from '../edge/machine-app.ts';
import type { Log } from '../edge/middleware.ts';
import { Ended, refusedFor, type ProblemError } from '../edge/problem.ts';
import { caseNumberOf } from '../image/contract.ts';
import { announceRecord, uploadFor, type Handed, type RecordNeeds } from './announce-record.ts';
import { numberAt } from './contract.ts';
import { incomingRecords } from './incoming-record.ts';
import { interfaceDocument } from './interface-document.ts';
import { CaseMessage, ID } from './interface-shapes.ts';
import { RecordAnnounced, type RecordTaken } from './record-shapes.ts';
import { storeRecord } from './store-record.ts';
import { takeEvent } from './take-event.ts';
import { tellCase, tellRecord, tellRecords } from './tell-case.ts';

export interface InterfaceNeeds extends RecordNeeds {
  /** Where this is served, and where tokens are given, for the document. */
  readonly site: string;
  readonly tokenUrl: string;
}

type C = MachineContext<InterfaceNeeds>;

const WRITES_CASES = 'cases/write';
const READS_CASES = 'cases/read';
const WRITES_RECORDS = 'records/write';

export function caseInterface(needs: () => InterfaceNeeds, log?: Log): Hono<MachineEnv<InterfaceNeeds>> {
  const app = machineApp(needs, log);

  app.get('/api/v1/openapi.json', (c) => {
    const { site, tokenUrl } = c.var.needs;
    c.header('Cache-Control', 'public, max-age=300');
    return c.json(interfaceDocument({ site, tokenUrl }));
  });

  app.put('/api/v1/cases/:number/events/:eventId', async (c) => {
    const from = mustCarry(c, WRITES_CASES);
    const [caseNumber, eventId] = [numberOf(c), idOf(c, 'eventId')];
    const event = await messageAs(c, CaseMessage);
    const taken = await takeEvent(c.var.needs, { caseNumber, eventId, from, event });
    if (taken.kind === 'missing') throw noCase();
    if (taken.kind === 'refused') throw refusedFor(taken.because);
    if (taken.kind === 'other') throw otherContent('event');
    return c.json(taken.answer, taken.answer.repeated ? 200 : 201);
  });

  app.get('/api/v1/cases/:number', async (c) => {
    mustCarry(c, READS_CASES);
    const told = await tellCase(c.var.needs.records, numberOf(c));
    if (!told) throw noCase();
    return c.json(told);
  });

  app.get('/api/v1/cases/:number/records', async (c) => {
    mustCarry(c, READS_CASES);
    const told = await tellRecords(c.var.needs.records, numberOf(c), pageOf(c));
    if (!told) throw noCase();
    return c.json(told);
  });

  app.put('/api/v1/records/:recordId', async (c) => {
    const handed: Handed = { from: mustCarry(c, WRITES_RECORDS), id: recordIdOf(c) };
    const said = await messageAs(c, RecordAnnounced);
    const announced = await announceRecord(c.var.needs, handed, said);
    if (announced.kind === 'refused') throw refusedFor(announced.because);
    if (announced.kind === 'other') throw otherContent('record');
    const answer: RecordTaken = {
      recordId: handed.id,
      state: announced.kind,
      repeated: announced.repeated,
      ...(announced.kind === 'awaiting-file' &&
        said.file && { upload: await uploadFor(c.var.needs, handed.id, said.file.bytes) }),
    };
    return c.json(answer, announced.repeated ? 200 : 201);
  });

  app.post('/api/v1/records/:recordId/stored', async (c) => {
    const handed: Handed = { from: mustCarry(c, WRITES_RECORDS), id: recordIdOf(c) };
    const stored = await storeRecord(c.var.needs, handed);
    if (stored.kind === 'missing') throw noRecord();
    if (stored.kind === 'refused') throw refusedFor(stored.because);
    const answer: RecordTaken = { recordId: handed.id, state: 'kept', repeated: stored.repeated };
    return c.json(answer, stored.repeated ? 200 : 201);
  });

  app.get('/api/v1/records/:recordId', async (c) => {
    mustCarry(c, READS_CASES, WRITES_RECORDS);
    const { records } = c.var.needs;
    const id = recordIdOf(c);
    const told = await tellRecord(records, id);
    if (told) return c.json(told);
    const incoming = await records.get(incomingRecords, id);
    if (!incoming) throw noRecord();
    return c.json({ recordId: id, state: incoming.state, announcedAt: incoming.at });
  });

  return app;
}

/** The number in the address: each byte that is no letter, digit, dot, underscore or hyphen as `~` and two hex digits. */
function numberOf(c: C): string {
  const number = numberAt(c.req.param('number') ?? '');
  if (number === undefined)
    throw unfit({
      field: 'number',
      found: 'an address that no case number has',
      expected: 'letters, digits, dots, underscores and hyphens; any other byte as ~ and two small hexadecimal digits',
      todo: 'write a blank as ~20 and a slash as ~2f',
    });
  return caseNumberOf(number);
}

function idOf(c: C, name: 'eventId' | 'recordId'): string {
  const id = c.req.param(name) ?? '';
  if (!ID.test(id))
    throw unfit({
      field: name,
      found: `an id of ${id.length} characters`,
      expected: 'letters, digits, dots, underscores and hyphens, at most 80',
      todo: 'use an id of that kind',
    });
  return id;
}

/** Ids that begin with `X-` are those of x-ray images, which are given here. */
function recordIdOf(c: C): string {
  const id = idOf(c, 'recordId');
  if (c.req.method !== 'GET' && /^X-/i.test(id))
    throw unfit({
      field: 'recordId',
      found: 'an id as x-ray images have it',
      expected: 'an id that does not begin with X-',
      todo: 'put the name of your system before it',
    });
  return id;
}

const MOST_OF_A_PAGE = 100;

function pageOf(c: C): { readonly from: string | undefined; readonly most: number } {
  const { from, most = String(MOST_OF_A_PAGE), ...unknown } = c.req.query();
  const strange = Object.keys(unknown)[0];
  if (strange !== undefined)
    throw unfit({
      field: strange.slice(0, 80),
      found: 'a parameter that is not known here',
      expected: 'from and most',
      todo: 'leave it out',
    });
  if (!/^[1-9]\d{0,2}$/.test(most) || Number(most) > MOST_OF_A_PAGE)
    throw unfit({
      field: 'most',
      found: 'no such number',
      expected: `1 to ${MOST_OF_A_PAGE}`,
      todo: 'ask for fewer, and for the next page after it',
    });
  return { from, most: Number(most) };
}

const unfit = (error: ProblemError): Ended =>
  new Ended({ kind: 'refused', detail: 'The address does not fit; nothing was changed. See errors.', errors: [error] });
const noCase = (): Ended => new Ended({ kind: 'not-found', detail: 'No case of that number is on file.' });
const noRecord = (): Ended => new Ended({ kind: 'not-found', detail: 'No record of that id is kept or announced.' });
const otherContent = (what: 'event' | 'record'): Ended =>
  new Ended({
    kind: 'conflict',
    detail: `This id is of another ${what}. Nothing was changed; send it again as it was, or with an id of its own.`,
  });
