/**
 * Takes a person's answer to a decision, once. Rank, role, bureau, name and time are judged again at this moment by the
 * rule in policies/; the answer is bound to the hash of what was shown. One transaction holds the answer, its ledger
 * entry and the note that wakes the workflow.
 */
import { HOUSE } from '../../policies/editions/house.ts';
import { ruled, type Refusal } from '../../policies/ruling.ts';
import { whoMayDecide } from '../../policies/rules/who-may-decide.ts';
import type { Standing } from '../../policies/rules/executive.ts';
import { put } from '../records/change.ts';
import { sha256 } from '../records/canonical.ts';
import { waitingOn } from './ask-for-decision.ts';
import type { DecisionNeeds } from './check-who-is-asked.ts';
import { decisions, type Answer, type Decision } from './contract.ts';
import { outcomeOf } from './outcome.ts';
import { policyOf } from './stage.ts';

export interface Answering {
  readonly decisionId: string;
  readonly person: Standing & { readonly personId: string };
  /** How the person came: by the link in a mail made for `linkFor`, or from the own desk. */
  readonly door: { readonly kind: 'mail-link'; readonly linkFor: string } | { readonly kind: 'desk' };
  readonly answer: Answer;
  readonly reason: string;
  readonly acknowledgesPublicKeptOut: boolean;
  /** The hash that the form carried. */
  readonly shownHash: string;
}

export type Answered =
  | { readonly kind: 'answered'; readonly decision: Decision }
  | { readonly kind: 'refused'; readonly because: readonly Refusal[]; readonly decision?: Decision };

/** Stale or forged form: what the person saw is not what is decided on. */
const SHOWN = HOUSE.shownIsDecided.id;

/** As long as the form takes it. Engineering, not law. */
const MOST_CHARACTERS = 4000;

export async function answerDecision(needs: DecisionNeeds, given: Answering): Promise<Answered> {
  const decision = await needs.records.get(decisions, given.decisionId);
  if (!decision)
    return {
      kind: 'refused',
      because: [
        {
          clause: SHOWN,
          field: 'decision',
          found: 'no such decision',
          expected: 'a decision that was asked for',
          todo: 'open the link in your mail again',
        },
      ],
    };
  const now = needs.now();
  const ruling = judged(decision, given, now);
  if (ruling.kind === 'refused') {
    await needs.records.write({
      at: now,
      by: { kind: 'person', id: given.person.personId },
      puts: [],
      tells: [
        {
          subject: decision.on,
          act: 'decision refused to a person',
          edition: decision.edition,
          clauses: [...new Set(ruling.because.map(({ clause }) => clause))],
          facts: { decision: decision.id, door: given.door.kind, fields: ruling.because.map(({ field }) => field) },
        },
      ],
    });
    return { kind: 'refused', because: ruling.because, decision };
  }

  const { dueAt: _, ...open } = decision;
  const answer = {
    answer: given.answer,
    reason: given.reason.trim(),
    by: given.person.personId,
    at: now,
    clauses: ruling.clauses,
    shownHash: decision.shownHash,
    door: given.door.kind,
    selfDecided: ruling.selfDecided,
  };
  const answered: Decision = { ...open, state: 'answered', endedAt: now, answer };
  const output = outcomeOf(answered, now)!;
  await needs.records.write({
    at: now,
    by: { kind: 'person', id: given.person.personId },
    puts: [put(decisions, answered)],
    tells: [
      {
        subject: decision.on,
        act: given.answer === 'approve' ? 'use approved' : 'use declined',
        edition: decision.edition,
        clauses: ruling.clauses,
        facts: {
          decision: decision.id,
          door: given.door.kind,
          shown: decision.shownHash,
          reason: sha256(answer.reason),
          selfDecided: ruling.selfDecided,
        },
      },
    ],
    notes: [{ kind: 'wake', waiting: waitingOn(decision.id), output }],
  });
  return { kind: 'answered', decision: { ...answered, version: decision.version + 1 } };
}

function judged(decision: Decision, given: Answering, now: Parameters<typeof whoMayDecide>[2]) {
  const { matter } = decision;
  const named =
    given.door.kind === 'mail-link'
      ? given.door.linkFor
      : decision.asked.find(({ personId }) => personId === given.person.personId)?.personId;
  const standing = whoMayDecide(
    {
      requestId: decision.id,
      route: matter.route,
      requestState: decision.state,
      startsAt: decision.lapsesAt,
      ...(matter.requesterId && { requesterId: matter.requesterId }),
      ...(matter.externalConfirmed && { externalConfirmed: matter.externalConfirmed }),
      decider: given.person,
      namedId: named ?? 'nobody asked yet',
      answer: given.answer,
      reason: given.reason,
      publicKeptOutHow: matter.publicKeptOutHow,
      acknowledgesPublicKeptOut: given.acknowledgesPublicKeptOut,
    },
    policyOf(decision),
    now,
  );
  const more: Refusal[] = [];
  if (given.reason.trim().length > MOST_CHARACTERS)
    more.push({
      clause: 'XR26-USE-07',
      field: 'reason',
      found: `${given.reason.trim().length} characters`,
      expected: `at most ${MOST_CHARACTERS}`,
      todo: 'shorten the reason',
    });
  if (given.shownHash !== decision.shownHash)
    more.push({
      clause: SHOWN,
      field: 'shown',
      found: 'an answer to something else than what is asked now',
      expected: 'an answer to what the page shows',
      todo: 'open the link again, read what it shows and decide on that',
    });
  return more.length === 0
    ? standing
    : ruled([], [...(standing.kind === 'refused' ? standing.because : []), ...more], { selfDecided: false });
}
