import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FactMalformed } from '../../../policies/faults.ts';
import { plusHours } from '../../../policies/instant.ts';
import { whatMayBeAsked, type UseRequestFacts } from '../../../policies/rules/what-may-be-asked.ts';
import { at, NOW, policyAt, refusals, request, request2021, THEN, UNDER_2021, UNDER_2026 } from '../facts.ts';

type Change = Partial<UseRequestFacts>;
const asked = (change: Change = {}) => whatMayBeAsked({ ...request, ...change }, UNDER_2026, NOW);
const asked2021 = (change: Change = {}) => whatMayBeAsked({ ...request2021, ...change }, UNDER_2021, THEN);

describe('a request that may be made', () => {
  it('XR26-USE-11: needs no warrant, and rests on the special-needs exception', () => {
    expect(asked()).toMatchObject({ kind: 'allowed', legalBasis: 'special-needs-exception', flags: [], followUps: [] });
    expect(asked()).toMatchObject({
      clauses: expect.arrayContaining([
        'XR26-ABS-01',
        'XR26-USE-11',
        'XR26-USE-12',
        'XR26-USE-14',
        'house-hours-of-longest-use',
      ]),
    });
  });

  it('XR26-USE-07: lapses when the use was to begin', () => {
    expect(asked()).toMatchObject({ lapsesAt: request.startsAt });
  });

  it.each(['motor-vehicle', 'truck', 'temporary-enclosed-structure'] as const)(
    'XR26-ABS-01: is for a %s',
    (targetKind) => {
      expect(asked({ targetKind }).kind).toBe('allowed');
    },
  );

  it('XR26-ABS-01: is for a similar object that is described', () => {
    expect(asked({ targetKind: 'similar-object', similarObjectDescription: 'a steel container on wheels' }).kind).toBe(
      'allowed',
    );
  });

  it('XR26-CAP-03: secures the place of an event whose threat is elevated, and cites it', () => {
    const event = { name: 'a summit', elevatedThreatReason: 'heads of state attend' };
    expect(asked({ event })).toMatchObject({ kind: 'allowed', clauses: expect.arrayContaining(['XR26-CAP-03']) });
  });

  it('XR26-USE-06: comes from outside, for a place', () => {
    expect(asked({ requester: 'external' })).toMatchObject({
      kind: 'allowed',
      clauses: expect.arrayContaining(['XR26-USE-06']),
    });
  });
});

