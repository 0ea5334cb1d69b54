import { describe, expect, it } from 'vitest';
import type { DisclosureFacts } from '../../../policies/disclosure.ts';
import { FactMalformed } from '../../../policies/faults.ts';
import { plusHours, plusMs } from '../../../policies/instant.ts';
import { approval, asked, deputy, disclosure, evidenceOf, officer, said, without } from '../disclosure-facts.ts';
import { day, NOW } from '../facts.ts';

describe('ground 1, consent', () => {
  const base = disclosure('civic-organization', 'consent', NOW);
  const signed = (signedBy: 'person' | 'parent-or-guardian') => ({ signedBy, at: plusHours(NOW, -5) });
  const people = (...all: Extract<NonNullable<DisclosureFacts['basis']>, { ground: 'consent' }>['people']) => ({
    ...base,
    basis: { ground: 'consent' as const, people: all },
  });

  it('XR26-EXT-09: needs both the consent and the officer', () => {
    expect(said(base)).toEqual(['allowed']);
    expect(said(without(base, 'officerDecision'))).toEqual(['needs officer-approval']);
    expect(said(people())).toEqual(['needs consent']);
  });

  it.each([
    ['adult', 'person', ['allowed']],
    ['adult', 'parent-or-guardian', ['refused XR26-EXT-09 consent']],
    ['minor', 'person', ['refused XR26-EXT-09 consent']],
    ['minor', 'parent-or-guardian', ['allowed']],
    ['not-competent', 'person', ['refused XR26-EXT-09 consent']],
    ['not-competent', 'parent-or-guardian', ['allowed']],
  ] as const)('XR26-EXT-09: for an %s signed by %s comes out as %j', (capacity, signedBy, outcome) => {
    expect(said(people({ personRef: 'X-1', capacity, consent: signed(signedBy) }))).toEqual(outcome);
  });

  it('XR26-EXT-09: is asked of everyone in it', () => {
    const one = { personRef: 'X-1', capacity: 'adult', consent: signed('person') } as const;
    expect(said(people(one, { personRef: 'X-2', capacity: 'adult' }))).toEqual(['needs consent']);
  });

  it('XR26-EXT-09: does not stand once withdrawn', () => {
    const consent = { ...signed('person'), withdrawnAt: plusHours(NOW, -1) };
    expect(said(people({ personRef: 'X-1', capacity: 'adult', consent }))).toEqual(['refused XR26-EXT-09 consent']);
  });

  it('shows that the statute would accept others for a minor', () => {
    const answer = asked(people({ personRef: 'X-1', capacity: 'minor', consent: signed('parent-or-guardian') }));
    expect(answer.contradictions.map(({ id }) => id)).toEqual(['guardian-only']);
  });
});

describe('the officer', () => {
  const base = disclosure('law-enforcement', 'mission', NOW);
  const decided = (change: Partial<NonNullable<DisclosureFacts['officerDecision']>>) => ({
    ...base,
    officerDecision: { ...approval('mission', NOW), ...change },
  });

  it('XR26-EXT-11: approves in person or by a deputy', () => {
    expect(said(decided({ signer: deputy }))).toEqual(['allowed']);
  });

  it('XR26-EXT-11: is not replaced by a commanding officer', () => {
    const signer = { ...officer, office: 'none', bureau: 'patrol-services-bureau', roles: ['executive'] } as const;
    expect(said(decided({ signer }))).toEqual(Array(3).fill('refused XR26-EXT-11 signer'));
  });

  it('XR26-EXT-11: who declined has declined', () => {
    expect(said(decided({ answer: 'decline' }))).toEqual(['refused XR26-EXT-11 officerDecision']);
  });

  it('house-shown-is-decided: approved something else, so it is asked for again', () => {
    expect(said(decided({ shownHash: 'hash-of-more-images' }))).toEqual(['needs officer-approval']);
    expect(said(decided({ ground: 'required-by-law' }))).toEqual(['needs officer-approval']);
  });

  it('house-not-your-own-disclosure: does not sign off an own request', () => {
    expect(said(decided({ signer: { ...officer, personId: 'P-1' } }))).toEqual([
      'refused house-not-your-own-disclosure signer',
    ]);
  });

  it('cannot have decided in the future', () => {
    expect(() => asked(decided({ at: plusMs(NOW, 1) }))).toThrow(FactMalformed);
  });
});

