/** What a request to use mobile x-ray holds, from the form to its end. Shapes only. */
import type { Instant } from '../../policies/instant.ts';
import type { Refusal } from '../../policies/ruling.ts';
import { entity, keyOf, type Kept } from '../records/entity.ts';

/**
 * `submitted` waits for the policy check; `confirming` for staff to confirm an outside entity; `deciding` for an
 * executive; `approved` for an operator and a device; `assigned` for the deployment; `under-way`; the rest are ends.
 */
export type UseRequestState =
  | 'submitted'
  | 'confirming'
  | 'deciding'
  | 'approved'
  | 'assigned'
  | 'under-way'
  | 'refused'
  | 'declined'
  | 'withdrawn'
  | 'lapsed'
  | 'closed';

export const ENDED: readonly UseRequestState[] = ['refused', 'declined', 'withdrawn', 'lapsed', 'closed'];

/** Who asks. An outside entity has no account: what its liaison typed is confirmed by staff before anyone decides. */
export type AskedBy =
  | { readonly kind: 'member'; readonly personId: string; readonly route: 'executive' | 'bureau-self-initiated' }
  | {
      readonly kind: 'external';
      readonly entityName: string;
      readonly entityKind: string;
      readonly liaisonName: string;
      readonly liaisonTitle: string;
      readonly liaisonEmail: string;
      readonly liaisonPhone: string;
      readonly confirmation?: {
        readonly identityHow: string;
        readonly affiliationHow: string;
        readonly by: string;
        readonly at: Instant;
      };
    };

/** What is asked for, as typed. Field names are the form's field names. */
export interface Asked {
  readonly targetKind: string;
  readonly similarObject?: string;
  readonly targetDescription: string;
  readonly nearPublicStreet: boolean;
  readonly location: string;
  readonly graveRisk: string;
  readonly purpose: string;
  readonly lawEnforcementReason: string;
  readonly eventName?: string;
  readonly elevatedThreatReason?: string;
  readonly publicKeptOutHow: string;
  readonly politicalActivity: boolean;
  readonly immigrationEnforcement: boolean;
  /** Characteristics of people that the request is based on, if any; any entry refuses it. */
  readonly basisCharacteristics: readonly string[];
  readonly useKind: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly attested: boolean;
}

export interface UseRequest extends Kept {
  readonly state: UseRequestState;
  readonly askedBy: AskedBy;
  readonly asked: Asked;
  readonly submittedAt: Instant;
  /** The edition in force when it was submitted, and the clauses that decided the check. */
  readonly edition: string;
  readonly clauses?: readonly string[];
  readonly legalBasis?: string;
  readonly refusals?: readonly Refusal[];
  /** Words in free text that the decider should look at; never a ground to refuse by themselves. */
  readonly flags?: readonly {
    readonly field: string;
    readonly kind: string;
    readonly word: string;
    readonly clause: string;
  }[];
  readonly decisionId?: string;
  readonly deploymentId?: string;
  readonly outcomeReason?: string;
  readonly endedAt?: Instant;
  /** The state of the workflow that is lit in the drawing. */
  readonly step: string;
  /** When it lapses or is late, for the sweep; absent once ended. */
  readonly dueAt?: Instant;
}

/** `people` with a request of their own find it under their own subject; all requests under one for oversight. */
export const askedBySubject = (request: UseRequest): string =>
  request.askedBy.kind === 'member' ? keyOf('person', request.askedBy.personId) : 'external-requests';

export const useRequests = entity<UseRequest>('use-request', (request) => ({
  subject: [askedBySubject(request), request.submittedAt],
  ...(request.state === 'confirming' && { desk: ['role#external-intake', request.asked.startsAt] as const }),
  ...(request.state === 'approved' && { desk: ['role#ctb-commander', request.asked.startsAt] as const }),
  ...(request.dueAt && { dueAt: request.dueAt }),
}));

/** `linesOf(monthLine(month))` lists the requests submitted in a month (UTC), for those who oversee them all. */
export const monthLine = (at: string): string => `use-requests-of#${at.slice(0, 7)}`;

/** `linesOf(addressLine(…))` lists what an outside address asked for on one day (UTC). The address is hashed, in small letters. */
export const addressLine = (emailHash: string, at: string): string =>
  `use-requests-from#${emailHash}#${at.slice(0, 10)}`;

/** A refusal at the form keeps no request, only that it was tried: the clauses, never what was typed. */
export interface RefusedRequest extends Kept {
  readonly at: Instant;
  readonly by: string;
  readonly edition: string;
  readonly refusals: readonly Refusal[];
}

export const refusedRequests = entity<RefusedRequest>('refused-request', (refused) => ({
  subject: ['refused-requests', refused.at],
}));
