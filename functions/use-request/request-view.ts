/** All that a request's page shows, read in as few rounds as it takes. */
import { mayDo } from '../../policies/roles.ts';
import type { Instant } from '../../policies/instant.ts';
import { decisions } from '../decision/contract.ts';
import { deployments } from '../deployment/contract.ts';
import { images } from '../image/contract.ts';
import { keyOf } from '../records/entity.ts';
import type { LedgerEntry } from '../records/ledger.ts';
import type { Records } from '../records/records.aws.ts';
import { persons } from '../records/standing.ts';
import type { Visitor } from '../edge/visitor.ts';
import { useRequests, type UseRequest } from './contract.ts';
import type { RequestView } from './request-page.tsx';

/** Undefined when there is no such request, or the visitor has nothing to do with it: both look the same from outside. */
export async function requestView(
  records: Records,
  id: string,
  visitor: Visitor,
  now: Instant,
): Promise<RequestView | undefined> {
  const request = await records.get(useRequests, id);
  if (!request) return undefined;
  const subject = keyOf('use-request', id);
  const [decision, deployment, filed, entries] = await Promise.all([
    request.decisionId ? records.get(decisions, request.decisionId) : undefined,
    request.deploymentId ? records.get(deployments, request.deploymentId) : undefined,
    records.ofSubject(images, subject),
    records.ledgerOf(subject),
  ]);
  const concerned = peopleIn(
    request,
    entries,
    [
      decision?.asked.map(({ personId }) => personId) ?? [],
      deployment
        ? [deployment.operatorId, deployment.commanderId, ...deployment.custody.map(({ custodianId }) => custodianId)]
        : [],
    ].flat(),
  );
  if (!concerned.has(visitor.personId) && !mayRead(request, visitor)) return undefined;
  return {
    request,
    decision,
    deployment,
    images: filed.records,
    entries,
    names: await namesOf(records, concerned),
    visitor,
    now,
  };
}

const mayRead = (request: UseRequest, { roles }: Visitor): boolean =>
  mayDo(roles, 'read-all-requests') ||
  (request.askedBy.kind === 'external' && mayDo(roles, 'confirm-external-request'));

const PEOPLE_FACTS = ['asks', 'for', 'operator', 'commander', 'custodian', 'from', 'to'];

function peopleIn(request: UseRequest, entries: readonly LedgerEntry[], more: readonly string[]): Set<string> {
  const ids = new Set(more);
  if (request.askedBy.kind === 'member') ids.add(request.askedBy.personId);
  for (const { act, by, facts } of entries) {
    // Who was turned away has no part in it by that.
    if (by.kind === 'person' && act !== 'decision refused to a person') ids.add(by.id);
    for (const key of PEOPLE_FACTS) if (typeof facts?.[key] === 'string') ids.add(facts[key]);
  }
  return ids;
}

async function namesOf(records: Records, ids: ReadonlySet<string>): Promise<ReadonlyMap<string, string>> {
  const people = await Promise.all([...ids].map((id) => records.get(persons, id)));
  return new Map(people.flatMap((person) => (person ? [[person.id, person.name] as const] : [])));
}
