/**
 * Writes the end that follows from the record: declined when the executive declined, lapsed when the time passed unused.
 * A deployment that is still under way has not ended: its commander is reminded, and the workflow waits on.
 */
import { HOUSE } from '../../policies/editions/house.ts';
import { plusHours } from '../../policies/instant.ts';
import { decisions } from '../decision/contract.ts';
import { deployments } from '../deployment/contract.ts';
import { put } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import { endRequest, requestOf, secondsLeft, type Onward } from './check-use-request.ts';
import { useRequests, type UseRequest } from './contract.ts';
import { releasedBookings } from './released-bookings.ts';
import type { SubmitNeeds } from './submit-use-request.ts';

export async function settleUseRequest(
  needs: SubmitNeeds,
  { requestId }: { readonly requestId: string },
): Promise<Onward> {
  const request = await requestOf(needs, requestId);
  const now = needs.now();
  switch (request.state) {
    case 'submitted':
    case 'confirming':
      return now < request.asked.startsAt
        ? { kind: 'confirm', seconds: secondsLeft(request.asked.startsAt, now) }
        : endRequest(needs, request, 'lapsed', now, ['XR26-USE-07']);
    case 'deciding': {
      const decision = await needs.records.get(decisions, request.decisionId!);
      // Approved after all: the way on is the same as if nobody had asked here.
      if (decision?.answer?.answer === 'approve')
        return { kind: 'deploy', seconds: secondsLeft(request.asked.endsAt, now) };
      const declined = decision?.answer?.answer === 'decline';
      return endRequest(
        needs,
        request,
        declined ? 'declined' : 'lapsed',
        now,
        declined ? decision.answer!.clauses : ['XR26-USE-07'],
      );
    }
    case 'approved':
    case 'assigned':
      if (now < request.asked.endsAt) return { kind: 'deploy', seconds: secondsLeft(request.asked.endsAt, now) };
      return endRequest(needs, request, 'lapsed', now, ['XR26-USE-07'], await releasedBookings(needs.records, request));
    case 'under-way':
      return remind(needs, request);
    default:
      return { kind: request.state };
  }
}

async function remind(needs: SubmitNeeds, request: UseRequest): Promise<Onward> {
  const now = needs.now();
  const deployment = await needs.records.get(deployments, request.deploymentId!);
  const dueAt = plusHours(now, HOUSE.hoursToUpload.hours);
  const subject = keyOf('use-request', request.id);
  await needs.records.write({
    at: now,
    by: { kind: 'system', id: 'use-request' },
    puts: [put(useRequests, { ...request, dueAt })],
    tells: [{ subject, act: 'close of deployment reminded', edition: request.edition, clauses: ['XR26-USE-10'] }],
    mails: deployment
      ? [
          {
            kind: 'deployment-to-close',
            to: { personId: deployment.endedAt ? deployment.commanderId : deployment.operatorId },
            about: keyOf('deployment', deployment.id),
            subject,
          },
        ]
      : [],
  });
  return { kind: 'deploy', seconds: secondsLeft(dueAt, now) };
}
