/** Withdraws a request while nothing has been deployed. Changed circumstances mean a new request; this one stays on record. */
import type { Refusal } from '../../policies/ruling.ts';
import { decisions } from '../decision/contract.ts';
import { put, type Put } from '../records/change.ts';
import { sha256 } from '../records/canonical.ts';
import { keyOf } from '../records/entity.ts';
import type { NoteTask } from '../records/notes.ts';
import { confirmationOf } from './ask-for-confirmation.ts';
import { deploymentOf } from './ask-bureau-to-deploy.ts';
import { mailToRequester } from './check-use-request.ts';
import { useRequests, type UseRequest } from './contract.ts';
import { releasedBookings } from './released-bookings.ts';
import type { SubmitNeeds } from './submit-use-request.ts';
import { MOST_CHARACTERS, tooLong } from './too-long.ts';

const WITHDRAWN = 'XR26-USE-07';
const OPEN = ['submitted', 'confirming', 'deciding', 'approved', 'assigned'];

export type Withdrawn =
  | { readonly kind: 'withdrawn'; readonly request: UseRequest }
  | { readonly kind: 'refused'; readonly because: readonly Refusal[] };

export async function withdrawUseRequest(
  needs: SubmitNeeds,
  given: { readonly requestId: string; readonly personId: string; readonly reason: string },
): Promise<Withdrawn> {
  const request = await needs.records.get(useRequests, given.requestId);
  const refusal = (field: string, found: string, expected: string, todo: string): Withdrawn => ({
    kind: 'refused',
    because: [{ clause: WITHDRAWN, field, found, expected, todo }],
  });
  if (!request) return refusal('request', 'no such request', 'a request of yours', 'open it from your desk');
  if (request.askedBy.kind !== 'member' || request.askedBy.personId !== given.personId)
    return refusal(
      'requester',
      'another requester',
      'the member who made the request',
      'ask that member to withdraw it',
    );
  if (!OPEN.includes(request.state))
    return refusal(
      'state',
      `a request that is ${request.state}`,
      'a request that has not been deployed or ended',
      'nothing is left to withdraw',
    );
  if (given.reason.trim().length < 3) return refusal('reason', 'no reason', 'a few words', 'say why it is withdrawn');
  if (given.reason.trim().length > MOST_CHARACTERS)
    return { kind: 'refused', because: [tooLong(WITHDRAWN, 'reason', given.reason.trim().length)] };

  const now = needs.now();
  const decision = request.decisionId ? await needs.records.get(decisions, request.decisionId) : undefined;
  const { dueAt: _, ...open } = request;
  const puts: Put[] = [
    put(useRequests, {
      ...open,
      state: 'withdrawn',
      endedAt: now,
      outcomeReason: given.reason.trim(),
      step: 'Request withdrawn',
    }),
    ...(await releasedBookings(needs.records, request)),
  ];
  if (decision?.state === 'waiting') {
    const { dueAt: __, ...waiting } = decision;
    puts.push(put(decisions, { ...waiting, state: 'withdrawn', endedAt: now }));
  }
  const output = { kind: 'withdrawn' };
  const notes: NoteTask[] = [
    { kind: 'wake', waiting: confirmationOf(request.id), output },
    { kind: 'wake', waiting: deploymentOf(request.id), output },
    ...(request.decisionId
      ? [{ kind: 'wake' as const, waiting: { on: keyOf('decision', request.decisionId), for: 'answer' }, output }]
      : []),
  ];
  await needs.records.write({
    at: now,
    by: { kind: 'person', id: given.personId },
    puts,
    tells: [
      {
        subject: keyOf('use-request', request.id),
        act: 'request withdrawn',
        edition: request.edition,
        facts: { reason: sha256(given.reason.trim()), was: request.state },
      },
    ],
    notes,
    mails: [mailToRequester(request, 'request-withdrawn')],
  });
  return { kind: 'withdrawn', request: { ...request, state: 'withdrawn', version: request.version + 1 } };
}
