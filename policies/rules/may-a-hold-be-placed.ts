/**
 * May a hold be placed?
 *
 * A hold has a name, a reason, what it rests on, an owner who answers for it, and takes something in. Whoever has the
 * duty places one at any time, on anything; nobody has to agree, because keeping harms less than destroying.
 *
 * Units   none
 * Answers allowed or refused, for everything that is in the way
 * Throws  nothing
 * Source  nysa-legal-action; house-hold-wins, house-characters-of-reason
 */
import type { PublishedPolicy } from '../editions/edition.ts';
import { RECORDS_LAW } from '../editions/records-law.ts';
import type { Instant } from '../instant.ts';
import { HOLD_KINDS, type HoldKind } from '../retention.ts';
import { mayDo } from '../roles.ts';
import { isBlank, ruled, unless, type Refusal, type Ruling } from '../ruling.ts';
import { statement } from './statement.ts';

export interface Placing {
  readonly kind: HoldKind;
  readonly name: string;
  readonly reason: string;
  /** What it rests on, such as a docket number or a letter. */
  readonly authority: string;
  readonly ownerActive: boolean;
  /** What it takes in: how it says so, and how many records, cases or descriptions it names. */
  readonly scope: { readonly kind: string; readonly count: number };
  readonly roles: readonly string[];
}

export function mayAHoldBePlaced(placing: Placing, policy: Pick<PublishedPolicy, 'house'>, _now: Instant): Ruling {
  const clause = policy.house.holdWins.id;
  const said = (field: string, text: string, expected: string): readonly Refusal[] =>
    unless(!isBlank(text), { clause, field, found: 'nothing', expected, todo: 'write it' });
  const because = [
    ...unless(mayDo(placing.roles, 'place-hold'), {
      clause,
      field: 'person',
      found: 'no role that may place a hold',
      expected: 'a role that may',
      todo: 'ask the Legal Bureau or a records officer to place it',
    }),
    ...unless(HOLD_KINDS.includes(placing.kind), {
      clause,
      field: 'kind',
      found: 'no kind of the list',
      expected: 'litigation, discovery, freedom of information, audit or investigation',
      todo: 'choose what is going on',
    }),
    ...said('name', placing.name, 'a name by which others know it'),
    ...statement('reason', placing.reason, clause, policy, 'say why these records have to stay'),
    ...said('authority', placing.authority, 'what it rests on, such as a docket number or a letter'),
    ...unless(placing.ownerActive, {
      clause,
      field: 'owner',
      found: 'nobody on record who is active',
      expected: 'an active member who answers for it',
      todo: 'choose another owner',
    }),
    ...unless(placing.scope.count > 0, {
      clause,
      field: 'scope',
      found: 'nothing that it takes in',
      expected: 'records, cases, or what they have in common',
      todo: 'name what has to stay',
    }),
  ];
  const preserves = placing.kind !== 'foil' && placing.kind !== 'investigation';
  return ruled(preserves ? [clause, RECORDS_LAW.legalAction.id] : [clause], because);
}
