/**
 * Is a statement there, and does it say something?
 *
 * Nothing at all is held against the clause that asks for the statement; a word or two against the
 * house's own minimum, since no policy gives a length.
 *
 * Units   characters that can be seen, without blanks at either end
 * Answers the refusal, or none
 * Throws  nothing
 * Source  the clause given; house-characters-of-reason
 */
import type { PublishedPolicy } from '../editions/edition.ts';
import { amountOf, charactersIn, isBlank, unless, type Refusal } from '../ruling.ts';

export function statement(
  field: string,
  text: string | undefined,
  clause: string,
  { house }: Pick<PublishedPolicy, 'house'>,
  todo: string,
): readonly Refusal[] {
  const least = house.charactersOfReason;
  return unless(charactersIn(text) >= least.count, {
    clause: isBlank(text) ? clause : least.id,
    field,
    found: amountOf(text),
    expected: `at least ${least.count} characters`,
    todo,
  });
}
