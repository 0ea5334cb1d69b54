/**
 * Has the privacy officer approved exactly this?
 *
 * The written approval is of what the officer was shown, on the ground it is released on, by someone who could
 * give it at that moment. An approval of something else, or on another ground, is not an approval of this and
 * counts as missing. A decline stands.
 *
 * Units   instants are UTC
 * Answers what is missing, what refuses, and the clauses of the approval
 * Throws  FactMalformed when the decision lies in the future
 * Source  XR26-EXT-09 to EXT-11 and their twins; house-shown-is-decided
 */
import { mustSay } from '../clause-in.ts';
import type { DisclosureFacts, Findings, Need } from '../disclosure.ts';
import { groundOf } from '../editions/disclosure-grounds.ts';
import type { PublishedPolicy } from '../editions/edition.ts';
import { FactMalformed } from '../faults.ts';
import { isAfter, type Instant } from '../instant.ts';
import type { Refusal } from '../ruling.ts';
import { whoMaySignOff } from './who-may-sign-off.ts';

export function hasTheOfficerApproved(
  { disclosureId, requesterId, preparedBy, basis, officerDecision: decision, shownHash }: DisclosureFacts,
  policy: PublishedPolicy,
  now: Instant,
): Partial<Findings> {
  const approval = {
    clause: mustSay(policy.edition, (basis && groundOf(basis.ground).clause) ?? 'XR26-EXT-11'),
    field: 'officerDecision',
    expected: 'the written approval of the Agency Privacy Officer',
  };
  if (!decision) return missing({ ...approval, found: 'no decision', todo: 'ask the officer to decide' });
  if (isAfter(decision.at, now)) {
    throw new FactMalformed(
      `disclosure ${disclosureId} has a decision of ${decision.at}, which is after now (${now}); correct the record`,
    );
  }
  if (decision.ground !== basis?.ground) {
    return missing({
      ...approval,
      found: 'a decision on another ground',
      todo: 'ask the officer to decide on this one',
    });
  }
  if (decision.shownHash !== shownHash) {
    const { id } = policy.house.shownIsDecided;
    const found = 'a decision about something else';
    return missing({ ...approval, clause: id, found, todo: 'ask the officer to decide what it is now' });
  }
  if (decision.answer === 'decline') {
    const todo = 'give out nothing; a new request may say what is different';
    return { because: [{ ...approval, found: 'the officer declined', todo }] };
  }
  const { ground, signer, at } = decision;
  const own = { disclosureId, requesterId, ...(preparedBy && { preparedBy }) };
  const signed = whoMaySignOff({ ...own, ground, signer }, policy, at);
  return signed.kind === 'refused' ? { because: signed.because } : { clauses: signed.clauses };
}

const missing = (one: Refusal): { readonly needs: readonly Need[] } => ({
  needs: [{ ...one, need: 'officer-approval' }],
});
