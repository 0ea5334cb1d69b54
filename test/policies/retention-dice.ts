/** Numbers, days and moments at random, each drawing again from its own number; near the edges at which dates go wrong. */
import { instantOf, nyDate, plusMs, type Instant } from '../../policies/instant.ts';
import { day } from './facts.ts';

export interface Dice {
  /** A whole number from 0 up to, and without, `sides`. */
  roll(sides: number): number;
  /** True once in `times`. */
  once(times: number): boolean;
  of<T>(list: readonly T[]): T;
}

export function dice(seed: number): Dice {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const roll = (sides: number) => next() % sides;
  return { roll, once: (times) => roll(times) === 0, of: (list) => list[roll(list.length)]! };
}

const EDGES = ['02-28', '02-29', '02-29', '03-01', '12-31', '01-01', '08-31', '08-29', '04-30'];
const pad = (part: number) => String(part).padStart(2, '0');
const leaps = (year: number) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

export function aDay(rolls: Dice, from: number, years: number) {
  const year = from + rolls.roll(years);
  if (rolls.once(2)) return day(`${year}-${pad(1 + rolls.roll(12))}-${pad(1 + rolls.roll(28))}`);
  const edge = rolls.of(EDGES);
  return day(
    `${edge === '02-29' && !leaps(year) ? 4 * Math.round(year / 4) || 4 : year}-${edge}`
      .replace('2100-', '2104-')
      .replace('1900-', '1904-'),
  );
}

/** Near a New York midnight, or at any hour. */
export function aMoment(rolls: Dice, from: number, years: number): Instant {
  const date = aDay(rolls, from, years);
  const hour = rolls.of([
    '03:59:59.999Z',
    '04:00:00.000Z',
    '04:59:59.999Z',
    '05:00:00.000Z',
    '16:30:00.000Z',
    '23:59:59.999Z',
  ]);
  const changes = rolls.once(20) ? rolls.of(['03-08', '03-09', '11-01', '11-02', '03-14', '11-07']) : undefined;
  return instantOf(`${changes ? `${date.slice(0, 4)}-${changes}` : date}T${hour}`);
}

/** The day it is in New York, or the day before or after. */
export const near = (rolls: Dice, now: Instant) => nyDate(plusMs(now, (rolls.roll(3) - 1) * 12 * 3_600_000));
