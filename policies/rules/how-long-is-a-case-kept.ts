/**
 * How long is what belongs to one case kept?
 *
 * Nothing runs while a case is open, and a case is closed on one of four grounds only. Then its class counts, and a
 * class comes from a conviction or a plea, from what the investigation found where nobody was convicted, or from a
 * status such as a missing person; never from a charge. Each class gives a limit of its own. A charge that has not
 * ended, a pending appeal, a day that is missing or cannot be so, and a class the schedule does not have are limits
 * without a date.
 *
 * Units   days are days in New York; years are calendar years, a 29 February ending on 1 March in a common year
 * Answers every limit of the case, at least one; a limit is the first day on which it alone would allow disposal
 * Throws  nothing
 * Source  XR26-RET-06, XR26-RET-07 and their twins; house-unknown-keeps, house-leap-day; the clause of each class
 */
import { anniversary, type CalendarDate } from '../calendar-date.ts';
import { mustSay } from '../clause-in.ts';
import type { PublishedPolicy } from '../editions/edition.ts';
import { nyDate, type Instant } from '../instant.ts';
import {
  FINDINGS,
  OPEN_CASE,
  UNCLASSED,
  type CaseFacts,
  type FinalDisposition,
  type Limit,
  type Schedule,
  type ScheduleClass,
  type Why,
} from '../retention.ts';

type Status = CaseFacts['statusClasses'][number];

export const classes = ({ outcome }: FinalDisposition): boolean => outcome === 'convicted' || outcome === 'pleaded';

export function howLongIsACaseKept(
  facts: { readonly case: CaseFacts; readonly schedule: Schedule },
  policy: PublishedPolicy,
  now: Instant,
): readonly Limit[] {
  return limitsOn(facts, policy, nyDate(now));
}

/** As above, on a day that is known: a record may belong to many cases, and what day it is takes longest to find. */
export function limitsOn(facts: OfCase, policy: PublishedPolicy, today: CalendarDate): readonly Limit[] {
  const one = facts.case;
  const { caseNumber } = one;
  const closing = mustSay(policy.edition, 'XR26-RET-07');
  if (one.state !== 'closed') {
    return [{ kind: 'open', classId: OPEN_CASE, why: { clause: closing, caseNumber, text: 'The case is open.' } }];
  }
  const unknown = unknownOf(one, policy, today).map((why): Limit => ({
    kind: 'unknown',
    classId: UNCLASSED,
    why: { ...why, caseNumber },
  }));
  const given = classesOf(one, facts.schedule);
  const none: readonly Limit[] =
    given.length > 0
      ? []
      : [
          {
            kind: 'unknown',
            classId: UNCLASSED,
            why: {
              clause: mustSay(policy.edition, 'XR26-RET-06'),
              caseNumber,
              text: 'No conviction, plea or finding gives the case a class.',
            },
          },
        ];
  return [...unknown, ...none, ...given.map((id) => limitOf(id, facts, policy))];
}

/** The ids of the classes the case has: each once, in the order they are told. */
export function classesOf(one: CaseFacts, schedule: Schedule): readonly string[] {
  const byDisposition = one.dispositions.flatMap((each) => (classes(each) && each.classId ? [each.classId] : []));
  const byStatus = one.statusClasses.flatMap((status) =>
    isLifted(status, schedule) ? (status.reclassedTo ? [status.reclassedTo] : []) : [status.classId],
  );
  return [...new Set([...byDisposition, ...(one.finding ? [one.finding] : []), ...byStatus])];
}

/** Only a class that lasts until an event is ever lifted, and only by a class set on record after it. */
const isLifted = ({ classId, reclassedOn }: Status, schedule: Schedule): boolean =>
  reclassedOn !== undefined && ruleOf(classId, schedule)?.kind === 'until-event';
const ruleOf = (classId: string, schedule: Schedule) => schedule.classes.find(({ id }) => id === classId)?.rule;

/** Whether a class may be given by a status: those that never end by themselves. */
export const isOfStatus = ({ rule }: ScheduleClass): boolean =>
  rule.kind === 'permanent' || rule.kind === 'until-event';

