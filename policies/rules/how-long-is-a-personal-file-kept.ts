/**
 * How long is a personal data file on a suspect kept?
 *
 * The shorter of two clocks. Five years after death; or ninety years after birth, provided that there was no arrest in
 * the last five years, so an arrest in those pushes the day to five years after it. Where it is not known whether there
 * was an arrest, the second clock gives no day. After a death the condition makes no difference, because nobody is
 * arrested later. Without either day the file is kept.
 *
 * Units   days are days in New York; years are calendar years, a 29 February ending on 1 March in a common year
 * Answers one limit: the first day on which it would allow disposal, or that it allows none
 * Throws  nothing
 * Source  XR21-RET-12 through the class of the schedule; house-unknown-keeps, house-leap-day
 */
import { anniversary, type CalendarDate } from '../calendar-date.ts';
import type { PublishedPolicy } from '../editions/edition.ts';
import { nyDate, type Instant } from '../instant.ts';
import type { FilePerson, KeepRule, Limit, Schedule, ScheduleClass, Why } from '../retention.ts';
import { UNCLASSED } from '../retention.ts';

type Periods = Extract<KeepRule, { kind: 'personal-file' }>;

export function howLongIsAPersonalFileKept(
  { person, schedule }: { readonly person: FilePerson; readonly schedule: Schedule },
  { house }: PublishedPolicy,
  now: Instant,
): Limit {
  const found = schedule.classes.find((one) => one.of === 'suspect-file');
  if (found?.rule.kind !== 'personal-file') {
    const text = 'The schedule has no class for files on suspects.';
    return { kind: 'unknown', classId: UNCLASSED, why: { clause: house.unknownKeeps.id, text } };
  }
  if (cannotBeSo(person, nyDate(now))) {
    const text = 'The days of birth, death and arrest on file cannot all be so.';
    return { kind: 'unknown', classId: found.id, why: { clause: house.unknownKeeps.id, text } };
  }
  const clocks = [afterDeath(person, found.rule), afterBirth(person, found.rule)].flatMap((one) => one ?? []);
  const [shorter] = clocks.toSorted((a, b) => (a.date < b.date ? -1 : 1));
  return shorter
    ? {
        kind: 'until',
        classId: found.id,
        date: shorter.date,
        why: { ...of(found, schedule), event: shorter.event, on: shorter.on, until: shorter.date, text: shorter.text },
      }
    : {
        kind: 'unknown',
        classId: found.id,
        why: { ...of(found, schedule), text: 'No death is on file, and no birth with what is known of arrests.' },
      };
}

const of = ({ id, clause }: ScheduleClass, schedule: Schedule): Pick<Why, 'clause' | 'classId' | 'scheduleId'> => ({
  clause,
  classId: id,
  scheduleId: schedule.id,
});

interface Clock {
  readonly date: CalendarDate;
  readonly event: string;
  readonly on: CalendarDate;
  readonly text: string;
}

function afterDeath({ diedOn }: FilePerson, { yearsAfterDeath }: Periods): Clock | undefined {
  return (
    diedOn && {
      date: anniversary(diedOn, yearsAfterDeath),
      event: 'death',
      on: diedOn,
      text: `At least ${yearsAfterDeath} years after death.`,
    }
  );
}

function afterBirth(person: FilePerson, { yearsAfterBirth, yearsWithoutArrest }: Periods): Clock | undefined {
  const { bornOn, lastArrestOn, neverArrested } = person;
  if (!bornOn || (!lastArrestOn && !neverArrested)) return undefined;
  const full = anniversary(bornOn, yearsAfterBirth);
  const free = lastArrestOn && anniversary(lastArrestOn, yearsWithoutArrest);
  return free && free > full
    ? {
        date: free,
        event: 'last arrest',
        on: lastArrestOn,
        text: `${yearsAfterBirth} years after birth, but not within ${yearsWithoutArrest} years of an arrest.`,
      }
    : {
        date: full,
        event: 'birth',
        on: bornOn,
        text: `${yearsAfterBirth} years after birth, with no arrest in the last ${yearsWithoutArrest} years.`,
      };
}

function cannotBeSo({ bornOn, diedOn, lastArrestOn, neverArrested }: FilePerson, today: CalendarDate): boolean {
  const inOrder = [bornOn, lastArrestOn, diedOn].flatMap((day) => day ?? []);
  return (
    inOrder.some((day, place) => day > today || (place > 0 && day < inOrder[place - 1]!)) ||
    (neverArrested === true && lastArrestOn !== undefined)
  );
}
