/** How long a reason may be: as long as the form takes it. Engineering, not law. */
import type { Refusal } from '../../policies/ruling.ts';

export const MOST_CHARACTERS = 4000;

export function tooLong(reason: string, clause: string): readonly Refusal[] {
  const { length } = reason.trim();
  return length <= MOST_CHARACTERS
    ? []
    : [
        {
          clause,
          field: 'reason',
          found: `${length} characters`,
          expected: `at most ${MOST_CHARACTERS}`,
          todo: 'shorten the reason',
        },
      ];
}
