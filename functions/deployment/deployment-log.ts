/**
 * A line of a deployment's log: read with the request it belongs to, refused with a reason, or written as one change
 * with its ledger entry.
 */
import type { Instant } from '../../policies/instant.ts';
import type { Refusal } from '../../policies/ruling.ts';
import { put, type Change } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import type { Told } from '../records/ledger.ts';
import { useRequests, type UseRequest } from '../use-request/contract.ts';
import type { DeploymentNeeds } from './assign-deployment.ts';
import { deployments, type Deployment } from './contract.ts';

export type Logged =
  | { readonly kind: 'logged'; readonly deployment: Deployment }
  | { readonly kind: 'refused'; readonly because: readonly Refusal[] };

export interface OnRecord {
  readonly deployment: Deployment;
  readonly request: UseRequest;
}

export const LOG = 'XR26-EXT-03';
export const refusal = (clause: string, field: string, found: string, expected: string, todo: string): Logged => ({
  kind: 'refused',
  because: [{ clause, field, found, expected, todo }],
});

export async function onRecord(needs: DeploymentNeeds, deploymentId: string): Promise<OnRecord | Logged> {
  const deployment = await needs.records.get(deployments, deploymentId);
  const request = deployment && (await needs.records.get(useRequests, deployment.requestId));
  return deployment && request
    ? { deployment, request }
    : refusal(LOG, 'deployment', 'no such deployment', 'an assigned deployment', 'open it from your desk');
}

/** What one field may hold; the longest record stays far below the table's 400 kB. */
const MOST_CHARACTERS = 4000;

export const tooLong = <Name extends string>(
  clause: string,
  given: Partial<Readonly<Record<Name, string>>>,
  fields: readonly Name[],
): Refusal[] =>
  fields.flatMap((field) => {
    const { length } = given[field] ?? '';
    return length <= MOST_CHARACTERS
      ? []
      : [{ clause, field, found: `${length} characters`, expected: `at most ${MOST_CHARACTERS}`, todo: 'shorten it' }];
  });

/** One line of the log. Where the request's own state goes along, it is written in the same change. */
export async function write(
  needs: DeploymentNeeds,
  next: Deployment,
  personId: string,
  now: Instant,
  told: Omit<Told, 'subject'>,
  request?: UseRequest,
  requestNext?: Partial<UseRequest>,
  more: Partial<Pick<Change, 'puts' | 'notes' | 'mails'>> = {},
): Promise<Logged> {
  const requestPut = request && requestNext ? [put(useRequests, withoutDue({ ...request, ...requestNext }))] : [];
  await needs.records.write({
    at: now,
    by: { kind: 'person', id: personId },
    puts: [put(deployments, next), ...requestPut, ...(more.puts ?? [])],
    tells: [{ subject: keyOf('use-request', next.requestId), ...told, facts: { deployment: next.id, ...told.facts } }],
    ...(more.notes && { notes: more.notes }),
    ...(more.mails && { mails: more.mails }),
  });
  return { kind: 'logged', deployment: { ...next, version: next.version + 1 } };
}

function withoutDue(request: UseRequest): UseRequest {
  if (request.state !== 'closed') return request;
  const { dueAt: _, ...ended } = request;
  return ended;
}
