import { describe, expect, it } from 'vitest';
import type { Signer } from '../../../policies/disclosure.ts';
import { FactMalformed } from '../../../policies/faults.ts';
import { plusHours, plusMs } from '../../../policies/instant.ts';
import { whoMaySignOff } from '../../../policies/rules/who-may-sign-off.ts';
import { deputy, officer, under } from '../disclosure-facts.ts';
import { NOW, refusals } from '../facts.ts';

const judged = (signer: Signer, id = 'xray-2026') =>
  whoMaySignOff({ disclosureId: 'D-1', requesterId: 'P-1', ground: 'consent', signer }, under(id), NOW);

describe('signing off a disclosure', () => {
  it('XR26-EXT-09: is for the Agency Privacy Officer of the Legal Bureau, or a deputy', () => {
    expect(judged(officer)).toMatchObject({
      kind: 'allowed',
      clauses: expect.arrayContaining(['XR26-EXT-09', 'nyc-23-1201-privacy-officer']),
    });
    expect(judged(deputy)).toMatchObject({
      kind: 'allowed',
      clauses: expect.arrayContaining(['house-deputy-signs-off']),
    });
    expect(judged(officer, 'plate-reader-2026')).toMatchObject({ clauses: expect.arrayContaining(['LPR26-EXT-05']) });
  });

  it.each<[string, Partial<Signer>, readonly string[]]>([
    ['no longer active', { active: false }, ['XR26-EXT-09 signer']],
    ['of another bureau', { bureau: 'counterterrorism-bureau' }, ['XR26-EXT-09 signer']],
    ['without the role', { roles: ['ctb-executive', 'auditor'] }, ['XR26-EXT-09 signer']],
    ['without the office', { office: 'none' }, ['XR26-EXT-09 signer']],
    ['whose office has no beginning', { heldFrom: undefined as never }, ['XR26-EXT-09 signer']],
    ['whose office begins a millisecond later', { heldFrom: plusMs(NOW, 1) }, ['XR26-EXT-09 signer']],
    ['whose office ended a millisecond before', { heldUntil: plusMs(NOW, -1) }, ['XR26-EXT-09 signer']],
    ['who asked for it', { personId: 'P-1' }, ['house-not-your-own-disclosure signer']],
  ])('is not for someone %s', (_what, change, expected) => {
    expect(refusals(judged({ ...officer, ...change }))).toEqual(expected);
  });

  it('house-deputy-signs-off: counts the last instant of a naming, and nothing after it', () => {
    expect(judged({ ...deputy, heldUntil: NOW }).kind).toBe('allowed');
    expect(
      refusals(
        whoMaySignOff(
          {
            disclosureId: 'D-1',
            requesterId: 'P-1',
            preparedBy: ['P-7', officer.personId],
            ground: 'consent',
            signer: officer,
          },
          under('xray-2026'),
          NOW,
        ),
      ),
    ).toEqual(['house-not-your-own-disclosure signer']);
    expect(refusals(judged({ ...deputy, heldUntil: plusMs(NOW, -1) }))).toEqual(['house-deputy-signs-off signer']);
  });

  it('cannot rest on an office that ended before it began', () => {
    expect(() => judged({ ...officer, heldFrom: NOW, heldUntil: plusHours(NOW, -1) })).toThrow(FactMalformed);
  });
});
