/** Who names a deputy, whom, from when, and who ends a naming. */
import { describe, expect, it } from 'vitest';
import type { Signer } from '../../../policies/disclosure.ts';
import { HOUSE } from '../../../policies/editions/house.ts';
import { plusHours, plusMs } from '../../../policies/instant.ts';
import {
  whoMayEndADeputy,
  whoMayNameADeputy,
  type NamingFacts,
} from '../../../policies/rules/who-may-name-a-deputy.ts';
import { deputy as acting, officer } from '../disclosure-facts.ts';
import { at, NOW, refusals } from '../facts.ts';

const house = { house: HOUSE };
const { heldFrom: _, ...bare } = officer;
const member: Signer = { ...bare, personId: 'P-11', office: 'none' };
const naming: NamingFacts = {
  officer,
  deputy: member,
  statement: 'I name P-11 my deputy.',
  from: '2026-11-24',
  until: '2026-12-24',
};
const judged = (change: Partial<NamingFacts> = {}, now = NOW) =>
  whoMayNameADeputy({ ...naming, ...change }, house, now);
const OFFICER = 'nyc-23-1201-privacy-officer officer';
const DEPUTY = 'house-deputy-signs-off deputyId';

describe('naming a deputy', () => {
  it('house-deputy-signs-off: counts from the moment it is made, through the whole last day', () => {
    expect(judged()).toEqual({
      kind: 'allowed',
      clauses: ['nyc-23-1201-privacy-officer', 'house-deputy-signs-off'],
      heldFrom: NOW,
      heldUntil: at('2026-12-24T23:59:59.999-05:00'),
    });
    expect(judged({ from: '2026-11-25', until: '' })).toMatchObject({ heldFrom: at('2026-11-25T00:00:00-05:00') });
    expect(judged({ until: '' })).not.toHaveProperty('heldUntil');
  });

  it('house-deputy-signs-off: knows what day it is in New York', () => {
    const lateEvening = at('2026-11-23T23:30:00-05:00');
    expect(judged({ from: '2026-11-23', until: '2026-11-23' }, lateEvening)).toMatchObject({
      heldFrom: lateEvening,
      heldUntil: at('2026-11-23T23:59:59.999-05:00'),
    });
    expect(refusals(judged({ from: '2026-11-23' }))).toEqual(['house-deputy-signs-off from']);
  });

  it.each<[string, Partial<NamingFacts>, readonly string[]]>([
    ['by a deputy', { officer: acting }, [OFFICER]],
    ['by someone without the office', { officer: { ...officer, office: 'none' } }, [OFFICER]],
    ['by an officer who is not active', { officer: { ...officer, active: false } }, [OFFICER]],
    ['by an officer of another bureau', { officer: { ...officer, bureau: 'patrol' } }, [OFFICER]],
    ['by an officer without the role', { officer: { ...officer, roles: ['auditor'] } }, [OFFICER]],
    ['by an officer who is not in office yet', { officer: { ...officer, heldFrom: plusMs(NOW, 1) } }, [OFFICER]],
    ['by an officer who was', { officer: { ...officer, heldUntil: plusMs(NOW, -1) } }, [OFFICER]],
    ['of nobody', { deputy: undefined as never }, [DEPUTY]],
    ['of someone who is not active', { deputy: { ...member, active: false } }, [DEPUTY]],
    ['of someone of another bureau', { deputy: { ...member, bureau: 'patrol' } }, [DEPUTY]],
    ['of someone without the role', { deputy: { ...member, roles: ['member', 'auditor'] } }, [DEPUTY]],
    ['of the officer', { deputy: officer }, [DEPUTY]],
    ['of someone who holds the office', { deputy: acting }, [DEPUTY]],
    ['of someone who will hold it', { deputy: { ...acting, heldFrom: plusHours(NOW, 1) } }, [DEPUTY]],
    ['without a word', { statement: '' }, ['house-deputy-signs-off statement']],
    ['with a word', { statement: 'deputy' }, ['house-characters-of-reason statement']],
    ['from yesterday on', { from: '2026-11-23' }, ['house-deputy-signs-off from']],
    ['from no day on', { from: '' }, ['house-deputy-signs-off from']],
    ['until before it begins', { until: '2026-11-23' }, ['house-deputy-signs-off until']],
    ['until no day', { until: 'Friday' }, ['house-deputy-signs-off until']],
  ])('is refused %s', (_what, change, expected) => {
    expect(refusals(judged(change))).toEqual(expected);
  });

  it('is allowed again of someone whose naming is over', () => {
    expect(judged({ deputy: { ...acting, heldUntil: NOW } }).kind).toBe('allowed');
  });
});

describe('ending a naming', () => {
  it('is the officer’s, with a reason', () => {
    expect(whoMayEndADeputy({ officer, why: 'moved to another unit' }, house, NOW).kind).toBe('allowed');
    expect(refusals(whoMayEndADeputy({ officer: acting, why: 'moved' }, house, NOW))).toEqual([
      OFFICER,
      'house-characters-of-reason why',
    ]);
  });
});
