/** What the case-management system tells of a case, on a real table: taken once, wholly, or refused for all that is in the way. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseEvents, caseKey, cases } from '../../../functions/case/contract.ts';
import { ChangedMeanwhile, RecordsBusy } from '../../../functions/records/faults.ts';
import { ALL, checked, fieldsOf, startInterface, type Interface } from './interface-job.ts';

let api: Interface;
beforeAll(async () => void (api = await startInterface()));
afterAll(() => api?.table.stop());

const OPENED = { kind: 'opened', openedOn: '2026-03-02' };
const CHARGE = { kind: 'charge-added', chargeId: 'C-1', charged: 'PL 165.40' };
let count = 0;
const anew = async (): Promise<string> => {
  const number = `2026-T${++count}`;
  expect((await api.tell(number, 'e1', OPENED)).status).toBe(201);
  return number;
};

describe('an event', () => {
  it('is taken with its act in one transaction, and told to the ledger once', async () => {
    const number = await anew();
    const { status, body } = await api.tell(number, 'e2', CHARGE);
    expect([status, body]).toEqual([
      201,
      {
        caseNumber: number,
        eventId: 'e2',
        kind: 'charge-added',
        takenAt: api.now,
        caseVersion: 2,
        changed: true,
        repeated: false,
      },
    ]);
    const ledger = await api.records.ledgerOf(caseKey(number));
    expect(ledger.map(({ act, by, facts }) => [act, by, facts?.['event']])).toEqual([
      ['case opened', { kind: 'external', id: 'cms' }, 'e1'],
      ['charge added', { kind: 'external', id: 'cms' }, 'e2'],
    ]);
    // One transaction: the entry seals both the case and the event.
    expect(Object.keys(ledger[1]!.after).toSorted()).toEqual([`case#${number}`, `case-event#${number}/e2`]);
  });

  it('that is sent again changes nothing and answers what it came to', async () => {
    const number = await anew();
    const first = await api.tell(number, 'e2', CHARGE);
    await api.tell(number, 'e3', { kind: 'reopened', reason: 'x' });
    const again = await api.tell(number, 'e2', CHARGE);
    expect(again.status).toBe(200);
    expect(again.body).toEqual({ ...first.body, repeated: true });
    expect((await api.records.get(cases, number))!.version).toBe(2);
    expect(await api.records.ledgerOf(caseKey(number))).toHaveLength(2);
  });

  it('with members in another order is the same event', async () => {
    const number = await anew();
    const again = await api.tell(number, 'e1', '{"openedOn": "2026-03-02",\n "kind": "opened"}' as never);
    expect([again.status, again.body['repeated']]).toEqual([200, true]);
  });

  it('with the same id and another content is a conflict', async () => {
    const number = await anew();
    const other = await api.tell(number, 'e1', CHARGE);
    expect([other.status, other.body['type']]).toEqual([409, 'urn:postact:problem:conflict']);
    expect((await api.records.get(cases, number))!.dispositions).toEqual([]);
  });

  it('of which the case is so already is taken, and says that nothing changed', async () => {
    const number = await anew();
    await api.tell(number, 'e2', CHARGE);
    const same = await api.tell(number, 'e3', CHARGE);
    expect(same).toMatchObject({ status: 201, body: { changed: false, repeated: false, caseVersion: 2 } });
    const again = await api.tell(number, 'e3', CHARGE);
    expect(again).toMatchObject({ status: 200, body: { changed: false, repeated: true } });
    expect((await api.tell(number, 'e3', OPENED)).status).toBe(409);
  });

  it('sent ten times at once is done once', async () => {
    const number = await anew();
    await api.tell(number, 'e2', { kind: 'closed', on: '2026-07-15', ground: 'no-arrest' });
    const reopened = { kind: 'reopened', reason: 'A witness has come forward with more' };
    const answers = await Promise.all(Array.from({ length: 10 }, () => api.tell(number, 'e3', reopened)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 200, 200, 200, 200, 200, 200, 200, 201]);
    const one = (await api.records.get(cases, number))!;
    expect([one.version, one.reopened.length]).toEqual([3, 1]);
    const ledger = await api.records.ledgerOf(caseKey(number));
    expect(ledger.filter(({ act }) => act === 'case reopened')).toHaveLength(1);
  });

  it('that is refused is not taken, and may be sent again corrected under its id', async () => {
    const number = await anew();
    const refused = await api.tell(number, 'e2', { kind: 'closed', on: '2199-01-01', ground: 'no-arrest' });
    expect(refused).toMatchObject({
      status: 422,
      body: {
        type: 'urn:postact:problem:refused',
        errors: [
          {
            field: 'on',
            clause: 'XR26-RET-07',
            found: expect.any(String),
            expected: expect.any(String),
            todo: expect.any(String),
          },
        ],
      },
    });
    expect(refused.headers.get('content-type')).toBe('application/problem+json');
    expect(await api.records.get(caseEvents, `${number}/e2`)).toBeUndefined();
    expect((await api.tell(number, 'e2', { kind: 'closed', on: '2026-07-15', ground: 'no-arrest' })).status).toBe(201);
  });

  it('of a case nobody opened finds nothing', async () => {
    expect((await api.tell('2026-NONE-1', 'e1', CHARGE)).status).toBe(404);
  });

  it('of a case whose number has blanks and a slash is addressed by their bytes', async () => {
    const taken = await api.tell('2026~20K~2f9', 'e1', OPENED);
    expect(taken).toMatchObject({ status: 201, body: { caseNumber: '2026 K/9' } });
    expect((await api.ask('GET', '/api/v1/cases/2026~20k~2f9')).body['caseNumber']).toBe('2026 K/9');
    expect((await api.tell('2026%20K', 'e1', OPENED)).status).toBe(422);
  });
});

describe('a message that does not fit', () => {
  it.each([
    ['an unknown field, by its name', { ...OPENED, openedBy: 'x' }, ['openedBy']],
    ['an unknown kind', { kind: 'burned' }, ['kind']],
    ['a kind that is left out', {}, ['kind']],
    ['a day that does not exist', { ...OPENED, openedOn: '2026-02-29' }, ['openedOn']],
    ['a day nobody means', { ...OPENED, openedOn: '0001-01-01' }, ['openedOn']],
    ['every field at once', { kind: 'closed', on: 7, ground: 'bored', why: 1 }, ['on', 'ground', 'why']],
    ['a list', [OPENED], ['message']],
    ['a word', '"opened"', ['message']],
  ])('is refused for %s', async (_, sent, fields) => {
    const answer = await api.tell('2026-SHAPE-1', 'e1', sent as object);
    expect([answer.status, fieldsOf(answer)]).toEqual([422, fields]);
  });

  it('is told where it is no JSON', async () => {
    const answer = await api.tell('2026-SHAPE-1', 'e1', '{"kind":\n "opened",}' as never);
    expect(answer).toMatchObject({
      status: 400,
      body: { type: 'urn:postact:problem:malformed', position: { line: 2, column: 11, expected: 'a name in quotes' } },
    });
  });

  it('never sees its own words again', async () => {
    const secret = 'Jane Roe of 12 Elm Street';
    const answers = [
      await api.tell('2026-SHAPE-1', 'e1', { kind: secret }),
      await api.tell('2026-SHAPE-1', 'e1', { ...OPENED, openedOn: secret }),
      await api.tell('2026-SHAPE-1', 'e1', { ...CHARGE, chargeId: secret }),
      await api.tell('2026-SHAPE-1', 'e1', `{"kind": ${secret}}` as never),
    ];
    expect(JSON.stringify(answers.map(({ body }) => body))).not.toContain('Roe');
    expect(JSON.stringify(api.logged)).not.toContain('Roe');
  });

  it('is turned away when it is too long, or not said to be JSON', async () => {
    const path = '/api/v1/cases/2026-SHAPE-1/events/e1';
    expect((await api.ask('PUT', path, JSON.stringify({ ...CHARGE, charged: 'x'.repeat(100_000) }))).status).toBe(413);
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=latin1'])
      expect((await api.ask('PUT', path, OPENED, { headers: { 'content-type': type } })).status).toBe(415);
    expect(
      (await api.ask('PUT', path, OPENED, { headers: { 'content-type': 'Application/JSON; charset=UTF-8' } })).status,
    ).toBe(201);
  });
});

describe('who may ask', () => {
  const ROUTES = [
    ['PUT', '/api/v1/cases/2026-A-1/events/e1', 'cases/write', OPENED],
    ['GET', '/api/v1/cases/2026-A-1', 'cases/read', undefined],
    ['GET', '/api/v1/cases/2026-A-1/records', 'cases/read', undefined],
    ['PUT', '/api/v1/records/R-1', 'records/write', {}],
    ['POST', '/api/v1/records/R-1/stored', 'records/write', undefined],
    ['GET', '/api/v1/records/R-1', 'cases/read', undefined],
  ] as const;
  const SCOPES = ALL.split(' ');

  it.each(ROUTES)('%s %s is for tokens that carry %s', async (method, path, scope, sent) => {
    const status = async (given: string | undefined) => (await api.ask(method, path, sent, { scope: given })).status;
    expect([401, 403]).not.toContain(await status(scope));
    const others = SCOPES.filter(
      (one) => one !== scope && !(path.endsWith('R-1') && method === 'GET' && one === 'records/write'),
    );
    for (const other of [...others, '', 'cases', `${scope}/all`, scope.toUpperCase(), `x${scope}`])
      expect([other, await status(other)]).toEqual([other, 403]);
  });

  it.each(ROUTES)('%s %s is for nobody whose token was not checked', async (method, path, _scope, sent) => {
    const body = sent && { body: JSON.stringify(sent) };
    const init = {
      method,
      headers: { 'content-type': 'application/json', cookie: '__Host-session=abc', authorization: 'Bearer abc' },
      ...body,
    };
    for (const event of [
      {},
      { requestContext: {} },
      { requestContext: { authorizer: {} } },
      checked({ scope: ALL, token_use: 'id' }),
      checked({ scope: ALL, client_id: '' }),
      checked({ scope: 7 }),
    ]) {
      const answer = await api.askRaw(path, init, event);
      expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    }
  });

  it('the document is for anyone', async () => {
    const { status, body } = await api.askRaw('/api/v1/openapi.json', {}, {});
    expect([status, body['openapi']]).toEqual([200, '3.1.1']);
  });

  it('says what an address does, and that there is nothing at others', async () => {
    const answer = await api.ask('DELETE', '/api/v1/cases/2026-A-1');
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    expect((await api.ask('GET', '/api/v1/people')).status).toBe(404);
    expect((await api.ask('GET', `/api/v1/cases/${'9'.repeat(900)}`)).status).toBe(404);
  });
});

describe('faults', () => {
  it.each([
    [new RecordsBusy('the table did not answer'), 503, '5'],
    [new ChangedMeanwhile('a record changed'), 503, '5'],
    [new Error('a slip of ours about Jane Roe'), 500, null],
  ])('%s are told as they are to be met', async (fault, status, retryAfter) => {
    const { needs } = api;
    const write = () => Promise.reject(fault);
    api.needs = { ...needs, records: { ...needs.records, get: write } };
    try {
      const answer = await api.ask('GET', '/api/v1/cases/2026-A-1');
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([status, retryAfter]);
      expect(answer.body['reference']).toMatch(/^E-/);
      expect(JSON.stringify([answer.body, api.logged])).not.toContain('Roe');
    } finally {
      api.needs = needs;
    }
  });
});
