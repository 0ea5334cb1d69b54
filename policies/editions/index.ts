/**
 * Which edition was in force on a day, and every clause by its id.
 *
 * Editions of one technology never overlap and leave no gap; before the first there is none, and an
 * act of that time cannot be judged here.
 */
import type { CalendarDate } from '../calendar-date.ts';
import type { Clause, PolicyClause } from '../clause.ts';
import { nyDate, type Instant } from '../instant.ts';
import { CITY_LAW } from './city-law.ts';
import { DIGITAL_CAMERA_2026 } from './digital-camera-2026.ts';
import type { Edition, Policy, PublishedEdition, PublishedPolicy, Technology } from './edition.ts';
import { HOUSE } from './house.ts';
import { PLATE_READER_2026 } from './plate-reader-2026.ts';
import { PORTABLE_DEVICE_2026 } from './portable-device-2026.ts';
import { PRIVACY_LAW } from './privacy-law.ts';
import { clausesOf, isInForce } from './published.ts';
import { XRAY_EDITIONS } from './x-ray.ts';

export { clausesOf, isInForce } from './published.ts';

/** The editions of mobile x-ray, oldest first. */
export const EDITIONS: readonly Edition[] = XRAY_EDITIONS;

/** The editions of every technology; of one technology, oldest first. */
export const PUBLISHED_EDITIONS: readonly PublishedEdition[] = [
  ...EDITIONS,
  PORTABLE_DEVICE_2026,
  DIGITAL_CAMERA_2026,
  PLATE_READER_2026,
];

/** The edition that governs a technology on a day in New York; undefined before the first one held here. */
export function editionInForce(technology: 'mobile-x-ray', on: CalendarDate): Edition | undefined;
export function editionInForce(technology: Technology, on: CalendarDate): PublishedEdition | undefined;
export function editionInForce(technology: Technology, on: CalendarDate): PublishedEdition | undefined {
  return PUBLISHED_EDITIONS.find((edition) => edition.technology === technology && isInForce(edition, on));
}

/** The edition in force at a moment, with the house numbers: what rules are asked under. */
export function policyInForce(technology: 'mobile-x-ray', at: Instant): Policy | undefined;
export function policyInForce(technology: Technology, at: Instant): PublishedPolicy | undefined;
export function policyInForce(technology: Technology, at: Instant): PublishedPolicy | undefined {
  const edition = editionInForce(technology, nyDate(at));
  return edition && { edition, house: HOUSE };
}

/** Every clause known here: of the editions, of the law around them and of the house. */
export const ALL_CLAUSES: readonly Clause[] = [
  ...PUBLISHED_EDITIONS.flatMap(clausesOf),
  ...CITY_LAW,
  ...Object.values<Clause>({ ...PRIVACY_LAW }),
  ...Object.values<Clause>({ ...HOUSE }),
];

const BY_ID: ReadonlyMap<string, Clause> = new Map(ALL_CLAUSES.map((clause) => [clause.id, clause]));
const POLICY_CLAUSES: ReadonlyMap<string, PolicyClause> = new Map(
  PUBLISHED_EDITIONS.flatMap(clausesOf).map((clause) => [clause.id, clause]),
);

/** A clause of any authority by its id; undefined when there is none. */
export function clauseById(id: string): Clause | undefined {
  return BY_ID.get(id);
}

/**
 * Ids of the clauses in other editions that say the same as this one, both ways, sorted.
 * One step only: two clauses that one bundle restates are not twins of each other.
 */
export function twins(id: string): readonly string[] {
  const own = POLICY_CLAUSES.get(id)?.sameAs ?? [];
  const pointing = [...POLICY_CLAUSES.values()]
    .filter((clause) => clause.sameAs.includes(id))
    .map((clause) => clause.id);
  return [...new Set([...own, ...pointing])].toSorted();
}
