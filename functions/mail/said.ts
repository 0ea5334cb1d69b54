/** The shape of what a mail says, and what its words may be made of. */
import type { Breach } from '../breach/contract.ts';
import type { Decision } from '../decision/contract.ts';
import type { Delivery } from '../delivery/contract.ts';
import type { Disclosure } from '../disclosure/contract.ts';
import type { Disposition } from '../disposition/contract.ts';
import type { Hold } from '../hold/contract.ts';
import type { Image } from '../image/contract.ts';
import type { Instant } from '../../policies/instant.ts';
import type { QuarterlyReport } from '../quarterly-report/contract.ts';
import type { Reconciliation } from '../reconciliation/contract.ts';
import type { UseRequest } from '../use-request/contract.ts';
import type { Report } from './contract.ts';

export interface Words {
  readonly subject: string;
  /** Paragraphs above the link. */
  readonly lines: readonly string[];
  /** The one link and its words; absent where the reader has no account. */
  readonly link?: { readonly href: string; readonly words: string };
  /** Small print below. */
  readonly below?: readonly string[];
}

export interface MailAbout {
  readonly site: string;
  /** When it is sent. */
  readonly now: Instant;
  readonly request?: UseRequest;
  readonly decision?: Decision;
  readonly image?: Image;
  readonly deploymentId?: string;
  readonly disclosure?: Disclosure;
  readonly delivery?: Delivery;
  readonly breach?: Breach;
  readonly report?: Report;
  readonly quarterlyReport?: QuarterlyReport;
  readonly hold?: Hold;
  /** Of a hold, by name: who answers for it, and who was told in writing what to keep. */
  readonly people?: { readonly owner: string; readonly custodians: readonly string[] };
  readonly disposition?: Disposition;
  readonly reconciliation?: Reconciliation;
  /** The secret in the link of a decision or a delivery, or a one-time code. */
  readonly secret?: string;
}

export const ONE_PERSON =
  'This link works for you alone, after you sign in. Opening it decides nothing. Forwarded, it opens for nobody else.';
