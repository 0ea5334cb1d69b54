/**
 * Takes a person's answer to a decision, once. Who may answer, and the time, are judged again at this moment by the
 * rules in policies/, by the kind of question; the answer is bound to the hash of what was shown. One transaction holds
 * the answer, its ledger entry and the note that wakes the workflow.
 *
 * An answer of the privacy office, or of an office that lets records be destroyed, is signed before it is written, because its signature is part of the record and no
 * approval may be on record, or wake a workflow, unsigned. Signing writes nothing: where it fails, nothing happened and
 * the same answer may be sent again (AnswerNotSigned); where the write then meets a change, all runs again and a
 * signature that no record holds is forgotten.
 *
 * Faults  RecordsBusy, ChangedMeanwhile, AnswerNotSigned (retry); FactMalformed, RecordMissing (do not)
 */
import { HOUSE } from '../../policies/editions/house.ts';
import type { Instant } from '../../policies/instant.ts';
import type { Refusal } from '../../policies/ruling.ts';
import type { Standing } from '../../policies/rules/executive.ts';
import { dispositions } from '../disposition/contract.ts';
import { put, type Change } from '../records/change.ts';
import { sha256 } from '../records/canonical.ts';
import { keyOf } from '../records/entity.ts';
import { signatureOf, signedText, type Sign } from './answer-signature.ts';
import { waitingOn } from './ask-for-decision.ts';
import type { DecisionNeeds } from './check-who-is-asked.ts';
import {
  decisions,
  keptOf,
  type Answer,
  type Decision,
  type DisclosureMatter,
  type DispositionMatter,
  type XRayUseMatter,
} from './contract.ts';
import { batchOnceAnswered, disposalSignerNow, judgeDisposal, type DisposalSigner } from './judge-disposal.ts';
import { judgeSignOff, signerNow } from './judge-sign-off.ts';
import { judgeUse } from './judge-use.ts';
import { outcomeOf } from './outcome.ts';

export interface AnswerNeeds extends DecisionNeeds {
  /** Signs an answer of the privacy office, and of the offices that let records be destroyed. */
  readonly sign: Sign;
}

export interface Answering {
  readonly decisionId: string;
  readonly person: Standing & { readonly personId: string };
  /** How the person came: by the link in a mail made for `linkFor`, or from the own desk. */
  readonly door: { readonly kind: 'mail-link'; readonly linkFor: string } | { readonly kind: 'desk' };
  readonly answer: Answer;
  /** Of a question back, the question. */
  readonly reason: string;
  /** Needed to approve a use. */
  readonly acknowledgesPublicKeptOut?: boolean;
  /** Of a sign-off, ids of the parts that are to leave. @default all that may */
  readonly kept?: readonly string[];
  /** The hash that the form carried. */
  readonly shownHash: string;
}

export type Answered =
  | { readonly kind: 'answered'; readonly decision: Decision }
  | { readonly kind: 'refused'; readonly because: readonly Refusal[]; readonly decision?: Decision };

/** What was judged: refused, or the answer as it goes on record, and what the ledger is told of it. */
type Judged =
  | { readonly kind: 'refused'; readonly because: readonly Refusal[] }
  | {
      readonly kind: 'allowed';
      readonly answer: NonNullable<Decision['answer']>;
      readonly act: string;
      readonly facts: Readonly<Record<string, string | number | boolean | readonly string[]>>;
      readonly unchanged?: Change['unchanged'];
      /** Other decisions that this answer ends. */
      readonly ended?: readonly Decision[];
      /** What else it changes. */
      readonly puts?: Change['puts'];
    };

export async function answerDecision(needs: AnswerNeeds, given: Answering): Promise<Answered> {
  const decision = await needs.records.get(decisions, given.decisionId);
  if (!decision) return { kind: 'refused', because: [NO_SUCH_DECISION] };
  const now = needs.now();
  const judged = await judge(needs, decision, given, now);
  if (judged.kind === 'refused') {
    await tellRefusal(needs, decision, given, judged.because, now);
    return { kind: 'refused', because: judged.because, decision };
  }

  const { dueAt: _, ...open } = decision;
  const { answer, ended = [], puts = [] } = judged;
  const answered: Decision = { ...open, state: 'answered', endedAt: now, answer };
  await needs.records.write({
    at: now,
    by: { kind: 'person', id: given.person.personId },
    puts: [put(decisions, answered), ...ended.map((one) => put(decisions, one)), ...puts],
    tells: [
      {
        subject: decision.on,
        act: judged.act,
        edition: decision.edition,
        clauses: answer.clauses,
        facts: {
          decision: decision.id,
          door: given.door.kind,
          shown: answer.shownHash,
          reason: sha256(answer.reason),
          ...judged.facts,
        },
      },
    ],
    notes: [answered, ...ended].map((one) => ({
      kind: 'wake',
      waiting: waitingOn(one.id),
      output: outcomeOf(one, now)!,
    })),
    ...(judged.unchanged && { unchanged: judged.unchanged }),
  });
  return { kind: 'answered', decision: { ...answered, version: decision.version + 1 } };
}

