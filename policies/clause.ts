/**
 * Where a rule comes from: enough to find the sentence, and to know whose sentence it is.
 *
 * A clause is never edited once something was decided under it; a change is a new dated clause.
 * Numbers with legal meaning live in the variants below, each with its unit in its name.
 */
import type { CalendarDate } from './calendar-date.ts';

/** Who said so. A `house` number may be changed by the department's own decision record; the others may not. */
export type Authority = 'statute' | 'agency-policy' | 'house';

export interface Clause {
  readonly id: string;
  readonly authority: Authority;
  /** Document and section, or the path of the decision record for a house clause. */
  readonly cite: string;
  /** The substance, in our own words. */
  readonly text: string;
  /** Calendar day in New York from which the clause binds. */
  readonly from: CalendarDate;
  /** Last calendar day on which it binds; absent while it is in force. */
  readonly until?: CalendarDate;
}

export interface MinutesClause extends Clause {
  readonly minutes: number;
}
export interface HoursClause extends Clause {
  readonly hours: number;
}
/** Several moments counted from one start, in ascending order. */
export interface HoursListClause extends Clause {
  readonly hoursEach: readonly number[];
}
export interface DaysClause extends Clause {
  readonly days: number;
}
export interface MonthsClause extends Clause {
  readonly months: number;
}
export interface YearsClause extends Clause {
  readonly years: number;
}
export interface CountClause extends Clause {
  readonly count: number;
}
export interface BytesClause extends Clause {
  readonly bytes: number;
}

/** How far the text of a statute was checked before it was put in our words. */
export type Confidence = 'text-read' | 'secondary-source' | 'general-knowledge';

/** A clause of a statute. */
export interface StatuteClause extends Clause {
  readonly authority: 'statute';
  readonly confidence: Confidence;
  /** What about it could not be verified; absent when nothing is open. */
  readonly unverified?: string;
}

/** What kind of statement a policy clause makes. */
export type ClauseKind =
  | 'obligation'
  | 'prohibition'
  | 'permission'
  | 'role'
  | 'capability-fact'
  | 'deadline'
  | 'figure'
  | 'retention';

/** How the system holds it: by a gate, a record, a clock, a setting, a page, a notice, a report, or because it cannot be changed. */
export type Enforcement = 'gate' | 'record' | 'clock' | 'configuration' | 'display' | 'notify' | 'report' | 'immutable';

/** A clause of a published policy edition. */
export interface PolicyClause extends Clause {
  readonly authority: 'agency-policy';
  readonly section: string;
  readonly kind: ClauseKind;
  readonly enforce: Enforcement;
  /**
   * Clauses of another edition that say the same. Written once, on the clause that joins or restates
   * them; read both ways by `twins` in editions/. Never followed from twin to twin: a clause that
   * restates several others does not make those equal to one another.
   */
  readonly sameAs: readonly string[];
}
