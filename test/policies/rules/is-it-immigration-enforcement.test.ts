import { describe, expect, it } from 'vitest';
import { asked, disclosure, said, under } from '../disclosure-facts.ts';
import { NOW, THEN } from '../facts.ts';

describe('immigration enforcement', () => {
  it.each([
    ['xray-2026', 'XR26-EXT-06'],
    ['portable-device-2026', 'PED26-EXT-03'],
    ['digital-camera-2026', 'CAM26-EXT-03'],
    ['plate-reader-2026', 'LPR26-EXT-04'],
  ])('under %s is stopped by %s and by the law, and is to be recorded', (id, clause) => {
    const facts = {
      ...disclosure('law-enforcement', 'crime', NOW),
      immigration: { furthers: 'registration-documents', recipientEnforces: true },
    } as const;
    const answer = asked(facts, under(id));
    expect(answer).toMatchObject({ kind: 'refused', stop: 'immigration' });
    expect(said(facts, under(id))).toEqual(
      [clause, 'nyc-10-178-c', 'nyc-10-178-d'].map((one) => `refused ${one} immigration`),
    );
  });

  it('XR21-EXT-10: is stopped in 2025 too, by the policy of then', () => {
    const facts = {
      ...disclosure('law-enforcement', 'crime', THEN),
      immigration: { furthers: 'civil-provisions', recipientEnforces: true },
    } as const;
    expect(said(facts, under('xray-2021'), THEN)).toEqual(['refused XR21-EXT-10 immigration']);
  });

  it('XR26-EXT-06: stops a recipient with such duties who states no other purpose', () => {
    const base = disclosure('law-enforcement', 'crime', NOW);
    expect(asked({ ...base, immigration: { furthers: 'no', recipientEnforces: true } })).toMatchObject({
      kind: 'refused',
      stop: 'immigration',
    });
    const otherPurpose = 'a homicide that both agencies investigate';
    expect(said({ ...base, immigration: { furthers: 'no', recipientEnforces: true, otherPurpose } })).toEqual([
      'allowed',
    ]);
  });

  it('XR26-EXT-06: is asked before anything is allowed', () => {
    expect(
      said({
        ...disclosure('prosecutor', 'crime', NOW),
        immigration: { furthers: 'unanswered', recipientEnforces: false },
      }),
    ).toEqual(['needs immigration-answer']);
  });
});
