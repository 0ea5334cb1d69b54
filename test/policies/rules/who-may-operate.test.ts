import { describe, expect, it } from 'vitest';
import { OPERATOR_COURSE, whoMayOperate, type Operator } from '../../../policies/rules/who-may-operate.ts';
import { at, day, NOW, refusals, THEN, UNDER_2021, UNDER_2026 } from '../facts.ts';

const trained = (completedOn: string, course = OPERATOR_COURSE) => [{ course, completedOn: day(completedOn) }];
const operator: Extract<Operator, { kind: 'member' }> = {
  kind: 'member',
  active: true,
  uniformed: true,
  rank: 'detective',
  bureau: 'counterterrorism-bureau',
  roles: ['ctb-operator'],
  trainings: trained('2026-03-01'),
};
const startsAt = at('2026-11-25T08:00:00-05:00');
const assigned = (change: Partial<typeof operator>, start = startsAt) =>
  whoMayOperate({ operator: { ...operator, ...change }, startsAt: start }, UNDER_2026, NOW);

describe('operating the device', () => {
  it('XR26-USE-09: is for a trained member of the Counterterrorism Bureau', () => {
    expect(assigned({})).toMatchObject({ kind: 'allowed', trainingCurrentUntil: '2028-03-01' });
  });

  it('XR26-EXT-02: is never for someone of an outside entity', () => {
    expect(refusals(whoMayOperate({ operator: { kind: 'external' }, startsAt }, UNDER_2026, NOW))).toEqual([
      'XR26-EXT-02 operator',
    ]);
  });

  it.each<[string, Partial<typeof operator>, string]>([
    [
      'XR26-USE-09: is not for a trained member of another bureau, as the narrower rule binds',
      { bureau: 'patrol-services-bureau' },
      'XR26-USE-09 operator',
    ],
    ['XR26-USE-09: is not for a member who is no longer active', { active: false }, 'XR26-USE-09 operator'],
    ['XR26-SAFE-08: is not for a member without the role', { roles: ['ctb-executive'] }, 'XR26-SAFE-08 operator'],
    ['XR26-TRN-01: is not for a member without training', { trainings: [] }, 'XR26-TRN-01 operator.trainings'],
    [
      'XR26-TRN-01: is not for a member trained in something else',
      { trainings: trained('2026-03-01', 'command-level') },
      'XR26-TRN-01 operator.trainings',
    ],
    [
      'XR26-USE-09: is not for a member trained on the very day',
      { trainings: trained('2026-11-25') },
      'XR26-TRN-01 operator.trainings',
    ],
    [
      'XR26-USE-09: is not for a member trained afterwards',
      { trainings: trained('2026-12-01') },
      'XR26-TRN-01 operator.trainings',
    ],
  ])('%s', (_name, change, because) => {
    expect(refusals(assigned(change))).toEqual([because]);
  });

  it.each([
    ['2024-11-25', []],
    ['2024-11-24', ['house-months-training-is-current operator.trainings']],
    ['2020-01-01', ['house-months-training-is-current operator.trainings']],
  ])('house-months-training-is-current: with a training of %s', (completedOn, because) => {
    expect(refusals(assigned({ trainings: trained(completedOn) }))).toEqual(because);
  });

  it('house-months-training-is-current: goes by the latest training that counts', () => {
    const trainings = [
      ...trained('2026-12-01'),
      ...trained('2019-01-01'),
      ...trained('2026-01-15'),
      ...trained('2026-06-01', 'command-level'),
    ];
    expect(assigned({ trainings })).toMatchObject({ kind: 'allowed', trainingCurrentUntil: '2028-01-15' });
  });

  it('XR26-USE-09: goes by the day in New York', () => {
    const lateEvening = at('2026-11-26T03:00:00Z');
    expect(refusals(assigned({ trainings: trained('2026-11-25') }, lateEvening))).toEqual([
      'XR26-TRN-01 operator.trainings',
    ]);
  });

  it('names everything that is in the way at once', () => {
    expect(refusals(assigned({ bureau: 'patrol-services-bureau', roles: [], trainings: [] }))).toEqual([
      'XR26-USE-09 operator',
      'XR26-SAFE-08 operator',
      'XR26-TRN-01 operator.trainings',
    ]);
  });

  it('XR21-USE-02, XR21-TRN-01: was for the same people under 2021', () => {
    const facts = { operator: { ...operator, bureau: 'patrol-services-bureau', trainings: [] }, startsAt: THEN };
    expect(refusals(whoMayOperate(facts, UNDER_2021, THEN))).toEqual([
      'XR21-USE-02 operator',
      'XR21-TRN-01 operator.trainings',
    ]);
    expect(refusals(whoMayOperate({ operator: { kind: 'external' }, startsAt: THEN }, UNDER_2021, THEN))).toEqual([
      'XR21-EXT-01 operator',
    ]);
  });
});
