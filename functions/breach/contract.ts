/**
 * One suspected disclosure in violation of the law, from whoever saw it to its close: who became aware and when, what it
 * was judged to be, what was reported, contained, assessed, and told to whom.
 */
import type { RecipientKind } from '../../policies/editions/disclosure-grounds.ts';
import type { Technology } from '../../policies/editions/edition.ts';
import type { Instant } from '../../policies/instant.ts';
import type { SecurityAnswer, SecurityFacts } from '../../policies/rules/city-breach-law.ts';
import type { HarmAssessment } from '../../policies/rules/harm-assessment.ts';
import type { NoticeAttempt, NoticeFacts } from '../../policies/rules/individual-notice.ts';
import type { BreachCause } from '../../policies/rules/quarterly-compilation.ts';
import type { InformationKind } from '../../policies/rules/what-is-identifying.ts';
import { entity, keyOf, type Kept } from '../records/entity.ts';

/**
 * `reported`: nobody answerable has read it. `triaging`: an officer has, so the clock runs. `violation` and
 * `no-violation` are the recorded decision; `closed` when nothing is owed any more.
 */
export type BreachState = 'reported' | 'triaging' | 'violation' | 'no-violation' | 'closed';

export const BREACH_ENDS: readonly BreachState[] = ['no-violation', 'closed'];

/** What the reporter says. Field names are the form's. */
export interface BreachReportGiven {
  readonly technology: Technology;
  readonly what: string;
  readonly how: string;
  readonly discoveredAt: Instant;
  readonly occurredAt?: Instant;
  /** The disclosure it was, when it went through postact. */
  readonly disclosureId?: string;
  readonly recipient: RecipientKind | 'unknown';
  readonly toWhom: string;
}

export interface ContainmentTask {
  readonly id: string;
  readonly what: string;
  readonly askedOf: string;
  readonly by: string;
  readonly at: Instant;
  readonly done?: { readonly by: string; readonly at: Instant; readonly outcome: string };
}

/** Someone the notice is owed to. The reference is what leaves this record; name and address never do. */
export interface PersonToTell {
  readonly personRef: string;
  readonly name: string;
  readonly address: string;
  readonly email?: string;
  readonly minorOrNotCompetent: boolean;
  /** `mailId` of an attempt made by mail, whose outcome comes by itself. */
  readonly attempts: readonly (NoticeAttempt & { readonly by: string; readonly mailId?: string })[];
}

export interface Breach extends Kept {
  readonly state: BreachState;
  readonly reporterId: string;
  readonly reportedAt: Instant;
  readonly given: BreachReportGiven;
  /** The edition of the day the officer became aware; before that, of the day it was reported. */
  readonly edition: string;

  /** The first moment an officer or deputy knew: when the report was read here, or earlier as they state. */
  readonly awareAt?: Instant;
  readonly aware?: {
    readonly by: string;
    readonly readAt: Instant;
    /** In which office whoever read it did so; a deputy is reminded like the officer. */
    readonly as?: 'agency-privacy-officer' | 'deputy';
    readonly howEarlier?: string;
  };
  /** People asked to read it, for the stages before anyone is aware. */
  readonly readersAsked: readonly { readonly personId: string; readonly at: Instant }[];
  /** What breach-reading-stages asks: when each stage of asking somebody to read it was done. */
  readonly reading?: {
    readonly officerAskedAt?: Instant;
    readonly deputiesAskedAt?: Instant;
    readonly chiefAskedAt?: Instant;
    readonly askedAgainAt?: Instant;
  };

  readonly triage?: {
    readonly violates: boolean;
    readonly because: string;
    readonly broken: readonly string[];
    readonly cause?: BreachCause;
    readonly by: string;
    readonly at: Instant;
  };

  /** What breach-stages asks: places of the reminders that were sent, and who was told. */
  readonly reminded: readonly number[];
  readonly officerUnreachableAt?: Instant;
  readonly deputiesAskedAt?: Instant;
  readonly chiefToldAt?: Instant;
  readonly toldOverdueAt?: Instant;
  /** When somebody was last reminded of what is still owed, after these stages. */
  readonly remindedOpenAt?: Instant;

  /** What the report says beyond the reporter's words; names nobody. */
  readonly account?: {
    readonly kinds: readonly InformationKind[];
    readonly people: number;
    readonly peopleExact: boolean;
    readonly minors: boolean;
    readonly summary: string;
    readonly corrective: string;
    /** What was contained, in words that name nobody. */
    readonly contained?: string;
  };
  /** Reports to the Chief Privacy Officer (mail/contract.ts), oldest first; the first that reached its reader counts for the clock. */
  readonly reportIds: readonly string[];

  readonly containment: readonly ContainmentTask[];
  readonly harm?: { readonly assessment: HarmAssessment; readonly by: string; readonly at: Instant };
  readonly consultations: readonly {
    readonly with: 'chief-privacy-officer' | 'law-department' | 'cyber-command';
    readonly at: Instant;
    readonly said: string;
    readonly by: string;
  }[];
  readonly determination?: {
    readonly answer: 'notify' | 'do-not-notify';
    readonly because: string;
    readonly by: string;
    readonly at: Instant;
  };
  /** A law that requires a notice, or 'none' when that was looked for. */
  readonly requiredBy?: string;
  readonly letter?: NonNullable<NoticeFacts['letter']> & { readonly by: string; readonly at: Instant };
  readonly delay?: NonNullable<NoticeFacts['delay']> & { readonly by: string; readonly at: Instant };
  readonly people: readonly PersonToTell[];
  readonly security?: {
    readonly facts: SecurityFacts;
    readonly answer: SecurityAnswer;
    readonly by: string;
    readonly at: Instant;
  };

  readonly closing?: { readonly because: string; readonly by: string; readonly at: Instant };
  /** The state of the workflow that is lit in the drawing. */
  readonly step: string;
  readonly dueAt?: Instant;
}

const OPEN_DESK = 'role#privacy-officer';

export const breaches = entity<Breach>('breach', (breach) => ({
  subject: [keyOf('person', breach.reporterId), breach.reportedAt],
  ...(!BREACH_ENDS.includes(breach.state) && {
    desk: [OPEN_DESK, breach.dueAt ?? breach.awareAt ?? breach.reportedAt] as const,
  }),
  ...(breach.dueAt && { dueAt: breach.dueAt }),
}));

/** `linesOf(breachesOfYear(at))`: those reported in a year (UTC). */
export const breachesOfYear = (at: string): string => `breaches-of#${at.slice(0, 4)}`;
/** `linesOf(breachesToldIn('2026-Q4'))`: those whose report to the Chief Privacy Officer was sent in a quarter (New York). */
export const breachesToldIn = (quarter: string): string => `breaches-told-in#${quarter}`;

/** What the workflow waits for: that something about the breach has changed. */
export const nextStepOf = (id: string) => ({ on: keyOf('breach', id), for: 'next-step' }) as const;

/** `linesOf(containmentOf(personId))`: what a person was asked to contain and has not done, as `<breachId>/<taskId>`. */
export const containmentOf = (personId: string): string => `containment-of#person#${personId}`;
