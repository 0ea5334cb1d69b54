import { describe, expect, it } from 'vitest';
import { whoMayRequest, type Requester } from '../../../policies/rules/who-may-request.ts';
import { bureauCaptain, captain, NOW, refusals, THEN, UNDER_2021, UNDER_2026 } from '../facts.ts';

const asked = (requester: Requester) => whoMayRequest(requester, UNDER_2026, NOW);
const member = (change: Partial<typeof captain>): Requester => ({ kind: 'member', ...captain, ...change });

describe('asking for a use', () => {
  it('XR26-USE-05: a uniformed captain may ask', () => {
    expect(asked(member({}))).toEqual({
      kind: 'allowed',
      clauses: ['XR26-USE-05', 'XR26-SAFE-08'],
      route: 'executive',
      stillToConfirm: [],
    });
  });

  it.each(['lieutenant', 'sergeant', 'detective', 'police-officer', 'no-such-rank'])(
    'XR26-USE-05: a %s may not ask',
    (rank) => {
      expect(refusals(asked(member({ rank })))).toEqual(['XR26-USE-05 requester']);
    },
  );

  it.each([
    ['a civilian manager', { uniformed: false, rank: 'civilian' }],
    ['a civilian whose record says captain', { uniformed: false, rank: 'captain' }],
    ['a captain who is no longer active', { active: false }],
  ])('XR26-USE-05: %s may not ask', (_who, change) => {
    expect(refusals(asked(member(change)))).toEqual(['XR26-USE-05 requester']);
  });

  it('XR26-SAFE-08: a captain without the role may not ask', () => {
    expect(refusals(asked(member({ roles: ['member'] })))).toEqual(['XR26-SAFE-08 requester']);
  });

  it('names everything that is in the way at once, and no person', () => {
    const ruling = asked(member({ rank: 'lieutenant', roles: [] }));
    expect(refusals(ruling)).toEqual(['XR26-USE-05 requester', 'XR26-SAFE-08 requester']);
    expect(ruling).toMatchObject({ because: [{ found: 'an active uniformed Lieutenant of another bureau' }, {}] });
  });

  it('XR26-USE-08: an executive of the Counterterrorism Bureau starts a use without anyone asking', () => {
    expect(asked({ kind: 'member', ...bureauCaptain })).toMatchObject({
      kind: 'allowed',
      route: 'bureau-self-initiated',
      clauses: expect.arrayContaining(['XR26-USE-08']),
    });
  });

  it('XR26-USE-08: a lieutenant of the bureau starts none', () => {
    expect(refusals(asked({ kind: 'member', ...bureauCaptain, rank: 'lieutenant' }))).toEqual([
      'XR26-USE-05 requester',
    ]);
  });

  it("XR21-USE-02: under 2021 the same people may ask, by that edition's clause", () => {
    expect(refusals(whoMayRequest(member({ rank: 'lieutenant' }), UNDER_2021, THEN))).toEqual([
      'XR21-USE-02 requester',
    ]);
    expect(whoMayRequest(member({}), UNDER_2021, THEN).kind).toBe('allowed');
  });
});

describe('an outside entity that asks', () => {
  it.each([
    [{}, ['identity', 'affiliation']],
    [{ identityConfirmed: true }, ['affiliation']],
    [{ affiliationConfirmed: true }, ['identity']],
    [{ identityConfirmed: true, affiliationConfirmed: true }, []],
  ])('XR26-USE-06: with %j is let in, and waits for %j', (confirmed, stillToConfirm) => {
    expect(asked({ kind: 'external', ...confirmed })).toMatchObject({
      kind: 'allowed',
      route: 'external',
      stillToConfirm,
    });
  });

  it('house-external-requester-confirmed: ends when a confirmation failed', () => {
    expect(refusals(asked({ kind: 'external', identityConfirmed: false, affiliationConfirmed: false }))).toEqual([
      'house-external-requester-confirmed identityConfirmed',
      'house-external-requester-confirmed affiliationConfirmed',
    ]);
  });
});
