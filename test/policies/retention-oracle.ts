/**
 * A second reading of how long records are kept, to hold the rules against: written from the table of the policy, with no
 * line of theirs. It asks of one day whether the record may go, as the daily run would, and finds the first such day by
 * halving; a day is one whole number, 2021-05-01 is 20210501, and the full years between two days are their difference
 * divided by 10000. It knows New York by the dates on which its clocks change.
 */
import type { HoldFacts, RetainedFacts } from '../../policies/retention.ts';

/** What the schedule says, as the oracle is told: periods by class, which classes it lacks, and whether it is approved. */
export interface Told {
  /** Years by class, where they are other than in print. */
  readonly years: Readonly<Record<string, number>>;
  readonly lacks: readonly string[];
  readonly loaded: boolean;
  readonly approved: boolean;
}

export type Verdict =
  | {
      readonly kind: 'keep';
      readonly because: 'open' | 'permanent' | 'unknown' | 'held';
      readonly classIds: readonly string[];
    }
  | {
      readonly kind: 'until';
      readonly date: string;
      /** Any of them rules: they end on the same day. */
      readonly classIds: readonly string[];
      readonly approved: boolean;
      readonly disposeBy: string;
    };

type Day = number;
/** Whether a class lets the record go on a day. */
interface Clock {
  readonly classId: string;
  readonly lets: (day: Day) => boolean;
}
type Read = 'open' | 'unknown' | { readonly permanent: string } | Clock;

const PERMANENT = [
  'homicide',
  'suicide',
  'arson-1-2-3',
  'aggravated-sexual-assault-1',
  'course-of-sexual-conduct-against-a-child-1',
  'active-warrant',
];
const UNTIL_EVENT = ['missing-person', 'stolen-or-missing-firearm'];
const AFTER_CLOSING: Readonly<Record<string, number>> = {
  'other-felony': 25,
  'arson-4': 10,
  'non-fatal': 10,
  misdemeanor: 5,
  'no-offense-by-adult': 5,
  'violation-or-infraction': 1,
};
const CHILD = 'child-victims-act';
const JUVENILE = 'juvenile-without-arrest-or-offense';
const ADULT = 'no-offense-by-adult';

export function oracle(facts: RetainedFacts, told: Told, now: string): Verdict {
  const today = dayInNewYork(now);
  const reads = [...ofRecord(facts, told, today), ...facts.cases.flatMap((one) => ofCase(one, told, today))];
  const clocks = reads.filter((one): one is Clock => typeof one === 'object' && 'lets' in one);
  const permanent = reads.flatMap((one) => (typeof one === 'object' && 'permanent' in one ? [one.permanent] : []));
  if (reads.includes('open')) return { kind: 'keep', because: 'open', classIds: [] };
  if (permanent.length > 0) return { kind: 'keep', because: 'permanent', classIds: permanent };
  if (reads.length === 0 || reads.includes('unknown')) return { kind: 'keep', because: 'unknown', classIds: [] };
  const ends = clocks.map((clock) => ({ classId: clock.classId, first: firstDay(clock.lets) }));
  const last = Math.max(...ends.map(({ first }) => first));
  const classIds = ends.filter(({ first }) => first === last).map(({ classId }) => classId);
  if (facts.holds.some((hold) => binds(hold, today))) return { kind: 'keep', because: 'held', classIds };
  const first = firstDay(
    (day) =>
      clocks.every(({ lets }) => lets(day)) &&
      facts.holds.every((hold) => !isLegalAction(hold) || fullYears(number(hold.releasedOn!), day) >= 1) &&
      (facts.lockedUntil === undefined || day >= number(facts.lockedUntil)),
  );
  const approved = told.loaded && told.approved && !(facts.kind === 'plate-read' && told.lacks.includes('plate-read'));
  return { kind: 'until', date: text(first), classIds, approved, disposeBy: text(halfAYearAfter(first)) };
}

const isLegalAction = ({ kind }: HoldFacts) => kind === 'litigation' || kind === 'discovery';
const binds = ({ placedOn, releasedOn }: HoldFacts, today: Day): boolean =>
  releasedOn === undefined || number(releasedOn) > today || number(releasedOn) < number(placedOn);

