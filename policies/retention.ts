/**
 * What is told of a kept record, of the cases it belongs to and of the schedule, and what the rules of retention find.
 * Shapes only. Whatever is missing, open or contradictory means keep: no optional field that is absent ever makes a date
 * earlier.
 *
 * All days are days in America/New_York. No names: people are told by their part, their dates and an id.
 */
import type { CalendarDate } from './calendar-date.ts';
import type { Technology } from './editions/edition.ts';

/** How long a class is kept, and what starts its clock. Every period is a minimum. Units in the names. */
export type KeepRule =
  | { readonly kind: 'permanent' }
  /** Permanent until the event; after it the class has to be set again (XR21-RET-04). */
  | { readonly kind: 'until-event'; readonly event: 'located' | 'recovered-or-destroyed' }
  | { readonly kind: 'after-closing'; readonly years: number }
  | { readonly kind: 'child-reaches'; readonly age: number }
  | { readonly kind: 'juvenile'; readonly age: number; readonly years: number }
  | {
      readonly kind: 'personal-file';
      readonly yearsAfterDeath: number;
      readonly yearsAfterBirth: number;
      readonly yearsWithoutArrest: number;
    }
  | { readonly kind: 'with-case' }
  | { readonly kind: 'after-capture'; readonly years: number };

/** What a class takes in. `case` classes are given to cases by their final disposition; the others to single records. */
export type ClassOf = 'case' | 'suspect-file' | 'associated-file' | 'plate-read';

export interface ScheduleClass {
  /** Lower case words and hyphens, such as `other-felony`. Part of an object's tag. */
  readonly id: string;
  readonly title: string;
  readonly of: ClassOf;
  readonly rule: KeepRule;
  /** Id of the clause it is read from; of a class an approved schedule adds, the schedule's own item number. */
  readonly clause: string;
  /** What about it is unclear in the text, for the page. */
  readonly doubt?: string;
}

/** Who has to have approved a schedule before anything is disposed of by it (XR26-RET-05, Charter 1133(f)). */
export type ApprovingOffice = 'law-department' | 'records-department';

export interface ScheduleApproval {
  readonly office: ApprovingOffice;
  readonly reference: string;
  readonly on: CalendarDate;
}

/** One version of a retention schedule. */
export interface Schedule {
  readonly id: string;
  readonly title: string;
  /** Who said so, in words for a page: a printed policy, or the number of an approved schedule. */
  readonly source: string;
  readonly from: CalendarDate;
  /** Last day in force; absent while it is. */
  readonly until?: CalendarDate;
  readonly approvals: readonly ScheduleApproval[];
  readonly classes: readonly ScheduleClass[];
}

/** Why a case investigation is closed; one of four (XR26-RET-07). */
export const CLOSURE_GROUNDS = ['appeals-exhausted', 'settlement', 'no-arrest', 'restitution-not-sought'] as const;
export type ClosureGround = (typeof CLOSURE_GROUNDS)[number];

/** How a charge ended. Only a conviction or a plea classes the case (XR26-RET-06). */
export const DISPOSITION_OUTCOMES = ['convicted', 'pleaded', 'acquitted', 'dismissed', 'declined', 'sealed'] as const;
export type DispositionOutcome = (typeof DISPOSITION_OUTCOMES)[number];

/** A charge and how it ended. `classId` is the class of the offense convicted of or pleaded to, never of the charge. */
export interface FinalDisposition {
  readonly id: string;
  /** The offense charged, in the words or code of the court; classes nothing. */
  readonly charged: string;
  readonly outcome?: DispositionOutcome;
  readonly on?: CalendarDate;
  /** Of a conviction or plea. */
  readonly classId?: string;
  readonly appeal?: 'none' | 'pending' | 'exhausted';
}

/** What an investigation found where nobody was convicted. Each is also the id of the class it gives the case. */
export const FINDINGS = ['no-offense-by-adult', 'juvenile-without-arrest-or-offense'] as const;
export type CaseFinding = (typeof FINDINGS)[number];

