/** Judges an answer on a use of mobile x-ray: rank, role, bureau, name, time and what was shown, at this moment. */
import { policyInForce } from '../../policies/editions/index.ts';
import { HOUSE } from '../../policies/editions/house.ts';
import type { Instant } from '../../policies/instant.ts';
import { ruled, type Refusal } from '../../policies/ruling.ts';
import { whoMayDecide, type DecisionStanding } from '../../policies/rules/who-may-decide.ts';
import type { Answering } from './answer-decision.ts';
import type { Decision, XRayUseMatter } from './contract.ts';
import { openedBeforeAnyEdition } from './faults.ts';
import { namedIn } from './named.ts';
import { tooLong } from './too-long.ts';

/** The clause by which the executive's word is final. */
const FINAL = 'XR26-USE-07';

export function judgeUse(decision: Decision, matter: XRayUseMatter, given: Answering, now: Instant): DecisionStanding {
  const policy = policyInForce('mobile-x-ray', decision.openedAt) ?? openedBeforeAnyEdition(decision);
  const standing = whoMayDecide(
    {
      requestId: decision.id,
      route: matter.route,
      requestState: decision.state,
      startsAt: decision.lapsesAt,
      ...(matter.requesterId && { requesterId: matter.requesterId }),
      ...(matter.externalConfirmed && { externalConfirmed: matter.externalConfirmed }),
      decider: given.person,
      namedId: namedIn(decision, given),
      answer: given.answer === 'approve' ? 'approve' : 'decline',
      reason: given.reason,
      publicKeptOutHow: matter.publicKeptOutHow,
      acknowledgesPublicKeptOut: given.acknowledgesPublicKeptOut ?? false,
    },
    policy,
    now,
  );
  const more: Refusal[] = [...tooLong(given.reason, FINAL)];
  if (given.answer === 'ask-back')
    more.push({
      clause: FINAL,
      field: 'answer',
      found: 'a question back',
      expected: 'to approve or to decline',
      todo: 'decide on what the request says, or decline and say what is missing',
    });
  if (given.shownHash !== decision.shownHash)
    more.push({
      clause: HOUSE.shownIsDecided.id,
      field: 'shown',
      found: 'an answer to something else than what is asked now',
      expected: 'an answer to what the page shows',
      todo: 'open the link again, read what it shows and decide on that',
    });
  return more.length === 0
    ? standing
    : ruled([], [...(standing.kind === 'refused' ? standing.because : []), ...more], { selfDecided: false });
}
