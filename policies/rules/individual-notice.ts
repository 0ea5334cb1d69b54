/**
 * Are the people affected owed a notice, and has each had it?
 *
 * Any one of three triggers is enough: a potential risk of harm, a determination made after consulting the
 * Chief Privacy Officer and the Law Department, or a law that requires it. Until each is answered nothing is
 * settled. A letter is in writing and says what was disclosed and to whom. It waits only on a ground of the
 * statute, and only while that ground lasts. Each person is told, or enough attempts to reach them are on record.
 *
 * Units   instants are UTC; attempts are counted
 * Answers undecided, not-owed with the reasons to keep, or owed with where each person stands
 * Throws  FactMalformed when a notice is owed and nobody is named as affected
 * Source  XR26-EXT-21 and its twins; nyc-23-1202-c-4, nyc-23-1203-6, nyc-23-1204-e; house-attempts-to-reach,
 *         house-characters-of-reason
 */
import { mustSay } from '../clause-in.ts';
import type { PublishedPolicy } from '../editions/edition.ts';
import { PRIVACY_LAW } from '../editions/privacy-law.ts';
import { FactMalformed } from '../faults.ts';
import { isAfter, type Instant } from '../instant.ts';
import { unless, type Refusal } from '../ruling.ts';
import { statement } from './statement.ts';

export interface NoticeAttempt {
  readonly at: Instant;
  readonly way: 'post' | 'registered-post' | 'e-mail' | 'by-hand' | 'through-guardian';
  readonly outcome: 'delivered' | 'failed' | 'unknown';
}

export interface AffectedPerson {
  readonly personRef: string;
  readonly attempts: readonly NoticeAttempt[];
}

export interface NoticeFacts {
  readonly breachId: string;
  readonly triggers: {
    /** From the assessment of harm; absent until it is made. */
    readonly potentialRisk?: boolean;
    /** Absent until it is made; without both consultations it is none. */
    readonly determination?: {
      readonly answer: 'notify' | 'do-not-notify';
      readonly because: string;
      readonly chiefPrivacyOfficerConsultedAt?: Instant;
      readonly lawDepartmentConsultedAt?: Instant;
    };
    /** What law or regulation requires it; 'none' when that was looked for and not found. */
    readonly requiredBy?: string | 'none';
  };
  /** The letter; absent until it is written. */
  readonly letter?: { readonly inWriting: boolean; readonly whatWasDisclosed: string; readonly toWhom: string };
  readonly delay?: {
    readonly ground: 'privacy-law' | 'investigation' | 'public-safety' | 'other';
    readonly why: string;
    readonly liftedAt?: Instant;
  };
  readonly people: readonly AffectedPerson[];
}

export type PersonNotice = 'told' | 'reasonably-tried' | 'open';

export type IndividualNotice =
  | { readonly kind: 'undecided'; readonly missing: readonly Refusal[] }
  | { readonly kind: 'not-owed'; readonly reasons: readonly string[]; readonly clauses: readonly string[] }
  | {
      readonly kind: 'owed';
      readonly triggers: readonly ('risk-of-harm' | 'determination' | 'law')[];
      /** `delayed` holds only letters back that are not sent yet; `done` is what a breach may be closed on. */
      readonly state: 'open' | 'delayed' | 'done';
      readonly people: readonly { readonly personRef: string; readonly notice: PersonNotice }[];
      /** What is wrong with the letter or with the delay; a letter is not sent before this is empty. */
      readonly missing: readonly Refusal[];
      readonly clauses: readonly string[];
    };

