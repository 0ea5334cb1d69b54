/**
 * Every clause by its id: of the editions whole, of the law around them and of the house. Only what shows clauses to
 * people imports this; a rule names the few it judges by, and its function carries no others.
 */
import type { Clause, PolicyClause } from '../clause.ts';
import { CITY_LAW } from './city-law.ts';
import type { PublishedEdition } from './edition.ts';
import { HOUSE } from './house.ts';
import { PUBLISHED_EDITIONS } from './index.ts';
import { PRIVACY_LAW } from './privacy-law.ts';
import { clausesOf } from './published.ts';
import { RECORDS_LAW } from './records-law.ts';
import { retentionSectionOf } from './retention-clauses.ts';
import { XRAY_EDITIONS } from './x-ray.ts';

/** An edition with its retention clauses, which the functions that do not ask for them leave out. */
function whole<E extends PublishedEdition>(edition: E): E {
  const kept = retentionSectionOf(edition.id);
  if (!kept) return edition;
  const has = edition.sections.some(({ id }) => id === kept.id);
  const place = edition.sections.findIndex(({ id }) => id === 'safeguards') + 1;
  const sections = has
    ? edition.sections.map((one) => (one.id === kept.id ? { ...one, clauses: [...one.clauses, ...kept.clauses] } : one))
    : edition.sections.toSpliced(place, 0, kept);
  return { ...edition, sections };
}

/** The editions of mobile x-ray with every clause, oldest first. */
export const WHOLE_XRAY_EDITIONS = XRAY_EDITIONS.map(whole);

/** The editions of every technology with every clause, in the order of PUBLISHED_EDITIONS. */
export const WHOLE_EDITIONS: readonly PublishedEdition[] = PUBLISHED_EDITIONS.map(whole);

export const ALL_CLAUSES: readonly Clause[] = [
  ...WHOLE_EDITIONS.flatMap(clausesOf),
  ...CITY_LAW,
  ...Object.values<Clause>({ ...PRIVACY_LAW }),
  ...Object.values<Clause>({ ...RECORDS_LAW }),
  ...Object.values<Clause>({ ...HOUSE }),
];

const BY_ID: ReadonlyMap<string, Clause> = new Map(ALL_CLAUSES.map((clause) => [clause.id, clause]));
const POLICY_CLAUSES: ReadonlyMap<string, PolicyClause> = new Map(
  WHOLE_EDITIONS.flatMap(clausesOf).map((clause) => [clause.id, clause]),
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
