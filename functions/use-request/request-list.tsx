/** The list of requests: one's own; for those who oversee them all, every request of a month; for intake, the outside ones. */
import { mayDo } from '../../policies/roles.ts';
import { nyText, type Instant } from '../../policies/instant.ts';
import { Nothing, Tag } from '../edge/fields.tsx';
import type { Visitor } from '../edge/visitor.ts';
import { keyOf } from '../records/entity.ts';
import type { Records } from '../records/records.aws.ts';
import { monthLine, useRequests, type UseRequest } from './contract.ts';
import { STATE_LABELS, targetLabel } from './labels.ts';

export interface RequestListing {
  readonly requests: readonly UseRequest[];
  /** `2026-11` for those who see whole months. */
  readonly month?: string;
}

const MONTH = /^20\d\d-(0[1-9]|1[0-2])$/;

export async function requestsFor(
  records: Records,
  visitor: Visitor,
  asked: string | undefined,
  now: Instant,
): Promise<RequestListing> {
  const newestFirst = (requests: readonly UseRequest[]): UseRequest[] =>
    requests.toSorted((a, b) => (a.submittedAt < b.submittedAt ? 1 : -1));
  if (mayDo(visitor.roles, 'read-all-requests')) {
    const month = asked && MONTH.test(asked) ? asked : now.slice(0, 7);
    const ids = await records.linesOf(monthLine(month));
    const found = await Promise.all(ids.map((id) => records.get(useRequests, id)));
    return { requests: newestFirst(found.filter((request) => request !== undefined)), month };
  }
  const own = await records.ofSubject(useRequests, keyOf('person', visitor.personId), { newestFirst: true });
  const outside = mayDo(visitor.roles, 'confirm-external-request')
    ? await records.ofSubject(useRequests, 'external-requests', { newestFirst: true })
    : { records: [] };
  return { requests: newestFirst([...own.records, ...outside.records]) };
}

const monthBeside = (month: string, by: 1 | -1): string => {
  const [year, number] = month.split('-').map(Number) as [number, number];
  const count = year * 12 + (number - 1) + by;
  return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}`;
};

export function RequestList({ listing: { requests, month }, visitor }: { listing: RequestListing; visitor: Visitor }) {
  return (
    <>
      {mayDo(visitor.roles, 'request-use') && (
        <p>
          <a class="usa-button" href="/requests/new">
            New request
          </a>
        </p>
      )}
      {month && (
        <nav aria-label="Months" class="pa-months">
          <a href={`/requests?month=${monthBeside(month, -1)}`}>Earlier</a> · Submitted in {month} (UTC) ·{' '}
          <a href={`/requests?month=${monthBeside(month, 1)}`}>Later</a>
        </nav>
      )}
      {requests.length === 0 ? (
        <Nothing>
          {month ? 'No request was submitted in this month.' : 'Requests you make appear here, with where each stands.'}
        </Nothing>
      ) : (
        <ul class="pa-list">
          {requests.map((request) => (
            <li>
              <a href={`/requests/${request.id}`}>{request.id}</a> <Tag>{STATE_LABELS[request.state]}</Tag>{' '}
              {targetLabel(request.asked.targetKind)}, {nyText(request.asked.startsAt)}
              {request.askedBy.kind === 'external' && ' · outside entity'}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
