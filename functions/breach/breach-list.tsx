/** The list of breaches, the most urgent first; for who may only report, their own reports. */
import { epochMs, type Instant } from '../../policies/instant.ts';
import { Countdown, Moment, Nothing, Tag } from '../edge/fields.tsx';
import type { Visitor } from '../edge/visitor.ts';
import { keyOf } from '../records/entity.ts';
import type { Records } from '../records/records.aws.ts';
import { clockOf, reportsOf } from './clock-of.ts';
import { breaches, breachesOfYear, BREACH_ENDS, type Breach } from './contract.ts';
import { STATE_LABELS, TECHNOLOGY_LABELS } from './labels.ts';
import { span } from './breach-clock-panel.tsx';
import type { BreachClock } from '../../policies/rules/breach-clock.ts';

export interface Listed {
  readonly breach: Breach;
  readonly clock: BreachClock;
}

const OPEN_DESK = 'role#privacy-officer';

/** Those that are open, however old, and those that were reported in a year. Open ones come first, by what is due next. */
export async function breachesFor(records: Records, year: string, now: Instant): Promise<readonly Listed[]> {
  const [desk, ids] = await Promise.all([records.onDesk(OPEN_DESK), records.linesOf(breachesOfYear(year))]);
  const open = desk.filter(({ noun }) => noun === 'breach').map(({ record }) => record.id);
  const found = await Promise.all([...new Set([...open, ...ids])].map((id) => records.get(breaches, id)));
  const listed = await Promise.all(
    found
      .filter((breach) => breach !== undefined)
      .map(async (breach) => ({ breach, clock: clockOf(breach, await reportsOf(records, breach), now) })),
  );
  return listed.toSorted(
    (one, other) => urgencyOf(one) - urgencyOf(other) || (one.breach.reportedAt < other.breach.reportedAt ? 1 : -1),
  );
}

/** Unread first, then by the hour the report is due, then what is open for other reasons, then the ended. */
function urgencyOf({ breach, clock }: Listed): number {
  if (BREACH_ENDS.includes(breach.state)) return Number.MAX_SAFE_INTEGER;
  if (clock.state === 'unaware') return 0;
  const isOpen = clock.state === 'running' || clock.state === 'overdue';
  return isOpen ? epochMs(clock.dueAt) : Number.MAX_SAFE_INTEGER - 1;
}

export const ownReports = async (records: Records, visitor: Visitor): Promise<readonly Breach[]> =>
  (await records.ofSubject(breaches, keyOf('person', visitor.personId), { newestFirst: true })).records;

export function BreachList({ listed, year, now }: { listed: readonly Listed[]; year: string; now: Instant }) {
  return (
    <>
      <p>
        <a class="usa-button usa-button--outline" href="/breaches/new">
          Report a wrongful disclosure
        </a>
      </p>
      <nav aria-label="Years">
        <p>
          <a href={`/breaches?year=${Number(year) - 1}`}>Earlier</a> · All that are open, and those reported in {year}{' '}
          (UTC) · <a href={`/breaches?year=${Number(year) + 1}`}>Later</a>
        </p>
      </nav>
      {listed.length === 0 ? (
        <Nothing>
          No breach is open, and none was reported in this year. One that is reported appears here at once.
        </Nothing>
      ) : (
        <ul class="pa-list pa-list--due">
          {listed.map(({ breach, clock }) => (
            <li>
              <div class="pa-list__due">
                <TimeOf breach={breach} clock={clock} now={now} />
              </div>
              <p class="pa-list__what">
                <a href={`/breaches/${breach.id}`}>Breach {breach.id}</a>{' '}
                <Tag kind={STATE_LABELS[breach.state][1]}>{STATE_LABELS[breach.state][0]}</Tag>
              </p>
              <p class="pa-list__more">
                {breach.state !== 'reported' && `${TECHNOLOGY_LABELS[breach.given.technology]}. `}Reported{' '}
                <Moment at={breach.reportedAt} />
              </p>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function TimeOf({ breach, clock, now }: Listed & { now: Instant }) {
  if (clock.state === 'unaware') return <strong>Read it: the clock starts then</strong>;
  if (clock.state === 'told' || clock.state === 'sent') {
    return (
      <>
        {clock.state === 'told' ? 'Told' : 'Sent, to be proven,'} after {span(clock.awareAt, clock.sentAt)}
        {clock.late && `, late by ${span(clock.dueAt, clock.sentAt)}`}
      </>
    );
  }
  if (breach.state === 'no-violation') return <>Nothing to report</>;
  return (
    <Countdown until={clock.dueAt} now={now} inHours past={clock.due !== 'by-clause' ? 'past the aim' : undefined} />
  );
}

export function OwnReports({ reports }: { reports: readonly Breach[] }) {
  return reports.length === 0 ? (
    <Nothing>Nothing you reported yet. Each report of yours stays here, with where it stands.</Nothing>
  ) : (
    <ul class="pa-list">
      {reports.map(({ id, reportedAt, state }) => (
        <li>
          <p class="pa-list__what">
            <a href={`/breaches/${id}`}>{id}</a>
          </p>
          <p class="pa-list__more">
            Reported <Moment at={reportedAt} />
          </p>
          <div class="pa-list__side">
            <Tag kind={STATE_LABELS[state][1]}>{STATE_LABELS[state][0]}</Tag>
          </div>
        </li>
      ))}
    </ul>
  );
}
