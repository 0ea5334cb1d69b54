/**
 * What is on file beforehand and what stands open: agreements, approvals in advance, and standing direct access. Each is
 * written once and may be ended, never edited: what was released under it was released under these words.
 */
import type { CalendarDate } from '../../policies/calendar-date.ts';
import type { RecipientKind } from '../../policies/editions/disclosure-grounds.ts';
import type { DisclosureType } from '../../policies/editions/disclosure-types.ts';
import type { Technology } from '../../policies/editions/edition.ts';
import { HOUSE } from '../../policies/editions/house.ts';
import type { Instant } from '../../policies/instant.ts';
import type { Refusal } from '../../policies/ruling.ts';
import { howAnEntryStands, isGood, type EntryDays } from '../../policies/rules/how-an-entry-stands.ts';
import type { StandingAccess } from '../../policies/rules/standing-access.ts';
import { entity, type Kept } from '../records/entity.ts';

export interface OnFile extends Kept {
  readonly recordedBy: string;
  readonly recordedAt: Instant;
  readonly from: CalendarDate;
  /** Last day it is valid; absent while it is open. */
  readonly until?: CalendarDate;
  readonly ended?: { readonly by: string; readonly at: Instant; readonly why: string };
}

/** Whether it may be rested on at a moment: the day in New York is one of its days, and it was not ended by then. */
export const isOnFile = (one: EntryDays, at: Instant): boolean => isGood(howAnEntryStands(one, { house: HOUSE }, at));

/** An agreement about the use of what is disclosed (nyc-23-1203-3). */
export interface RegisteredAgreement extends OnFile {
  readonly title: string;
  readonly with: string;
  readonly reference: string;
  readonly technologies: readonly Technology[];
}
export const agreements = entity<RegisteredAgreement>('agreement', (one) => ({
  subject: ['agreements', one.recordedAt],
}));

/** An approval by the City's Chief Privacy Officer beforehand, for City agencies (nyc-23-1202-c-2-b). */
export interface RegisteredPreApproval extends OnFile {
  readonly reference: string;
  readonly approvedAt: Instant;
  /** Kinds of disclosure it covers, or ids of single disclosures. */
  readonly covers: readonly (DisclosureType | string)[];
}
export const preApprovals = entity<RegisteredPreApproval>('pre-approval', (one) => ({
  subject: ['pre-approvals', one.recordedAt],
}));

/** A routine designation by the Agency Privacy Officer (nyc-23-1202-c-2-a). */
export interface RegisteredDesignation extends OnFile {
  readonly title: string;
  readonly why: string;
  readonly covers: readonly DisclosureType[];
  readonly recipients: readonly RecipientKind[];
}
export const designations = entity<RegisteredDesignation>('routine-designation', (one) => ({
  subject: ['routine-designations', one.recordedAt],
}));

/** An agency that reaches a system of the department by itself (nyc-14-188-g-2), with its dates. */
export interface RegisteredAccess extends OnFile {
  readonly agencyName: string;
  readonly level: 'local' | 'state' | 'federal' | 'other-state';
  readonly technology: Technology;
  /** How far it reaches, in words. */
  readonly extent: string;
  readonly facts: Omit<StandingAccess, 'accessId'>;
  /** Whether the edition in force when it was recorded allows it; what refuses is kept with it. */
  readonly edition: string;
  readonly clauses: readonly string[];
  readonly allowed: boolean;
  /** Why it is not allowed and must end. */
  readonly refusals?: readonly Refusal[];
}
export const standingAccesses = entity<RegisteredAccess>('standing-access', (one) => ({
  subject: ['standing-accesses', one.recordedAt],
}));

/**
 * A deputy as the Agency Privacy Officer named one in writing (house-deputy-signs-off). Whether the office is held is
 * said by the person's own record; this is the writing, and what became of it.
 */
export interface DeputyNaming extends OnFile {
  readonly deputyId: string;
  readonly statement: string;
  readonly heldFrom: Instant;
  readonly heldUntil?: Instant;
}
export const deputyNamings = entity<DeputyNaming>('deputy-naming', (one) => ({
  subject: ['deputy-namings', one.recordedAt],
}));
