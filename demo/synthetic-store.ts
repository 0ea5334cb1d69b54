/**
 * A made-up store of all four technologies' records and their cases, the same each time for the same seed. For tests,
 * benches and demonstrations of retention: nobody in it is real, and no plate is anybody's.
 *
 * Cases are of every class of the printed schedule, open and closed, some with several outcomes; records are images,
 * recordings, plate reads and personal data files, in no case, in one, or in two.
 */
import { plusDays, type CalendarDate } from '../policies/calendar-date.ts';
import type { Technology } from '../policies/editions/edition.ts';
import { fromNyLocal, type Instant } from '../policies/instant.ts';
import type { CaseFacts, ClosureGround, FilePerson, FinalDisposition, KeptKind } from '../policies/retention.ts';

export interface SyntheticCase extends CaseFacts {
  readonly openedOn: CalendarDate;
}

export interface SyntheticRecord {
  readonly id: string;
  readonly kind: KeptKind;
  readonly technology: Technology;
  readonly capturedAt: Instant;
  readonly capturedOn: CalendarDate;
  readonly caseNumbers: readonly string[];
  readonly deviceId?: string;
  readonly person?: FilePerson;
  readonly read?: { readonly plate: string; readonly state: string; readonly place: string };
  /** The bytes of its file, as text; absent for what is data alone. */
  readonly content?: string;
}

export interface SyntheticStore {
  readonly cases: readonly SyntheticCase[];
  readonly records: readonly SyntheticRecord[];
}

export interface StoreOptions {
  readonly seed: number;
  /** How many records. */
  readonly records: number;
  /** The last day anything in it happened. */
  readonly until: CalendarDate;
  /** How many days back it reaches. */
  readonly days: number;
}

/** Ids of the classes of cases that run from closing, with how the case then ended. */
const BY_DISPOSITION = [
  'homicide',
  'other-felony',
  'arson-4',
  'misdemeanor',
  'violation-or-infraction',
  'child-victims-act',
] as const;
const GROUNDS: readonly ClosureGround[] = ['appeals-exhausted', 'settlement', 'no-arrest', 'restitution-not-sought'];

export function syntheticStore({ seed, records, until, days }: StoreOptions): SyntheticStore {
  const dice = diceOf(seed);
  const dayAgo = (most: number): CalendarDate => plusDays(until, -dice.below(most + 1));
  const cases = Array.from({ length: Math.max(12, Math.ceil(records / 6)) }, (_, at) =>
    caseOf(at, dice, dayAgo, days, until),
  );
  const numbers = cases.map(({ caseNumber }) => caseNumber);
  return {
    cases,
    records: Array.from({ length: records }, (_, at) => recordOf(at, seed, dice, dayAgo(days), numbers)),
  };
}

type Dice = ReturnType<typeof diceOf>;

