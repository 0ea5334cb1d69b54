/**
 * Ends a comparison: its counts become the record of the day, and differences are put on the desk of the records officers,
 * mailed to them, and counted where the alarm looks. What an earlier day left on the desk makes room for this one.
 */
import type { Instant } from '../../policies/instant.ts';
import type { Log } from '../edge/middleware.ts';
import { put, type MailOwed } from '../records/change.ts';
import type { Records } from '../records/records.aws.ts';
import { persons, roleLine } from '../records/standing.ts';
import { untilWritten } from '../records/until-written.ts';
import { isOpen, reconciliationKey, reconciliations, type Counted, type Reconciliation } from './contract.ts';

export interface EndNeeds {
  readonly records: Pick<Records, 'get' | 'linesOf' | 'ofSubject' | 'write'>;
  readonly log: Log;
  now(): Instant;
}

/** Earlier comparisons that may still be on the desk; a longer row of differing days has long been cleared by each next one. */
const MOST_EARLIER = 30;

export async function endReconciliation(needs: EndNeeds, id: string, counted: Counted): Promise<void> {
  const ended = await untilWritten(() => write(needs, id, counted));
  if (ended?.state === 'differs') needs.log(metricOf(ended, needs.now()));
}

async function write({ records, now }: EndNeeds, id: string, counted: Counted): Promise<Reconciliation | undefined> {
  const running = await records.get(reconciliations, id);
  if (running?.state !== 'running') return undefined;
  const at = now();
  const differs = counted.differences > 0;
  const { dueAt: _, ...rest } = running;
  const ended: Reconciliation = { ...rest, ...counted, state: differs ? 'differs' : 'agreed', endedAt: at };
  const subject = reconciliationKey(id);
  const earlier = differs ? await openBefore(records, id) : [];
  const facts = {
    files: counted.files,
    records: counted.cards,
    differences: counted.differences,
    mended: counted.mended,
  };
  await records.write({
    at,
    by: { kind: 'system', id: 'reconciliation' },
    puts: [put(reconciliations, ended), ...earlier.map((one) => put(reconciliations, { ...one, followedBy: id }))],
    tells: [
      {
        subject,
        act: differs ? 'store and records differ' : 'store and records agree',
        facts: { ...facts, ...counted.byKind },
      },
      ...earlier.map((one) => ({
        subject: reconciliationKey(one.id),
        act: 'followed by a later reconciliation',
        facts: { by: id },
      })),
    ],
    mails: differs ? await mailsTo(records, subject) : [],
  });
  return ended;
}

async function openBefore(records: EndNeeds['records'], id: string): Promise<readonly Reconciliation[]> {
  const { records: latest } = await records.ofSubject(reconciliations, 'reconciliations', {
    newestFirst: true,
    most: MOST_EARLIER,
  });
  // The listing may be a moment old; a record is written on condition of what it was read as.
  const read = await Promise.all(
    latest.filter((one) => one.id < id).map((one) => records.get(reconciliations, one.id)),
  );
  return read.filter((one) => one !== undefined).filter(isOpen);
}

async function mailsTo(records: EndNeeds['records'], subject: string): Promise<readonly MailOwed[]> {
  const officers = await Promise.all(
    (await records.linesOf(roleLine('records-officer'))).map((personId) => records.get(persons, personId)),
  );
  return officers
    .filter((person) => person?.active)
    .map((person) => ({ kind: 'store-differs', to: { personId: person!.id }, about: subject, subject }));
}

/** CloudWatch reads a metric from a log line of this form; no right and no resource is needed for it. */
const metricOf = ({ id, differences }: Reconciliation, at: Instant) => ({
  act: 'reconciliation',
  outcome: 'differs',
  reconciliation: id,
  StoreDifferences: differences,
  _aws: {
    Timestamp: Date.parse(at),
    CloudWatchMetrics: [
      { Namespace: 'postact', Dimensions: [[]], Metrics: [{ Name: 'StoreDifferences', Unit: 'Count' }] },
    ],
  },
});
