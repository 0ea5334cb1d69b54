/**
 * One disclosure: what is to leave the department, about whom, to whom, on which ground, and what became of it. Shapes
 * only; what they mean is in policies/disclosure.ts, whose facts are read from here (facts.ts).
 */
import type { CalendarDate } from '../../policies/calendar-date.ts';
import type {
  Confirmation,
  ImmigrationFacts,
  LawfulnessDetermination,
  Need,
  OfficerDecision,
  PersonConsent,
  Recipient,
  WelfareInvestigation,
} from '../../policies/disclosure.ts';
import type { ExigentExemption } from '../../policies/editions/disclosure-grounds.ts';
import type { DisclosureType } from '../../policies/editions/disclosure-types.ts';
import type { Technology } from '../../policies/editions/edition.ts';
import { earlierOf, type Instant } from '../../policies/instant.ts';
import type { Refusal } from '../../policies/ruling.ts';
import type { RegisterRow } from '../../policies/rules/disclosure-register.ts';
import type { RequestingAgency } from '../../policies/rules/quarterly-compilation.ts';
import { entity, keyOf, type Kept } from '../records/entity.ts';

/**
 * `preparing`: being filled in, nothing runs. `checking` waits for the ruling; `completing` for its requester;
 * `deciding` for a privacy officer; `released` for the recipient to collect. The rest are ends.
 */
export type DisclosureState =
  | 'preparing'
  | 'checking'
  | 'completing'
  | 'deciding'
  | 'released'
  | 'received'
  | 'not-collected'
  | 'revoked'
  | 'refused'
  | 'declined'
  | 'withdrawn'
  | 'lapsed';

export const DISCLOSURE_ENDS: readonly DisclosureState[] = [
  'received',
  'not-collected',
  'revoked',
  'refused',
  'declined',
  'withdrawn',
  'lapsed',
];

/** The ground as it was filled in. What stands in a register is named by its id and read afresh at every ruling. */
export type Basis =
  | { readonly ground: 'consent'; readonly people: readonly PersonConsent[] }
  | { readonly ground: 'required-by-law'; readonly law?: string }
  | { readonly ground: 'mission'; readonly how?: string }
  | { readonly ground: 'city-interest'; readonly preApprovalId?: string }
  | { readonly ground: 'routine'; readonly designationId?: string }
  | { readonly ground: 'crime'; readonly caseNumber?: string; readonly credibleInformation?: string }
  | { readonly ground: 'welfare'; readonly investigation?: WelfareInvestigation }
  | { readonly ground: 'exigent'; readonly explanation?: string; readonly exemption?: ExigentExemption };

export type AgreementNamed =
  | { readonly kind: 'agreement'; readonly agreementId: string }
  | { readonly kind: 'no-important-privacy-interest'; readonly why: string };

/** Who gets it, as entered, and where word of it is sent. */
export interface Addressee {
  readonly name: string;
  /** Agency, office, paper, company; for a person concerned, empty. */
  readonly organization: string;
  readonly email: string;
  /** Whether it is a government, and whether it is or acts for ICE or CBP (nyc-14-188-g-1). */
  readonly government: boolean;
  readonly iceOrCbp: boolean;
  readonly taskForce?: { readonly departmentAloneControls: boolean; readonly furthersCriminalInvestigation: boolean };
  /** Of a law enforcement agency: which kind, for the record of 10-178(d). */
  readonly agency?: RequestingAgency;
}

/** What the form asks. Field names are the form's, and those that refusals point at. */
export interface DisclosureAsked {
  readonly technology: Technology;
  readonly disclosureType: DisclosureType;
  /** When they asked, as a day in New York; absent when the department offers it. */
  readonly askedOn?: CalendarDate;
  /** What it is about and who is in it, in the words of who asks. */
  readonly about: string;
  readonly aboutWhom: string;
  readonly addressee: Addressee;
  readonly recipient: Recipient;
  readonly immigration: ImmigrationFacts;
  readonly identity?: Confirmation;
  readonly affiliation?: Confirmation;
  readonly lawfulness?: LawfulnessDetermination;
  readonly basis?: Basis;
  readonly agreement?: AgreementNamed;
  /** How it is handed over. */
  readonly way: 'page' | 'sealed-package';
}

/** A file in the store, one version of it. */
export interface StoredFile {
  readonly key: string;
  readonly versionId: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly contentType: string;
}

/**
 * One thing that would leave. An `image` is the untouched original of a kept image; a `redacted-copy` is a file of its
 * own, named as such beside the original it was made of; a `record` is an export of another technology's system; a
 * `count` is an anonymized number in words.
 */
export type Enclosure = {
  readonly id: string;
  readonly label: string;
  readonly addedBy: string;
  readonly addedAt: Instant;
  /** Left out by the officer who narrowed it, or taken out by the requester. */
  readonly leftOut?: { readonly by: string; readonly at: Instant };
} & (
  | { readonly kind: 'image'; readonly imageId: string; readonly caseNumber: string; readonly file: StoredFile }
  | {
      readonly kind: 'redacted-copy';
      /** The enclosure or kept image it was made of. */
      readonly madeOf: string;
      readonly whatWasRedacted: string;
      readonly fileName: string;
      /** Where the browser sends it; then the file once it has arrived and was hashed. */
      readonly incomingKey: string;
      readonly file?: StoredFile;
    }
  | {
      readonly kind: 'record';
      /** The system it comes from, and its number there. */
      readonly system: string;
      readonly reference: string;
      readonly capturedAt?: Instant;
      readonly fileName: string;
      readonly incomingKey: string;
      readonly file?: StoredFile;
    }
  | { readonly kind: 'count'; readonly text: string }
);

