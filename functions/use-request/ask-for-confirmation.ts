/**
 * Asks staff to confirm who an outside entity's liaison is, and keeps the workflow's token until they have. The first of
 * them to answer settles it.
 */
import { put, type MailOwed } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import type { Records } from '../records/records.aws.ts';
import { roleLine } from '../records/standing.ts';
import type { MailKind } from '../records/mail-owed.ts';
import { waitId, waits, waitWith } from '../records/waits.ts';
import type { Role } from '../../policies/roles.ts';
import { requestOf } from './check-use-request.ts';
import { useRequests } from './contract.ts';
import type { SubmitNeeds } from './submit-use-request.ts';

export const confirmationOf = (requestId: string) =>
  ({ on: keyOf('use-request', requestId), for: 'confirmation' }) as const;

export async function askForConfirmation(
  needs: SubmitNeeds,
  { requestId, token }: { readonly requestId: string; readonly token: string },
): Promise<void> {
  const waiting = confirmationOf(requestId);
  const [request, wait] = await Promise.all([requestOf(needs, requestId), needs.records.get(waits, waitId(waiting))]);
  const now = needs.now();
  const subject = keyOf('use-request', requestId);
  const held = waitWith(waiting, wait, token, now);
  const by = { kind: 'system', id: 'use-request' } as const;
  if (request.state !== 'submitted' && request.state !== 'confirming') {
    await needs.records.write({
      at: now,
      by,
      puts: [held],
      tells: [{ subject, act: 'confirmation no longer needed' }],
      notes: [{ kind: 'wake', waiting, output: { kind: request.state } }],
    });
    return;
  }
  const confirmed = request.askedBy.kind === 'external' && request.askedBy.confirmation;
  await needs.records.write({
    at: now,
    by,
    puts: [
      held,
      put(useRequests, {
        ...request,
        state: 'confirming',
        step: 'Ask staff to confirm the outside entity',
        dueAt: request.asked.startsAt,
      }),
    ],
    tells: [
      {
        subject,
        act: confirmed ? 'confirmation found given' : 'confirmation asked',
        edition: request.edition,
        clauses: ['house-external-requester-confirmed'],
      },
    ],
    ...(confirmed
      ? { notes: [{ kind: 'wake', waiting, output: { kind: 'confirmed' } }] }
      : { mails: await mailsToRole(needs.records, 'external-intake', 'entity-to-confirm', subject) }),
  });
}

/** One mail to each person who has a role; at most as many as one change has room for. */
export async function mailsToRole(records: Records, role: Role, kind: MailKind, subject: string): Promise<MailOwed[]> {
  const people = await records.linesOf(roleLine(role));
  return people.slice(0, 40).map((personId) => ({ kind, to: { personId }, about: subject, subject }));
}
