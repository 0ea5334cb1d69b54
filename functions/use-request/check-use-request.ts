/**
 * Judges a request again inside its workflow and says how it goes on. It reads where the request stands first, so a
 * workflow started a second time (after a crash, by the sweep) picks up there and repeats nothing.
 */
import type { Instant } from '../../policies/instant.ts';
import { put, type MailOwed, type Put } from '../records/change.ts';
import { sha256 } from '../records/canonical.ts';
import { keyOf } from '../records/entity.ts';
import { RecordMissing } from '../records/faults.ts';
import type { MailKind } from '../records/mail-owed.ts';
import { persons, roleLine, type Person } from '../records/standing.ts';
import { isBureauExecutive } from '../../policies/rules/executive.ts';
import { decisions, type Decision } from '../decision/contract.ts';
import { useRequests, type UseRequest } from './contract.ts';
import { NobodyToAsk } from './faults.ts';
import { judge, type Judgement } from './judge.ts';
import { shownFor } from './shown.ts';
import type { SubmitNeeds } from './submit-use-request.ts';

/** How the workflow goes on. */
export type Onward =
  | { readonly kind: 'decide'; readonly decisionId: string }
  | { readonly kind: 'confirm'; readonly seconds: number }
  | { readonly kind: 'deploy'; readonly seconds: number }
  | { readonly kind: 'refused' | 'declined' | 'withdrawn' | 'lapsed' | 'closed' };

const BY_WORKFLOW = { kind: 'system', id: 'use-request' } as const;

export async function checkUseRequest(
  needs: SubmitNeeds,
  { requestId }: { readonly requestId: string },
): Promise<Onward> {
  const request = await requestOf(needs, requestId);
  const now = needs.now();
  switch (request.state) {
    case 'submitted':
    case 'confirming':
      return firstCheck(needs, request, now);
    case 'deciding':
      return { kind: 'decide', decisionId: request.decisionId! };
    case 'approved':
    case 'assigned':
      // Not until `dueAt`: the sweep moves that on, and an unused approval ends with its own time.
      return { kind: 'deploy', seconds: secondsLeft(request.asked.endsAt, now) };
    case 'under-way':
      return { kind: 'deploy', seconds: secondsLeft(request.dueAt ?? request.asked.endsAt, now) };
    default:
      return { kind: request.state };
  }
}

export async function requestOf({ records }: Pick<SubmitNeeds, 'records'>, id: string): Promise<UseRequest> {
  const request = await records.get(useRequests, id);
  if (!request) throw new RecordMissing(`request ${id} is not in the table; a workflow was started for it`);
  return request;
}

/** Whole seconds, rounded up, at least one. */
export const secondsLeft = (until: Instant, now: Instant): number =>
  Math.max(1, Math.ceil((Date.parse(until) - Date.parse(now)) / 1000));

async function firstCheck(needs: SubmitNeeds, request: UseRequest, now: Instant): Promise<Onward> {
  const requester =
    request.askedBy.kind === 'member' ? await needs.records.get(persons, request.askedBy.personId) : undefined;
  if (now >= request.asked.startsAt) return endRequest(needs, request, 'lapsed', now, ['XR26-USE-07']);

  const judgement = judge(request, requester, now);
  if (judgement.refusals.length > 0) return refuse(needs, request, judgement, now);
  if (request.askedBy.kind === 'external' && !request.askedBy.confirmation)
    return { kind: 'confirm', seconds: secondsLeft(request.asked.startsAt, now) };
  return openDecision(needs, { ...request, clauses: judgement.clauses }, judgement, requester, now);
}

