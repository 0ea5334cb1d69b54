/** What the report says beyond what was first reported: which information, of how many, what happened, what is done. */
import { unless } from '../../policies/ruling.ts';
import { sha256 } from '../records/canonical.ts';
import { TOLD } from './acts.ts';
import type { Breach } from './contract.ts';
import { handle, inState, refused, type Handling, type Outcome } from './handle.ts';
import type { Acted, BreachNeeds, OnBreach } from './needs.ts';
import { said, tooLong } from './said.ts';

export type Account = NonNullable<Breach['account']>;

export interface DescribeBreach extends OnBreach {
  readonly account: Account;
}

export function describeBreach(needs: BreachNeeds, { account, ...on }: DescribeBreach): Promise<Acted> {
  return handle(needs, on, (at) => described(at, account));
}

function described(at: Handling, given: Account): Outcome {
  const { breach, policy, clause } = at;
  const contained = given.contained?.trim() ?? '';
  const because = [
    ...inState(at, ['triaging', 'violation']),
    ...unless(given.kinds.length > 0, {
      clause,
      field: 'kinds',
      found: 'none',
      expected: 'at least one kind of information',
      todo: 'choose what kinds of information were disclosed',
    }),
    ...unless(Number.isInteger(given.people) && given.people >= 1 && given.people <= 100_000_000, {
      clause,
      field: 'people',
      found: 'no whole number from 1',
      expected: 'a whole number from 1',
      todo: 'enter how many people it is about, as an estimate if need be',
    }),
    ...said('summary', given.summary, clause, policy, 'say what happened, in words that name nobody'),
    ...said('corrective', given.corrective, clause, policy, 'say what is done so that it does not happen again'),
    ...tooLong(clause, 'contained', contained),
  ];
  if (because.length > 0) return refused(because);
  const { kinds, people, peopleExact, minors } = given;
  const account: Account = {
    kinds: [...new Set(kinds)],
    people,
    peopleExact,
    minors,
    summary: given.summary.trim(),
    corrective: given.corrective.trim(),
    ...(contained && { contained }),
  };
  return {
    kind: 'step',
    breach: { ...breach, account },
    act: TOLD.described,
    clauses: [clause],
    facts: { kinds: account.kinds, people, peopleExact, minors, words: sha256([account.summary, account.corrective]) },
  };
}