describe('grounds 4 to 7 and exigent circumstances', () => {
  const city = disclosure('city-agency', 'city-interest', NOW);
  const preApproved = (change: object) => ({
    ...city,
    basis: {
      ground: 'city-interest' as const,
      preApproval: { preApprovalId: 'PA-1', approvedAt: plusHours(NOW, -9), covers: ['still-images'], ...change },
    },
  });

  it.each([
    ['stands', {}, ['allowed']],
    ['covers this one disclosure by its id', { covers: ['D-1'] }, ['allowed']],
    ['is of the very moment', { approvedAt: NOW }, ['refused XR26-EXT-12 preApproval']],
    ['is of a moment later', { approvedAt: plusHours(NOW, 1) }, ['refused XR26-EXT-12 preApproval']],
    ['covers others', { covers: ['plate-reads'] }, ['refused XR26-EXT-12 preApproval']],
    ['ends today', { until: day('2026-11-24') }, ['allowed']],
    ['ended yesterday', { until: day('2026-11-23') }, ['refused XR26-EXT-12 preApproval']],
    ['begins tomorrow', { from: day('2026-11-25') }, ['refused XR26-EXT-12 preApproval']],
    ['begins today', { from: day('2026-11-24') }, ['allowed']],
  ] as const)('XR26-EXT-12: a pre-approval that %s', (_what, change, outcome) => {
    expect(said(preApproved(change))).toEqual(outcome);
  });

  it('nyc-23-1202-c-2-b: reaches another City agency only, and shows that the policy does not say so', () => {
    const facts = disclosure('news-media', 'city-interest', NOW);
    expect(said(facts)).toEqual(['refused nyc-23-1202-c-2-b recipient']);
    expect(asked(facts).contradictions.map(({ id }) => id)).toEqual(['city-agencies-only']);
  });

  it.each([
    ['2026-11-24', undefined, ['allowed']],
    ['2026-11-25', undefined, ['refused XR26-EXT-13 designation']],
    ['2026-01-01', '2026-11-24', ['allowed']],
    ['2026-01-01', '2026-11-23', ['refused XR26-EXT-13 designation']],
  ] as const)('XR26-EXT-13: a designation from %s until %s', (from, until, outcome) => {
    const designation = {
      designationId: 'RD-1',
      covers: ['still-images'],
      recipients: ['prosecutor'] as const,
      from: day(from),
      ...(until ? { until: day(until) } : {}),
    };
    expect(said({ ...disclosure('prosecutor', 'routine', NOW), basis: { ground: 'routine', designation } })).toEqual(
      outcome,
    );
  });

  it.each([
    [{}, ['needs crime-or-information']],
    [{ caseNumber: '  ' }, ['needs crime-or-information']],
    [{ caseNumber: 'C-1' }, ['allowed']],
    [{ credibleInformation: 'a caller described the plan' }, ['allowed']],
  ] as const)('XR26-EXT-14: with %j comes out as %j, and no officer is asked', (basis, outcome) => {
    expect(
      said({
        ...without(disclosure('prosecutor', 'crime', NOW), 'officerDecision'),
        basis: { ground: 'crime', ...basis },
      }),
    ).toEqual(outcome);
  });

  it.each([
    [{ byCityAgency: false }, 1],
    [{ open: false }, 1],
    [{ about: 'other' as const }, 1],
    [{ byCityAgency: false, open: false }, 2],
  ])('XR26-EXT-15: is refused for an investigation with %j', (change, refusals) => {
    const investigation = { reference: 'W-3', byCityAgency: true, open: true, about: 'minor' as const, ...change };
    const facts = {
      ...disclosure('city-agency', 'welfare', NOW),
      basis: { ground: 'welfare' as const, investigation },
    };
    expect(said(facts)).toEqual(Array(refusals).fill('refused XR26-EXT-15 investigation'));
  });

  it('nyc-23-1202-d: is allowed in exigent circumstances, which the policies do not print', () => {
    const answer = asked(disclosure('prosecutor', 'exigent', NOW));
    expect(answer).toMatchObject({ kind: 'allowed', contradictions: [{ id: 'exigent-not-printed' }] });
  });
});

describe('evidence dated later than the release', () => {
  it('cannot be so', () => {
    const base = disclosure('prosecutor', 'consent', NOW);
    const later = plusMs(NOW, 1);
    expect(() => asked({ ...base, identity: { ...base.identity!, at: later } })).toThrow(FactMalformed);
    expect(() => asked({ ...base, lawfulness: { ...base.lawfulness!, at: later } })).toThrow(FactMalformed);
    const basis = evidenceOf('consent', later);
    const future = {
      ...basis,
      people: [{ personRef: 'X', capacity: 'adult', consent: { signedBy: 'person', at: later } }],
    } as const;
    expect(() => asked({ ...base, basis: future as never })).toThrow(FactMalformed);
  });
});
