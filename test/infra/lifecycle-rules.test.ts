/** The lifecycle rules that the schedules make: one for each class and folder, none that could end anything kept. */
import fc from 'fast-check';
import { Duration } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { KEPT_FOLDERS, lifecycleRulesOf } from '../../infra/lifecycle-rules.ts';
import { SWEEP_DESTROYED_AFTER } from '../../infra/limits.ts';
import { calendarDate } from '../../policies/calendar-date.ts';
import { schedules } from '../../policies/editions/schedules/index.ts';
import { OPEN_CASE, UNCLASSED, type KeepRule, type Schedule } from '../../policies/retention.ts';

const years = fc.integer({ min: 0, max: 150 });
const rule: fc.Arbitrary<KeepRule> = fc.oneof(
  fc.constant<KeepRule>({ kind: 'permanent' }),
  fc.constant<KeepRule>({ kind: 'until-event', event: 'located' }),
  years.map((count): KeepRule => ({ kind: 'after-closing', years: count })),
  years.map((age): KeepRule => ({ kind: 'child-reaches', age })),
  fc.tuple(years, years).map(([age, count]): KeepRule => ({ kind: 'juvenile', age, years: count })),
  fc.tuple(years, years, years).map(([yearsAfterDeath, yearsAfterBirth, yearsWithoutArrest]): KeepRule => ({
    kind: 'personal-file',
    yearsAfterDeath,
    yearsAfterBirth,
    yearsWithoutArrest,
  })),
  fc.constant<KeepRule>({ kind: 'with-case' }),
  years.map((count): KeepRule => ({ kind: 'after-capture', years: count })),
);
const classId = fc.stringMatching(/^[a-z][a-z0-9]{0,10}(-[a-z0-9]{1,8})?$/);
const schedule: fc.Arbitrary<Schedule> = fc
  .uniqueArray(fc.tuple(classId, rule), { maxLength: 60, selector: ([id]) => id })
  .map((classes) => ({
    id: 's',
    title: 't',
    source: 'x',
    from: calendarDate('2026-01-01'),
    approvals: [],
    classes: classes.map(([id, keep]) => ({ id, title: id, of: 'case' as const, rule: keep, clause: 'c' })),
  }));

/** What S3 charges for at the least, by class of storage; what is not here has no least time. */
const LEAST_DAYS: Readonly<Record<string, number>> = { STANDARD_IA: 30, GLACIER_IR: 90 };
const SHORTEST: Readonly<Partial<Record<KeepRule['kind'], (rule: never) => number>>> = {
  'after-closing': ({ years: count }: { years: number }) => count,
  'after-capture': ({ years: count }: { years: number }) => count,
  juvenile: ({ years: count }: { years: number }) => count,
  'child-reaches': ({ age }: { age: number }) => Math.max(0, age - 18),
};

describe('the lifecycle rules', () => {
  it('are exactly one for each class of each printed schedule and each folder, and for what has no class', () => {
    const rules = lifecycleRulesOf(schedules);
    const classes = new Set([UNCLASSED, OPEN_CASE, ...schedules.flatMap((one) => one.classes.map(({ id }) => id))]);
    for (const id of classes)
      for (const folder of KEPT_FOLDERS)
        expect(rules.filter((one) => one.tagFilters?.class === id && one.prefix === `${folder}/`)).toHaveLength(1);
    expect(rules).toHaveLength((classes.size + 1) * KEPT_FOLDERS.length);
  });

  it('have one for each folder under which a class falls that no schedule names', () => {
    const otherwise = lifecycleRulesOf(schedules).filter(({ tagFilters }) => tagFilters === undefined);
    expect(otherwise.map(({ prefix }) => prefix)).toEqual(['kept/', 'enclosed/']);
    for (const { transitions } of otherwise)
      expect(transitions?.map(({ storageClass }) => String(storageClass))).toEqual(['INTELLIGENT_TIERING']);
  });

  it('leave what is open or unclassed where it was before there were schedules: cheaper after 30 and after 90 days', () => {
    for (const id of [UNCLASSED, OPEN_CASE]) {
      const [one] = lifecycleRulesOf([]).filter(
        ({ tagFilters, prefix }) => tagFilters?.class === id && prefix === 'kept/',
      );
      expect(
        one!.transitions!.map(({ storageClass, transitionAfter }) => [String(storageClass), transitionAfter!.toDays()]),
      ).toEqual([
        ['STANDARD_IA', 30],
        ['GLACIER_IR', 90],
      ]);
    }
  });

  it('end nothing that is kept, whatever the schedules say', () => {
    fc.assert(
      fc.property(fc.array(schedule, { maxLength: 3 }), (given) => {
        const rules = lifecycleRulesOf(given);
        expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
        expect(rules.length).toBeLessThanOrEqual(1_000);
        for (const one of rules) {
          expect(one.expiration).toBeUndefined();
          expect(one.expirationDate).toBeUndefined();
          expect(one.expiredObjectDeleteMarker).toBeUndefined();
          expect(one.noncurrentVersionExpiration).toBe(SWEEP_DESTROYED_AFTER);
          expect(KEPT_FOLDERS.map((folder) => `${folder}/`)).toContain(one.prefix);
        }
      }),
    );
  });

  it('move nothing to storage whose least time its class would not reach', () => {
    fc.assert(
      fc.property(schedule, (given) => {
        for (const { tagFilters, transitions = [] } of lifecycleRulesOf([given])) {
          const found = given.classes.find(({ id }) => id === tagFilters?.class);
          const shortest = found && SHORTEST[found.rule.kind];
          if (!shortest) continue;
          const days = Duration.days(365).toDays() * shortest(found.rule as never);
          for (const { storageClass, transitionAfter } of transitions)
            expect(transitionAfter!.toDays() + (LEAST_DAYS[String(storageClass)] ?? 0)).toBeLessThanOrEqual(days);
        }
      }),
    );
  });

  it('are refused at synth when S3 would not take so many', () => {
    const many = Array.from({ length: 500 }, (_, at) => ({
      id: `class-${at}`,
      title: 't',
      of: 'case' as const,
      rule: { kind: 'permanent' as const },
      clause: 'c',
    }));
    const one: Schedule = {
      id: 's',
      title: 't',
      source: 'x',
      from: calendarDate('2026-01-01'),
      approvals: [],
      classes: many,
    };
    expect(() => lifecycleRulesOf([one])).toThrow(/1006 lifecycle rules and S3 takes 1000/);
  });
});
