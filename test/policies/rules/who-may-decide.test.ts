import { describe, expect, it } from 'vitest';
import { plusMs } from '../../../policies/instant.ts';
import { whoMayDecide, type DecisionFacts } from '../../../policies/rules/who-may-decide.ts';
import { decision, NOW, refusals, UNDER_2021, UNDER_2026 } from '../facts.ts';

const decided = (change: Partial<DecisionFacts> = {}, now = NOW) =>
  whoMayDecide({ ...decision, ...change }, UNDER_2026, now);
const by = (change: Partial<DecisionFacts['decider']>) => ({ decider: { ...decision.decider, ...change } });

describe('a decision', () => {
  it('XR26-USE-07: is made by the executive of the Counterterrorism Bureau it names', () => {
    expect(decided()).toEqual({
      kind: 'allowed',
      clauses: ['XR26-USE-07', 'XR26-SAFE-08', 'XR26-USE-04'],
      selfDecided: false,
    });
  });

  it.each<[string, Partial<DecisionFacts['decider']>]>([
    ['a lieutenant of the bureau', { rank: 'lieutenant' }],
    ['a chief of another bureau', { rank: 'bureau-chief', bureau: 'patrol-services-bureau' }],
    ['the Chief of the Intelligence Division', { rank: 'bureau-chief', bureau: 'intelligence-division' }],
    ['a civilian of the bureau', { uniformed: false, rank: 'civilian' }],
    ['someone who was transferred away since', { bureau: 'patrol-services-bureau' }],
    ['someone who is no longer active', { active: false }],
  ])('XR26-USE-07: is not made by %s', (_who, change) => {
    expect(refusals(decided(by(change)))).toEqual(['XR26-USE-07 decider']);
  });

  it('XR26-SAFE-08: is not made without the role', () => {
    expect(refusals(decided(by({ roles: ['executive'] })))).toEqual(['XR26-SAFE-08 decider']);
  });

  it('XR26-USE-07: is not made by another executive than the one it names', () => {
    expect(refusals(decided({ namedId: 'P-3' }))).toEqual(['XR26-USE-07 decider']);
  });

  it.each(['answered', 'lapsed', 'withdrawn'] as const)(
    'XR26-USE-07: is not made on a request that is %s',
    (requestState) => {
      expect(refusals(decided({ requestState }))).toEqual(['XR26-USE-07 requestState']);
    },
  );

  it.each([
    ['a millisecond before the use begins', -1, []],
    ['when the use begins', 0, ['XR26-USE-07 startsAt']],
    ['afterwards', 60_000, ['XR26-USE-07 startsAt']],
  ])('XR26-USE-07: %s', (_when, ms, because) => {
    expect(refusals(decided({}, plusMs(decision.startsAt, ms)))).toEqual(because);
    expect(refusals(decided({ answer: 'decline' }, plusMs(decision.startsAt, ms)))).toEqual(because);
  });

  it.each([
    ['', 'XR26-USE-07 reason'],
    ['   \t', 'XR26-USE-07 reason'],
    ['ok', 'house-characters-of-reason reason'],
  ])('XR26-USE-07: needs a reason: %j does not do', (reason, because) => {
    expect(refusals(decided({ reason }))).toEqual([because]);
    expect(refusals(decided({ reason, answer: 'decline' }))).toEqual([because]);
  });
});

describe("a decision on one's own request", () => {
  it("XR26-USE-08: is refused when the request came as any executive's", () => {
    expect(refusals(decided({ requesterId: 'P-2' }))).toEqual(['XR26-USE-08 decider']);
  });

  it('XR26-USE-08: is allowed when the bureau started it itself, and is marked as such', () => {
    expect(decided({ requesterId: 'P-2', route: 'bureau-self-initiated' })).toMatchObject({
      kind: 'allowed',
      selfDecided: true,
      clauses: expect.arrayContaining(['XR26-USE-08']),
    });
  });

  it('XR26-USE-08: is not marked when another executive of the bureau decides', () => {
    expect(decided({ route: 'bureau-self-initiated' })).toMatchObject({ kind: 'allowed', selfDecided: false });
  });
});

describe('an approval', () => {
  it('XR26-USE-04: is not given without a statement of how the public is kept out', () => {
    expect(refusals(decided({ publicKeptOutHow: ' ' }))).toEqual(['XR26-USE-04 publicKeptOutHow']);
  });

  it('XR26-USE-04: is not given before the decider has read it', () => {
    expect(refusals(decided({ acknowledgesPublicKeptOut: false }))).toEqual(['XR26-USE-04 acknowledgesPublicKeptOut']);
  });

  it.each([
    [{}, ['house-external-requester-confirmed externalConfirmed']],
    [
      { externalConfirmed: { identity: true, affiliation: false } },
      ['house-external-requester-confirmed externalConfirmed'],
    ],
    [
      { externalConfirmed: { identity: false, affiliation: true } },
      ['house-external-requester-confirmed externalConfirmed'],
    ],
    [{ externalConfirmed: { identity: true, affiliation: true } }, []],
  ])('house-external-requester-confirmed: for an outside entity with %j', (confirmed, because) => {
    expect(refusals(decided({ route: 'external', ...confirmed }))).toEqual(because);
  });

  it('house-external-requester-confirmed: says what is not confirmed', () => {
    const found = (externalConfirmed: DecisionFacts['externalConfirmed']) =>
      decided({ route: 'external', ...(externalConfirmed ? { externalConfirmed } : {}) });
    expect(found(undefined)).toMatchObject({ because: [{ found: 'identity and affiliation not confirmed' }] });
    expect(found({ identity: false, affiliation: true })).toMatchObject({
      because: [{ found: 'identity not confirmed' }],
    });
    expect(found({ identity: true, affiliation: false })).toMatchObject({
      because: [{ found: 'affiliation not confirmed' }],
    });
  });

  it('XR26-USE-04: a refusal to use the device needs none of this', () => {
    expect(
      decided({ answer: 'decline', route: 'external', publicKeptOutHow: '', acknowledgesPublicKeptOut: false }).kind,
    ).toBe('allowed');
  });

  it('names everything that is missing at once', () => {
    const ruling = decided({
      ...by({ rank: 'lieutenant', roles: [] }),
      namedId: 'P-9',
      reason: '',
      publicKeptOutHow: '',
      acknowledgesPublicKeptOut: false,
    });
    expect(refusals(ruling)).toEqual([
      'XR26-USE-07 decider',
      'XR26-SAFE-08 decider',
      'XR26-USE-07 decider',
      'XR26-USE-07 reason',
      'XR26-USE-04 publicKeptOutHow',
      'XR26-USE-04 acknowledgesPublicKeptOut',
    ]);
  });

  it("XR21-USE-02: under 2021 is given by the same people, by that edition's clauses", () => {
    expect(whoMayDecide(decision, UNDER_2021, NOW)).toMatchObject({
      kind: 'allowed',
      clauses: ['XR21-USE-02', 'XR21-SAFE-02', 'XR21-USE-01'],
    });
    expect(refusals(whoMayDecide({ ...decision, ...by({ rank: 'sergeant' }) }, UNDER_2021, NOW))).toEqual([
      'XR21-USE-02 decider',
    ]);
  });
});
