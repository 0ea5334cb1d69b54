/**
 * Is this disclosure for immigration enforcement?
 *
 * Asked of every disclosure, inside the department too, in the wide meaning of the law of January 2026:
 * not only civil provisions, and not only one federal department. A yes is a hard stop whatever ground or
 * approval is offered. So is a recipient with such duties who states no other lawful purpose. Any answer
 * that is not a plain no stops as well, so that an answer nobody foresaw opens nothing.
 *
 * Units   none
 * Answers 'stop' with the refusals, 'unanswered' with what is missing, or 'clear'; a stop is also a record
 *         under 10-178(d), which whoever stops it has to write
 * Throws  nothing
 * Source  XR26-EXT-06 and its twins; nyc-10-178-c, nyc-10-178-d; house-characters-of-reason
 */
import { mustSay } from '../clause-in.ts';
import type { Findings, ImmigrationFacts } from '../disclosure.ts';
import { cityLaw } from '../editions/city-law.ts';
import { isInForce } from '../editions/published.ts';
import type { PublishedPolicy } from '../editions/edition.ts';
import { nyDate, type Instant } from '../instant.ts';
import type { Refusal } from '../ruling.ts';
import { statement } from './statement.ts';

export type ImmigrationAnswer = { readonly kind: 'stop' | 'unanswered' | 'clear' } & Findings;

const FIELD = 'immigration';

export function isItImmigrationEnforcement(
  { furthers, recipientEnforces, otherPurpose }: ImmigrationFacts,
  policy: PublishedPolicy,
  now: Instant,
): ImmigrationAnswer {
  const ban = mustSay(policy.edition, 'XR26-EXT-06');
  const law = ['nyc-10-178-c', 'nyc-10-178-d'].filter((id) => isInForce(cityLaw(id), nyDate(now)));
  const clauses = [ban, ...law];
  const stopped = (because: readonly Refusal[]): ImmigrationAnswer => ({ kind: 'stop', needs: [], because, clauses });

  if (furthers !== 'no' && furthers !== 'unanswered') {
    return stopped(
      clauses.map((clause) => ({
        clause,
        field: FIELD,
        found: 'a disclosure that furthers immigration enforcement',
        expected: 'another purpose',
        todo: 'give out nothing; that it was asked for, and this answer, are recorded',
      })),
    );
  }
  const stated = recipientEnforces
    ? statement(
        'otherPurpose',
        otherPurpose,
        ban,
        policy,
        'give out nothing unless another lawful purpose is stated and confirmed',
      )
    : [];
  if (stated.length > 0) return stopped(stated);
  if (furthers === 'unanswered') {
    const missing = {
      need: 'immigration-answer',
      clause: ban,
      field: FIELD,
      found: 'no answer',
      expected: 'an answer whether it furthers immigration enforcement',
      todo: 'answer the question',
    } as const;
    return { kind: 'unanswered', needs: [missing], because: [], clauses };
  }
  return { kind: 'clear', needs: [], because: [], clauses };
}
