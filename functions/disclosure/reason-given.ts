/** A reason for withdrawing or revoking: it says something, and is not too long to keep. */
import { mustSay } from '../../policies/clause-in.ts';
import type { PublishedPolicy } from '../../policies/editions/edition.ts';
import type { Refusal } from '../../policies/ruling.ts';
import { statement } from '../../policies/rules/statement.ts';
import { MOST_CHARACTERS } from './asked-draft.ts';

export function reasonGiven(reason: string, policy: PublishedPolicy, todo: string): readonly Refusal[] {
  const clause = mustSay(policy.edition, 'XR26-EXT-08');
  const length = reason.trim().length;
  if (length <= MOST_CHARACTERS) return statement('reason', reason, clause, policy, todo);
  const [found, expected] = [`${length} characters`, `at most ${MOST_CHARACTERS}`];
  return [{ clause, field: 'reason', found, expected, todo: 'shorten it' }];
}
