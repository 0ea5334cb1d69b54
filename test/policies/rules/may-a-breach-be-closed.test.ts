import { describe, expect, it } from 'vitest';
import { plusHours } from '../../../policies/instant.ts';
import type { SecurityAnswer } from '../../../policies/rules/city-breach-law.ts';
import { mayABreachBeClosed, type ClosingFacts } from '../../../policies/rules/may-a-breach-be-closed.ts';
import { momentOf, under } from '../disclosure-facts.ts';
import { NOW } from '../facts.ts';

const AWARE = plusHours(NOW, -20);
const told = { sentAt: plusHours(AWARE, 3), deliveredAt: plusHours(AWARE, 4) };
const because = 'It went to one recipient who destroyed it unread';
const triggers = {
  potentialRisk: false,
  determination: {
    answer: 'do-not-notify' as const,
    because,
    chiefPrivacyOfficerConsultedAt: plusHours(AWARE, 5),
    lawDepartmentConsultedAt: plusHours(AWARE, 5),
  },
  requiredBy: 'none' as const,
};
const applies: SecurityAnswer = {
  kind: 'applies',
  reportTo: ['chief-privacy-officer', 'cyber-command', 'technology-office'],
  tellPeople: 'by-one-notice',
  tellConsumerAgencies: false,
  refused: [],
  clauses: [],
};
/** Nothing is owed any more. */
const settled: ClosingFacts = {
  times: { breachId: 'B-1', discoveredAt: AWARE, awareAt: AWARE, report: told },
  violates: true,
  openContainments: 0,
  notice: { breachId: 'B-1', triggers, people: [] },
  security: { kind: 'does-not-apply', followProtocols: false, because: 'nyc-10-501-private' },
  cyberCommandTold: false,
};
const closing = (over: Partial<ClosingFacts> = {}, id = 'xray-2026', now = NOW) =>
  mayABreachBeClosed({ ...settled, ...over }, under(id), now);
const open = (over: Partial<ClosingFacts>) => closing(over).because.map(({ field, clause }) => `${field} ${clause}`);

const letter = {
  inWriting: true,
  whatWasDisclosed: 'An x-ray image of a vehicle',
  toWhom: 'A vendor of the department',
};
const owed = (outcome: 'delivered' | 'failed') => ({
  breachId: 'B-1',
  triggers: { ...triggers, potentialRisk: true },
  letter,
  people: [{ personRef: 'T-1', attempts: [{ at: NOW, way: 'post' as const, outcome }] }],
});

describe('whether a breach may be closed', () => {
  it('is allowed when it was told, contained, assessed, judged, and nobody is owed a notice', () => {
    expect(closing()).toMatchObject({ kind: 'allowed', because: [] });
    expect(closing().owed.map(({ item }) => item)).toEqual([
      'triage',
      'report',
      'containment',
      'harm',
      'security',
      'consultations',
      'notice',
    ]);
  });

  it('asks for nothing more where it was found to violate nothing', () => {
    const { report: _, ...times } = settled.times;
    expect(closing({ violates: false, times, openContainments: 2 })).toEqual({
      kind: 'allowed',
      owed: [{ item: 'triage', clause: 'XR26-EXT-20' }],
      because: [],
    });
  });

  it.each<readonly [string, Partial<ClosingFacts>, readonly string[]]>([
    [
      'the report came back',
      { times: { ...settled.times, report: { sentAt: AWARE, undeliverableAt: NOW } } },
      ['report XR26-EXT-20'],
    ],
    ['its delivery is not proven', { times: { ...settled.times, report: { sentAt: AWARE } } }, ['report XR26-EXT-20']],
    ['nobody was aware', { times: { breachId: 'B-1', discoveredAt: AWARE } }, ['report XR26-EXT-20']],
    ['a containment is open', { openContainments: 1 }, ['containment XR26-EXT-20']],
    ['the other law was not judged', { security: undefined as never }, ['security nyc-10-502-a']],
    [
      'harm was not assessed',
      { notice: { ...settled.notice, triggers: { ...triggers, potentialRisk: undefined as never } } },
      ['harm XR26-EXT-21', 'notice XR26-EXT-21'],
    ],
    [
      'nobody was consulted',
      { notice: { ...settled.notice, triggers: { ...triggers, determination: { answer: 'do-not-notify', because } } } },
      ['consultations XR26-EXT-21', 'notice XR26-EXT-21'],
    ],
    ['a notice is owed and nobody named', { notice: { ...owed('failed'), people: [] } }, ['notice XR26-EXT-21']],
    ['one attempt failed', { notice: owed('failed') }, ['notice XR26-EXT-21']],
    [
      'the notice is delayed',
      { notice: { ...owed('failed'), delay: { ground: 'investigation', why: 'An arrest is planned for it' } } },
      ['notice XR26-EXT-21'],
    ],
  ])('is refused while %s', (_why, over, expected) => {
    const given = Object.fromEntries(Object.entries(over).filter(([, value]) => value !== undefined));
    const facts = { ...settled, ...given } as ClosingFacts;
    if ('security' in over) delete (facts as { security?: SecurityAnswer }).security;
    expect(
      mayABreachBeClosed(facts, under('xray-2026'), NOW).because.map(({ field, clause }) => `${field} ${clause}`),
    ).toEqual(expected);
  });

  it('is refused before it was judged', () => {
    const { violates: _, ...facts } = settled;
    expect(mayABreachBeClosed(facts, under('xray-2026'), NOW).because[0]).toMatchObject({
      field: 'triage',
      clause: 'XR26-EXT-20',
    });
  });

  it('is allowed once everyone was told, with no consultation', () => {
    expect(closing({ notice: owed('delivered') })).toMatchObject({ kind: 'allowed' });
  });

  it('nyc-10-502-a, nyc-10-502-b: asks for Cyber Command, and for a notice, where the other law applies', () => {
    expect(open({ security: applies })).toEqual(['cyber-command nyc-10-502-a', 'notice XR26-EXT-21']);
    expect(open({ security: applies, cyberCommandTold: true, notice: owed('delivered') })).toEqual([]);
    expect(open({ security: { ...applies, tellPeople: 'not-needed' }, cyberCommandTold: true })).toEqual([]);
  });

  it('XR21-EXT-08: judges a breach of 2025 by the edition of 2021', () => {
    const now = momentOf('xray-2021');
    const awareAt = plusHours(now, -90);
    const times = { breachId: 'B-1', discoveredAt: awareAt, awareAt, report: { sentAt: now, deliveredAt: now } };
    expect(closing({ times }, 'xray-2021', now).owed[1]).toEqual({ item: 'report', clause: 'XR21-EXT-08' });
  });

  it('refuses to count fewer than no containment', () => {
    expect(() => closing({ openContainments: -1 })).toThrow('whole number');
  });
});
