/** Submitting a request on a real table: what is refused, what of it stays on record, and what a request starts. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusedRequests, type Asked } from '../../../functions/use-request/contract.ts';
import { submitUseRequest, type Submission } from '../../../functions/use-request/submit-use-request.ts';
import { plusHours, plusMinutes } from '../../../policies/instant.ts';
import { TABLE } from '../../records-table.ts';
import { breaksIn } from '../../whole-ledger.ts';
import { LIAISON, refusalsIn, startBureau, type Bureau, type Liaison } from '../bureau.ts';

let bureau: Bureau;
beforeAll(async () => {
  bureau = await startBureau();
});
afterAll(() => bureau?.stop());

const submit = async (over: Partial<Asked> = {}, who: string | Liaison = 'p-reyes', more: Partial<Submission> = {}) =>
  submitUseRequest(bureau.needs, { ...(await bureau.submission(who, over)), ...more });

const AT_THE_FORM: readonly (readonly [what: string, over: Partial<Asked>, refused: readonly string[]])[] = [
  ['XR26-USE-03: a person', { targetKind: 'person' }, ['XR26-USE-03 targetKind']],
  ['XR26-USE-03: a home', { targetKind: 'home' }, ['XR26-USE-03 targetKind']],
  ['XR26-USE-03: a building', { targetKind: 'building' }, ['XR26-USE-03 targetKind']],
  ['XR26-ABS-01: an object the policy does not list', { targetKind: 'drone' }, ['XR26-ABS-01 targetKind']],
  ['XR26-ABS-01: an object away from any public street', { nearPublicStreet: false }, ['XR26-ABS-01 nearPublicStreet']],
  [
    'XR26-USE-02: a purpose other than law enforcement',
    { purpose: 'other-official-business' },
    ['XR26-USE-02 purpose'],
  ],
  [
    'XR26-USE-12: an investigation of political activity',
    { politicalActivity: true },
    ['XR26-USE-12 politicalActivity'],
  ],
  ['nyc-10-178-c: immigration enforcement', { immigrationEnforcement: true }, ['nyc-10-178-c immigrationEnforcement']],
  ['XR26-USE-14: a basis in religion', { basisCharacteristics: ['religion'] }, ['XR26-USE-14 basisCharacteristics']],
  ['XR26-USE-16: a use the policy does not describe', { useKind: 'other' }, ['XR26-USE-16 useKind']],
];

const SLIPS: readonly (readonly [what: string, over: () => Partial<Asked>, refused: readonly string[]])[] = [
  ['XR26-USE-01: no attestation', () => ({ attested: false }), ['XR26-USE-01 attested']],
  ['XR26-ABS-01: no grave risk', () => ({ graveRisk: ' ' }), ['XR26-ABS-01 graveRisk']],
  [
    'house-characters-of-reason: a grave risk in two words',
    () => ({ graveRisk: 'bad truck' }),
    ['house-characters-of-reason graveRisk'],
  ],
  [
    'XR26-USE-02: no law enforcement reason',
    () => ({ lawEnforcementReason: '' }),
    ['XR26-USE-02 lawEnforcementReason'],
  ],
  [
    'XR26-USE-04: no plan that keeps the public out',
    () => ({ publicKeptOutHow: '' }),
    ['XR26-USE-04 publicKeptOutHow'],
  ],
  [
    'XR26-ABS-01: a similar object that is not described',
    () => ({ targetKind: 'similar-object' }),
    ['XR26-ABS-01 similarObject'],
  ],
  [
    'XR26-CAP-03: an event without its elevated threat',
    () => ({ eventName: 'Parade' }),
    ['XR26-CAP-03 elevatedThreatReason'],
  ],
  ['XR26-ABS-01: no place', () => ({ location: '' }), ['XR26-ABS-01 location']],
  ['XR26-USE-07: a use that begins at once', () => ({ startsAt: bureau.now }), ['XR26-USE-07 startsAt']],
  [
    'XR26-USE-07: an end at the start',
    () => ({ startsAt: plusHours(bureau.now, 1), endsAt: plusHours(bureau.now, 1) }),
    ['XR26-USE-07 endsAt'],
  ],
  [
    'house-hours-of-longest-use: 25 hours',
    () => ({ startsAt: plusHours(bureau.now, 1), endsAt: plusHours(bureau.now, 26) }),
    ['house-hours-of-longest-use endsAt'],
  ],
];

describe('a request at the form', () => {
  it.each(AT_THE_FORM)(
    '%s is refused, and that it was tried is on record without what was typed',
    async (_, over, refused) => {
      const answer = await submit({ targetDescription: 'a description nobody else may read', ...over });
      expect(refusalsIn(answer)).toEqual(expect.arrayContaining([...refused]));
      const id = answer.kind === 'refused' ? answer.onRecordAs! : 'taken';
      const kept = (await bureau.records.get(refusedRequests, id))!;
      expect(kept).toMatchObject({ by: 'p-reyes', edition: 'xray-2026' });
      expect(JSON.stringify([kept, await bureau.records.ledgerOf(`refused-request#${id}`)])).not.toMatch(
        /nobody else|First Avenue|explosives/,
      );
    },
  );

  it.each(SLIPS)('%s is shown and forgotten', async (_, over, refused) => {
    const before = (await bureau.items()).length;
    const answer = await submit(over());
    expect(refusalsIn(answer)).toEqual(refused);
    expect(answer).not.toHaveProperty('onRecordAs');
    expect((await bureau.items()).length).toBe(before);
  });

  it('names every condition at once', async () => {
    const answer = await submit({ targetKind: 'home', nearPublicStreet: false, attested: false, graveRisk: '' });
    expect(refusalsIn(answer)).toEqual([
      'XR26-USE-03 targetKind',
      'XR26-ABS-01 nearPublicStreet',
      'XR26-ABS-01 graveRisk',
      'XR26-USE-01 attested',
    ]);
  });

  it('a slip of the form is no matter of policy, whatever stands in its place', async () => {
    const slip = {
      clause: 'XR26-USE-01',
      field: 'targetKind',
      found: 'no answer',
      expected: 'one of the answers',
      todo: 'choose one',
    };
    const answer = await submit({ targetKind: '' }, 'p-reyes', { refusals: [slip] });
    expect(answer).toEqual({ kind: 'refused', because: [slip] });
  });

  it.each([
    ['a lieutenant', 'p-novak', ['XR26-USE-05 requester', 'XR26-SAFE-08 requester']],
    ['a civilian', 'p-stone', ['XR26-USE-05 requester', 'XR26-SAFE-08 requester']],
    ['a detective of the bureau', 'p-ortiz', ['XR26-USE-05 requester', 'XR26-SAFE-08 requester']],
  ])('XR26-USE-05: is refused to %s, on record', async (_, who, refused) => {
    const answer = await submit({}, who);
    expect(refusalsIn(answer)).toEqual(refused);
    expect(answer).toHaveProperty('onRecordAs');
  });

  it('nyc-10-178-d: of an outside entity for immigration enforcement is put on record as such', async () => {
    const answer = await submit({ immigrationEnforcement: true }, LIAISON);
    const id = answer.kind === 'refused' ? answer.onRecordAs! : '';
    const [entry] = await bureau.records.ledgerOf(`refused-request#${id}`);
    expect(entry).toMatchObject({
      clauses: expect.arrayContaining(['nyc-10-178-d']),
      facts: { followUps: ['record-immigration-request'] },
      by: { kind: 'external' },
    });
  });
});

describe('a request that policy allows', () => {
  it('is written with its ledger entry and the note that starts its workflow, and nothing typed is in the ledger', async () => {
    const request = await bureau.submitted();
    const [entry, ...more] = await bureau.records.ledgerOf(`use-request#${request.id}`);
    expect(more).toEqual([]);
    expect(entry).toMatchObject({
      act: 'request submitted',
      by: { kind: 'person', id: 'p-reyes' },
      edition: 'xray-2026',
      facts: { route: 'executive', target: 'truck' },
    });
    expect(JSON.stringify(entry)).not.toMatch(/First Avenue|explosives|White box|Cordon/);
    expect(await bureau.notesFor(request.id)).toEqual([
      { kind: 'start', workflow: 'use-request', name: request.id, input: { schema: 1, requestId: request.id } },
    ]);
  });

  it('XR26-USE-08: of a bureau executive is recorded as started by the bureau itself', async () => {
    const request = await bureau.submitted('p-lee');
    expect(request.askedBy).toEqual({ kind: 'member', personId: 'p-lee', route: 'bureau-self-initiated' });
    expect(request.clauses).toContain('XR26-USE-08');
  });

  it('XR26-USE-11: needs no warrant, and says on what basis it stands', async () => {
    expect((await bureau.submitted()).legalBasis).toBe('special-needs-exception');
  });

  it('with words to look at twice is taken, with a hint for the decider', async () => {
    const { flags } = await bureau.submitted('p-reyes', { lawEnforcementReason: 'Watch the protest at the assembly' });
    expect(flags).toEqual([expect.objectContaining({ field: 'lawEnforcementReason', clause: 'XR26-USE-12' })]);
  });

  it('of an outside entity is answered by mail to the address it gave', async () => {
    const request = await bureau.submitted(LIAISON, { publicKeptOutHow: '' });
    const address = request.askedBy.kind === 'external' && request.askedBy.liaisonEmail;
    expect((await bureau.mailsAbout(request.id)).map(({ kind, to }) => [kind, to])).toEqual([
      ['request-received', { address }],
    ]);
  });

  it('falls due for the sweep soon, and never later than its own start', async () => {
    expect((await bureau.submitted()).dueAt).toBe(plusMinutes(bureau.now, 15));
    const startsAt = plusMinutes(bureau.now, 5);
    expect((await bureau.submitted('p-reyes', { startsAt })).dueAt).toBe(startsAt);
  });

  it('leaves a ledger that holds', async () => {
    expect(await breaksIn(bureau.table.client, TABLE)).toEqual([]);
  });
});