async function openDecision(
  needs: SubmitNeeds,
  request: UseRequest,
  judgement: Judgement,
  requester: Person | undefined,
  now: Instant,
): Promise<Onward> {
  const decisionId = needs.newId('D');
  const shown = shownFor(request, requester);
  const on = keyOf('use-request', request.id);
  const { askedBy, asked } = request;
  const decision: Decision = {
    id: decisionId,
    version: 0,
    matter: {
      question: 'x-ray-use',
      route: askedBy.kind === 'member' ? askedBy.route : 'external',
      publicKeptOutHow: asked.publicKeptOutHow,
      ...(askedBy.kind === 'member'
        ? { requesterId: askedBy.personId }
        : { externalConfirmed: { identity: true, affiliation: true } }),
    },
    on,
    state: 'waiting',
    edition: judgement.edition,
    askInOrder: await executivesInOrder(needs, request),
    asked: [],
    openedAt: now,
    lapsesAt: asked.startsAt,
    goodUntil: asked.endsAt,
    shown,
    shownHash: sha256(shown),
    links: [],
    dueAt: asked.startsAt,
  };
  if (decision.askInOrder.length === 0) {
    throw new NobodyToAsk(
      `request ${request.id} has no executive of the bureau to ask; record one with a place on the rota; the sweep starts the workflow again`,
    );
  }
  await needs.records.write({
    at: now,
    by: BY_WORKFLOW,
    puts: [
      put(useRequests, {
        ...request,
        state: 'deciding',
        decisionId,
        step: 'Ask a bureau executive to decide',
        dueAt: asked.startsAt,
      }),
      put(decisions, decision),
    ],
    tells: [
      {
        subject: on,
        act: 'request allowed to be decided',
        edition: judgement.edition,
        clauses: judgement.clauses,
        facts: { decision: decisionId, shown: decision.shownHash, askInOrder: decision.askInOrder },
      },
    ],
  });
  return { kind: 'decide', decisionId };
}

/** The bureau's executives by their place on the rota; who started the request within the bureau comes first (XR26-USE-08). */
async function executivesInOrder({ records }: SubmitNeeds, { askedBy }: UseRequest): Promise<string[]> {
  const ids = await records.linesOf(roleLine('ctb-executive'));
  const people = (await Promise.all(ids.map((id) => records.get(persons, id)))).filter(
    (person) => person !== undefined,
  );
  const own = askedBy.kind === 'member' && askedBy.route === 'bureau-self-initiated' ? askedBy.personId : undefined;
  const notOwn = askedBy.kind === 'member' && !own ? askedBy.personId : undefined;
  return people
    .filter((person) => isBureauExecutive(person) && person.id !== notOwn)
    .sort(
      (a, b) =>
        Number(b.id === own) - Number(a.id === own) ||
        (a.rotaOrder ?? 1_000) - (b.rotaOrder ?? 1_000) ||
        (a.id < b.id ? -1 : 1),
    )
    .map(({ id }) => id);
}

async function refuse(needs: SubmitNeeds, request: UseRequest, judgement: Judgement, now: Instant): Promise<Onward> {
  const { dueAt: _, ...open } = request;
  await needs.records.write({
    at: now,
    by: BY_WORKFLOW,
    puts: [
      put(useRequests, {
        ...open,
        state: 'refused',
        refusals: judgement.refusals,
        endedAt: now,
        step: 'Request refused',
      }),
    ],
    tells: [
      {
        subject: keyOf('use-request', request.id),
        act: 'request refused',
        edition: judgement.edition,
        clauses: [...new Set(judgement.refusals.map(({ clause }) => clause))],
        facts: {
          fields: judgement.refusals.map(({ field }) => field),
          followUps: judgement.followUps.map(({ kind }) => kind),
        },
      },
    ],
    mails: [mailToRequester(request, 'request-refused')],
  });
  return { kind: 'refused' };
}

const ENDS = {
  declined: { act: 'request declined', step: 'Request declined', mail: 'request-declined' },
  lapsed: { act: 'request lapsed', step: 'Request lapsed', mail: 'request-lapsed' },
} as const;

/** Writes an end that the workflow itself brings about, with the mail that tells the requester. */
export async function endRequest(
  needs: Pick<SubmitNeeds, 'records'>,
  request: UseRequest,
  end: keyof typeof ENDS,
  now: Instant,
  clauses: readonly string[],
  released: readonly Put[] = [],
): Promise<{ readonly kind: keyof typeof ENDS }> {
  const { dueAt: _, ...open } = request;
  const { act, step, mail } = ENDS[end];
  await needs.records.write({
    at: now,
    by: BY_WORKFLOW,
    puts: [put(useRequests, { ...open, state: end, endedAt: now, step }), ...released],
    tells: [
      {
        subject: keyOf('use-request', request.id),
        act,
        edition: request.edition,
        clauses,
        facts: request.decisionId ? { decision: request.decisionId } : {},
      },
    ],
    mails: [mailToRequester(request, mail)],
  });
  return { kind: end };
}

export function mailToRequester(request: UseRequest, kind: MailKind): MailOwed {
  const subject = keyOf('use-request', request.id);
  const to =
    request.askedBy.kind === 'member'
      ? { personId: request.askedBy.personId }
      : { address: request.askedBy.liaisonEmail };
  return { kind, to, about: subject, subject };
}