function caseOf(
  at: number,
  dice: Dice,
  dayAgo: (most: number) => CalendarDate,
  days: number,
  until: CalendarDate,
): SyntheticCase {
  const caseNumber = `SYN-${String(2000 + (at % 26))}-${String(at).padStart(6, '0')}`;
  const openedOn = dayAgo(days);
  const base = { caseNumber, openedOn, statusClasses: [], childrenBornOn: [], juvenilesBornOn: [] };
  const endedOn = laterOf(openedOn, dayAgo(days));
  const born = (years: number): CalendarDate => plusDays(until, -Math.round(365.25 * years) - dice.below(300));
  switch (at % 12) {
    case 0: // still open, charged with a felony
      return { ...base, state: 'open', dispositions: [{ id: 'C1', charged: 'felony' }] };
    case 1: // closed and never classed
      return { ...base, state: 'closed', closedOn: endedOn, closureGround: 'settlement', dispositions: [] };
    case 2: // nobody convicted; no offense by an adult
      return {
        ...base,
        state: 'closed',
        closedOn: endedOn,
        closureGround: 'no-arrest',
        dispositions: [],
        finding: 'no-offense-by-adult',
      };
    case 3: // a juvenile without arrest
      return {
        ...base,
        state: 'closed',
        closedOn: endedOn,
        closureGround: 'no-arrest',
        dispositions: [],
        finding: 'juvenile-without-arrest-or-offense',
        juvenilesBornOn: [born(12 + dice.below(5))],
      };
    case 4: // a missing person, not located
      return {
        ...base,
        state: 'closed',
        closedOn: endedOn,
        closureGround: 'no-arrest',
        dispositions: [],
        finding: 'no-offense-by-adult',
        statusClasses: [{ classId: 'missing-person' }],
      };
    default: {
      const classId = BY_DISPOSITION[(at % 12) - 5] ?? 'misdemeanor';
      const second: readonly FinalDisposition[] =
        dice.below(4) === 0 ? [{ id: 'C2', charged: 'felony', outcome: 'dismissed', on: openedOn }] : [];
      return {
        ...base,
        state: 'closed',
        closedOn: endedOn,
        closureGround: GROUNDS[dice.below(2) * 3]!,
        dispositions: [
          {
            id: 'C1',
            charged: 'felony',
            outcome: dice.below(2) ? 'convicted' : 'pleaded',
            on: openedOn,
            classId,
            appeal: 'exhausted',
          },
          ...second,
        ],
        childrenBornOn: classId === 'child-victims-act' ? [born(3 + dice.below(12))] : [],
      };
    }
  }
}

function recordOf(
  at: number,
  seed: number,
  dice: Dice,
  capturedOn: CalendarDate,
  numbers: readonly string[],
): SyntheticRecord {
  const id = `S${seed}-${String(at).padStart(7, '0')}`;
  const at24 = `${String(dice.below(24)).padStart(2, '0')}:${String(dice.below(60)).padStart(2, '0')}`;
  const capturedAt = fromNyLocal(capturedOn, at24);
  const one = numbers[dice.below(numbers.length)]!;
  const other = numbers[dice.below(numbers.length)]!;
  const caseNumbers = dice.below(8) === 0 && other !== one ? [one, other] : [one];
  const base = { id, capturedAt, capturedOn, caseNumbers };
  const content = `${id} ${'made up for tests; '.repeat(1 + dice.below(20))}`;
  switch (at % 5) {
    case 0:
      return { ...base, kind: 'image', technology: 'mobile-x-ray', deviceId: 'x-ray-1', content };
    case 1:
      return { ...base, kind: 'recording', technology: 'portable-electronic-device', deviceId: 'ped-7', content };
    case 2:
      return { ...base, kind: 'image', technology: 'digital-camera', deviceId: 'camera-3', content };
    case 3: {
      const read = { plate: `ZZZ${String(1000 + dice.below(9000))}`, state: 'NY', place: 'Made-up Avenue' };
      // Most reads belong to no case.
      return {
        ...base,
        kind: 'plate-read',
        technology: 'license-plate-reader',
        read,
        caseNumbers: dice.below(5) === 0 ? caseNumbers : [],
      };
    }
    default: {
      const bornOn = plusDays(capturedOn, -365 * (20 + dice.below(60)) - dice.below(365));
      const person: FilePerson =
        dice.below(2) === 0
          ? { part: 'associated' }
          : {
              part: 'suspect',
              bornOn,
              ...(dice.below(2) ? { lastArrestOn: capturedOn } : { neverArrested: true }),
              ...(dice.below(3) === 0 && { diedOn: capturedOn }),
            };
      return { ...base, kind: 'personal-file', technology: 'digital-camera', person };
    }
  }
}

const laterOf = (one: CalendarDate, other: CalendarDate): CalendarDate => (one > other ? one : other);

/** Mulberry32: small, and the same on every machine. */
function diceOf(seed: number) {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { below: (count: number): number => Math.floor(next() * count) };
}
