import { describe, expect, it } from 'vitest';
import type { DisclosureFacts, Recipient } from '../../../policies/disclosure.ts';
import { asked, disclosure, momentOf, recipientOf, said, under, without } from '../disclosure-facts.ts';
import { day, NOW } from '../facts.ts';

const to = (recipient: Recipient): DisclosureFacts => ({ ...disclosure(recipient.kind, 'crime', NOW), recipient });

describe('the recipient', () => {
  it.each<[string, Recipient, readonly string[]]>([
    [
      'XR26-EXT-04: a prosecutor without jurisdiction',
      { kind: 'prosecutor', matter: { caseNumber: 'C-1', hasJurisdiction: false } },
      ['refused XR26-EXT-04 matter'],
    ],
    [
      'XR26-EXT-05: a partner for none of the three proceedings',
      { kind: 'city-agency', path: { kind: 'our-offer', proceeding: 'other' } },
      ['refused XR26-EXT-05 proceeding'],
    ],
    [
      'XR26-EXT-05: an agency that relies on nothing',
      { kind: 'law-enforcement', path: { kind: 'their-request', reliedOn: '' } },
      ['needs request-or-proceeding'],
    ],
    [
      'XR26-EXT-07: media for another purpose',
      { kind: 'news-media', purpose: 'other' },
      ['refused XR26-EXT-07 purpose'],
    ],
    [
      'XR26-EXT-07: a community leader for a concern of the community',
      { kind: 'community-leader', purpose: 'community-concern' },
      ['allowed'],
    ],
    ['XR26-SAFE-14: a unit without a reason', { kind: 'agency-unit', dutyReason: 'curious' }, ['needs duty-reason']],
  ])('%s', (_what, recipient, outcome) => {
    expect(said(to(recipient))).toEqual(outcome);
  });

  it.each([
    ['XR26-EXT-16', { approvedVendor: false }],
    ['XR26-EXT-17', { noMoreThanNeeded: false }],
    ['XR26-EXT-17', { contractEndsOn: day('2026-11-23') }],
    ['XR26-EXT-18', { integrityReviewed: false }],
    ['XR26-EXT-18', { responsibilityDetermined: false }],
    ['XR26-EXT-18', { backgroundChecked: false }],
    ['XR26-EXT-19', { boundToConfidentiality: false }],
  ])('%s: a vendor with %j gets nothing', (clause, change) => {
    const vendor = recipientOf('vendor') as Extract<Recipient, { kind: 'vendor' }>;
    expect(said(to({ kind: 'vendor', standing: { ...vendor.standing!, ...change } }))).toEqual([
      `refused ${clause} standing`,
    ]);
  });

  it.each(['partial-plate', 'several-plates', 'area', 'reader', 'associates'] as const)(
    'LPR26-EXT-01: an agent of New Jersey may not search by %s',
    (what) => {
      const search = { what, through: 'plate-search', authorizedAgent: true } as const;
      expect(said(to({ kind: 'new-jersey-agent', search }), under('plate-reader-2026'))).toEqual([
        'refused LPR26-EXT-01 search',
      ]);
    },
  );

  it('LPR26-EXT-02: an agent of New Jersey does not reach the Domain Awareness System', () => {
    const search = { what: 'one-complete-plate', through: 'domain-awareness-system', authorizedAgent: true } as const;
    expect(said(to({ kind: 'new-jersey-agent', search }), under('plate-reader-2026'))).toEqual([
      'refused LPR26-EXT-02 search',
    ]);
  });

  it.each([
    ['xray-2021', 'XR21-EXT-04'],
    ['xray-2026', 'XR26-EXT-01'],
    ['portable-device-2026', 'PED26-EXT-01'],
    ['digital-camera-2026', 'CAM26-EXT-01'],
  ])('under %s an agent of New Jersey has no access, by %s', (id, clause) => {
    expect(said(disclosure('new-jersey-agent', 'crime', momentOf(id)), under(id), momentOf(id))).toEqual([
      `refused ${clause} recipient`,
    ]);
  });

  it.each([
    ['begins tomorrow', { from: day('2026-11-25') }, 'refused nyc-23-1203-3 agreement'],
    ['begins today', { from: day('2026-11-24') }, 'allowed'],
    ['is about other technologies', { technologies: ['digital-camera'] as const }, 'refused nyc-23-1203-3 agreement'],
    ['is about this one too', { technologies: ['digital-camera', 'mobile-x-ray'] as const }, 'allowed'],
  ])('nyc-23-1203-3: an agreement that %s', (_what, over, outcome) => {
    const facts = disclosure('civic-organization', 'mission', NOW);
    expect(said({ ...facts, agreement: { kind: 'agreement', agreementId: 'A-1', ...over } })).toEqual([outcome]);
  });

  it('nyc-23-1203-3: a third party needs an agreement, or the reason why none', () => {
    const facts = disclosure('civic-organization', 'mission', NOW);
    expect(said(without(facts, 'agreement'))).toEqual(['needs agreement']);
    const why = 'the image shows an empty vehicle';
    expect(said({ ...facts, agreement: { kind: 'no-important-privacy-interest', why } })).toEqual(['allowed']);
    expect(said({ ...facts, agreement: { kind: 'agreement', agreementId: 'A-1', until: day('2026-11-23') } })).toEqual([
      'refused nyc-23-1203-3 agreement',
    ]);
    expect(said(without(disclosure('civic-organization', 'routine', NOW), 'agreement'))).toEqual(['allowed']);
    expect(said(without(disclosure('civic-organization', 'exigent', NOW), 'agreement'))).toEqual(['allowed']);
    expect(said(without(disclosure('city-agency', 'mission', NOW), 'agreement'))).toEqual(['allowed']);
  });
});

