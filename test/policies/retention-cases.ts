/**
 * Records, cases, people, holds and schedules at random, near the edges at which dates go wrong: leap days, the turn of a
 * month, a New York midnight, a case closed again after it was opened again, a class that is set again. Most of them are
 * in order, so that most come to a date; each slip is in some of them.
 */
import fc from 'fast-check';
import { SCHEDULE_PLATE_READER_2026, SCHEDULE_XRAY_2021 } from '../../policies/editions/schedules/index.ts';
import { instantOf, nyDate, type Instant } from '../../policies/instant.ts';
import {
  CLOSURE_GROUNDS,
  DISPOSITION_OUTCOMES,
  FINDINGS,
  HOLD_KINDS,
  type CaseFacts,
  type KeepRule,
  type RetainedFacts,
  type Schedule,
} from '../../policies/retention.ts';
import { day } from './facts.ts';
import { aDay, aMoment, dice, near, type Dice } from './retention-dice.ts';
import type { Told } from './retention-oracle.ts';

export interface Drawn {
  readonly now: Instant;
  readonly facts: RetainedFacts & { readonly schedule?: Schedule };
  /** When it was captured; the facts have the day of it. */
  readonly capturedAt?: Instant;
  readonly told: Told;
}

/** One drawing, by its number. The number alone shrinks to nothing useful; what was drawn is printed whole. */
export const drawings: fc.Arbitrary<Drawn> = fc.noBias(fc.integer()).map((number) => drawn(dice(number)));

const BY_DISPOSITION = [
  'misdemeanor',
  'misdemeanor',
  'violation-or-infraction',
  'other-felony',
  'arson-4',
  'non-fatal',
  'child-victims-act',
  'child-victims-act',
];
const RARELY = [
  'homicide',
  'arson-1-2-3',
  'missing-person',
  'plate-read',
  'associated-file',
  'no-such-class',
  ...FINDINGS,
];
const STATUSES = [
  'missing-person',
  'stolen-or-missing-firearm',
  'missing-person',
  'stolen-or-missing-firearm',
  'active-warrant',
  'suicide',
  'misdemeanor',
];

function drawn(rolls: Dice): Drawn {
  if (rolls.once(200)) return ofTheCentury(rolls);
  const now = aMoment(rolls, 2027, rolls.once(2) ? 30 : 150);
  const { schedule, told } = aSchedule(rolls);
  const kind = rolls.of([
    'image',
    'image',
    'recording',
    'enclosure',
    'plate-read',
    'plate-read',
    'personal-file',
    'personal-file',
  ] as const);
  const capturedAt = (kind === 'plate-read' ? rolls.once(12) : !rolls.once(6)) ? undefined : aMoment(rolls, 2010, 70);
  const alone = kind === 'plate-read' || kind === 'personal-file' ? rolls.once(2) : rolls.once(15);
  const cases = alone
    ? []
    : Array.from({ length: 1 + (rolls.once(3) ? 1 + rolls.roll(2) : 0) }, (_, place) =>
        aCase(rolls, now, `C-${place}`),
      );
  const reads = kind === 'plate-read' && !rolls.once(40);
  const facts = {
    kind,
    technology: reads
      ? ('license-plate-reader' as const)
      : rolls.of(['mobile-x-ray', 'digital-camera', 'portable-electronic-device'] as const),
    ...(capturedAt && { capturedOn: nyDate(capturedAt) }),
    cases,
    ...(kind === 'personal-file' && !rolls.once(40) && { person: aPerson(rolls) }),
    holds: rolls.once(3) ? Array.from({ length: 1 + rolls.roll(2) }, (_, place) => aHold(rolls, `H-${place}`)) : [],
    ...(rolls.once(4) && { lockedUntil: aDay(rolls, 2026, 70) }),
    ...(schedule && { schedule }),
  };
  return { now, facts, told, ...(capturedAt && { capturedAt }) };
}

