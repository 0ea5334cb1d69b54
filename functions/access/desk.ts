/** What waits for a person, where their own requests stand, and what they may start. Reads only. */
import type { Instant } from '../../policies/instant.ts';
import { mayDo, type Task } from '../../policies/roles.ts';
import type { Breach } from '../breach/contract.ts';
import type { Decision } from '../decision/contract.ts';
import type { Deployment } from '../deployment/contract.ts';
import type { Disclosure } from '../disclosure/contract.ts';
import type { Disposition } from '../disposition/contract.ts';
import type { Hold } from '../hold/contract.ts';
import type { Visitor } from '../edge/visitor.ts';
import { spoken } from '../edge/words.tsx';
import type { Image } from '../image/contract.ts';
import { keyOf } from '../records/entity.ts';
import type { QuarterlyReport } from '../quarterly-report/contract.ts';
import type { Reconciliation } from '../reconciliation/contract.ts';
import type { DueRecord, Records } from '../records/records.aws.ts';
import { roleLine } from '../records/standing.ts';
import {
  refusedRequests,
  useRequests,
  type RefusedRequest,
  type UseRequest,
  type UseRequestState,
} from '../use-request/contract.ts';
import { breachWaiting, containmentWaiting } from './desk-breach.ts';
import { holdWaiting } from './desk-hold.ts';
import { disposalAsked, dispositionWaiting } from './desk-disposition.ts';
import { reconciliationWaiting } from './desk-reconciliation.ts';

export interface Waiting {
  readonly what: string;
  /** Which record, and who else could do it. */
  readonly about: string;
  readonly href: string;
  readonly by: Instant;
  /** Whether the time left is told in hours, as where a clause counts hours. */
  readonly inHours?: true;
}

export interface Desk {
  readonly waiting: readonly Waiting[];
  readonly own: readonly UseRequest[];
  /** Only for those who read what is out of order. */
  readonly refused?: readonly RefusedRequest[];
  readonly starts: readonly Start[];
}

export interface Start {
  readonly label: string;
  readonly href: string;
}

export async function deskOf(
  records: Pick<Records, 'onDesk' | 'ofSubject' | 'linesOf' | 'get'>,
  visitor: Visitor,
): Promise<Desk> {
  const desks = [keyOf('person', visitor.personId), ...visitor.roles.map(roleLine)];
  const [own, refused, ...found] = await Promise.all([
    records.ofSubject(useRequests, keyOf('person', visitor.personId), { newestFirst: true, most: 10 }),
    mayDo(visitor.roles, 'read-exceptions')
      ? records.ofSubject(refusedRequests, 'refused-requests', { newestFirst: true, most: 5 })
      : undefined,
    containmentWaiting(records, visitor.personId),
    ...desks.map(async (desk) => (await records.onDesk(desk)).map((due) => waitingFor(due, desk))),
  ]);
  return {
    waiting: found
      .flat()
      .filter((waiting) => waiting !== undefined)
      .toSorted((a, b) => (a.by < b.by ? -1 : 1)),
    own: own.records,
    ...(refused && { refused: refused.records }),
    starts: STARTS.filter(({ task }) => mayDo(visitor.roles, task)).map(({ label, href }) => ({ label, href })),
  };
}