describe('what is common to all', () => {
  it('XR26-SAFE-16: what could not be confirmed, or is not lawful, refuses', () => {
    const base = disclosure('prosecutor', 'crime', NOW);
    expect(said({ ...base, identity: { ...base.identity!, outcome: 'not-confirmed' } })).toEqual([
      'refused XR26-SAFE-16 identity',
    ]);
    expect(said({ ...base, lawfulness: { ...base.lawfulness!, outcome: 'unlawful' } })).toEqual([
      'refused XR26-SAFE-16 lawfulness',
    ]);
  });

  it('nyc-23-1201-identifying: a redacted copy identifies, an anonymized count does not', () => {
    const base = disclosure('news-media', 'none', NOW);
    expect(said({ ...base, content: 'redacted-copy' })).toEqual(['needs ground']);
    expect(said({ ...base, content: 'anonymized-count' })).toEqual(['allowed']);
  });

  it.each([
    ['xray-2021', 'XR21-SAFE-02', 'XR21-EXT-02', 'XR21-EXT-03'],
    ['portable-device-2026', 'PED26-SAFE-06', 'PED26-EXT-02', 'PED26-EXT-04'],
    ['digital-camera-2026', 'CAM26-SAFE-06', 'CAM26-EXT-02', 'CAM26-EXT-04'],
    ['plate-reader-2026', 'LPR26-SAFE-10', 'LPR26-EXT-03', 'LPR26-EXT-05'],
  ])('under %s cites its own clauses', (id, confirmed, shared, grounds) => {
    const answer = asked(disclosure('prosecutor', 'crime', momentOf(id)), under(id), momentOf(id));
    expect(answer).toMatchObject({ kind: 'allowed', clauses: expect.arrayContaining([confirmed, shared, grounds]) });
  });

  it('tells everything that is in the way at once', () => {
    const facts = without(
      disclosure('news-media', 'mission', NOW),
      'identity',
      'lawfulness',
      'officerDecision',
      'agreement',
    );
    expect(said(facts)).toEqual(['needs identity', 'needs lawfulness', 'needs officer-approval', 'needs agreement']);
  });
});
