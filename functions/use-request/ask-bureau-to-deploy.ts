/**
 * The request is approved: says so to who asked, asks the bureau to assign operator and device, and keeps the workflow's
 * token until the deployment is closed, the request withdrawn, or the time has run out.
 */
import { put, type MailOwed } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import { waitId, waits, waitWith } from '../records/waits.ts';
import { mailsToRole } from './ask-for-confirmation.ts';
import { mailToRequester, requestOf } from './check-use-request.ts';
import { useRequests, type UseRequest } from './contract.ts';
import type { SubmitNeeds } from './submit-use-request.ts';

export const deploymentOf = (requestId: string) =>
  ({ on: keyOf('use-request', requestId), for: 'deployment' }) as const;

const STEP = 'Ask the bureau to deploy';

export async function askBureauToDeploy(
  needs: SubmitNeeds,
  { requestId, token }: { readonly requestId: string; readonly token: string },
): Promise<void> {
  const waiting = deploymentOf(requestId);
  const [request, wait] = await Promise.all([requestOf(needs, requestId), needs.records.get(waits, waitId(waiting))]);
  const now = needs.now();
  const subject = keyOf('use-request', requestId);
  const held = waitWith(waiting, wait, token, now);
  const by = { kind: 'system', id: 'use-request' } as const;

  if (request.state === 'deciding') {
    const mails: MailOwed[] = [
      mailToRequester(request, 'request-approved'),
      ...(await mailsToRole(needs.records, 'ctb-commander', 'assignment-asked', subject)),
    ];
    await needs.records.write({
      at: now,
      by,
      puts: [held, put(useRequests, { ...request, state: 'approved', step: STEP, dueAt: request.asked.endsAt })],
      tells: [
        {
          subject,
          act: 'assignment asked',
          edition: request.edition,
          clauses: ['XR26-USE-09', 'XR26-USE-10'],
          facts: { mails: mails.length },
        },
      ],
      mails,
    });
    return;
  }
  const over = isOver(request);
  await needs.records.write({
    at: now,
    by,
    puts: [held, put(useRequests, over ? request : { ...request, step: STEP })],
    tells: [{ subject, act: over ? 'deployment found ended' : 'deployment waited for' }],
    ...(over && { notes: [{ kind: 'wake', waiting, output: { kind: request.state } }] }),
  });
}

const isOver = ({ state }: UseRequest): boolean => !['approved', 'assigned', 'under-way'].includes(state);