describe('a request that is refused', () => {
  it.each<[string, Change, readonly string[]]>([
    ['XR26-USE-03: for a person', { targetKind: 'person' }, ['XR26-USE-03 targetKind']],
    ['XR26-USE-03: for a home', { targetKind: 'home' }, ['XR26-USE-03 targetKind']],
    ['XR26-USE-03: for a building', { targetKind: 'building' }, ['XR26-USE-03 targetKind']],
    [
      'XR26-ABS-01: for a kind that is not on the list',
      { targetKind: 'vessel' as UseRequestFacts['targetKind'] },
      ['XR26-ABS-01 targetKind'],
    ],
    [
      'XR26-ABS-01: for a similar object nobody described',
      { targetKind: 'similar-object' },
      ['XR26-ABS-01 similarObjectDescription'],
    ],
    ['XR26-ABS-01: away from any public street', { nearPublicStreet: false }, ['XR26-ABS-01 nearPublicStreet']],
    ['XR26-ABS-01: without a grave risk', { graveRisk: ' \n ' }, ['XR26-ABS-01 graveRisk']],
    [
      'house-characters-of-reason: with a grave risk that says nothing',
      { graveRisk: 'risk' },
      ['house-characters-of-reason graveRisk'],
    ],
    ['XR26-ABS-01: for no place', { location: '' }, ['XR26-ABS-01 location']],
    ['XR26-USE-06: from outside, for no place', { location: ' ', requester: 'external' }, ['XR26-USE-06 location']],
    ['XR26-USE-02: for other official business', { purpose: 'other-official-business' }, ['XR26-USE-02 purpose']],
    [
      'XR26-USE-02: without a law enforcement reason',
      { lawEnforcementReason: '' },
      ['XR26-USE-02 lawEnforcementReason'],
    ],
    [
      'XR26-CAP-03: for an event without a name',
      { event: { name: '', elevatedThreatReason: 'heads of state attend' } },
      ['XR26-CAP-03 event.name'],
    ],
    [
      'XR26-CAP-03: for an event without an elevated threat',
      { event: { name: 'a fair', elevatedThreatReason: '' } },
      ['XR26-CAP-03 event.elevatedThreatReason'],
    ],
    [
      'XR26-USE-04: without saying how the public is kept out',
      { publicKeptOutHow: '' },
      ['XR26-USE-04 publicKeptOutHow'],
    ],
    ['XR26-USE-01: without the attestation', { attestation: false }, ['XR26-USE-01 attestation']],
    ['XR26-USE-12: to investigate political activity', { politicalActivity: true }, ['XR26-USE-12 politicalActivity']],
    [
      'XR26-USE-12: even by the Intelligence Division',
      { politicalActivity: true, investigationUnit: 'intelligence-division' },
      ['XR26-USE-12 politicalActivity'],
    ],
    [
      'XR26-USE-13: and by another unit, for that as well',
      { politicalActivity: true, investigationUnit: 'detective-bureau' },
      ['XR26-USE-12 politicalActivity', 'XR26-USE-13 investigationUnit'],
    ],
    [
      'nyc-10-178-c: in service of immigration enforcement',
      { immigrationEnforcement: true },
      ['nyc-10-178-c immigrationEnforcement'],
    ],
    [
      'XR26-USE-14: on the basis of religion',
      { basisCharacteristics: ['religion-or-creed'] },
      ['XR26-USE-14 basisCharacteristics'],
    ],
    ['XR26-USE-16: for a use the policy does not describe', { useKind: 'other' }, ['XR26-USE-16 useKind']],
    ['XR26-USE-07: for a time that has passed', { startsAt: NOW }, ['XR26-USE-07 startsAt']],
  ])('%s', (_name, change, because) => {
    expect(refusals(asked({ ...(change.startsAt ? { endsAt: request.startsAt } : {}), ...change }))).toEqual(because);
  });

  it('XR26-USE-04: an outside entity may leave the public to the bureau, until the decision', () => {
    expect(asked({ requester: 'external', publicKeptOutHow: '' }).kind).toBe('allowed');
    expect(refusals(asked({ requester: 'external', publicKeptOutHow: 'fence' }))).toEqual([
      'house-characters-of-reason publicKeptOutHow',
    ]);
  });

  it('names every failing condition at once', () => {
    const change: Change = {
      targetKind: 'home',
      nearPublicStreet: false,
      graveRisk: '',
      purpose: 'other-official-business',
      attestation: false,
      politicalActivity: true,
    };
    expect(refusals(asked(change))).toEqual([
      'XR26-USE-03 targetKind',
      'XR26-ABS-01 nearPublicStreet',
      'XR26-ABS-01 graveRisk',
      'XR26-USE-02 purpose',
      'XR26-USE-01 attestation',
      'XR26-USE-12 politicalActivity',
    ]);
  });

  it('never repeats what the requester wrote', () => {
    const secret = 'Zyx';
    const ruling = asked({
      graveRisk: secret,
      location: '',
      lawEnforcementReason: secret,
      publicKeptOutHow: secret,
      targetKind: 'home',
    });
    expect(ruling.kind).toBe('refused');
    expect(JSON.stringify(ruling)).not.toContain(secret);
  });

  it('XR26-USE-03: nothing that can be said beside it allows a person, a home or a building', () => {
    const anything = fc.record({
      targetKind: fc.constantFrom('person', 'home', 'building'),
      requester: fc.constantFrom('member', 'external'),
      graveRisk: fc.string(),
      lawEnforcementReason: fc.string(),
      location: fc.string(),
      publicKeptOutHow: fc.string(),
      attestation: fc.boolean(),
      nearPublicStreet: fc.boolean(),
    });
    fc.assert(
      fc.property(anything, (change) => {
        expect(refusals(asked(change as Change))).toContain('XR26-USE-03 targetKind');
      }),
    );
  });
});