/** What a record on a desk asks for. A record of another kind on a desk asks for nothing we know, and is left out. */
function waitingFor({ noun, record }: DueRecord, desk: string): Waiting | undefined {
  const whose = desk.startsWith('role#') ? `, for any ${spoken(desk.slice('role#'.length))}` : '';
  const path = encodeURIComponent(record.id);
  if (noun === 'use-request') {
    const { state, asked } = record as UseRequest;
    if (state === 'confirming')
      return {
        what: 'Confirm who is asking for an outside entity',
        about: `Request ${record.id}${whose}`,
        href: `/requests/${path}`,
        by: asked.startsAt,
      };
    return {
      what: 'Assign an operator, a device and a commander',
      about: `Request ${record.id}${whose}`,
      href: `/deployments/new?request=${path}`,
      by: asked.startsAt,
    };
  }
  if (noun === 'decision') {
    const { lapsesAt: by, matter, on } = record as Decision;
    const asked =
      matter.question === 'disposition'
        ? disposalAsked(matter, whose)
        : matter.question === 'disclosure'
          ? { what: 'Sign off a disclosure', about: `Disclosure ${matter.disclosureId}${whose}` }
          : { what: 'Decide whether mobile x-ray is used', about: `Request ${on.replace('use-request#', '')}${whose}` };
    return { ...asked, href: `/decisions/${path}`, by };
  }
  if (noun === 'disclosure') return disclosureOnDesk(record as Disclosure);
  if (noun === 'deployment') {
    const { endedAt, requestId, state, window } = record as Deployment;
    const about = `Deployment ${record.id}, request ${requestId}${whose}`;
    if (endedAt)
      return {
        what: 'Confirm that the use was proper, and close it',
        about,
        href: `/deployments/${path}`,
        by: window.to,
      };
    return {
      what: state === 'assigned' ? 'Begin your deployment' : 'Keep the log of your deployment',
      about,
      href: `/deployments/${path}`,
      by: window[state === 'assigned' ? 'from' : 'to'],
    };
  }
  if (noun === 'disposition') return dispositionWaiting(record as Disposition, whose);
  if (noun === 'breach') return breachWaiting(record as Breach, whose);
  if (noun === 'reconciliation') return reconciliationWaiting(record as Reconciliation, whose);
  if (noun === 'hold') return holdWaiting(record as Hold);
  if (noun === 'image') {
    const { requestId, uploadEndsAt } = record as Image;
    return {
      what: 'Send the file of an image',
      about: `Image ${record.id}, request ${requestId}`,
      href: `/images/${path}`,
      by: uploadEndsAt,
    };
  }
  if (noun === 'quarterly-report')
    return {
      what: 'Read the compilation of a quarter, and send it',
      about: `Quarter ${record.id}${whose}`,
      href: `/quarterly-reports/${path}`,
      by: (record as QuarterlyReport).dueAt ?? (record as QuarterlyReport).openedAt,
    };
  return undefined;
}

function disclosureOnDesk({ id, askedBack, state, dueAt }: Disclosure): Waiting | undefined {
  if (!dueAt) return undefined;
  const open = state === 'preparing' ? 'Prepare your disclosure, and send it' : 'Complete your disclosure';
  const what = askedBack ? 'Answer the privacy officer' : open;
  return { what, about: `Disclosure ${id}`, href: `/disclosures/${encodeURIComponent(id)}`, by: dueAt };
}

const STARTS: readonly (Start & { readonly task: Task })[] = [
  { task: 'request-use', label: 'Ask for a use of mobile x-ray', href: '/requests/new' },
  { task: 'request-disclosure', label: 'Disclose something outside the department', href: '/disclosures/new' },
  { task: 'read-disclosures', label: 'Read all disclosures', href: '/disclosures' },
  { task: 'report-breach', label: 'Report a wrongful disclosure', href: '/breaches/new' },
  { task: 'keep-cases', label: 'Open a case', href: '/cases/new' },
  { task: 'read-cases', label: 'Look up a case', href: '/cases' },
  { task: 'place-hold', label: 'Place a hold on records', href: '/holds/new' },
  { task: 'record-training', label: 'Record a training', href: '/trainings/new' },
  { task: 'inspect-device', label: 'Inspect a device', href: '/devices' },
  { task: 'read-all-requests', label: 'Read all requests', href: '/requests' },
  { task: 'read-retention', label: 'See what falls due, and why', href: '/retention' },
  { task: 'read-ledger', label: 'Look up the ledger', href: '/ledger' },
];

/** The states of a request as people read them, and whether anything is still to come. */
export const STANDING: Readonly<
  Record<UseRequestState, readonly [words: string, kind: 'plain' | 'waiting' | 'good' | 'bad']>
> = {
  submitted: ['being checked', 'waiting'],
  confirming: ['waiting for staff to confirm who asks', 'waiting'],
  deciding: ['waiting for a decision', 'waiting'],
  approved: ['approved, to be assigned', 'good'],
  assigned: ['assigned', 'good'],
  'under-way': ['under way', 'good'],
  refused: ['refused by policy', 'bad'],
  declined: ['declined', 'bad'],
  withdrawn: ['withdrawn', 'plain'],
  lapsed: ['lapsed', 'plain'],
  closed: ['closed', 'plain'],
};