/** The officer's answer, as the rule takes it, with what was narrowed. */
export interface Approval extends OfficerDecision {
  readonly reason: string;
  /** Enclosures that may leave, when fewer than were shown. */
  readonly kept?: readonly string[];
}

export interface Disclosure extends Kept {
  readonly state: DisclosureState;
  readonly requesterId: string;
  /** Person ids of others who changed what is asked or enclosed: none of them signs it off. */
  readonly preparedBy?: readonly string[];
  readonly openedAt: Instant;
  /** When it was sent to be checked. */
  readonly sentAt?: Instant;
  readonly asked: DisclosureAsked;
  readonly enclosures: readonly Enclosure[];
  /** The edition of the last ruling, and its clauses. */
  readonly edition: string;
  readonly clauses?: readonly string[];
  /** What the last ruling found missing, or refused. */
  readonly needs?: readonly Need[];
  readonly refusals?: readonly Refusal[];
  /** What the officer asked back, while it waits for an answer. */
  readonly askedBack?: { readonly question: string; readonly by: string; readonly at: Instant };
  /** What was asked back before, with the answers; the officer is shown them. */
  readonly answeredBack?: readonly {
    readonly question: string;
    readonly by: string;
    readonly at: Instant;
    readonly answer: string;
    readonly answeredAt: Instant;
  }[];
  readonly decisionId?: string;
  readonly approval?: Approval;
  readonly release?: {
    readonly at: Instant;
    readonly clauses: readonly string[];
    readonly shownHash: string;
    readonly deliveryId: string;
    readonly register: RegisterRow;
  };
  /** Of an exigent release: the report to the Chief Privacy Officer, once ordered (mail/contract.ts). */
  readonly exigentReportId?: string;
  /** Until that report is ordered: when the privacy office is reminded of it, whatever has become of the disclosure. */
  readonly explainBy?: Instant;
  readonly outcomeReason?: string;
  readonly endedAt?: Instant;
  /** The state of the workflow that is lit in the drawing. */
  readonly step: string;
  /** While it is prepared or completed: when it lapses. */
  readonly lapsesAt?: Instant;
  /** When the sweep looks at it, and then moves it on. */
  readonly dueAt?: Instant;
}

export const disclosures = entity<Disclosure>('disclosure', (disclosure) => ({
  subject: [keyOf('person', disclosure.requesterId), disclosure.openedAt],
  ...((disclosure.state === 'completing' || disclosure.state === 'preparing') &&
    disclosure.dueAt && { desk: [keyOf('person', disclosure.requesterId), disclosure.dueAt] as const }),
  ...(dueAtOf(disclosure) && { dueAt: dueAtOf(disclosure)! }),
}));

/** When the sweep looks at it: its own time, or that of a report that is owed. */
export function dueAtOf({ dueAt, explainBy }: Pick<Disclosure, 'dueAt' | 'explainBy'>): Instant | undefined {
  return dueAt && explainBy ? earlierOf(dueAt, explainBy) : (dueAt ?? explainBy);
}

/** `linesOf(disclosuresOfMonth(at))`: every disclosure opened in a month (UTC), for those who oversee them. */
export const disclosuresOfMonth = (at: string): string => `disclosures-of#${at.slice(0, 7)}`;
/** `linesOf(provisionsOfQuarter('2026-Q4'))`: what was released in a quarter, by the day in New York. */
export const provisionsOfQuarter = (quarter: string): string => `provisions-of#${quarter}`;

/** What the workflow waits for: the requester to complete it, the recipient to collect it. */
export const completionOf = (id: string) => ({ on: keyOf('disclosure', id), for: 'completion' }) as const;
export const collectionOf = (id: string) => ({ on: keyOf('disclosure', id), for: 'collection' }) as const;

/**
 * That help with immigration enforcement was asked for, and what was answered (nyc-10-178-d). Kept whatever became of
 * the form; holds no word of what was typed.
 */
export interface ImmigrationRequest extends Kept {
  readonly at: Instant;
  readonly by: string;
  readonly technology: Technology;
  readonly agency: RequestingAgency | 'not-an-agency';
  /** A purpose of policies/editions/disclosure-grounds, or `not-stated`. */
  readonly purpose: string;
  readonly askedThrough: 'disclosure' | 'use-request' | 'standing-access';
  /** The disclosure or refused request it was part of. */
  readonly on: string;
  readonly response: 'refused';
  readonly clauses: readonly string[];
}

export const immigrationRequests = entity<ImmigrationRequest>('immigration-request', (request) => ({
  subject: ['immigration-requests', request.at],
}));

/** `linesOf(immigrationRequestsOfQuarter('2026-Q4'))`, by the day in New York. */
export const immigrationRequestsOfQuarter = (quarter: string): string => `immigration-requests-of#${quarter}`;
