/**
 * The clock of a breach, large enough to read at arm's length: what is left, what is late and by how much, and a bar of
 * the hours from awareness on. What it shows is said in words too, and nothing in it is told by color alone.
 */
import { hoursBetween, minutesBetween, nyText, type Instant } from '../../policies/instant.ts';
import type { PublishedPolicy } from '../../policies/editions/edition.ts';
import type { BreachClock } from '../../policies/rules/breach-clock.ts';
import { Clauses, Countdown, Facts, Moment, spanText, Tag } from '../edge/fields.tsx';
import type { Report } from '../mail/contract.ts';
import type { Breach } from './contract.ts';

/** From one moment to another, in words that count hours and not days. */
export const span = (from: Instant, to: Instant): string =>
  spanText(Math.floor(Math.abs(minutesBetween(from, to))), true) || 'less than a minute';

type Known = Exclude<BreachClock, { readonly state: 'unaware' }>;

interface PanelProps {
  readonly breach: Breach;
  readonly clock: BreachClock;
  readonly reports: readonly Report[];
  readonly policy: PublishedPolicy;
  readonly now: Instant;
}

export function ClockPanel({ breach, clock, reports, policy, now }: PanelProps) {
  if (clock.state === 'unaware') return null;
  const { discoveredAt } = breach.given;
  const aimed = clock.due !== 'by-clause';
  const isOpen = clock.state === 'running' || clock.state === 'overdue';
  return (
    <section class={`pa-clock pa-clock--${standingOf(clock)}`} aria-labelledby="clock">
      <h2 id="clock">{HEADINGS[standingOf(clock)]}</h2>
      <p class="pa-clock__large">
        {isOpen ? (
          <Countdown until={clock.dueAt} now={now} inHours past={aimed ? 'past the aim' : undefined} />
        ) : (
          `After ${span(clock.awareAt, clock.sentAt)}`
        )}
      </p>
      <p class="pa-clock__word">
        <Verdict clock={clock} />
      </p>
      <ClockBar breach={breach} clock={clock} policy={policy} now={now} />
      <Facts
        items={[
          ['Discovered', <Moment at={discoveredAt} />],
          [
            'The privacy office became aware',
            <>
              <Moment at={clock.awareAt} />, {span(discoveredAt, clock.awareAt)} after it was discovered
              {breach.aware?.howEarlier && ` (stated by whoever read it: ${breach.aware.howEarlier})`}
            </>,
          ],
          [aimed ? 'As soon as practicable; the house aims at' : 'Due', <Moment at={clock.dueAt} />],
          ['The report', <ReportProof report={reports.at(-1)} clock={clock} />],
        ]}
      />
      <Clauses ids={[clock.clause, aimed ? policy.house.hoursToTellWithoutHour.id : policy.house.firstToKnow.id]} />
    </section>
  );
}

type Standing = 'running' | 'aimed' | 'overdue' | 'sent' | 'told' | 'told-late';

function standingOf(clock: Known): Standing {
  if (clock.state === 'overdue') return 'overdue';
  if (clock.state === 'running') return clock.due !== 'by-clause' ? 'aimed' : 'running';
  if (clock.late) return 'told-late';
  return clock.state;
}

const HEADINGS: Readonly<Record<Standing, string>> = {
  running: 'To tell the City’s Chief Privacy Officer',
  aimed: 'To tell the City’s Chief Privacy Officer',
  overdue: 'The report to the City’s Chief Privacy Officer is late',
  sent: 'The report to the City’s Chief Privacy Officer is on its way',
  told: 'The City’s Chief Privacy Officer was told',
  'told-late': 'The report to the City’s Chief Privacy Officer was sent late',
};

function Verdict({ clock }: { clock: Known }) {
  switch (clock.state) {
    case 'running':
      return clock.due !== 'by-clause' ? (
        <>
          <Tag kind="waiting">As soon as practicable</Tag> This edition names no hour. The house aims at{' '}
          {span(clock.awareAt, clock.dueAt)}; nothing is late in law by that.
        </>
      ) : (
        <Tag kind="waiting">The clock runs</Tag>
      );
    case 'overdue':
      return (
        <>
          <Tag kind="bad">Late</Tag> The report is still owed. It is sent all the same, and marked late.
        </>
      );
    default:
      return (
        <>
          {clock.late ? (
            <Tag kind="bad">Late by {span(clock.dueAt, clock.sentAt)}</Tag>
          ) : (
            <Tag kind="good">{clock.due !== 'by-clause' ? 'Sent' : 'Sent in time'}</Tag>
          )}{' '}
          {clock.state === 'told' ? 'Its delivery is proven.' : 'The proof of its delivery has yet to come.'}
        </>
      );
  }
}

