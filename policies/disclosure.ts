/**
 * What is told of a disclosure, and what its rules find. Shapes only; every optional field is evidence that
 * may still be missing, and whatever is missing never makes a disclosure lawful.
 *
 * `now` in these rules is the moment the release would happen. No names of people, plates or places: ids,
 * and statements in the words of whoever wrote them, which never reach a message.
 */
import type { CalendarDate } from './calendar-date.ts';
import type {
  ExigentExemption,
  GroundId,
  ImmigrationPurpose,
  Proceeding,
  PublicPurpose,
  RecipientKind,
} from './editions/disclosure-grounds.ts';
import type { Technology } from './editions/edition.ts';
import type { Instant } from './instant.ts';
import type { Refusal } from './ruling.ts';

/** Something still missing; supplying it may allow the disclosure. */
export interface Need extends Refusal {
  readonly need: NeedId;
}

export type NeedId =
  | 'identity'
  | 'affiliation'
  | 'lawfulness'
  | 'immigration-answer'
  | 'ground'
  | 'officer-approval'
  | 'consent'
  | 'law-cited'
  | 'mission-stated'
  | 'city-pre-approval'
  | 'routine-designation'
  | 'crime-or-information'
  | 'welfare-investigation'
  | 'exigency-explained'
  | 'prosecutor-jurisdiction'
  | 'request-or-proceeding'
  | 'public-purpose'
  | 'vendor-standing'
  | 'duty-reason'
  | 'plate-search'
  | 'agreement'
  | 'enclosure';

/** What one rule adds: what is missing, what can never be, and the clauses it judged by. */
export interface Findings {
  readonly needs: readonly Need[];
  readonly because: readonly Refusal[];
  readonly clauses: readonly string[];
}

export const findings = (...parts: readonly Partial<Findings>[]): Findings => ({
  needs: parts.flatMap((part) => part.needs ?? []),
  because: parts.flatMap((part) => part.because ?? []),
  clauses: [...new Set(parts.flatMap((part) => part.clauses ?? []))],
});

/** That somebody checked something about who asks: how, by whom and when. */
export interface Confirmation {
  readonly outcome: 'confirmed' | 'not-confirmed';
  readonly how: string;
  readonly byId: string;
  readonly at: Instant;
}

export interface LawfulnessDetermination {
  readonly outcome: 'lawful' | 'unlawful';
  readonly because: string;
  readonly byId: string;
  readonly at: Instant;
}

export interface ImmigrationFacts {
  /** What the form asks of every disclosure. Anything but 'no' and 'unanswered' stops it. */
  readonly furthers: 'unanswered' | 'no' | ImmigrationPurpose;
  /** Whether the recipient is, or acts for, federal personnel with duties of immigration enforcement. */
  readonly recipientEnforces: boolean;
  /** The other lawful purpose of such a recipient. */
  readonly otherPurpose?: string;
}

/** A person in what is disclosed. */
export interface PersonConsent {
  readonly personRef: string;
  readonly capacity: 'adult' | 'minor' | 'not-competent';
  readonly consent?: {
    readonly signedBy: 'person' | 'parent-or-guardian';
    readonly at: Instant;
    readonly withdrawnAt?: Instant;
  };
}

export interface PreApproval {
  readonly preApprovalId: string;
  readonly approvedAt: Instant;
  /** Kinds of disclosure it covers, or ids of single ones. */
  readonly covers: readonly string[];
  /** First and last day it is valid; absent where it sets none. */
  readonly from?: CalendarDate;
  readonly until?: CalendarDate;
}

export interface RoutineDesignation {
  readonly designationId: string;
  readonly covers: readonly string[];
  readonly recipients: readonly RecipientKind[];
  readonly from: CalendarDate;
  /** Last day it is valid; absent while it is open. */
  readonly until?: CalendarDate;
}

export interface WelfareInvestigation {
  readonly reference: string;
  readonly byCityAgency: boolean;
  readonly open: boolean;
  readonly about: 'minor' | 'not-competent' | 'other';
}

