/**
 * What is due about a breach at a moment, by the rules: asking somebody to read it, then reminding of the report, then
 * reminding of what is still owed. Pure: the same record and the same moment give the same plan, so a step that is run
 * twice, or late, does each thing once.
 */
import type { PublishedPolicy } from '../../policies/editions/edition.ts';
import { isBefore, laterOf, plusHours, type Instant } from '../../policies/instant.ts';
import { breachReadingStage } from '../../policies/rules/breach-reading-stages.ts';
import { breachStage, type BreachRound } from '../../policies/rules/breach-stages.ts';
import type { Report } from '../mail/contract.ts';
import { clockOf, timesOf } from './clock-of.ts';
import type { Breach } from './contract.ts';

export type Stage =
  | 'ask-officer-to-read'
  | 'ask-deputies-to-read'
  | 'ask-chief-to-read'
  | 'ask-again-to-read'
  | 'remind'
  | 'ask-deputies'
  | 'tell-chief'
  | 'tell-overdue'
  | 'remind-of-report'
  | 'remind-of-open';

export interface DueStage {
  readonly stage: Stage;
  readonly because: string;
  /** Of a reminder: its place in the house's list. */
  readonly place?: number;
}

export interface Plan {
  /** What is due now, in order, each with the breach as it is after it. */
  readonly due: readonly (DueStage & { readonly after: Breach })[];
  /** When the next thing falls due. */
  readonly until: Instant;
}

type Standing = DueStage | { readonly stage: 'wait'; readonly until: Instant };

/** Far more than there are stages: a plan that does not end is a fault of ours. */
const MOST_STAGES = 12;

/** `vacant`: nobody holds the office of the Agency Privacy Officer, so asking the officer reaches nobody. */
export function planOf(
  breach: Breach,
  reports: readonly Report[],
  policy: PublishedPolicy,
  now: Instant,
  vacant = false,
): Plan {
  const due: (DueStage & { readonly after: Breach })[] = [];
  for (let at = breach; due.length < MOST_STAGES; at = due.at(-1)!.after) {
    const standing = standingOf(at, reports, policy, now);
    if (standing.stage === 'wait') return { due, until: standing.until };
    due.push({ ...standing, after: done(at, standing, now, vacant) });
  }
  throw new Error(`the stages of breach ${breach.id} do not end; look at functions/breach/stage.ts`);
}

function standingOf(breach: Breach, reports: readonly Report[], policy: PublishedPolicy, now: Instant): Standing {
  if (!breach.awareAt) return reading(breach, policy, now);
  const stage = breachStage(roundOf(breach, reports), policy, now);
  switch (stage.stage) {
    case 'wait':
      return stage;
    case 'over':
    case 'wait-for-report':
      return stillOpen(breach, reports, policy, now);
    default:
      return stage;
  }
}

const READING = {
  'ask-officer': 'ask-officer-to-read',
  'ask-deputies': 'ask-deputies-to-read',
  'ask-chief': 'ask-chief-to-read',
  'ask-again': 'ask-again-to-read',
} as const;

function reading(breach: Breach, policy: PublishedPolicy, now: Instant): Standing {
  const { id: breachId, reportedAt, officerUnreachableAt, reading: asked } = breach;
  const round = { breachId, reportedAt, ...asked, ...(officerUnreachableAt && { officerUnreachableAt }) };
  const stage = breachReadingStage(round, policy, now);
  if (stage.stage === 'wait') return stage;
  if (stage.stage === 'over') throw new Error(`breach ${breachId} is read and has no awareness; look at its record`);
  return { stage: READING[stage.stage], because: stage.because };
}

/**
 * A deputy who read it is reminded like the officer, so that mail to the officer that came back before does not hand the
 * matter on a second time.
 */
function roundOf(breach: Breach, reports: readonly Report[]): BreachRound {
  const { reminded, officerUnreachableAt: unreachable, deputiesAskedAt, chiefToldAt, toldOverdueAt } = breach;
  const counts = unreachable && !(isReadByDeputy(breach) && isBefore(unreachable, breach.aware!.readAt));
  return {
    ...timesOf(breach, reports),
    reminded,
    ...(counts && { officerUnreachableAt: unreachable }),
    ...(deputiesAskedAt && { deputiesAskedAt }),
    ...(chiefToldAt && { chiefToldAt }),
    ...(toldOverdueAt && { toldOverdueAt }),
  };
}

export const isReadByDeputy = ({ aware }: Breach): boolean => aware?.as === 'deputy';

/** After the last stage: while anything is owed somebody is reminded of it, whether the report was sent or not. */
function stillOpen(breach: Breach, reports: readonly Report[], policy: PublishedPolicy, now: Instant): Standing {
  const clock = clockOf(breach, reports, now);
  const isSent = clock.state === 'sent' || clock.state === 'told';
  const since = [
    breach.awareAt,
    isSent ? clock.sentAt : undefined,
    breach.chiefToldAt,
    breach.toldOverdueAt,
    breach.remindedOpenAt,
  ]
    .filter((moment) => moment !== undefined)
    .reduce(laterOf);
  const every = policy.house.daysToRemindOfOpenBreach;
  const until = plusHours(since, every.days * 24);
  if (isBefore(now, until)) return { stage: 'wait', until };
  return { stage: isSent ? 'remind-of-open' : 'remind-of-report', because: every.id };
}

/** The breach with a stage on record. */
function done(breach: Breach, { stage, place }: DueStage, now: Instant, vacant: boolean): Breach {
  switch (stage) {
    case 'ask-officer-to-read':
      return {
        ...breach,
        reading: { ...breach.reading, officerAskedAt: now },
        ...(vacant && !breach.officerUnreachableAt && { officerUnreachableAt: now }),
      };
    case 'ask-deputies-to-read':
      return { ...breach, reading: { ...breach.reading, deputiesAskedAt: now } };
    case 'ask-chief-to-read':
      return { ...breach, reading: { ...breach.reading, chiefAskedAt: now } };
    case 'ask-again-to-read':
      return { ...breach, reading: { ...breach.reading, askedAgainAt: now } };
    case 'remind':
      return { ...breach, reminded: [...breach.reminded, place!] };
    case 'ask-deputies':
      return { ...breach, deputiesAskedAt: now };
    case 'tell-chief':
      return { ...breach, chiefToldAt: now };
    case 'tell-overdue':
      return { ...breach, toldOverdueAt: now };
    case 'remind-of-open':
    case 'remind-of-report':
      return { ...breach, remindedOpenAt: now };
  }
}