describe('what a refusal obliges somebody to', () => {
  it('nyc-10-178-d: an outside request that serves immigration enforcement is put on record', () => {
    expect(asked({ immigrationEnforcement: true, requester: 'external' }).followUps).toEqual([
      { kind: 'record-immigration-request', clause: 'nyc-10-178-d' },
    ]);
    expect(asked({ immigrationEnforcement: true }).followUps).toEqual([]);
  });

  it('XR26-USE-14: a basis in a listed characteristic is referred for review', () => {
    expect(asked({ basisCharacteristics: ['age'] }).followUps).toEqual([
      { kind: 'refer-for-review', clause: 'XR26-USE-14' },
    ]);
  });

  it('XR26-USE-16: a use the policy does not describe opens the draft of an addendum', () => {
    expect(asked({ useKind: 'other' }).followUps).toEqual([{ kind: 'draft-addendum', clause: 'XR26-USE-16' }]);
  });
});

describe('the same request under the 2021 edition', () => {
  it.each<[string, Change, readonly string[]]>([
    ['XR21-ABS-01: no grave risk', { graveRisk: '' }, ['XR21-ABS-01 graveRisk']],
    ['XR21-USE-01: a home', { targetKind: 'home' }, ['XR21-USE-01 targetKind']],
    ['XR21-USE-01: other official business', { purpose: 'other-official-business' }, ['XR21-USE-01 purpose']],
    [
      'XR21-USE-05: political activity is not barred yet',
      { politicalActivity: true, investigationUnit: 'detective-bureau' },
      [],
    ],
    ['XR21-USE-04: a characteristic beside another reason is not barred yet', { basisCharacteristics: ['age'] }, []],
    ['XR21-DSP-03: but profiling is', { basisCharacteristics: ['race'] }, ['XR21-DSP-03 basisCharacteristics']],
    ['XR21-ABS-01: a use that is not described', { useKind: 'other' }, ['XR21-ABS-01 useKind']],
  ])('%s', (_name, change, because) => {
    expect(refusals(asked2021(change))).toEqual(because);
  });

  it('XR21-USE-04: bars a characteristic as the sole reason', () => {
    expect(refusals(asked2021({ basisCharacteristics: ['age'], lawEnforcementReason: '', graveRisk: '' }))).toContain(
      'XR21-USE-04 basisCharacteristics',
    );
  });

  it('XR21-USE-06: asks for no addendum', () => {
    expect(asked2021({ useKind: 'other' }).followUps).toEqual([]);
  });

  it('XR21-USE-03: needs no warrant either', () => {
    expect(asked2021()).toMatchObject({
      kind: 'allowed',
      legalBasis: 'special-needs-exception',
      clauses: expect.arrayContaining(['XR21-USE-03']),
    });
  });

  it('XR21-USE-05: cannot be asked of a request made now, which the 2026 rules always judge', () => {
    expect(() => whatMayBeAsked(request, UNDER_2021, NOW)).toThrow(FactMalformed);
    expect(() => whatMayBeAsked(request2021, UNDER_2026, THEN)).toThrow(/R-1.*2025-05-06.*xray-2026/);
    expect(refusals(whatMayBeAsked({ ...request, politicalActivity: true }, policyAt(NOW), NOW))).toEqual([
      'XR26-USE-12 politicalActivity',
    ]);
  });

  it.each([
    ['the last moment of 2021', UNDER_2021, '2026-02-03T23:59:59-05:00'],
    ['the first moment of 2026', UNDER_2026, '2026-02-04T00:00:00-05:00'],
    ['the first moment of 2021', UNDER_2021, '2021-04-11T00:00:00-04:00'],
  ])('XR26-REV-02, XR21-REV-01: is judged by it up to %s', (_when, policy, moment) => {
    const submittedAt = at(moment);
    const facts = { ...request, submittedAt, startsAt: plusHours(submittedAt, 1), endsAt: plusHours(submittedAt, 2) };
    expect(whatMayBeAsked(facts, policy, submittedAt).kind).toBe('allowed');
  });
});