/** What the rules of retention are told of one case. */
export interface CaseFacts {
  readonly caseNumber: string;
  readonly state: 'open' | 'closed';
  readonly openedOn?: CalendarDate;
  readonly closedOn?: CalendarDate;
  readonly closureGround?: ClosureGround;
  readonly dispositions: readonly FinalDisposition[];
  readonly finding?: CaseFinding;
  /** Classes that follow a status and not a disposition: an active warrant, a missing person, a stolen firearm. */
  readonly statusClasses: readonly {
    readonly classId: string;
    /** When the person was located, or the firearm recovered or destroyed. The class then has to be set again. */
    readonly endedOn?: CalendarDate;
    /** When its class was set again after that, on record; until then it stays permanent. */
    readonly reclassedOn?: CalendarDate;
    /** The class it was set to; absent when that is the one its disposition or its finding gives. */
    readonly reclassedTo?: string;
  }[];
  /** Births of children against whom the offense was; `undefined` in the list is a child whose birth is not known. */
  readonly childrenBornOn: readonly (CalendarDate | undefined)[];
  readonly juvenilesBornOn: readonly (CalendarDate | undefined)[];
}

/** Whom a personal data file is about. */
export interface FilePerson {
  readonly part: 'suspect' | 'associated';
  readonly bornOn?: CalendarDate;
  readonly diedOn?: CalendarDate;
  readonly lastArrestOn?: CalendarDate;
  /** Whether it was asked, and answered, that there was never an arrest; otherwise an absent day is unknown. */
  readonly neverArrested?: boolean;
}

export type KeptKind = 'image' | 'recording' | 'plate-read' | 'personal-file' | 'enclosure';

/** A hold, or the year that follows an ended legal action. */
export interface HoldFacts {
  readonly holdId: string;
  readonly kind: HoldKind;
  readonly placedOn: CalendarDate;
  /** When it was released; absent while it binds. */
  readonly releasedOn?: CalendarDate;
}
export const HOLD_KINDS = ['litigation', 'discovery', 'foil', 'audit', 'investigation'] as const;
export type HoldKind = (typeof HOLD_KINDS)[number];
/** The kinds that are of a legal action, after whose end one more year is kept. */
export const LEGAL_ACTIONS: readonly HoldKind[] = ['litigation', 'discovery'];

/** What the rules of retention are told of one kept record. */
export interface RetainedFacts {
  readonly kind: KeptKind;
  readonly technology: Technology;
  readonly capturedOn?: CalendarDate;
  /** Every case it belongs to. A case number no case is on file for is told as open. */
  readonly cases: readonly CaseFacts[];
  readonly person?: FilePerson;
  readonly holds: readonly HoldFacts[];
  /** The latest day until which the store itself locks the file; no lock is ever shortened. */
  readonly lockedUntil?: CalendarDate;
}

/** One reason for a date, or for there being none; a page prints them in this order. */
export interface Why {
  readonly clause: string;
  /** Id of the class and of the schedule version, when the reason is one of the schedule. */
  readonly classId?: string;
  readonly scheduleId?: string;
  /** The case it comes from, when it comes from one. */
  readonly caseNumber?: string;
  /** What started the clock, such as `case closed`, and when. */
  readonly event?: string;
  readonly on?: CalendarDate;
  /** The first day on which this reason alone would allow disposal; absent when it allows none. */
  readonly until?: CalendarDate;
  /** In words for a page. Names nobody. */
  readonly text: string;
}

/**
 * What one reason comes to: a case that is open, something unknown or contradictory, a class without an end, or the first
 * day on which this reason alone would allow disposal. The longest of a record's limits is how long it is kept.
 */
export type Limit = { readonly classId: string; readonly why: Why } & (
  | { readonly kind: 'open' | 'permanent' | 'unknown' }
  | { readonly kind: 'until'; readonly date: CalendarDate }
);

/** How long a record is kept: without a date, or until a day from which its disposal may be proposed. */
export type Keeping =
  | { readonly kind: 'keep'; readonly classId: string; readonly why: readonly Why[] }
  | {
      readonly kind: 'until';
      /** The first day on which it is eligible. */
      readonly date: CalendarDate;
      /** The class that rules, for the index and the object's tag. */
      readonly classId: string;
      readonly scheduleId: string;
      /** Whether that schedule is approved; without it the date is shown and nothing is disposed of. */
      readonly approved: boolean;
      /** By when an eligible record is to be destroyed: six months later (Charter 1133(f)). */
      readonly disposeBy: CalendarDate;
      readonly why: readonly Why[];
    };

/** Class ids that stand for having none; never of a schedule. */
export const UNCLASSED = 'unclassed';
export const OPEN_CASE = 'open-case';