function judge(needs: AnswerNeeds, decision: Decision, given: Answering, now: Instant): Judged | Promise<Judged> {
  const { matter } = decision;
  if (matter.question === 'disclosure') return signedOff(needs, decision, matter, given, now);
  if (matter.question === 'disposition') return disposed(needs, decision, matter, given, now);
  return decided(decision, matter, given, now);
}

function decided(decision: Decision, matter: XRayUseMatter, given: Answering, now: Instant): Judged {
  const ruling = judgeUse(decision, matter, given, now);
  if (ruling.kind === 'refused') return ruling;
  const { clauses, selfDecided } = ruling;
  return {
    kind: 'allowed',
    answer: { ...asGiven(given, now), clauses, shownHash: decision.shownHash, selfDecided },
    act: given.answer === 'approve' ? 'use approved' : 'use declined',
    facts: { selfDecided },
  };
}

const SIGNED_OFF: Readonly<Record<Answer, string>> = {
  approve: 'disclosure signed off',
  decline: 'sign-off declined',
  'ask-back': 'sign-off asked back',
};

async function signedOff(
  needs: AnswerNeeds,
  decision: Decision,
  matter: DisclosureMatter,
  given: Answering,
  now: Instant,
): Promise<Judged> {
  const { signer, version } = await signerNow(needs.records, given.person);
  const ruling = judgeSignOff(decision, matter, given, signer, now);
  if (ruling.kind === 'refused') return ruling;

  const { clauses, kept } = ruling;
  const shownHash = kept ? sha256(keptOf(decision.shown, kept)) : decision.shownHash;
  const answer = { ...asGiven(given, now), clauses, shownHash, selfDecided: false, ...(kept && { kept }), signer };
  const signature = await signatureOf(needs.sign, signedText(decision, matter, answer));
  return {
    kind: 'allowed',
    answer: { ...answer, signature },
    act: SIGNED_OFF[given.answer],
    facts: { office: signer.office, signed: signature.of, ...(kept && { kept }) },
    // An office that ends in this moment meets this check, and the answer is judged again.
    unchanged: [{ key: keyOf('person', signer.personId), version }],
  };
}

async function disposed(
  needs: AnswerNeeds,
  decision: Decision,
  matter: DispositionMatter,
  given: Answering,
  now: Instant,
): Promise<Judged> {
  const signer = await disposalSignerNow(needs.records, matter, given.person);
  const ruling = judgeDisposal(decision, matter, given, signer, now);
  if (ruling.kind === 'refused') return ruling;
  const { shownHash } = decision;
  const answer = { ...asGiven(given, now), clauses: ruling.clauses, shownHash, selfDecided: false };
  const signature = await signatureOf(needs.sign, signedText(decision, matter, answer));
  const batch = batchOnceAnswered(given.answer, signer, now);
  return {
    kind: 'allowed',
    answer: { ...answer, signature },
    act: given.answer === 'approve' ? 'disposal signed' : 'disposal declined',
    facts: { office: matter.office, list: matter.listSha256, signed: signature.of },
    ...(batch && { puts: [put(dispositions, batch)] }),
    ...endedBy(given.answer, signer, now),
  };
}

/** One office that declines ends what the others are asked. What is not ended is named: nobody may answer it meanwhile. */
function endedBy(given: Answer, { person, others }: DisposalSigner, now: Instant) {
  const ends = ({ state }: Decision): boolean => given === 'decline' && state === 'waiting';
  return {
    unchanged: [
      person,
      ...others.filter((one) => !ends(one)).map(({ id, version }) => ({ key: keyOf('decision', id), version })),
    ],
    ended: others.filter(ends).map(({ dueAt: _, ...one }) => ({ ...one, state: 'withdrawn' as const, endedAt: now })),
  };
}

const asGiven = ({ answer, reason, person, door }: Answering, at: Instant) => ({
  answer,
  reason: reason.trim(),
  by: person.personId,
  at,
  door: door.kind,
});

/** Nothing of the answer is kept, only that somebody gave it and what was in the way. */
async function tellRefusal(
  needs: AnswerNeeds,
  decision: Decision,
  given: Answering,
  because: readonly Refusal[],
  at: Instant,
): Promise<void> {
  await needs.records.write({
    at,
    by: { kind: 'person', id: given.person.personId },
    puts: [],
    tells: [
      {
        subject: decision.on,
        act: 'decision refused to a person',
        edition: decision.edition,
        clauses: [...new Set(because.map(({ clause }) => clause))],
        facts: { decision: decision.id, door: given.door.kind, fields: because.map(({ field }) => field) },
      },
    ],
  });
}

const NO_SUCH_DECISION: Refusal = {
  clause: HOUSE.shownIsDecided.id,
  field: 'decision',
  found: 'no such decision',
  expected: 'a decision that was asked for',
  todo: 'open the link in your mail again',
};
