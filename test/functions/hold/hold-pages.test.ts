/** The pages of holds on a real table, without a host: who may look and act, the two steps, and whatever is typed. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { holdPages } from '../../../functions/hold/hold-pages.lambda.tsx';
import { holds, BINDING } from '../../../functions/hold/contract.ts';
import { visitorsIn } from '../../../functions/records/visitors.ts';
import { ROLES, type Role } from '../../../policies/roles.ts';
import { startTable, type TestTable } from '../../records-table.ts';
import { signedInAs, type Browser } from '../signed-in.ts';
import { holdWorldOn, type HoldWorld } from './hold-world.ts';

let table: TestTable;
let world: HoldWorld;
let app: ReturnType<typeof holdPages>;
const people = new Map<string, Browser>();
const as = (role: string): Browser => people.get(role)!;
const now = () => world.now;

beforeAll(async () => {
  table = await startTable();
  world = await holdWorldOn(table.records);
  app = holdPages(() => ({ ...world.needs, ...visitorsIn(world.records, now) }));
  for (const role of ROLES)
    people.set(role, await signedInAs(app, world.records, now, `only-${role}`, [...new Set<Role>(['member', role])]));
  await world.caseOpened('C-1');
  await world.kept('P-1', { caseNumbers: ['C-1'] });
  await world.kept('P-2', { caseNumbers: ['C-1'], state: 'proposed' });
});
afterAll(() => table?.stop());

const textOf = async (answer: Response | Promise<Response>) => (await answer).text();
const given = (over: Readonly<Record<string, string>> = {}) => ({
  kind: 'litigation',
  name: 'Claim 26-1044',
  authority: 'Notice of claim of 2026-11-20',
  reason: 'A notice of claim was served',
  ownerId: as('records-officer').personId,
  scope: 'cases',
  caseNumbers: 'c-1',
  step: 'review',
  ...over,
});
const place = async (over: Readonly<Record<string, string>> = {}, who = 'records-officer'): Promise<string> => {
  const answer = await as(who).post('/holds', given({ step: 'place', ...over }));
  expect([answer.status, await textOf(answer.clone())]).toEqual([303, expect.anything()]);
  return answer.headers.get('location')!.slice('/holds/'.length);
};
const count = async () => (await world.records.ofSubject(holds, BINDING)).records.length;

describe('placing a hold', () => {
  it('shows first what it would take in, and places nothing by that', async () => {
    const before = await count();
    const answer = await as('records-officer').post('/holds', given());
    expect(answer.status).toBe(200);
    const text = await textOf(answer);
    expect(text).toMatch(/2 records[\s\S]*1 of them is in a batch that is proposed/);
    expect(text).toMatch(/<th scope="row">C-1<\/th><td>open<\/td><td>2<\/td>/);
    expect(text).toContain('Nothing is placed yet.');
    expect(await count()).toBe(before);
  });

  it('goes back to the form with everything that was typed', async () => {
    const answer = await as('records-officer').post('/holds', given({ step: 'change' }));
    expect(answer.status).toBe(200);
    const text = await textOf(answer);
    for (const typed of ['Claim 26-1044', 'Notice of claim of 2026-11-20', 'c-1']) expect(text).toContain(typed);
  });

  it('happens at the second step, and leads to the hold', async () => {
    const id = await place({ custodians: 'only-investigator' });
    const text = await textOf(as('records-officer').get(`/holds/${id}`));
    expect(text).toContain('It binds now, whatever has been told so far');
    expect(text).toContain('everything kept for case C-1');
    expect(text).toMatch(/179 days 2[34] hours left|180 days/);
    expect((await world.hold(id)).custodianIds).toEqual([as('investigator').personId]);
    // A custodian reads what to keep, and nobody else who does not answer for records.
    expect((await as('investigator').get(`/holds/${id}`)).status).toBe(200);
    expect((await as('training-officer').get(`/holds/${id}`)).status).toBe(404);
  });

  it.each([
    ['kind', { kind: '' }],
    ['name', { name: '' }],
    ['authority', { authority: '' }],
    ['reason', { reason: 'so' }],
    ['ownerId', { ownerId: '' }],
    ['custodians', { custodians: 'nobody-of-that-name' }],
    ['scope', { scope: '' }],
    ['caseNumbers', { caseNumbers: ' ' }],
    ['recordIds', { scope: 'records', recordIds: 'P-none' }],
    ['technology', { scope: 'matching' }],
    ['capturedFrom', { scope: 'matching', capturedFrom: '2026-02-30' }],
  ])('is refused at %s, shown again with its error and status 422', async (field, wrong) => {
    for (const step of ['review', 'place']) {
      const answer = await as('records-officer').post('/holds', given({ ...wrong, step }));
      expect(answer.status).toBe(422);
      const text = await textOf(answer);
      expect(text).toContain(`id="${field}-error"`);
      expect(text).toMatch(/role="alert"/);
    }
  });

  it('takes a column of numbers, and each once', async () => {
    const id = await place({ scope: 'records', recordIds: 'P-1\r\nP-2, P-1;\n' });
    expect((await world.hold(id)).scope).toEqual({ kind: 'records', ids: ['P-1', 'P-2'] });
  });

  it('by what it matches counts before it is placed', async () => {
    const matching = { scope: 'matching', technology: 'portable-electronic-device' };
    expect(await textOf(as('auditor').post('/holds', given(matching)))).toContain('2 records');
    expect((await world.hold(await place(matching, 'auditor'))).scope).toEqual({
      kind: 'matching',
      matching: { technology: 'portable-electronic-device' },
    });
  });
});

const MAY: Readonly<Record<string, readonly Role[]>> = {
  '/holds': [
    'privacy-officer',
    'legal-bureau-chief',
    'records-officer',
    'law-department',
    'records-commissioner',
    'foil-officer',
    'auditor',
    'internal-affairs',
  ],
  '/holds/new': [
    'privacy-officer',
    'legal-bureau-chief',
    'records-officer',
    'foil-officer',
    'auditor',
    'internal-affairs',
  ],
};

describe('XR26-SAFE-08: who may look and act', () => {
  it.each(Object.keys(MAY))('at %s is who has the task, and nobody else', async (path) => {
    const may: Role[] = [];
    for (const role of ROLES) {
      const { status } = await as(role).get(path);
      expect([200, 403]).toContain(status);
      if (status === 200) may.push(role);
    }
    expect(may).toEqual(MAY[path]);
    expect((await app.request(path)).status).not.toBe(200);
  });

  it('posts by who may place, and releases by the chief of the Legal Bureau alone', async () => {
    const id = await place();
    for (const role of ROLES) {
      const answer = await as(role).post(`/holds/${id}/release`, { 'release-reason': 'no' });
      expect([role, answer.status]).toEqual([role, role === 'legal-bureau-chief' ? 422 : 403]);
      const placing = await as(role).post('/holds', { step: 'place' });
      expect([role, placing.status]).toEqual([role, MAY['/holds/new']!.includes(role) ? 422 : 403]);
      const handing = await as(role).post(`/holds/${id}/owner`, { 'owner-ownerId': 'p-none' });
      expect([role, handing.status]).toEqual([
        role,
        MAY['/holds/new']!.includes(role) ? 422 : MAY['/holds']!.includes(role) ? 422 : 404,
      ]);
    }
    expect((await world.hold(id)).state).toBe('placing');
  });
});

describe('a hold on its page', () => {
  it('is reviewed by its owner, handed over, and released with a reason and the day the action ended', async () => {
    const id = await place();
    const owner = as('records-officer');
    expect((await owner.post(`/holds/${id}/review`, { 'review-reason': ' ' })).status).toBe(422);
    expect((await owner.post(`/holds/${id}/review`, { 'review-reason': 'The claim is not settled' })).status).toBe(303);
    const other = as('foil-officer').personId;
    expect((await owner.post(`/holds/${id}/owner`, { 'owner-ownerId': other })).status).toBe(303);
    expect((await world.hold(id)).ownerId).toBe(other);
    const chief = as('legal-bureau-chief');
    const refused = await chief.post(`/holds/${id}/release`, { 'release-reason': 'The claim was settled and paid' });
    expect(refused.status).toBe(422);
    expect(await textOf(refused)).toContain('id="release-endedOn-error"');
    const released = { 'release-reason': 'The claim was settled and paid', 'release-endedOn': '2026-11-24' };
    expect((await chief.post(`/holds/${id}/release`, released)).status).toBe(303);
    const text = await textOf(chief.get(`/holds/${id}`));
    expect(text).toContain('Nothing is let go before every date is known');
    expect(text).not.toContain('Release the hold');
    expect((await chief.post(`/holds/${id}/release`, released)).status).toBe(303);
  });

  it('is listed with those that bind, then with those that were released', async () => {
    const id = await place({ name: 'A matter of its own' });
    expect(await textOf(as('law-department').get('/holds'))).toContain(`/holds/${id}`);
    const more = await textOf(as('law-department').get(`/holds?after=${id}`));
    expect(more).not.toContain(`/holds/${id}"`);
    expect((await as('law-department').get('/holds?show=released&after=H-none')).status).toBe(200);
  });

  it('is named on the record it takes in', async () => {
    const id = await place({ scope: 'records', recordIds: 'P-1' });
    const text = await textOf(as('records-commissioner').get('/holds/record/P-1'));
    expect(text).toContain(`/holds/${id}`);
    expect(text).toContain('Holds that bind it');
    expect((await as('records-commissioner').get('/holds/record/P-none')).status).toBe(404);
  });
});

describe('whatever is typed', () => {
  it('is never a fault of ours, and places nothing without a hold to show for it', { timeout: 60_000 }, async () => {
    const fields = [
      'kind',
      'name',
      'authority',
      'reason',
      'ownerId',
      'custodians',
      'scope',
      'recordIds',
      'caseNumbers',
      'technology',
      'capturedFrom',
      'capturedUntil',
      'deviceId',
      'draft',
    ];
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        'records',
        'cases',
        'matching',
        '2026-01-01',
        '9999-12-31',
        '0001-01-01',
        'constructor',
        '__proto__',
      ),
      fc.nat(5).map((lines) => 'P-1\n'.repeat(lines * 200)),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.constantFrom(...fields), value),
        fc.constantFrom('review', 'place', 'change', ''),
        async (typed, step) => {
          const answer = await as('auditor').post('/holds', { ...given({ step }), ...typed });
          expect([200, 303, 422]).toContain(answer.status);
          if (answer.status === 303)
            expect((await as('auditor').get(answer.headers.get('location')!)).status).toBe(200);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('in an address is never a fault of ours', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1 }), async (text) => {
        const one = encodeURIComponent(text);
        for (const path of [`/holds/${one}`, `/holds/record/${one}`, `/holds?after=${one}&show=${one}`])
          expect([200, 404]).toContain((await as('auditor').get(path)).status);
      }),
      { numRuns: 30 },
    );
  });
});