/** Years that end in February 2100, which has no 29th although 2096 and 2104 do. */
function ofTheCentury(rolls: Dice): Drawn {
  const [closed, years] = rolls.of([
    [2096, 4],
    [2092, 8],
    [2080, 20],
  ] as const);
  const closedOn = day(`${closed}-02-29`);
  const charge = { id: 'D-0', charged: 'homicide', outcome: 'pleaded', on: closedOn, classId: 'misdemeanor' } as const;
  const one: CaseFacts = {
    caseNumber: 'C-0',
    state: 'closed',
    closedOn,
    closureGround: 'appeals-exhausted',
    dispositions: [charge],
    statusClasses: [],
    childrenBornOn: [],
    juvenilesBornOn: [],
  };
  const told: Told = { years: { misdemeanor: years }, lacks: [], loaded: true, approved: true };
  return {
    now: instantOf('2098-03-01T05:00:00.000Z'),
    facts: {
      kind: 'image',
      technology: 'mobile-x-ray',
      cases: [one],
      holds: [],
      schedule: scheduleOf(rolls, told, 'approved'),
    },
    told,
  };
}

/** A case that may have been closed, opened again and closed again: what is told of it is its last closing. */
function aCase(rolls: Dice, now: Instant, caseNumber: string): CaseFacts {
  const closings = Array.from({ length: 1 + (rolls.once(3) ? rolls.roll(3) : 0) }, () =>
    rolls.once(12) ? near(rolls, now) : aDay(rolls, 1995, 50),
  ).toSorted();
  const closedOn = closings.at(-1)!;
  const isOpen = rolls.once(12);
  const slips = (times: number) => rolls.once(times * 4);
  const finding = rolls.once(4);
  const dispositions = Array.from({ length: finding ? 0 : 1 + (rolls.once(3) ? rolls.roll(2) : 0) }, (_, place) => {
    const outcome = slips(20)
      ? undefined
      : rolls.once(5)
        ? rolls.of(DISPOSITION_OUTCOMES)
        : rolls.of(['convicted', 'pleaded'] as const);
    const proven = outcome === 'convicted' || outcome === 'pleaded';
    const on = slips(10)
      ? aDay(rolls, 1995, 60)
      : day(rolls.once(3) ? closedOn : `${Number(closedOn.slice(0, 4)) - 1 - rolls.roll(3)}-06-30`);
    const classId = rolls.once(25) ? rolls.of(RARELY) : rolls.of(BY_DISPOSITION);
    return {
      id: `D-${place}`,
      charged: 'homicide',
      ...(outcome && { outcome }),
      ...(outcome && !slips(20) && { on }),
      ...((proven ? !slips(20) : slips(5)) && { classId }),
      ...(rolls.once(2) && { appeal: slips(8) ? ('pending' as const) : rolls.of(['none', 'exhausted'] as const) }),
    };
  });
  const births = (from: number) =>
    Array.from({ length: slips(5) ? 0 : 1 + rolls.roll(3) }, () => (slips(12) ? undefined : aDay(rolls, from, 50)));
  const ground =
    finding && rolls.once(2)
      ? 'no-arrest'
      : slips(15)
        ? rolls.of(CLOSURE_GROUNDS)
        : rolls.of(['appeals-exhausted', 'settlement'] as const);
  return {
    caseNumber,
    state: isOpen ? 'open' : 'closed',
    ...(!rolls.once(3) && {
      openedOn: slips(12) ? aDay(rolls, 1995, 50) : day(rolls.once(4) ? closings[0]! : '1990-01-31'),
    }),
    ...((!isOpen || rolls.once(3)) && !slips(20) && { closedOn }),
    ...((!isOpen || rolls.once(3)) && !slips(20) && { closureGround: ground }),
    dispositions,
    ...((finding || slips(15)) && { finding: rolls.of(FINDINGS) }),
    statusClasses: rolls.once(8) ? Array.from({ length: 1 + rolls.roll(2) }, () => aStatus(rolls)) : [],
    childrenBornOn: births(1985),
    juvenilesBornOn: births(1990),
  };
}

