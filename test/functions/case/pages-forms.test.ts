/** The forms of cases on a real table: what each says that it refuses, and a fuzz of them. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CASE_ACTS } from '../../../functions/case/acts.ts';
import { casePages } from '../../../functions/case/case-pages.lambda.tsx';
import { addCharge } from '../../../functions/case/add-charge.ts';
import { FIELDS } from '../../../functions/case/read-form.ts';
import { visitorsIn } from '../../../functions/records/visitors.ts';
import { TABLE } from '../../records-table.ts';
import { breaksIn } from '../../whole-ledger.ts';
import { fieldsOf } from '../../fuzz/inputs.ts';
import { signedInAs, type Browser } from '../signed-in.ts';
import { type CaseWorld, done, OFFICER, REASON, startCases } from './case-world.ts';

let world: CaseWorld;
let investigator: Browser;
let officer: Browser;

beforeAll(async () => {
  world = await startCases();
  const { records } = world;
  const now = () => world.bureau.now;
  const app = casePages(() => ({ ...world.needs, ...visitorsIn(records, now) }));
  investigator = await signedInAs(app, records, now, 'investigator', ['member', 'investigator']);
  officer = await signedInAs(app, records, now, 'records', ['member', 'records-officer']);
}, 60_000);
afterAll(() => world?.stop());

/** A case that the signed-in investigator opened by the form. */
async function opened(caseNumber = world.number()): Promise<string> {
  const answer = await investigator.post('/cases', { caseNumber, openedOn: '2026-10-01' });
  expect(answer.status, await answer.clone().text()).toBe(303);
  expect(answer.headers.get('location')).toBe(`/cases/${caseNumber}`);
  return caseNumber;
}

describe('a refused form', () => {
  it.each([
    ['close', { on: '', ground: 'no-arrest' }, 'on'],
    ['close', { on: '2026-13-40', ground: 'no-arrest' }, 'on'],
    ['close', { on: '2026-11-01', ground: 'tired-of-it' }, 'ground'],
    ['close', { on: '2026-11-01', ground: 'appeals-exhausted' }, 'ground'],
    ['add-charge', { charged: ' ' }, 'charged'],
    ['record-finding', { finding: '' }, 'finding'],
    ['class-by-status', { classId: 'misdemeanor', since: '2026-11-01' }, 'classId'],
    ['class-by-status', { classId: 'Not a class', since: '' }, 'since'],
    ['add-person', { part: 'other', personId: 'Jane Doe' }, 'personId'],
    ['add-person', { part: '', bornOn: '1850-01-01' }, 'bornOn'],
    ['merge', { into: '', reason: REASON }, 'into'],
    ['merge', { into: '2099-1', reason: REASON }, 'into'],
  ])('%s with %j is shown again with the error at %s', async (name, fields, field) => {
    const number = await opened();
    const { version } = await world.read(number);
    const answer = await investigator.post(`/cases/${number}/${name}`, fields);
    expect(answer.status).toBe(422);
    const text = await answer.text();
    expect(text).toContain(`href="#${field}"`);
    expect(text).toContain(`id="${field}-error"`);
    if ('reason' in fields) expect(text).toContain(fields.reason);
    if ('on' in fields && fields.on) expect(text).toContain(`value="${fields.on}"`);
    if ('into' in fields && fields.into) expect(text).toContain(`value="${fields.into}"`);
    expect((await world.read(number)).version).toBe(version);
  });

  it('says what is in the way of opening a case', async () => {
    const answer = await investigator.post('/cases', { caseNumber: 'The Smith case', openedOn: '2027-01-01' });
    expect(answer.status).toBe(422);
    const text = await answer.text();
    expect(text).toContain('href="#caseNumber"');
    expect(text).toContain('value="The Smith case"');
  });

  it.each(['dispose-charge?chargeId=C-none', 'change-person', 'end-status?classId=x', 'move-record', 'none', 'open'])(
    'of nothing that is there (%s) is not found',
    async (deed) => {
      expect((await investigator.get(`/cases/${await opened()}/${deed}`)).status).toBe(404);
    },
  );

  it('of a charge that is gone meanwhile says so', async () => {
    const number = await opened();
    const fields = { chargeId: 'C-none', outcome: 'dismissed', on: '2026-11-01' };
    const answer = await investigator.post(`/cases/${number}/dispose-charge`, fields);
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('no charge of that id in this case');
  });
});

describe('whatever is typed', () => {
  it('is never a fault of ours', async () => {
    const number = await opened();
    const into = await opened();
    done(await addCharge(world.needs, { caseNumber: number, chargeId: 'C1', charged: 'x' }, OFFICER));
    const names = [...new Set(Object.values(FIELDS).flat()), 'draft', 'caseNumber'];
    const like = { reason: REASON, on: '2026-11-01', ground: 'settlement', into, chargeId: 'C1', outcome: 'dismissed' };
    const deeds = Object.keys(CASE_ACTS).filter((name) => name !== 'merge');
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...deeds, 'none'), fieldsOf(names, like), async (deed, fields) => {
        const path = deed === 'open' ? '/cases' : `/cases/${number}/${deed}`;
        const answer = await investigator.post(path, Object.fromEntries(fields.filter(([name]) => name !== 'form')));
        const text = await answer.text();
        expect([303, 403, 404, 413, 422], `${deed} ${answer.status} ${text.slice(0, 200)}`).toContain(answer.status);
        expect(text).not.toContain('<script>alert(1)</script>');
      }),
      { numRuns: 150 },
    );
  }, 60_000);

  it('as an address is answered', async () => {
    const number = await opened();
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 80 }), async (text) => {
        const part = encodeURIComponent(text.toWellFormed());
        for (const path of [
          `/cases/${part}`,
          `/cases/${number}/${part}`,
          `/cases?number=${part}&from=${part}&kept=${part}`,
        ])
          expect((await officer.get(path)).status, path).toBeLessThan(500);
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});

it('whatever was written is whole and in the ledger', async () => {
  expect(await breaksIn(world.bureau.table.client, TABLE)).toEqual([]);
});