/** What became of a report: ordered, sent, delivered or come back. A late one says by how much. */
export function ReportProof({ report, clock }: { report: Report | undefined; clock: BreachClock | undefined }) {
  if (!report) return <>Not sent yet</>;
  const { orderedAt, sentAt, deliveredAt, undeliverableAt, due } = report;
  const dueAt =
    due?.by === 'clause' ? due.at : clock && 'due' in clock && clock.due === 'by-clause' ? clock.dueAt : undefined;
  return (
    <ol class="pa-proof">
      <li>
        Ordered <Moment at={orderedAt} />
      </li>
      <li>
        {sentAt ? (
          <>
            Sent <Moment at={sentAt} />
          </>
        ) : (
          'Not taken by the mail service yet'
        )}
      </li>
      {sentAt && dueAt && sentAt > dueAt && (
        <li>
          <Tag kind="bad">Sent late</Tag> by {span(dueAt, sentAt)}
        </li>
      )}
      {deliveredAt && (
        <li>
          <Tag kind="good">Delivered</Tag> <Moment at={deliveredAt} />
        </li>
      )}
      {undeliverableAt && (
        <li>
          <Tag kind="bad">Came back</Tag> <Moment at={undeliverableAt} />: it reached nobody and counts as not sent
        </li>
      )}
      {sentAt && !deliveredAt && !undeliverableAt && <li>Delivery not proven yet</li>}
    </ol>
  );
}

interface Mark {
  readonly hours: number;
  readonly label: string;
}

function ClockBar({ breach, clock, policy, now }: Omit<PanelProps, 'reports' | 'clock'> & { clock: Known }) {
  const whole = hoursBetween(clock.awareAt, clock.dueAt);
  const isOpen = clock.state === 'running' || clock.state === 'overdue';
  const end = isOpen ? now : clock.sentAt;
  const gone = Math.max(0, hoursBetween(clock.awareAt, end));
  const length = Math.max(whole, gone);
  const at = (hours: number): string => `${((Math.min(hours, length) / length) * 100).toFixed(2)}%`;
  const reminders = policy.house.hoursToRemindOfBreach.hoursEach;
  const mark: Mark = isOpen ? { hours: gone, label: 'now' } : { hours: gone, label: 'sent' };
  const scale = whole / length > 0.6 ? [0, whole / 2, whole] : [0, whole];
  return (
    <svg class="pa-clock__bar" width="100%" height="104" role="img" aria-labelledby="clock-bar clock-bar-text">
      <title id="clock-bar">{`The ${whole} hours of breach ${breach.id}`}</title>
      <desc id="clock-bar-text">{inWords(breach, clock, reminders, gone, now)}</desc>
      <rect class="pa-clock__track" x="0" y="40" width="100%" height="26" />
      <rect class="pa-clock__gone" x="0" y="40" width={at(Math.min(gone, whole))} height="26" />
      {gone > whole && <rect class="pa-clock__late" x={at(whole)} y="40" width={at(gone - whole)} height="26" />}
      {reminders.map((hours, place) => (
        <>
          <line class="pa-clock__reminder" x1={at(hours)} x2={at(hours)} y1="40" y2="66" />
          <circle
            class={`pa-clock__bell${breach.reminded.includes(place) ? ' pa-clock__bell--sent' : ''}`}
            cx={at(hours)}
            cy="32"
            r="4.5"
          />
        </>
      ))}
      <line class="pa-clock__due" x1={at(whole)} x2={at(whole)} y1="24" y2="72" />
      {scale.map((hours) => (
        <text class="pa-clock__hour" x={at(hours)} y="90" text-anchor={anchorAt(hours / length)}>
          {hours === whole ? `${hours} h, ${clock.due !== 'by-clause' ? 'aim' : 'due'}` : `${hours} h`}
        </text>
      ))}
      <line class="pa-clock__now" x1={at(mark.hours)} x2={at(mark.hours)} y1="18" y2="72" />
      <text class="pa-clock__mark" x={at(mark.hours)} y="13" text-anchor={anchorAt(mark.hours / length)}>
        {mark.label}
      </text>
    </svg>
  );
}

const anchorAt = (share: number): 'start' | 'middle' | 'end' =>
  share < 0.06 ? 'start' : share > 0.94 ? 'end' : 'middle';

function inWords(breach: Breach, clock: Known, reminders: readonly number[], gone: number, now: Instant): string {
  const isOpen = clock.state === 'running' || clock.state === 'overdue';
  const ends = clock.due !== 'by-clause' ? 'The house aims at' : 'It is due';
  return [
    `It begins ${nyText(clock.awareAt)}. ${ends} ${nyText(clock.dueAt)}.`,
    `Reminders after ${reminders.join(', ')} hours; ${breach.reminded.length} sent.`,
    isOpen
      ? `Now it is ${nyText(now)}: ${spanText(Math.floor(gone * 60), true) || 'less than a minute'} are gone, and no report is sent.`
      : `The report was sent ${nyText(clock.sentAt)}${clock.late ? `, late by ${span(clock.dueAt, clock.sentAt)}` : ''}.`,
  ].join(' ');
}
