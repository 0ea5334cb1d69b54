/**
 * How an edition says what a clause of the current edition says.
 *
 * Rules are written against the ids of the finest-grained edition, that of 2026. Judged under an
 * older edition they cite that edition's clause, and where it has none they do not apply.
 */
import { clausesOf } from './editions/published.ts';
import type { PublishedEdition } from './editions/edition.ts';
import { FactMalformed } from './faults.ts';

/** The id under which this edition says it: the same, a twin's, or undefined when it says no such thing. */
export function clauseIn(edition: PublishedEdition, id: string): string | undefined {
  const clauses = clausesOf(edition);
  return (clauses.find((clause) => clause.id === id) ?? clauses.find((clause) => clause.sameAs.includes(id)))?.id;
}

/** As `clauseIn`, for what every edition says. Throws FactMalformed when this one does not. */
export function mustSay(edition: PublishedEdition, id: string): string {
  const found = clauseIn(edition, id);
  if (!found)
    throw new FactMalformed(
      `edition ${edition.id} has no clause that says what ${id} says; ask under an edition that does`,
    );
  return found;
}
