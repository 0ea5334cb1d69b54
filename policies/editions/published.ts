/** What can be asked of any published edition, whichever it is. Holds no text, so that asking costs none. */
import type { CalendarDate } from '../calendar-date.ts';
import type { PolicyClause } from '../clause.ts';
import type { PublishedEdition } from './edition.ts';

/** The clauses of an edition in the order they are printed. */
export function clausesOf(edition: PublishedEdition): readonly PolicyClause[] {
  return edition.sections.flatMap((part) => part.clauses);
}

/** Whether an edition, or a clause, binds on a day in New York. */
export function isInForce(
  { from, until }: { readonly from: CalendarDate; readonly until?: CalendarDate },
  on: CalendarDate,
): boolean {
  return from <= on && (!until || on <= until);
}
