/**
 * The fence: what every destruction must hold still. In copies, so that destructions do not wait for one another; whoever
 * changes it changes every copy in one transaction, and a destroying transaction names the version of one.
 */
import type { CalendarDate } from '../../policies/calendar-date.ts';
import type { Technology } from '../../policies/editions/edition.ts';
import { nyDate, type Instant } from '../../policies/instant.ts';
import { put, type Put } from '../records/change.ts';
import { entity, type Kept } from '../records/entity.ts';
import type { Records } from '../records/records.aws.ts';

/** Which records a hold takes in, besides those it names. Absent fields take in all. */
export interface Matching {
  readonly technology?: Technology;
  readonly capturedFrom?: CalendarDate;
  readonly capturedUntil?: CalendarDate;
  readonly deviceId?: string;
}

export interface Fence extends Kept {
  /** `0` to `7`. */
  readonly id: string;
  /** The schedule in force; absent while none is, and then nothing falls due. */
  readonly scheduleId?: string;
  /** Holds that take in by what they match, while they bind; and any hold while it is being placed on what it names. */
  readonly holds: readonly {
    readonly holdId: string;
    readonly matching?: Matching;
    readonly cases?: readonly string[];
    readonly cards?: readonly string[];
  }[];
  /** Working out the dates of everything; nothing is destroyed meanwhile. */
  readonly recalculationId?: string;
}

export const fences = entity<Fence>('fence');
export const FENCES = 8;

/** Which copy of the fence a card's destruction names. */
export const fenceOf = (cardId: string): string =>
  String(Array.from(cardId).reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)!) % 65_521, 7) % FENCES);

/**
 * Whether a hold of the fence takes a record in. `caseNumbers` are its cases and those they were merged into. What is not
 * known of a record never leaves it out, and an entry that names nothing takes in all.
 */
export function fenceTakesIn(
  { matching, cases, cards }: Fence['holds'][number],
  card: {
    readonly id: string;
    readonly technology: Technology;
    readonly capturedAt?: Instant;
    readonly deviceId?: string;
  },
  caseNumbers: readonly string[],
): boolean {
  if (cards?.includes(card.id) || cases?.some((one) => caseNumbers.includes(one))) return true;
  if (!matching) return !cards && !cases;
  const { technology, capturedFrom, capturedUntil, deviceId } = matching;
  const on = card.capturedAt && nyDate(card.capturedAt);
  return (
    (!technology || technology === card.technology) &&
    (!deviceId || !card.deviceId || deviceId === card.deviceId) &&
    (!on || ((!capturedFrom || on >= capturedFrom) && (!capturedUntil || on <= capturedUntil)))
  );
}

/** All copies; one that was never written is version 0 and holds nothing. */
export function everyFence(records: Pick<Records, 'get'>): Promise<readonly Fence[]> {
  return Promise.all(
    Array.from(
      { length: FENCES },
      async (_, copy) => (await records.get(fences, String(copy))) ?? { id: String(copy), version: 0, holds: [] },
    ),
  );
}

/** Changes every copy alike, for one transaction; `change` is told a copy and answers what it is to be. */
export const fencePuts = (copies: readonly Fence[], change: (fence: Fence) => Fence): readonly Put[] =>
  copies.map((copy) => put(fences, { ...change(copy), id: copy.id, version: copy.version }));
