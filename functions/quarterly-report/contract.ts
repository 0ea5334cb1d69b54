/** One quarter's anonymized compilation: opened when the quarter has ended, compiled, and sent to the Chief Privacy Officer. */
import type { Instant } from '../../policies/instant.ts';
import type { Compilation, CompiledPart, Quarter } from '../../policies/rules/quarterly-compilation.ts';
import { entity, type Kept } from '../records/entity.ts';

/** One sending of a compilation. */
export interface Sending {
  readonly compilation: Compilation;
  readonly by: string;
  readonly at: Instant;
  /** The report that carries it (mail/contract.ts), with its delivery. */
  readonly reportId: string;
  /** SHA-256 of what each part counted, by which a later sending knows what has changed. */
  readonly counted: Readonly<Record<CompiledPart['about'], string>>;
}

export interface QuarterlyReport extends Kept {
  /** As `2026-Q4`, which is its id too. */
  readonly quarter: Quarter;
  readonly openedAt: Instant;
  /** `open` while it is to be sent: at first, and again when its mail came back. */
  readonly state: 'open' | 'sent';
  /** What was sent last: kept as it was, whatever is recorded later. */
  readonly compiled?: Sending;
  /** What was sent before that, oldest first. */
  readonly earlier?: readonly Sending[];
  /** By when it is meant to be sent. */
  readonly dueAt?: Instant;
  /** When the privacy office is reminded next, once that day has passed. */
  readonly remindAt?: Instant;
}

export const quarterlyReports = entity<QuarterlyReport>('quarterly-report', (report) => ({
  subject: ['quarterly-reports', report.id],
  ...(report.state === 'open' &&
    report.dueAt && {
      desk: ['role#privacy-officer', report.dueAt] as const,
      dueAt: report.remindAt ?? report.dueAt,
    }),
}));

/** Every sending of a quarter, oldest first. */
export const sendingsOf = ({ earlier = [], compiled }: QuarterlyReport): readonly Sending[] =>
  compiled ? [...earlier, compiled] : earlier;
