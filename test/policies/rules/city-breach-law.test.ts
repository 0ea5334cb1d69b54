import { describe, expect, it } from 'vitest';
import { FactMalformed } from '../../../policies/faults.ts';
import { plusHours } from '../../../policies/instant.ts';
import { cityBreachLaw, PRIVATE_ELEMENTS, type SecurityFacts } from '../../../policies/rules/city-breach-law.ts';
import { under } from '../disclosure-facts.ts';
import { at, NOW } from '../facts.ts';

const facts: SecurityFacts = {
  breachId: 'B-1',
  computerized: true,
  personalInformation: true,
  elements: ['driver-or-non-driver-card-number'],
  safelyEncrypted: false,
  lawfullyPublic: false,
  act: 'unauthorized',
  residentsToTell: 1,
  toldUnderStateLaw: false,
  oneNoticeMeetsBoth: false,
};
const judged = (change: Partial<SecurityFacts> = {}) => cityBreachLaw({ ...facts, ...change }, under('xray-2026'), NOW);
const finding = { harmIsUnlikely: true, because: 'the recipient is a colleague', at: at('2024-02-29T12:00:00-05:00') };

describe('the City law on breaches of security', () => {
  it('nyc-10-501-private: does not apply to an x-ray image or a plate alone', () => {
    expect(judged({ elements: [] })).toEqual({
      kind: 'does-not-apply',
      followProtocols: false,
      because: 'nyc-10-501-private',
    });
  });

  it.each(PRIVATE_ELEMENTS)('nyc-10-501-private: applies to %s', (element) => {
    expect(judged({ elements: [element] }).kind).toBe('applies');
    expect(judged({ elements: [element], personalInformation: false }).kind).toBe(
      element === 'login-with-password' ? 'applies' : 'does-not-apply',
    );
    expect(judged({ elements: [element], lawfullyPublic: true }).kind).toBe('does-not-apply');
  });

  it('nyc-10-501-breach: applies to computerized data that was not safely encrypted', () => {
    expect(judged({ computerized: false })).toMatchObject({ kind: 'does-not-apply', because: 'nyc-10-501-breach' });
    expect(judged({ safelyEncrypted: true }).kind).toBe('does-not-apply');
  });

  it('nyc-10-501-good-faith, nyc-10-502-i: does not apply to good faith, but the protocols do', () => {
    expect(judged({ act: 'good-faith-by-personnel' })).toEqual({
      kind: 'does-not-apply',
      followProtocols: true,
      because: 'nyc-10-501-good-faith',
    });
  });

  it.each([
    ['separately', {}, 'nyc-10-502-b'],
    ['by-one-notice', { oneNoticeMeetsBoth: true }, 'nyc-10-502-j'],
    ['told-under-state-law', { toldUnderStateLaw: true, oneNoticeMeetsBoth: true }, 'nyc-10-502-h'],
    ['not-needed', { act: 'inadvertent-by-authorized' as const, noNoticeFinding: finding }, 'nyc-10-502-g'],
  ])('tells people %s with %j, by %s, and the report stays due', (tellPeople, change, clause) => {
    expect(judged(change)).toMatchObject({
      tellPeople,
      clauses: expect.arrayContaining([clause, 'nyc-10-502-a']),
      reportTo: ['chief-privacy-officer', 'cyber-command', 'technology-office'],
    });
  });

  it.each([
    [4999, false],
    [5000, true],
  ])(
    'nyc-10-502-f: with %i residents to tell, consumer agencies are told: %s',
    (residentsToTell, tellConsumerAgencies) => {
      expect(judged({ residentsToTell })).toMatchObject({ tellConsumerAgencies });
    },
  );

  it('nyc-10-502-g: keeps a finding for five calendar years, from a leap day too', () => {
    const answer = judged({ act: 'inadvertent-by-authorized', noNoticeFinding: finding });
    expect(answer).toMatchObject({ keepFindingUntil: '2029-02-28', refused: [] });
  });

  it.each<[string, Partial<SecurityFacts>]>([
    ['an act of someone not authorized', { noNoticeFinding: finding }],
    [
      'harm that is likely',
      { act: 'inadvertent-by-authorized', noNoticeFinding: { ...finding, harmIsUnlikely: false } },
    ],
    ['no reason', { act: 'inadvertent-by-authorized', noNoticeFinding: { ...finding, because: '' } }],
  ])('nyc-10-502-g: takes no finding with %s, and people are told', (_what, change) => {
    expect(judged(change)).toMatchObject({ tellPeople: 'separately', refused: [{ clause: 'nyc-10-502-g' }] });
  });

  it('takes no finding from the future', () => {
    expect(() => judged({ noNoticeFinding: { ...finding, at: plusHours(NOW, 1) } })).toThrow(FactMalformed);
  });
});
