/** What one field of a form may hold. The longest record stays far below the table's 400 kB. */
import type { Refusal } from '../../policies/ruling.ts';

export const MOST_CHARACTERS = 4000;

export const tooLong = (clause: string, field: string, characters: number): Refusal => ({
  clause,
  field,
  found: `${characters} characters`,
  expected: `at most ${MOST_CHARACTERS}`,
  todo: 'shorten it; attach nothing, the bureau asks for more if it needs it',
});
