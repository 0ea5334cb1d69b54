/** The first page about retention: what is kept by class, what falls due, what waits for people, and whether store and records agree. */
import type { Instant } from '../../policies/instant.ts';
import { nyDate, nyDateText } from '../../policies/instant.ts';
import { mayDo } from '../../policies/roles.ts';
import { Facts, Moment, Nothing, Notice, Tag } from '../edge/fields.tsx';
import type { Visitor } from '../edge/visitor.ts';
import { dispositions } from '../disposition/contract.ts';
import { holds } from '../hold/contract.ts';
import { monthsFrom, reconciliations, type Reconciliation } from '../reconciliation/contract.ts';
import type { Records } from '../records/records.aws.ts';
import { CalendarDrawing, CalendarTable, totalOf } from './calendar-drawing.tsx';
import { schedulesKnown, type SchedulesKnown } from './schedules-known.ts';
import { bytesText, countText, periodText, titleOf } from './words.ts';

export interface Overview {
  readonly known: SchedulesKnown;
  /** The last comparison that ended, of which the counts are. */
  readonly counted?: Reconciliation;
  /** The newest of all. */
  readonly latest?: Reconciliation;
  readonly holds: Several;
  readonly batches: Several;
  readonly now: Instant;
}

/** A count that stops where it stops mattering. */
interface Several {
  readonly count: number;
  readonly orMore: boolean;
}

const MOST_COUNTED = 200;

export async function overviewOf(records: Records, now: Instant): Promise<Overview> {
  const [known, comparisons, binding, open] = await Promise.all([
    schedulesKnown(records),
    records.ofSubject(reconciliations, 'reconciliations', { newestFirst: true, most: 10 }),
    records.ofSubject(holds, 'holds#binding', { most: MOST_COUNTED }),
    records.ofSubject(dispositions, 'dispositions#open', { most: MOST_COUNTED }),
  ]);
  const [latest] = comparisons.records;
  const counted = comparisons.records.find(({ state }) => state !== 'running');
  return {
    known,
    ...(counted && { counted }),
    ...(latest && { latest }),
    holds: { count: binding.records.length, orMore: binding.next !== undefined },
    batches: { count: open.records.length, orMore: open.next !== undefined },
    now,
  };
}

const severalText = ({ count, orMore }: Several): string => `${countText(count)}${orMore ? ' or more' : ''}`;

export function OverviewPage({ overview, visitor }: { overview: Overview; visitor: Visitor }) {
  const { known, counted, latest, holds: binding, batches, now } = overview;
  return (
    <>
      <p class="pa-starts pa-noprint">
        <a class="usa-button" href={`/retention/due?month=${nyDate(now).slice(0, 7)}`}>
          What falls due
        </a>
        <a class="usa-button usa-button--outline" href="/retention/schedules">
          Schedules
        </a>
        <a class="usa-button usa-button--outline" href="/retention/reconciliations">
          Store and records
        </a>
      </p>
      {!known.inForce && (
        <Notice kind="warning" heading="No approved schedule is in force">
          <p>
            Dates are shown as the printed policies have them, and nothing is disposed of by any of them.{' '}
            <a href="/retention/schedules">See the schedules</a>
          </p>
        </Notice>
      )}
      <Facts
        items={[
          [
            'Schedule in force',
            known.inForce && (
              <a href={`/retention/schedules/${encodeURIComponent(known.inForce.id)}`}>
                {known.inForce.schedule.title}
              </a>
            ),
          ],
          ['Store and records', latest ? <Agreement one={latest} /> : 'not compared yet'],
          [
            'Holds that bind',
            mayDo(visitor.roles, 'read-retention') ? <a href="/holds">{severalText(binding)}</a> : severalText(binding),
          ],
          ['Batches to dispose of', <a href="/dispositions">{severalText(batches)}</a>],
          counted && ['May be proposed now', countText(totalOf(counted.eligible))],
          counted && ['In a batch', countText(totalOf(counted.proposed))],
          counted && ['Without a day, because of a hold', countText(totalOf(counted.heldByClass))],
        ]}
      />
      {counted ? <Counts counted={counted} known={known} /> : <NothingCounted />}
    </>
  );
}

const NothingCounted = () => (
  <Nothing>
    What is kept is counted once a day, when the store and the records are compared. The calendar of the next 24 months
    and the records by class appear here after the first time.
  </Nothing>
);

export function Agreement({ one }: { one: Reconciliation }) {
  const href = `/retention/reconciliations/${one.id}`;
  if (one.state === 'running')
    return (
      <>
        <Tag kind="waiting">being compared</Tag> <a href={href}>since {<Moment at={one.startedAt} />}</a>
      </>
    );
  return (
    <>
      {one.state === 'agreed' ? <Tag kind="good">agree</Tag> : <Tag kind={one.done ? 'waiting' : 'bad'}>differ</Tag>}{' '}
      <a href={href}>as of {nyDateText(nyDate(one.endedAt ?? one.startedAt))}</a>
    </>
  );
}

function Counts({ counted, known }: { counted: Reconciliation; known: SchedulesKnown }) {
  const asOfDay = nyDate(counted.endedAt ?? counted.startedAt);
  const months = monthsFrom(asOfDay);
  const calendar = { months, due: counted.dueByMonth, titles: known.titles };
  const classes = Object.entries(counted.byClass).toSorted(([, a], [, b]) => b.records - a.records);
  return (
    <>
      <h2>The next 24 months</h2>
      <CalendarDrawing {...calendar} asOf={nyDateText(asOfDay)} />
      <details class="pa-quiet" open>
        <summary>The same as a table</summary>
        <CalendarTable {...calendar} />
      </details>
      <h2>What is kept, by class</h2>
      <div class="pa-scroll" role="region" aria-label="What is kept, by class" tabindex={0}>
        <table class="usa-table usa-table--borderless">
          <thead>
            <tr>
              <th scope="col">Class</th>
              <th scope="col">Kept</th>
              <th scope="col">Records</th>
              <th scope="col">Files</th>
            </tr>
          </thead>
          <tbody>
            {classes.map(([classId, { records, bytes }]) => (
              <tr>
                <th scope="row">
                  <a href={`/retention/classes/${encodeURIComponent(classId)}`}>{titleOf(known.titles, classId)}</a>
                </th>
                <td>{keptText(known, classId)}</td>
                <td class="pa-number">{countText(records)}</td>
                <td class="pa-number">{bytesText(bytes)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** How long a class is kept, by the schedule in force or the first that has it. */
export function keptText({ inForce, loaded, printed }: SchedulesKnown, classId: string): string {
  const all = [...(inForce ? [inForce.schedule] : []), ...loaded.map(({ schedule }) => schedule), ...printed];
  const found = all.flatMap(({ classes }) => classes).find(({ id }) => id === classId);
  if (found) return periodText(found.rule);
  return classId === 'destroyed' ? 'as a tombstone, for ever' : 'until it has a class, and no case of it is open';
}
