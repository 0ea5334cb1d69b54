/**
 * A question put to named people one after the other, to be answered once. Used for the executive's decision on an
 * x-ray request and for every later sign-off: what is shown comes as `shown`, so this noun knows no other.
 */
import type { Signer } from '../../policies/disclosure.ts';
import type { GroundId } from '../../policies/editions/disclosure-grounds.ts';
import type { Technology } from '../../policies/editions/edition.ts';
import type { Instant } from '../../policies/instant.ts';
import type { SigningOffice } from '../disposition/contract.ts';
import { entity, keyOf, type Kept } from '../records/entity.ts';

/** `ask-back` puts a question to who asked, and decides nothing. */
export type Answer = 'approve' | 'decline' | 'ask-back';

export interface Link {
  /** SHA-256 of the secret in the mail's address. The secret itself is nowhere stored. */
  readonly hash: string;
  readonly personId: string;
  readonly sentAt: Instant;
}

/** One heading of what the decider is shown. `lines` are label and text; `warning` lines are set off. */
export interface ShownPart {
  readonly heading: string;
  /** Set for a part that the decider may leave out: approving without it narrows what is approved. */
  readonly id?: string;
  readonly lines: readonly {
    readonly label: string;
    readonly text: string;
    readonly warning?: boolean;
    readonly clause?: string;
  }[];
}

/** What the judgement of an answer needs to know, by kind of question. */
export interface XRayUseMatter {
  readonly question: 'x-ray-use';
  readonly route: 'executive' | 'bureau-self-initiated' | 'external';
  readonly requesterId?: string;
  readonly externalConfirmed?: { readonly identity: boolean; readonly affiliation: boolean };
  readonly publicKeptOutHow: string;
}

/** The sign-off of a disclosure by the privacy office. */
export interface DisclosureMatter {
  readonly question: 'disclosure';
  readonly disclosureId: string;
  readonly requesterId: string;
  /** Others who changed what is asked or enclosed. */
  readonly preparedBy?: readonly string[];
  readonly ground: GroundId;
  readonly technology: Technology;
}

/** One of the three sign-offs of a batch of records that is to be destroyed (Charter 1133(f)). */
export interface DispositionMatter {
  readonly question: 'disposition';
  readonly dispositionId: string;
  readonly office: SigningOffice;
  readonly technology: Technology;
  /** SHA-256 of the list of what would be destroyed: what the signature is for. */
  readonly listSha256: string;
  /** The decisions of the other offices: nobody answers for two. */
  readonly others: readonly string[];
  readonly proposedBy?: string;
}

export type Matter = XRayUseMatter | DisclosureMatter | DispositionMatter;

/** What is left of what was shown when only these of the parts that may be left out are kept. */
export const keptOf = (shown: readonly ShownPart[], kept: readonly string[] | undefined): readonly ShownPart[] =>
  kept ? shown.filter(({ id }) => id === undefined || kept.includes(id)) : shown;

export interface Asking {
  readonly personId: string;
  readonly at: Instant;
  readonly remindedAt?: Instant;
  readonly undeliverableAt?: Instant;
}

export interface Decision extends Kept {
  readonly matter: Matter;
  /** `keyOf` the record decided on; its ledger tells the story. */
  readonly on: string;
  readonly state: 'waiting' | 'answered' | 'withdrawn' | 'lapsed';
  readonly edition: string;
  /** Person ids in the order they are asked. */
  readonly askInOrder: readonly string[];
  /** How many of them have been asked so far; the last asked is reminded before the next is asked. */
  readonly asked: readonly Asking[];
  readonly openedAt: Instant;
  /** Undecided at this instant, it lapses (for a use request: the start time). Never approved by time. */
  readonly lapsesAt: Instant;
  /** How long an approval stands, for the workflow that goes on from it. */
  readonly goodUntil: Instant;
  readonly shown: readonly ShownPart[];
  /** SHA-256 of the canonical text of `shown`: what the answer is bound to. */
  readonly shownHash: string;
  readonly links: readonly Link[];
  readonly answer?: {
    readonly answer: Answer;
    readonly reason: string;
    readonly by: string;
    readonly at: Instant;
    readonly clauses: readonly string[];
    /** Of what was approved: of all that was shown, or of what was kept of it. */
    readonly shownHash: string;
    readonly door: 'mail-link' | 'desk';
    readonly selfDecided: boolean;
    /** Ids of the parts that were kept, when fewer than were shown. */
    readonly kept?: readonly string[];
    /** Of a sign-off: what the records said of the signer at that moment. */
    readonly signer?: Signer;
    /** Of a sign-off: a signature of the answer, for who has no access to the ledger. */
    readonly signature?: { readonly of: string; readonly value: string; readonly keyId: string };
  };
  readonly endedAt?: Instant;
  /** When the next stage begins, for the sweep. */
  readonly dueAt?: Instant;
}

/** It waits on the desk of the person asked last. */
export const decisions = entity<Decision>('decision', (decision) => ({
  subject: [decision.on, decision.openedAt],
  ...(decision.state === 'waiting' &&
    decision.asked.length > 0 && {
      desk: [keyOf('person', decision.asked.at(-1)!.personId), decision.lapsesAt] as const,
    }),
  ...(decision.state === 'waiting' && decision.dueAt && { dueAt: decision.dueAt }),
}));

/** Finds a decision by a link: `linesOf(linkLine(sha256(secret)))` names its id. */
export const linkLine = (hash: string): string => `decision-link#${hash}`;
