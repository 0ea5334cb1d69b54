import { describe, expect, it } from 'vitest';
import { whoMayReadACase } from '../../../policies/rules/who-may-read-a-case.ts';
import { NOW, refusals, UNDER_2021, UNDER_2026 } from '../facts.ts';

const judged = (roles: readonly string[], dutyCases: readonly string[], policy = UNDER_2026) =>
  refusals(whoMayReadACase({ roles, dutyCases, caseNumber: 'C-1' }, policy, NOW));

describe('reading what belongs to a case', () => {
  it('XR26-SAFE-07: is for those whose duty the case is', () => {
    expect(judged(['investigator'], ['C-2', 'C-1'])).toEqual([]);
    expect(judged(['investigator'], ['C-2'])).toEqual(['XR26-SAFE-07 viewer']);
    expect(judged(['ctb-executive'], [])).toEqual(['XR26-SAFE-07 viewer']);
    expect(judged([], [], UNDER_2021)).toHaveLength(1);
  });

  it.each(['privacy-officer', 'records-officer', 'foil-officer', 'internal-affairs'])('is for every %s', (role) => {
    expect(judged(['member', role], [])).toEqual([]);
  });

  it.each(['auditor', 'system-administrator', 'executive', 'supervisor'])('is for no %s as such', (role) => {
    expect(judged(['member', role], [])).toEqual(['XR26-SAFE-07 viewer']);
  });
});
