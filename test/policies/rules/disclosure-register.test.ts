import { describe, expect, it } from 'vitest';
import { plusHours } from '../../../policies/instant.ts';
import { disclosureRegister, type Provision } from '../../../policies/rules/disclosure-register.ts';
import { exigentReport, type ExigentDisclosure } from '../../../policies/rules/exigent-report.ts';
import { standingAccess, type StandingAccess } from '../../../policies/rules/standing-access.ts';
import { whatIsIdentifying } from '../../../policies/rules/what-is-identifying.ts';
import { FactMalformed } from '../../../policies/faults.ts';
import { momentOf, under } from '../disclosure-facts.ts';
import { at, NOW, refusals } from '../facts.ts';

const provision = (change: Partial<Provision>): Provision => ({
  provisionId: 'V-1',
  providedAt: NOW,
  recipient: 'civic-organization',
  government: false,
  iceOrCbp: false,
  ...change,
});
const federal = { recipient: 'law-enforcement', government: true, iceOrCbp: true } as const;

describe('the register of what was given to outside entities', () => {
  it.each<[string, Partial<Provision>]>([
    ['row', {}],
    ['row', { recipient: 'vendor' }],
    ['row', { recipient: 'person-or-guardian' }],
    ['row', { providedAt: at('2026-02-04T05:00:00Z') }],
    ['before-the-duty', { providedAt: at('2026-02-04T04:59:59.999Z') }],
    ['inside-the-department', { recipient: 'agency-unit' }],
    ['freedom-of-information', { recipient: 'foil-requester' }],
    ['press-or-media', { recipient: 'news-media' }],
    ['academic-research', { recipient: 'academic-research' }],
    ['other-government', { recipient: 'prosecutor', government: true }],
    ['other-government', { recipient: 'new-jersey-agent', government: true }],
  ])('nyc-14-188-g-1: has as %s one with %j', (expected, change) => {
    const answer = disclosureRegister(provision(change), under('xray-2026'), NOW);
    expect(answer.kind === 'row' ? 'row' : answer.exemptUnder).toBe(expected);
  });

  it.each([
    [undefined, 'row'],
    [{ departmentAloneControls: false, furthersCriminalInvestigation: true }, 'logged-only'],
    [{ departmentAloneControls: true, furthersCriminalInvestigation: true }, 'row'],
    [{ departmentAloneControls: false, furthersCriminalInvestigation: false }, 'row'],
  ])('nyc-14-188-g-1-ice-cbp: what goes to ICE or CBP with the task force %j is a %s', (taskForce, kind) => {
    const answer = disclosureRegister(
      provision({ ...federal, ...(taskForce ? { taskForce } : {}) }),
      under('xray-2026'),
      NOW,
    );
    expect(answer).toMatchObject({ kind, clause: 'nyc-14-188-g-1-ice-cbp' });
  });
});

const access: StandingAccess = {
  accessId: 'S-1',
  agency: 'new-jersey',
  system: 'plate search',
  reaches: 'one-plate-search',
  forImmigrationEnforcement: false,
};
const agreement = {
  agreementId: 'A-1',
  keepsConfidential: true,
  limitsFurtherDisclosure: true,
  tellsOfLegalProcess: true,
};
const stands = (change: Partial<StandingAccess>, id: string) =>
  refusals(standingAccess({ ...access, ...change }, under(id), momentOf(id)));

describe('standing direct access', () => {
  it.each<[string, Partial<StandingAccess>, readonly string[]]>([
    ['plate-reader-2026', {}, []],
    ['plate-reader-2026', { reaches: 'domain-awareness-system' }, ['LPR26-EXT-02 reaches']],
    ['plate-reader-2026', { agency: 'other-government' }, ['LPR26-EXT-01 agency']],
    ['plate-reader-2026', { forImmigrationEnforcement: true }, ['LPR26-EXT-04 access']],
    ['xray-2026', { agreement }, ['XR26-EXT-01 agency']],
    ['portable-device-2026', {}, ['PED26-EXT-01 agency']],
    ['digital-camera-2026', {}, ['CAM26-EXT-01 agency']],
    ['xray-2021', { reaches: 'named-system', agreement }, []],
    ['xray-2021', { reaches: 'named-system' }, ['XR21-EXT-05 agreement']],
    [
      'xray-2021',
      { reaches: 'named-system', agreement: { ...agreement, tellsOfLegalProcess: false } },
      ['XR21-EXT-05 agreement'],
    ],
    ['xray-2021', { reaches: 'named-system', system: '', agreement }, ['XR21-EXT-04 system']],
    ['xray-2021', { reaches: 'named-system', agreement, forImmigrationEnforcement: true }, ['XR21-EXT-06 access']],
  ])('under %s with %j is refused for %j', (id, change, expected) => {
    expect(stands(change, id)).toEqual(expected);
  });

  it('nyc-14-188-g-2: is a row of the register when it stands', () => {
    expect(standingAccess(access, under('plate-reader-2026'), NOW)).toMatchObject({
      clauses: expect.arrayContaining(['nyc-14-188-g-2', 'LPR26-EXT-01']),
    });
  });
});

const exigent: ExigentDisclosure = {
  disclosureId: 'D-1',
  releasedAt: NOW,
  explanation: 'a child is missing in the cold',
};
const reported = (change: Partial<ExigentDisclosure>, hours: number) =>
  exigentReport({ ...exigent, ...change }, under('xray-2026'), plusHours(NOW, hours));

describe('the report of an exigent disclosure', () => {
  it.each(['police-investigation', 'welfare-investigation', 'powers-in-normal-course'] as const)(
    'nyc-23-1202-d-exempt: is not owed for %s',
    (exemption) => {
      expect(reported({ exemption }, 100)).toEqual({ kind: 'exempt', exemption, clause: 'nyc-23-1202-d-exempt' });
    },
  );

  it('nyc-23-1202-d, house-hours-to-explain-exigency: is owed, with a target and no hour in law', () => {
    expect(reported({}, 24)).toMatchObject({ kind: 'due', pastTarget: false, missing: [] });
    expect(reported({ explanation: '' }, 25)).toMatchObject({
      kind: 'due',
      pastTarget: true,
      missing: [{ field: 'explanation' }],
    });
    const report = { sentAt: plusHours(NOW, 3) };
    expect(reported({ report }, 4)).toMatchObject({ kind: 'sent', hoursTaken: 3, pastTarget: false });
    expect(reported({ report: { ...report, deliveredAt: plusHours(NOW, 4) } }, 4).kind).toBe('told');
    expect(reported({ report: { ...report, undeliverableAt: plusHours(NOW, 4) } }, 4).kind).toBe('due');
  });

  it('cannot come before the disclosure', () => {
    expect(() => reported({ report: { sentAt: plusHours(NOW, -1) } }, 1)).toThrow(FactMalformed);
  });
});

describe('identifying information', () => {
  it.each([
    ['xray-2021', 'photograph'],
    ['xray-2026', 'photograph'],
    ['portable-device-2026', 'photograph'],
    ['digital-camera-2026', 'photograph'],
    ['plate-reader-2026', 'license-plate'],
  ])('nyc-23-1201-identifying: is every record under %s, and is a %s', (id, kind) => {
    const answer = whatIsIdentifying({ content: 'original' }, under(id), NOW);
    expect(answer.identifying).toBe(true);
    expect(answer.kinds).toEqual(expect.arrayContaining(['surveillance-system', kind]));
    expect(whatIsIdentifying({ content: 'anonymized-count' }, under(id), NOW)).toMatchObject({
      identifying: false,
      kinds: [],
    });
  });
});
