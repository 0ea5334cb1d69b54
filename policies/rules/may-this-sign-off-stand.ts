/**
 * May this answer to a disclosure stand?
 *
 * Whoever answers may sign off at that very moment, and is the person the decision names. It still waits,
 * its days are not over, and the answer is to what was shown. Each of the three answers has a reason: to
 * ask back, the question. An approval keeps at least one of the parts that may leave, and fewer than all
 * narrow it to those; it never adds one. Declining and asking back let nothing leave, so no part matters.
 *
 * Units   instants are UTC; `now` is the moment of the answer
 * Answers allowed, with the parts that were kept where they are fewer than were shown, or refused
 * Throws  FactMalformed when an office ended before it began
 * Source  XR26-EXT-09 to EXT-11 and their twins; house-shown-is-decided, house-days-to-sign-off,
 *         house-characters-of-reason
 */
import type { PublishedPolicy } from '../editions/edition.ts';
import { isBefore, nyText, type Instant } from '../instant.ts';
import { ruled, unless, type Refusal, type Ruling } from '../ruling.ts';
import { statement } from './statement.ts';
import { signOffClause, whoMaySignOff, type SignOffFacts } from './who-may-sign-off.ts';

export interface SignOffAnswer extends SignOffFacts {
  readonly state: 'waiting' | 'answered' | 'lapsed' | 'withdrawn';
  readonly lapsesAt: Instant;
  /** The person the link was made for, or who was asked at the desk. */
  readonly namedId: string;
  readonly answer: 'approve' | 'decline' | 'ask-back';
  readonly reason: string;
  /** Ids of the parts that may leave, as they were shown. */
  readonly parts: readonly string[];
  /** Those of them that are to leave. */
  readonly kept: readonly string[];
  /** Hash of what the decision shows, and the hash that the answer came with. */
  readonly shownHash: string;
  readonly answeredHash: string;
}

export type SignOffStanding = Ruling<{ readonly kept?: readonly string[] }>;

export function mayThisSignOffStand(facts: SignOffAnswer, policy: PublishedPolicy, now: Instant): SignOffStanding {
  const { edition, house } = policy;
  const clause = signOffClause(edition, facts.ground);
  const signer = whoMaySignOff(facts, policy, now);
  const approves = facts.answer === 'approve';
  const because = [
    ...(signer.kind === 'refused' ? signer.because : []),
    ...unless(facts.signer.personId === facts.namedId, {
      clause,
      field: 'signer',
      found: 'someone the decision does not name',
      expected: 'the privacy officer or deputy the decision names',
      todo: 'use the link that was sent to you; a link works for nobody else',
    }),
    ...stillOpen(facts, clause, policy, now),
    ...statement('reason', facts.reason, clause, policy, 'give the reason, or the question that you ask back'),
    ...(approves ? narrowing(facts, clause, policy) : []),
    ...unless(facts.answeredHash === facts.shownHash, {
      clause: house.shownIsDecided.id,
      field: 'shown',
      found: 'an answer to something else than what is asked now',
      expected: 'an answer to what the page shows',
      todo: 'open the link again, read what it shows and decide on that',
    }),
  ];
  const kept = facts.parts.filter((id) => facts.kept.includes(id));
  const clauses = [...(signer.kind === 'allowed' ? signer.clauses : []), house.shownIsDecided.id];
  return ruled(clauses, because, approves && kept.length < facts.parts.length ? { kept } : {});
}

function stillOpen(facts: SignOffAnswer, clause: string, { house }: PublishedPolicy, now: Instant): readonly Refusal[] {
  return [
    ...unless(facts.state === 'waiting', {
      clause,
      field: 'state',
      found: `a decision that is ${facts.state}`,
      expected: 'a decision that waits for an answer',
      todo: 'look at the disclosure; it was settled before',
    }),
    ...unless(isBefore(now, facts.lapsesAt), {
      clause: house.daysToSignOff.id,
      field: 'lapsesAt',
      found: `a decision whose time ended ${nyText(facts.lapsesAt)}`,
      expected: 'an answer before the time is over',
      todo: 'leave it; it has lapsed and was not approved, and a new disclosure may ask again',
    }),
  ];
}

function narrowing({ parts, kept }: SignOffAnswer, clause: string, { house }: PublishedPolicy): readonly Refusal[] {
  const strays = kept.filter((id) => !parts.includes(id)).length;
  return [
    ...unless(kept.length > 0, {
      clause,
      field: 'keep',
      found: 'nothing that is to leave',
      expected: 'at least one thing that may leave',
      todo: 'tick what may leave, or decline',
    }),
    ...unless(strays === 0, {
      clause: house.shownIsDecided.id,
      field: 'keep',
      found: `${strays} that ${strays === 1 ? 'was' : 'were'} not shown`,
      expected: 'only what the page shows',
      todo: 'open the link again and tick what it shows',
    }),
  ];
}
