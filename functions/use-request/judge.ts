/** One ruling on a request: who asks and what is asked, by the edition in force when it was submitted. */
import { xrayPolicyInForce } from '../../policies/editions/x-ray.ts';
import { FactMalformed } from '../../policies/faults.ts';
import type { Instant } from '../../policies/instant.ts';
import type { Refusal } from '../../policies/ruling.ts';
import type { Standing } from '../../policies/rules/executive.ts';
import { whatMayBeAsked, type FollowUp, type UseRequestAnswer } from '../../policies/rules/what-may-be-asked.ts';
import { whoMayRequest, type Route } from '../../policies/rules/who-may-request.ts';
import type { UseRequest } from './contract.ts';
import { factsOf, formField, requesterOf } from './facts.ts';

export interface Judgement {
  readonly edition: string;
  readonly refusals: readonly Refusal[];
  readonly clauses: readonly string[];
  readonly route?: Route;
  readonly legalBasis?: string;
  readonly flags: UseRequestAnswer['flags'];
  readonly followUps: readonly FollowUp[];
}

export function judge(
  request: Pick<UseRequest, 'id' | 'submittedAt' | 'askedBy' | 'asked'>,
  standing: Standing | undefined,
  now: Instant,
): Judgement {
  const policy = xrayPolicyInForce(request.submittedAt);
  if (!policy)
    throw new FactMalformed(
      `request ${request.id} was submitted at ${request.submittedAt}, before any edition was in force`,
    );
  const who = whoMayRequest(requesterOf(request.askedBy, standing), policy, now);
  const what = whatMayBeAsked(factsOf(request), policy, now);
  const because = [...(who.kind === 'refused' ? who.because : []), ...(what.kind === 'refused' ? what.because : [])];
  return {
    edition: policy.edition.id,
    refusals: because.map((refusal) => ({ ...refusal, field: formField(refusal.field) })),
    clauses: [
      ...new Set([...(who.kind === 'allowed' ? who.clauses : []), ...(what.kind === 'allowed' ? what.clauses : [])]),
    ],
    ...(who.kind === 'allowed' && { route: who.route }),
    ...(what.kind === 'allowed' && { legalBasis: what.legalBasis }),
    flags: what.flags,
    followUps: what.followUps,
  };
}

/** Fields whose refusal is a matter of policy and is put on record; the others are slips of the pen, shown and forgotten. */
const ON_RECORD = [
  'requester',
  'targetKind',
  'nearPublicStreet',
  'purpose',
  'politicalActivity',
  'immigrationEnforcement',
  'basisCharacteristics',
  'useKind',
];

export const isOnRecord = (refusals: readonly Refusal[]): boolean =>
  refusals.some(({ field }) => ON_RECORD.includes(field));
