/**
 * Takes a filled-in form. What policy refuses is refused here with every reason, and put on record where it is a matter
 * of policy; what it allows becomes a request and a note that starts its workflow, in one change.
 */
import { HOUSE } from '../../policies/editions/house.ts';
import { earlierOf, plusMs, type Instant } from '../../policies/instant.ts';
import type { Refusal } from '../../policies/ruling.ts';
import type { Standing } from '../../policies/rules/executive.ts';
import { sha256 } from '../records/canonical.ts';
import { idFromDraft } from '../edge/system.ts';
import { put } from '../records/change.ts';
import { FIRST_STEP_MS } from '../records/deadlines.ts';
import { keyOf } from '../records/entity.ts';
import type { Actor } from '../records/ledger.ts';
import type { Records } from '../records/records.aws.ts';
import {
  addressLine,
  monthLine,
  refusedRequests,
  useRequests,
  type Asked,
  type AskedBy,
  type UseRequest,
} from './contract.ts';
import { helpAskedFor } from './help-asked-for.ts';
import { isOnRecord, judge, type Judgement } from './judge.ts';

export interface SubmitNeeds {
  readonly records: Records;
  readonly now: () => Instant;
  readonly newId: (prefix: string) => string;
}

export interface Submission {
  /** An entity's `route` is its own; a member's is settled by the rule. */
  readonly askedBy:
    | { readonly kind: 'member'; readonly personId: string; readonly standing: Standing }
    | Extract<AskedBy, { kind: 'external' }>;
  readonly asked: Asked;
  /** What the form itself could not read, such as a time that does not exist. */
  readonly refusals?: readonly Refusal[];
  /** The form's own number. The same form sent twice, by a second click or after a lost answer, makes one request. */
  readonly draft?: string;
}

export type Submitted =
  | { readonly kind: 'submitted'; readonly request: UseRequest }
  | { readonly kind: 'refused'; readonly because: readonly Refusal[]; readonly onRecordAs?: string };

export async function submitUseRequest(
  needs: SubmitNeeds,
  { askedBy, asked, refusals = [], draft: number }: Submission,
): Promise<Submitted> {
  const now = needs.now();
  const id = number
    ? idFromDraft('R', `${number} ${askedBy.kind === 'member' ? askedBy.personId : askedBy.liaisonEmail}`)
    : needs.newId('R');
  const before = number ? await needs.records.get(useRequests, id) : undefined;
  if (before) return { kind: 'submitted', request: before };
  const standing = askedBy.kind === 'member' ? askedBy.standing : undefined;
  const draft = {
    id,
    submittedAt: now,
    asked,
    askedBy: askedBy.kind === 'member' ? memberAsks(askedBy.personId, 'executive') : askedBy,
  };
  const judgement = withForm(judge(draft, standing, now), refusals);
  const by: Actor =
    askedBy.kind === 'member' ? { kind: 'person', id: askedBy.personId } : { kind: 'external', id: draft.id };
  if (judgement.refusals.length > 0) {
    const slips = new Set(refusals.map(({ field }) => field));
    const onRecord = isOnRecord(judgement.refusals.filter(({ field }) => !slips.has(field)));
    return onRecord
      ? putOnRecord(needs, judgement, by, now, askedBy)
      : { kind: 'refused', because: judgement.refusals };
  }

  const address =
    askedBy.kind === 'external' ? addressLine(sha256(askedBy.liaisonEmail.toLowerCase()), now) : undefined;
  const most = HOUSE.requestsFromOneAddress;
  if (address && (await needs.records.linesOf(address)).length >= most.count) {
    const found = `${most.count} requests from this address today`;
    return {
      kind: 'refused',
      because: [
        {
          clause: most.id,
          field: 'liaisonEmail',
          found,
          expected: `at most ${most.count} a day`,
          todo: 'call the Counterterrorism Bureau, or ask again tomorrow',
        },
      ],
    };
  }

  const request: UseRequest = {
    ...draft,
    version: 0,
    askedBy:
      askedBy.kind === 'member'
        ? memberAsks(
            askedBy.personId,
            judgement.route === 'bureau-self-initiated' ? 'bureau-self-initiated' : 'executive',
          )
        : askedBy,
    state: 'submitted',
    edition: judgement.edition,
    clauses: judgement.clauses,
    ...(judgement.legalBasis && { legalBasis: judgement.legalBasis }),
    flags: judgement.flags.map(({ field, topic, word, clause }) => ({ field, kind: topic, word, clause })),
    step: 'Check request against policy',
    // Soon, so that a request whose workflow was lost is put to somebody before its own time is over.
    dueAt: earlierOf(plusMs(now, FIRST_STEP_MS), asked.startsAt),
  };
  await needs.records.write({
    at: now,
    by,
    puts: [put(useRequests, request)],
    tells: [
      {
        subject: keyOf('use-request', request.id),
        act: 'request submitted',
        edition: request.edition,
        clauses: judgement.clauses,
        facts: {
          route: judgement.route ?? '',
          target: asked.targetKind,
          legalBasis: judgement.legalBasis ?? '',
          startsAt: asked.startsAt,
          endsAt: asked.endsAt,
          flags: judgement.flags.length,
        },
      },
    ],
    lines: [monthLine(now), ...(address ? [address] : [])].map((from) => ({ from, to: request.id })),
    notes: [{ kind: 'start', workflow: 'use-request', name: request.id, input: { schema: 1, requestId: request.id } }],
    ...(askedBy.kind === 'external' && {
      mails: [
        {
          kind: 'request-received' as const,
          to: { address: askedBy.liaisonEmail },
          about: keyOf('use-request', request.id),
          subject: keyOf('use-request', request.id),
        },
      ],
    }),
  });
  return { kind: 'submitted', request: { ...request, version: 1 } };
}

/** The form's own refusals come first; a rule's refusal of the same field would only say it again. */
function withForm(judgement: Judgement, refusals: readonly Refusal[]): Judgement {
  const said = new Set(refusals.map(({ field }) => field));
  return { ...judgement, refusals: [...refusals, ...judgement.refusals.filter(({ field }) => !said.has(field))] };
}

const memberAsks = (personId: string, route: 'executive' | 'bureau-self-initiated'): AskedBy => ({
  kind: 'member',
  personId,
  route,
});

async function putOnRecord(
  needs: SubmitNeeds,
  judgement: Judgement,
  by: Actor,
  at: Instant,
  askedBy: Submission['askedBy'],
): Promise<Submitted> {
  const because = judgement.refusals;
  const id = needs.newId('N');
  const clauses = [
    ...new Set([...because.map(({ clause }) => clause), ...judgement.followUps.map(({ clause }) => clause)]),
  ];
  const immigration = helpAskedFor(needs, judgement, askedBy, { at, on: keyOf('refused-request', id) });
  await needs.records.write({
    at,
    by,
    puts: [
      put(refusedRequests, {
        id,
        version: 0,
        at,
        by: by.kind === 'person' ? by.id : 'external',
        edition: judgement.edition,
        refusals: because,
      }),
      ...immigration.puts,
    ],
    lines: immigration.lines,
    tells: [
      {
        subject: keyOf('refused-request', id),
        act: 'request refused at the form',
        edition: judgement.edition,
        clauses,
        facts: {
          fields: because.map(({ field }) => field),
          followUps: judgement.followUps.map(({ kind }) => kind),
          ...(immigration.puts.length > 0 && { immigrationRequest: 'refused' }),
        },
      },
    ],
  });
  return { kind: 'refused', because, onRecordAs: id };
}
