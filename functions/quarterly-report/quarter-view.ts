/** What the pages of a quarter show, read from the records. */
import type { Instant } from '../../policies/instant.ts';
import type { PublishedPolicy } from '../../policies/editions/edition.ts';
import { mayDo } from '../../policies/roles.ts';
import type { Quarter } from '../../policies/rules/quarterly-compilation.ts';
import type { Visitor } from '../edge/visitor.ts';
import { reports, type Report } from '../mail/contract.ts';
import { isInOffice } from '../records/privacy-office.ts';
import type { Records } from '../records/records.aws.ts';
import { persons } from '../records/standing.ts';
import { composeQuarter, type ComposedQuarter } from './compose-quarter.ts';
import { quarterlyReports, sendingsOf, type QuarterlyReport, type Sending } from './contract.ts';
import { gatherQuarter } from './gather-quarter.ts';
import { hasEnded, idOf, policiesOf, previousOf, quarterAt, quarterFrom } from './quarter.ts';

export interface SentQuarter {
  /** From 1. */
  readonly number: number;
  readonly sending: Sending;
  readonly report?: Report;
  readonly byName: string;
}

export interface QuarterView {
  readonly id: string;
  readonly quarter: Quarter;
  readonly ended: boolean;
  readonly onRecord?: QuarterlyReport;
  /** Oldest first. */
  readonly sent: readonly SentQuarter[];
  /** What would be sent now, for those whose task it is: nothing while the quarter runs, or when nothing has changed. */
  readonly draft?: ComposedQuarter;
  /** Whether the visitor holds the office now. */
  readonly inOffice: boolean;
  readonly now: Instant;
}

export interface ViewNeeds {
  readonly records: Records;
  readonly now: () => Instant;
}

/** Undefined for what is no quarter, and for one before the first edition held here. */
export async function quarterView(
  { records, now }: ViewNeeds,
  id: string,
  visitor: Visitor,
): Promise<QuarterView | undefined> {
  const at = now();
  const quarter = quarterFrom(id);
  const [policy, ...others] = quarter ? policiesOf(quarter) : [];
  if (!quarter || !policy || quarter.year > quarterAt(at).year) return undefined;
  const onRecord = await records.get(quarterlyReports, id);
  const sent = await sentOf(records, onRecord);
  const ended = hasEnded(quarter, at);
  const draft =
    ended && mayDo(visitor.roles, 'send-quarterly-report')
      ? await draftOf(records, quarter, sent, [policy, ...others], at)
      : undefined;
  const person = await records.get(persons, visitor.personId);
  return {
    id,
    quarter,
    ended,
    ...(onRecord && { onRecord }),
    sent,
    ...(draft && { draft }),
    inOffice: person !== undefined && isInOffice(person, at),
    now: at,
  };
}

async function sentOf(records: Records, onRecord: QuarterlyReport | undefined): Promise<readonly SentQuarter[]> {
  return Promise.all(
    (onRecord ? sendingsOf(onRecord) : []).map(async (sending, index) => {
      const [report, person] = await Promise.all([
        records.get(reports, sending.reportId),
        records.get(persons, sending.by),
      ]);
      return { number: index + 1, sending, ...(report && { report }), byName: person?.name ?? sending.by };
    }),
  );
}

async function draftOf(
  records: Records,
  quarter: Quarter,
  sent: readonly SentQuarter[],
  policies: readonly [PublishedPolicy, ...PublishedPolicy[]],
  at: Instant,
): Promise<ComposedQuarter | undefined> {
  const facts = await gatherQuarter(records, quarter, at);
  const composed = composeQuarter(
    facts,
    sent.map(({ sending }) => sending),
    policies,
    at,
  );
  const last = sent.at(-1);
  return !last || last.report?.undeliverableAt || composed.changed.length > 0 ? composed : undefined;
}

export interface ListedQuarter {
  readonly id: string;
  readonly quarter: Quarter;
  readonly ended: boolean;
  readonly onRecord?: QuarterlyReport;
  /** Of the last sending. */
  readonly report?: Report;
}

/** The running quarter, the one before it, and every one on record; newest first. */
export async function quartersOf({ records, now }: ViewNeeds): Promise<readonly ListedQuarter[]> {
  const at = now();
  const running = quarterAt(at);
  const { records: known } = await records.ofSubject(quarterlyReports, 'quarterly-reports', { newestFirst: true });
  const all = new Map(
    [running, previousOf(running), ...known.map(({ quarter }) => quarter)].map((one) => [idOf(one), one]),
  );
  return Promise.all(
    [...all]
      .toSorted(([one], [other]) => (one < other ? 1 : -1))
      .map(async ([id, quarter]) => {
        const onRecord = known.find((one) => one.id === id);
        const report = onRecord?.compiled && (await records.get(reports, onRecord.compiled.reportId));
        return {
          id,
          quarter,
          ended: hasEnded(quarter, at),
          ...(onRecord && { onRecord }),
          ...(report && { report }),
        };
      }),
  );
}
