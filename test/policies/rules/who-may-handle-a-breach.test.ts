import { describe, expect, it } from 'vitest';
import type { Signer } from '../../../policies/disclosure.ts';
import { plusMs } from '../../../policies/instant.ts';
import { whoMayHandleABreach } from '../../../policies/rules/who-may-handle-a-breach.ts';
import { deputy, momentOf, officer, under } from '../disclosure-facts.ts';
import { NOW, refusals } from '../facts.ts';

const ruling = (handler: Signer, now = NOW, id = 'xray-2026') =>
  whoMayHandleABreach({ breachId: 'B-1', handler }, under(id), now);

describe('who may answer for a breach', () => {
  it.each(['xray-2026', 'xray-2021', 'portable-device-2026', 'digital-camera-2026', 'plate-reader-2026'])(
    'is the officer and a deputy, under %s',
    (id) => {
      const { clause } = under(id).edition.breachReport;
      expect(ruling(officer, momentOf(id), id)).toEqual({
        kind: 'allowed',
        clauses: [clause, 'nyc-23-1201-privacy-officer'],
      });
      expect(ruling(deputy, momentOf(id), id)).toMatchObject({
        clauses: [clause, 'nyc-23-1201-privacy-officer', 'house-deputy-signs-off'],
      });
    },
  );

  it.each<readonly [string, Partial<Signer>, readonly string[]]>([
    ['a member who left', { active: false }, ['XR26-EXT-20 handler']],
    ['a member of another bureau', { bureau: 'counterterrorism-bureau' }, ['XR26-EXT-20 handler']],
    ['a member without the role', { roles: ['member'] }, ['XR26-EXT-20 handler']],
    [
      'the chief of the bureau, who holds no office',
      { office: 'none', roles: ['legal-bureau-chief'] },
      ['XR26-EXT-20 handler', 'XR26-EXT-20 handler'],
    ],
    [
      'a deputy whose naming ended',
      { office: 'deputy', heldUntil: plusMs(NOW, -1) },
      ['house-deputy-signs-off handler'],
    ],
    ['an officer from tomorrow on', { heldFrom: plusMs(NOW, 1) }, ['XR26-EXT-20 handler']],
  ])('is not %s', (_who, over, expected) => {
    expect(refusals(ruling({ ...officer, ...over }))).toEqual(expected);
  });

  it('holds through the last instant of the office', () => {
    expect(ruling({ ...officer, heldFrom: NOW, heldUntil: NOW }).kind).toBe('allowed');
  });

  it('was never an office without a beginning', () => {
    const { heldFrom: _, ...never } = officer;
    expect(ruling(never).kind).toBe('refused');
  });

  it('refuses to read an office that ended before it began', () => {
    const handler = { ...officer, heldFrom: NOW, heldUntil: plusMs(NOW, -1) };
    expect(() => ruling(handler)).toThrow('before it began');
  });
});