export function individualNotice(facts: NoticeFacts, policy: PublishedPolicy, now: Instant): IndividualNotice {
  const clause = mustSay(policy.edition, 'XR26-EXT-21');
  const { potentialRisk, determination, requiredBy } = facts.triggers;
  const triggers = [
    ...(potentialRisk ? (['risk-of-harm'] as const) : []),
    ...(determination?.answer === 'notify' ? (['determination'] as const) : []),
    ...(requiredBy !== undefined && requiredBy !== 'none' ? (['law'] as const) : []),
  ];
  const clauses = [clause, PRIVACY_LAW.violation.id, PRIVACY_LAW.noticeFactors.id];
  if (triggers.length === 0) {
    const missing = unanswered(facts, clause, policy);
    if (missing.length > 0) return { kind: 'undecided', missing };
    const reasons = [
      'no potential risk of harm was found',
      determination?.because ?? '',
      'no law or regulation requires it',
    ];
    return { kind: 'not-owed', reasons, clauses };
  }
  if (facts.people.length === 0) {
    throw new FactMalformed(
      `breach ${facts.breachId} is owed a notice and names nobody affected; enter each person by a reference`,
    );
  }
  const people = facts.people.map(({ personRef, attempts }) => ({ personRef, notice: noticeOf(attempts, policy) }));
  const isDone = people.every(({ notice }) => notice !== 'open');
  const delay = delayOf(facts, policy, now);
  const missing = [...(isDone ? [] : letter(facts, clause, policy)), ...delay.refused];
  const state = isDone ? 'done' : delay.holds ? 'delayed' : 'open';
  return {
    kind: 'owed',
    triggers,
    state,
    people,
    missing,
    clauses: delay.holds ? [...clauses, PRIVACY_LAW.delay.id] : clauses,
  };
}

/** Told once anything was delivered; tried once enough attempts by different ways failed. */
function noticeOf(attempts: readonly NoticeAttempt[], { house }: PublishedPolicy): PersonNotice {
  if (attempts.some(({ outcome }) => outcome === 'delivered')) return 'told';
  const failedWays = new Set(attempts.filter(({ outcome }) => outcome === 'failed').map(({ way }) => way));
  return failedWays.size >= house.attemptsToReach.count ? 'reasonably-tried' : 'open';
}

function unanswered({ triggers }: NoticeFacts, clause: string, policy: PublishedPolicy): readonly Refusal[] {
  const { potentialRisk, determination, requiredBy } = triggers;
  const consulted = determination?.chiefPrivacyOfficerConsultedAt && determination.lawDepartmentConsultedAt;
  return [
    ...unless(potentialRisk !== undefined, {
      clause,
      field: 'potentialRisk',
      found: 'no assessment',
      expected: 'an assessment of harm',
      todo: 'assess the harm',
    }),
    ...unless(consulted !== undefined, {
      clause,
      field: 'determination',
      found: determination ? 'a determination without both consultations' : 'no determination',
      expected: 'a determination after consulting the Chief Privacy Officer and the Law Department',
      todo: 'consult both, and record when',
    }),
    ...(determination
      ? statement('determination', determination.because, clause, policy, 'say why nobody is told')
      : []),
    ...unless(requiredBy !== undefined, {
      clause,
      field: 'requiredBy',
      found: 'no answer',
      expected: 'a law that requires it, or none',
      todo: 'look for one, and enter what was found',
    }),
  ];
}

function letter({ letter: written }: NoticeFacts, clause: string, policy: PublishedPolicy): readonly Refusal[] {
  const law = PRIVACY_LAW.violation.id;
  if (!written) return [{ clause, field: 'letter', found: 'none', expected: 'a letter', todo: 'write the letter' }];
  return [
    ...unless(written.inWriting, {
      clause,
      field: 'letter',
      found: 'not in writing',
      expected: 'a written notice',
      todo: 'write it',
    }),
    ...statement('whatWasDisclosed', written.whatWasDisclosed, law, policy, 'say what was disclosed'),
    ...statement('toWhom', written.toWhom, law, policy, 'say to whom it was disclosed'),
  ];
}

function delayOf({ delay }: NoticeFacts, policy: PublishedPolicy, now: Instant) {
  if (!delay || (delay.liftedAt && !isAfter(delay.liftedAt, now))) return { holds: false, refused: [] };
  const clause = PRIVACY_LAW.delay.id;
  const refused = [
    ...unless(delay.ground !== 'other', {
      clause,
      field: 'delay',
      found: 'another ground',
      expected:
        'that telling would violate a law on privacy, interfere with an investigation, or compromise public safety',
      todo: 'send the letter now',
    }),
    ...statement('delay', delay.why, clause, policy, 'say why the ground holds'),
  ];
  return { holds: refused.length === 0, refused };
}