export type GroundEvidence =
  | { readonly ground: 'consent'; readonly people: readonly PersonConsent[] }
  | { readonly ground: 'required-by-law'; readonly law?: string }
  | { readonly ground: 'mission'; readonly how?: string }
  | { readonly ground: 'city-interest'; readonly preApproval?: PreApproval }
  | { readonly ground: 'routine'; readonly designation?: RoutineDesignation }
  | { readonly ground: 'crime'; readonly caseNumber?: string; readonly credibleInformation?: string }
  | { readonly ground: 'welfare'; readonly investigation?: WelfareInvestigation }
  | { readonly ground: 'exigent'; readonly explanation?: string; readonly exemption?: ExigentExemption };

/** What the department's records say of whoever signs, at the moment of signing. */
export interface Signer {
  readonly personId: string;
  readonly active: boolean;
  readonly roles: readonly string[];
  readonly bureau: string;
  readonly office: 'agency-privacy-officer' | 'deputy' | 'none';
  /** Since when the office, or the naming as deputy, is held, and until when; both as instants. */
  readonly heldFrom?: Instant;
  readonly heldUntil?: Instant;
}

export interface OfficerDecision {
  readonly decisionId: string;
  readonly answer: 'approve' | 'decline';
  readonly at: Instant;
  readonly ground: GroundId;
  /** Hash of what the officer was shown. */
  readonly shownHash: string;
  readonly signer: Signer;
}

export interface VendorStanding {
  readonly contractId: string;
  /** What the contract asks that needs this. */
  readonly duty: string;
  readonly contractEndsOn?: CalendarDate;
  readonly approvedVendor: boolean;
  readonly noMoreThanNeeded: boolean;
  readonly responsibilityDetermined: boolean;
  readonly integrityReviewed: boolean;
  readonly sensitive: boolean;
  readonly backgroundChecked: boolean;
  readonly boundToConfidentiality: boolean;
}

export type Recipient =
  | {
      readonly kind: 'prosecutor';
      readonly matter?: { readonly caseNumber: string; readonly hasJurisdiction: boolean };
    }
  | {
      readonly kind: 'law-enforcement' | 'city-agency';
      /** Their own request under some law, regulation or policy, or the department's offer for a proceeding. */
      readonly path?:
        | { readonly kind: 'their-request'; readonly reliedOn: string }
        | { readonly kind: 'our-offer'; readonly proceeding: Proceeding | 'other' };
    }
  | { readonly kind: 'person-or-guardian' }
  | {
      readonly kind: 'community-leader' | 'civic-organization' | 'news-media';
      readonly purpose?: PublicPurpose | 'other';
    }
  | { readonly kind: 'vendor'; readonly standing?: VendorStanding }
  | { readonly kind: 'agency-unit'; readonly dutyReason?: string }
  | {
      readonly kind: 'new-jersey-agent';
      readonly search?: {
        readonly what: 'one-complete-plate' | 'partial-plate' | 'several-plates' | 'area' | 'reader' | 'associates';
        readonly through: 'plate-search' | 'domain-awareness-system';
        readonly authorizedAgent: boolean;
      };
    };

export type Agreement =
  | {
      readonly kind: 'agreement';
      readonly agreementId: string;
      readonly from?: CalendarDate;
      readonly until?: CalendarDate;
      /** Technologies it is about; absent when it sets no bounds. */
      readonly technologies?: readonly Technology[];
    }
  | { readonly kind: 'no-important-privacy-interest'; readonly why: string };

export interface DisclosureFacts {
  readonly disclosureId: string;
  /** The kind of disclosure, as pre-approvals and routine designations name kinds. */
  readonly disclosureType: string;
  readonly requesterId: string;
  /** Others who changed what is asked or enclosed. */
  readonly preparedBy?: readonly string[];
  /** Records, or copies of them, identify people; an anonymized count does not. */
  readonly content: 'original' | 'redacted-copy' | 'anonymized-count';
  readonly recipient: Recipient;
  readonly immigration: ImmigrationFacts;
  readonly identity?: Confirmation;
  readonly affiliation?: Confirmation;
  readonly lawfulness?: LawfulnessDetermination;
  readonly basis?: GroundEvidence;
  readonly officerDecision?: OfficerDecision;
  /** Hash of what would leave, about whom, to whom and why: what the officer has to have been shown. */
  readonly shownHash: string;
  readonly agreement?: Agreement;
}
