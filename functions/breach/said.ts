/** What is typed into a form about a breach: whether it says something, and whether it fits. */
import type { PublishedPolicy } from '../../policies/editions/edition.ts';
import type { Refusal } from '../../policies/ruling.ts';
import { statement } from '../../policies/rules/statement.ts';

/** What one field may hold. The longest record stays far below the table's 400 kB. */
export const MOST_CHARACTERS = 4000;
/** A name, an address, a line. */
export const MOST_OF_A_LINE = 300;

export function tooLong(clause: string, field: string, text: string, most = MOST_CHARACTERS): readonly Refusal[] {
  const { length } = text.trim();
  if (length <= most) return [];
  const found = `${length} characters`;
  return [{ clause, field, found, expected: `at most ${most}`, todo: 'shorten it' }];
}

/** A statement that has to be there. */
export const said = (field: string, text: string, clause: string, policy: PublishedPolicy, todo: string) => [
  ...statement(field, text, clause, policy, todo),
  ...tooLong(clause, field, text),
];

/** How many of one kind a record has room for: tasks, consultations, attempts to reach one person. */
export const MOST_ENTRIES = 20;

export function tooMany(clause: string, field: string, there: number, most = MOST_ENTRIES): readonly Refusal[] {
  if (there < most) return [];
  const todo = 'put the rest on paper, and say where in the last one';
  return [{ clause, field, found: `${there} on record`, expected: `at most ${most}`, todo }];
}
