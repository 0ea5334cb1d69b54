/**
 * How what is kept moves to cheaper storage: one rule for each class of each schedule and each folder, by the tag `class`,
 * made from the schedules themselves. A file goes to a class of storage only if the schedule keeps it long enough for that
 * class's least time; all answer in milliseconds. No rule ends the version in sight of anything kept, whatever its class
 * says: a schedule makes a record eligible, and people destroy it (docs/adr/0019).
 *
 * A schedule that is loaded later may bring a class no rule names. Its files fall under the rule of the folder, which S3
 * applies besides the class's own, so it comes last and asks for no least time.
 */
import { Duration } from 'aws-cdk-lib';
import { StorageClass, type LifecycleRule, type Transition } from 'aws-cdk-lib/aws-s3';
import { OPEN_CASE, UNCLASSED, type KeepRule, type Schedule } from '../policies/retention.ts';
import {
  LEAST_IN_INFREQUENT_ACCESS,
  LEAST_IN_INSTANT_RETRIEVAL,
  MOST_LIFECYCLE_RULES,
  SWEEP_DESTROYED_AFTER,
  TO_INFREQUENT_ACCESS_AFTER,
  TO_INSTANT_RETRIEVAL_AFTER,
  TO_INTELLIGENT_TIERING_AFTER,
} from './limits.ts';

/** The folders of what is kept. */
export const KEPT_FOLDERS = ['kept', 'enclosed'] as const;

const COOLER = [
  { to: StorageClass.INFREQUENT_ACCESS, after: TO_INFREQUENT_ACCESS_AFTER, least: LEAST_IN_INFREQUENT_ACCESS },
  { to: StorageClass.GLACIER_INSTANT_RETRIEVAL, after: TO_INSTANT_RETRIEVAL_AFTER, least: LEAST_IN_INSTANT_RETRIEVAL },
] as const;

/** Throws when S3 would not take so many. */
export function lifecycleRulesOf(schedules: readonly Schedule[]): LifecycleRule[] {
  const rules = KEPT_FOLDERS.flatMap((folder) => [
    ...[...daysByClass(schedules)].map(([classId, days]) => ruleOfClass(folder, classId, days)),
    {
      id: `${folder}-otherwise`,
      prefix: `${folder}/`,
      transitions: [{ storageClass: StorageClass.INTELLIGENT_TIERING, transitionAfter: TO_INTELLIGENT_TIERING_AFTER }],
      noncurrentVersionExpiration: SWEEP_DESTROYED_AFTER,
    },
  ]);
  if (rules.length > MOST_LIFECYCLE_RULES)
    throw new Error(
      `the schedules need ${rules.length} lifecycle rules and S3 takes ${MOST_LIFECYCLE_RULES}; leave the rarest classes to the rule of the folder`,
    );
  return rules;
}

/** A version that is not in sight is one that was replaced or destroyed; a locked one stays even so. */
function ruleOfClass(folder: string, classId: string, days: number): LifecycleRule {
  const transitions: Transition[] = COOLER.filter(({ after, least }) => after.toDays() + least.toDays() <= days).map(
    ({ to, after }) => ({ storageClass: to, transitionAfter: after }),
  );
  return {
    id: `${folder}-${classId}`,
    prefix: `${folder}/`,
    tagFilters: { class: classId },
    ...(transitions.length > 0 && { transitions }),
    noncurrentVersionExpiration: SWEEP_DESTROYED_AFTER,
  };
}

/** Of a class that several schedules have, the shortest. What has no class stays at least until it gets one. */
function daysByClass(schedules: readonly Schedule[]): ReadonlyMap<string, number> {
  const days = new Map<string, number>([
    [UNCLASSED, Infinity],
    [OPEN_CASE, Infinity],
  ]);
  for (const { classes } of schedules) {
    const ofCases = classes.filter(({ of }) => of === 'case').map(({ rule }) => leastYears(rule, 0));
    const shortestCase = ofCases.length > 0 ? Math.min(...ofCases) : 0;
    for (const { id, rule } of classes)
      days.set(id, Math.min(days.get(id) ?? Infinity, leastYears(rule, shortestCase) * Duration.days(365).toDays()));
  }
  return days;
}

const OF_AGE = 18;

/** How many years a file of the class stays at the least, from its upload; what is uploaded late is kept no shorter by law. */
function leastYears(rule: KeepRule, shortestCase: number): number {
  switch (rule.kind) {
    case 'permanent':
    case 'until-event':
      return Infinity;
    case 'after-closing':
    case 'after-capture':
      return rule.years;
    // Somebody who is a child now reaches the age no sooner than this.
    case 'child-reaches':
      return Math.max(0, rule.age - OF_AGE);
    case 'juvenile':
      return rule.years;
    // Made of somebody who has died, or who was not arrested for long.
    case 'personal-file':
      return Math.min(rule.yearsAfterDeath, rule.yearsWithoutArrest);
    case 'with-case':
      return shortestCase;
  }
}
