/** One quarter's anonymized compilation: opened when the quarter has ended, compiled, and sent to the Chief Privacy Officer. */
import type { Instant } from '../../policies/instant.ts';
import type { Compilation, Quarter } from '../../policies/rules/quarterly-compilation.ts';
import { entity, type Kept } from '../records/entity.ts';

export interface QuarterlyReport extends Kept {
  /** As `2026-Q4`, which is its id too. */
  readonly quarter: Quarter;
  readonly openedAt: Instant;
  readonly state: 'open' | 'sent';
  /** What was sent: kept as it was, whatever is recorded later. */
  readonly compiled?: {
    readonly compilation: Compilation;
    readonly by: string;
    readonly at: Instant;
    readonly reportId: string;
  };
  readonly dueAt?: Instant;
}

export const quarterlyReports = entity<QuarterlyReport>('quarterly-report', (report) => ({
  subject: ['quarterly-reports', report.id],
  ...(report.state === 'open' && report.dueAt && { desk: ['role#privacy-officer', report.dueAt] as const }),
  ...(report.dueAt && { dueAt: report.dueAt }),
}));