function ofRecord(
  { kind, technology, person, cases, capturedOn }: RetainedFacts,
  told: Told,
  today: Day,
): readonly Read[] {
  if (kind === 'plate-read') {
    if (technology !== 'license-plate-reader' || !capturedOn || number(capturedOn) > today) return ['unknown'];
    const years = told.lacks.includes('plate-read') ? 5 : (told.years['plate-read'] ?? 5);
    return [{ classId: 'plate-read', lets: (day) => fullYears(number(capturedOn), day) >= years }];
  }
  if (kind !== 'personal-file') return cases.length === 0 ? ['unknown'] : [];
  if (!person) return ['unknown'];
  if (person.part === 'associated') {
    return cases.length === 0 || told.lacks.includes('associated-file') ? ['unknown'] : [];
  }
  if (told.lacks.includes('suspect-file')) return ['unknown'];
  const [born, died, arrested] = [person.bornOn, person.diedOn, person.lastArrestOn].map((day) => day && number(day));
  const odd =
    [born, died, arrested].some((day) => day !== undefined && Number(day) > today) ||
    (died && ((born && born > died) || (arrested && arrested > died))) ||
    (born && arrested && arrested < born) ||
    (person.neverArrested && arrested);
  if (odd) return ['unknown'];
  const known = person.neverArrested === true || arrested !== undefined;
  if (!died && !(born && known)) return ['unknown'];
  const free = (day: Day) => known && (!arrested || fullYears(Number(arrested), day) >= 5);
  return [
    {
      classId: 'suspect-file',
      lets: (day) =>
        Boolean(died && fullYears(Number(died), day) >= 5) ||
        Boolean(born && fullYears(Number(born), day) >= 90 && free(day)),
    },
  ];
}

type OneCase = RetainedFacts['cases'][number];

function ofCase(one: OneCase, told: Told, today: Day): readonly Read[] {
  if (one.state === 'open') return ['open'];
  const closed = one.closedOn && number(one.closedOn);
  if (!closed) return ['unknown', ...permanentsOf(one, told)];
  const reads: Read[] = [];
  if (closed > today || (one.openedOn && closed < number(one.openedOn)) || !one.closureGround) reads.push('unknown');
  let proven = false;
  const ids = new Set<string>();
  for (const { outcome, on, appeal, classId } of one.dispositions) {
    if (appeal === 'pending' || !outcome || !on || number(on) > closed) reads.push('unknown');
    if (outcome !== 'convicted' && outcome !== 'pleaded') continue;
    proven = true;
    if (!classId || classId === ADULT || classId === JUVENILE) reads.push('unknown');
    if (classId) ids.add(classId);
  }
  if (proven && (one.finding || one.closureGround === 'no-arrest')) reads.push('unknown');
  if (one.finding) ids.add(one.finding);
  for (const { classId, endedOn, reclassedOn, reclassedTo } of one.statusClasses) {
    for (const day of [endedOn, reclassedOn]) if (day && number(day) > today) reads.push('unknown');
    if (reclassedOn && (!endedOn || number(reclassedOn) < number(endedOn))) reads.push('unknown');
    const lifted = reclassedOn && UNTIL_EVENT.includes(classId) && !told.lacks.includes(classId);
    if (lifted) {
      if (reclassedTo) ids.add(reclassedTo);
      continue;
    }
    ids.add(classId);
    if (!PERMANENT.includes(classId) && !UNTIL_EVENT.includes(classId)) reads.push('unknown');
  }
  if (ids.size === 0) reads.push('unknown');
  for (const id of ids) reads.push(ofClass(id, one, closed, told));
  return reads;
}

/** The permanent classes of a case whose day of closing is missing: they come before what is unknown about it. */
function permanentsOf(one: OneCase, told: Told): readonly Read[] {
  const proven = one.dispositions.filter(({ outcome }) => outcome === 'convicted' || outcome === 'pleaded');
  const ids = [
    ...proven.map(({ classId }) => classId),
    ...one.statusClasses.map((status) =>
      status.reclassedOn && UNTIL_EVENT.includes(status.classId) && !told.lacks.includes(status.classId)
        ? status.reclassedTo
        : status.classId,
    ),
  ];
  return ids.flatMap((id) =>
    id && [...PERMANENT, ...UNTIL_EVENT].includes(id) && !told.lacks.includes(id) ? [{ permanent: id }] : [],
  );
}