/** What is missing, open or cannot be so, each as a reason to keep. */
function unknownOf(one: CaseFacts, { edition, house }: PublishedPolicy, today: CalendarDate): readonly Why[] {
  const [finality, closing] = [mustSay(edition, 'XR26-RET-06'), mustSay(edition, 'XR26-RET-07')];
  const unlikely = house.unknownKeeps.id;
  const { closedOn } = one;
  const reason = (holds: boolean, clause: string, text: string): readonly Why[] => (holds ? [{ clause, text }] : []);
  const ended = one.dispositions.filter(({ outcome }) => outcome);
  const outOfOrder = ({ endedOn, reclassedOn }: Status): boolean =>
    (reclassedOn !== undefined && (!endedOn || reclassedOn < endedOn)) ||
    [endedOn, reclassedOn].some((on) => on !== undefined && on > today);
  return [
    ...reason(!closedOn, closing, 'The day of the closing is missing.'),
    ...reason(!one.closureGround, closing, 'The closing has none of the four grounds.'),
    ...reason(closedOn !== undefined && closedOn > today, unlikely, 'The day of the closing is still to come.'),
    ...reason(
      one.openedOn !== undefined && closedOn !== undefined && closedOn < one.openedOn,
      unlikely,
      'The case was closed before it was opened.',
    ),
    ...reason(ended.length < one.dispositions.length, finality, 'A charge has no final disposition.'),
    ...reason(
      ended.some(({ on }) => !on),
      finality,
      'The day of a final disposition is missing.',
    ),
    ...reason(
      ended.some(({ on }) => on && closedOn && on > closedOn),
      unlikely,
      'A final disposition is later than the closing.',
    ),
    ...reason(
      one.dispositions.some(({ appeal }) => appeal === 'pending'),
      closing,
      'An appeal is pending.',
    ),
    ...reason(
      ended.some((each) => classes(each) && !each.classId),
      finality,
      'A conviction or plea has no class.',
    ),
    ...reason(
      ended.some((each) => classes(each) && FINDINGS.some((finding) => finding === each.classId)),
      unlikely,
      'A conviction or plea has a class that only a finding gives.',
    ),
    ...reason(
      one.finding !== undefined && ended.some(classes),
      unlikely,
      'There is a conviction or plea, and a finding that stands only where there is none.',
    ),
    ...reason(
      one.closureGround === 'no-arrest' && ended.some(classes),
      unlikely,
      'The case is closed without an arrest, and yet there is a conviction or plea.',
    ),
    ...reason(
      one.statusClasses.some(outOfOrder),
      unlikely,
      'A status was set again before it ended, or ends on a day to come.',
    ),
  ];
}

interface OfCase {
  readonly case: CaseFacts;
  readonly schedule: Schedule;
}

function limitOf(classId: string, { case: one, schedule }: OfCase, policy: PublishedPolicy): Limit {
  const { caseNumber } = one;
  const found = schedule.classes.find(({ id }) => id === classId);
  const unknown = (text: string): Limit => ({
    kind: 'unknown',
    classId: UNCLASSED,
    why: { clause: policy.house.unknownKeeps.id, caseNumber, text },
  });
  if (!found) return unknown('The case has a class that the schedule does not have.');
  if (found.of !== 'case') return unknown('The case has a class that is not one of cases.');
  if (!isOfStatus(found) && one.statusClasses.some((status) => status.classId === classId)) {
    return unknown('The case has by a status a class that only a disposition or a finding gives.');
  }
  const limit = clockOf(found, one);
  return {
    ...limit,
    classId,
    why: { ...limit.why, clause: found.clause, classId, scheduleId: schedule.id, caseNumber },
  };
}

type Bare = ({ readonly kind: 'permanent' | 'unknown' } | { readonly kind: 'until'; readonly date: CalendarDate }) & {
  readonly why: Omit<Why, 'clause'>;
};

function clockOf({ title, rule, id }: ScheduleClass, one: CaseFacts): Bare {
  const { closedOn } = one;
  const unknown = (text: string): Bare => ({ kind: 'unknown', why: { text: `${title}: ${text}` } });
  switch (rule.kind) {
    case 'permanent':
      return { kind: 'permanent', why: { text: `${title}: kept permanently.` } };
    case 'until-event': {
      const over = one.statusClasses.find(({ classId, endedOn }) => classId === id && endedOn)?.endedOn;
      const ended = rule.event === 'located' ? 'located' : 'recovered or destroyed';
      return over
        ? {
            kind: 'permanent',
            why: { event: ended, on: over, text: `${title}: ${ended}, and kept until its class is set again.` },
          }
        : { kind: 'permanent', why: { text: `${title}: kept permanently until then.` } };
    }
    case 'after-closing':
      return closedOn
        ? until(anniversary(closedOn, rule.years), {
            event: 'case closed',
            on: closedOn,
            text: `${title}: at least ${years(rule.years)} after the case closed.`,
          })
        : unknown('nothing runs without the day of the closing.');
    case 'child-reaches': {
      const born = latest(one.childrenBornOn);
      return born
        ? afterClosing(anniversary(born, rule.age), closedOn, {
            event: 'birth of the youngest child',
            on: born,
            text: `${title}: until the youngest child reaches ${rule.age}.`,
          })
        : unknown('the birth of a child is not known.');
    }
    case 'juvenile': {
      const born = latest(one.juvenilesBornOn);
      return born
        ? afterClosing(anniversary(anniversary(born, rule.age), rule.years), closedOn, {
            event: 'birth of the youngest juvenile',
            on: born,
            text: `${title}: at least ${years(rule.years)} after turning ${rule.age}.`,
          })
        : unknown('the birth of a juvenile is not known.');
    }
    default:
      return unknown('its period is not one of cases.');
  }
}

const until = (date: CalendarDate, why: Omit<Why, 'clause'>): Bare => ({
  kind: 'until',
  date,
  why: { ...why, until: date },
});

/** Of a clock that runs from a birth: it may be over before the case is closed, and then the closing is what counts. */
const afterClosing = (date: CalendarDate, closedOn: CalendarDate | undefined, why: Omit<Why, 'clause'>): Bare =>
  until(closedOn && closedOn > date ? closedOn : date, why);

const years = (count: number): string => `${count} year${count === 1 ? '' : 's'}`;

/** The latest of the days; undefined when there is none, or when one of them is not known. */
function latest(days: readonly (CalendarDate | undefined)[]): CalendarDate | undefined {
  const known = days.flatMap((day) => day ?? []);
  return known.length < days.length ? undefined : known.toSorted().at(-1);
}
