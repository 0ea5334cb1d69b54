/**
 * Reports to the City's Chief Privacy Officer: composed from a record, reviewed by a person, sent by mail, and followed
 * until delivery is proven. One shape for what is reported of breaches, of exigent disclosures and of quarters.
 *
 * The words are those that were reviewed; they name nobody (docs/adr/0013). `sentAt` is when the mail service took it,
 * not when it was ordered: a host that was down in between makes a report late, and the letter says so.
 */
import type { Instant } from '../../policies/instant.ts';
import { entity, type Kept } from '../records/entity.ts';

export interface Report extends Kept {
  readonly about: 'breach' | 'exigent-disclosure' | 'quarter';
  /** `keyOf` the record it reports on; its ledger tells the story. */
  readonly of: string;
  readonly title: string;
  /** Headings and paragraphs, in order. */
  readonly parts: readonly { readonly heading: string; readonly lines: readonly string[] }[];
  /** Tables as text of CSV files, by file name. */
  readonly tables?: readonly { readonly fileName: string; readonly csv: string }[];
  /** SHA-256 of the canonical title, parts and tables. */
  readonly sha256: string;
  readonly answers: readonly string[];
  readonly orderedBy: string;
  readonly orderedAt: Instant;
  /** By when, and whether a clause or only the house's aim says so. */
  readonly due?: { readonly at: Instant; readonly by: 'clause' | 'target' };
  readonly sentAt?: Instant;
  readonly deliveredAt?: Instant;
  readonly undeliverableAt?: Instant;
}

export const reports = entity<Report>('report', (report) => ({ subject: [report.of, report.orderedAt] }));

/** What a workflow that waits for a report to be proven waits for. */
export const proofOf = (of: string) => ({ on: of, for: 'next-step' }) as const;