function aStatus(rolls: Dice): CaseFacts['statusClasses'][number] {
  const endedOn = aDay(rolls, 2000, 27);
  const again = rolls.once(2);
  return {
    classId: rolls.once(15) ? 'no-such-class' : rolls.of(STATUSES),
    ...(!rolls.once(4) && { endedOn }),
    ...(again && { reclassedOn: rolls.once(6) ? aDay(rolls, 2000, 60) : endedOn }),
    ...(again && rolls.once(2) && { reclassedTo: rolls.of(BY_DISPOSITION) }),
  };
}

function aPerson(rolls: Dice): NonNullable<RetainedFacts['person']> {
  const bornOn = aDay(rolls, 1925, 80);
  const later = (from: string) => aDay(rolls, Number(from.slice(0, 4)) + 10, 60);
  const neverArrested = rolls.once(3);
  return {
    part: rolls.once(3) ? 'associated' : 'suspect',
    ...(!rolls.once(6) && { bornOn }),
    ...(rolls.once(3) && { diedOn: later(bornOn) }),
    ...((neverArrested ? rolls.once(20) : !rolls.once(6)) && {
      lastArrestOn: aDay(rolls, Number(bornOn.slice(0, 4)) + 14, rolls.once(2) ? 20 : 85),
    }),
    ...(neverArrested && { neverArrested }),
  };
}

function aHold(rolls: Dice, holdId: string): RetainedFacts['holds'][number] {
  const placedOn = aDay(rolls, 2000, 27);
  const released = aDay(rolls, Number(placedOn.slice(0, 4)), 25);
  return { holdId, kind: rolls.of(HOLD_KINDS), placedOn, ...(!rolls.once(5) && { releasedOn: released }) };
}

const CHANGEABLE = ['misdemeanor', 'other-felony', 'violation-or-infraction', 'no-offense-by-adult', 'plate-read'];
const DROPPABLE = [
  'arson-4',
  'homicide',
  'missing-person',
  'plate-read',
  'suspect-file',
  'associated-file',
  'child-victims-act',
  'no-offense-by-adult',
];
const PRINTED = [...SCHEDULE_XRAY_2021.classes, ...SCHEDULE_PLATE_READER_2026.classes];

const withYears = (rule: KeepRule, years: number | undefined): KeepRule =>
  years !== undefined && (rule.kind === 'after-closing' || rule.kind === 'after-capture') ? { ...rule, years } : rule;

type Standing = 'approved' | 'none' | 'one' | 'to come' | 'over' | 'not yet';

/** The printed periods, or some of them changed or left out, approved or not. */
function aSchedule(rolls: Dice): { readonly schedule?: Schedule; readonly told: Told } {
  if (rolls.once(6)) return { told: { years: {}, lacks: [], loaded: false, approved: false } };
  const how = rolls.once(3) ? rolls.of(['none', 'one', 'to come', 'over', 'not yet'] as const) : 'approved';
  const told: Told = {
    years: rolls.once(3) ? { [rolls.of(CHANGEABLE)]: 1 + rolls.roll(30) } : {},
    lacks: rolls.once(6) ? [rolls.of(DROPPABLE)] : [],
    loaded: true,
    approved: how === 'approved',
  };
  return { schedule: scheduleOf(rolls, told, how), told };
}

function scheduleOf(rolls: Dice, { years, lacks }: Told, how: Standing): Schedule {
  const on = day(how === 'to come' ? '2300-01-01' : '2026-01-20');
  const both: Schedule['approvals'] = [
    { office: 'law-department', reference: 'LD 1', on },
    { office: 'records-department', reference: 'RD 1', on: day('2026-01-20') },
  ];
  return {
    id: 'S-1',
    title: 'One of many',
    source: 'made up',
    from: day(how === 'not yet' ? '2300-01-01' : '2026-02-04'),
    ...(how === 'over' && { until: day('2026-06-30') }),
    approvals: how === 'none' ? [] : how === 'one' ? [rolls.of(both)] : both,
    classes: PRINTED.filter(({ id }) => !lacks.includes(id)).map((one) => ({
      ...one,
      rule: withYears(one.rule, years[one.id]),
    })),
  };
}
