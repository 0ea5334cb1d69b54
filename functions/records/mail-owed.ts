/**
 * A mail is an obligation with a record of its own: owed when the change is written, then sent, then delivered or
 * bounced, then seen. What it says is rendered when it is sent, from the records it is about; the secret in its link is
 * made then too, so no secret is ever stored.
 */
import type { Instant } from '../../policies/instant.ts';
import { entity, type Kept } from './entity.ts';

/** Every kind of mail postact sends, by what it is about. The words are in functions/mail/. */
export type DecisionMailKind = 'decision-asked' | 'decision-reminder' | 'decision-passed-on';
export type RequestMailKind =
  | 'request-received'
  | 'request-refused'
  | 'request-approved'
  | 'request-declined'
  | 'request-lapsed'
  | 'request-withdrawn'
  | 'request-closed'
  | 'entity-to-confirm'
  | 'assignment-asked'
  | 'deployment-assigned'
  | 'deployment-to-close'
  | 'image-kept'
  | 'image-refused'
  | 'upload-lapsed';
export type DisclosureMailKind =
  | 'disclosure-to-complete'
  | 'disclosure-refused'
  | 'disclosure-declined'
  | 'disclosure-lapsed'
  | 'disclosure-released'
  | 'disclosure-received'
  | 'disclosure-not-collected'
  | 'disclosure-revoked'
  | 'exigency-to-report';
export type DeliveryMailKind = 'delivery-ready' | 'delivery-code' | 'delivery-revoked' | 'delivery-undeliverable';
export type BreachMailKind =
  | 'breach-to-read'
  | 'breach-to-report'
  | 'breach-deputies-asked'
  | 'breach-chief-told'
  | 'breach-overdue'
  | 'breach-still-open'
  | 'breach-notice'
  | 'containment-asked';
export type ReportMailKind = 'report-to-privacy-office' | 'report-undeliverable' | 'quarterly-report-due';
export type HoldMailKind = 'hold-placed' | 'hold-to-acknowledge' | 'hold-to-review' | 'hold-released';
export type RetentionMailKind =
  | 'disposition-proposed'
  | 'disposition-declined'
  | 'disposition-destroyed'
  | 'disposition-overdue'
  | HoldMailKind
  | 'store-differs';
export type MailKind =
  | DecisionMailKind
  | RequestMailKind
  | DisclosureMailKind
  | DeliveryMailKind
  | BreachMailKind
  | ReportMailKind
  | RetentionMailKind;

export interface Mail extends Kept {
  readonly kind: MailKind;
  /** A person of the agency, or the address an external liaison gave. */
  readonly to: { readonly personId: string } | { readonly address: string };
  /** `keyOf` of the record it is about; for a decision mail the decision. */
  readonly about: string;
  /** The ledger's subject, on whose timeline the mail shows; for a decision mail the request decided on. */
  readonly subject: string;
  readonly owedAt: Instant;
  readonly state: 'owed' | 'sent' | 'delivered' | 'bounced' | 'failed';
  readonly sentAt?: Instant;
  /** SES's id of the last sending. */
  readonly messageId?: string;
  readonly outcomeAt?: Instant;
  readonly outcome?: string;
  readonly seenAt?: Instant;
  readonly attempts: number;
  /** When the sweep looks at it again; absent once delivered or given up. */
  readonly dueAt?: Instant;
}

export const mails = entity<Mail>('mail', (mail) => ({
  subject: [mail.subject, mail.owedAt],
  ...(mail.dueAt && { dueAt: mail.dueAt }),
}));