function ofClass(id: string, one: OneCase, closed: Day, told: Told): Read {
  if (told.lacks.includes(id)) return 'unknown';
  if (PERMANENT.includes(id) || UNTIL_EVENT.includes(id)) return { permanent: id };
  if (id === CHILD || id === JUVENILE) {
    const births = id === CHILD ? one.childrenBornOn : one.juvenilesBornOn;
    if (births.length === 0 || births.includes(undefined)) return 'unknown';
    const born = births.map((birth) => number(birth!));
    const [from, years] =
      id === CHILD ? [born, 55] : [born.map((birth) => firstDay((day) => fullYears(birth, day) >= 18)), 1];
    return { classId: id, lets: (day) => day >= closed && from.every((start) => fullYears(start, day) >= years) };
  }
  const printed = AFTER_CLOSING[id];
  if (printed === undefined) return 'unknown';
  const years = told.years[id] ?? printed;
  return { classId: id, lets: (day) => fullYears(closed, day) >= years };
}

// Days.

const number = (day: string): Day => Number(day.replaceAll('-', ''));
const text = (day: Day): string =>
  `${String(Math.floor(day / 10000)).padStart(4, '0')}-${String(Math.floor(day / 100) % 100).padStart(2, '0')}-${String(day % 100).padStart(2, '0')}`;

/** From 20200229 to 20210228 it is 9999 and no full year, to 20210301 it is 10072 and one. */
const fullYears = (from: Day, to: Day): number => Math.floor((to - from) / 10000);

const daysIn = (year: number, month: number): number => {
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31;
  return year % 400 === 0 || (year % 4 === 0 && year % 100 !== 0) ? 29 : 28;
};

function halfAYearAfter(day: Day): Day {
  const [year, month, date] = [Math.floor(day / 10000), Math.floor(day / 100) % 100, day % 100];
  const [toYear, toMonth] = month > 6 ? [year + 1, month - 6] : [year, month + 6];
  return toYear * 10000 + toMonth * 100 + Math.min(date, daysIn(toYear, toMonth));
}

/** The first day that is let, between the years 1800 and 2400; whatever is let stays so. */
function firstDay(lets: (day: Day) => boolean): Day {
  let [before, after] = [0, 600 * 372];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (lets(placed(middle))) after = middle;
    else before = middle;
  }
  // A place that is no day, such as 30 February, stands for the day after it.
  let day = placed(after);
  while (day % 100 > daysIn(Math.floor(day / 10000), Math.floor(day / 100) % 100)) {
    day = day % 100 === 31 ? nextMonth(day) : day + 1;
  }
  return day;
}
/** Places of a calendar whose every month has 31 days, so that halving needs no other. */
const placed = (place: number): Day =>
  (1800 + Math.floor(place / 372)) * 10000 + (Math.floor((place % 372) / 31) + 1) * 100 + (place % 31) + 1;
const nextMonth = (day: Day): Day => (Math.floor(day / 100) + 1) * 100 + 1;

/** The day it is in New York: five hours behind Greenwich, four while its clocks are forward. From 2007 on. */
export function dayInNewYork(instant: string): Day {
  const ms = Date.parse(instant);
  const year = new Date(ms).getUTCFullYear();
  const forward = ms >= sunday(year, 2, 2, 7) && ms < sunday(year, 10, 1, 6);
  const local = new Date(ms - (forward ? 4 : 5) * 3_600_000);
  return local.getUTCFullYear() * 10000 + (local.getUTCMonth() + 1) * 100 + local.getUTCDate();
}
/** The moment at which clocks change, on the nth Sunday of a month. */
function sunday(year: number, month: number, nth: number, hour: number): number {
  const first = new Date(Date.UTC(year, month, 1)).getUTCDay();
  return Date.UTC(year, month, 1 + ((7 - first) % 7) + 7 * (nth - 1), hour);
}
