/**
 * Why a record is kept, as a small picture: each reason a bar from what started its clock to the first day on which it alone
 * would let go, today's line, the day that counts, and the six months in which an eligible record is to be destroyed. The
 * reasons follow in words with their clauses; on a phone the words alone are shown.
 */
import { plusYears, type CalendarDate } from '../../policies/calendar-date.ts';
import { nyDateText } from '../../policies/instant.ts';
import type { Keeping, Why } from '../../policies/retention.ts';

const WIDTH = 860;
const LEFT = 20;
const ROW = 46;
const TOP = 34;

interface Span {
  readonly label: string;
  readonly from: CalendarDate;
  /** Absent for a reason without an end. */
  readonly until?: CalendarDate;
  readonly kind: 'reason' | 'endless' | 'grace';
}

/** The reasons that have a place in time, in order; the months for destroying come last. */
export function spansOf(keeping: Keeping, keptOn: CalendarDate): readonly Span[] {
  const reasons = keeping.why
    .filter(({ event, on, until }) => event !== undefined || on !== undefined || until !== undefined)
    .map((why): Span => ({
      label: labelOf(why),
      from: why.on ?? keptOn,
      ...(why.until && { until: why.until }),
      kind: why.until ? 'reason' : 'endless',
    }));
  if (keeping.kind === 'keep') return reasons;
  return [
    ...reasons,
    { label: 'To be destroyed, once signed', from: keeping.date, until: keeping.disposeBy, kind: 'grace' },
  ];
}

const labelOf = ({ event, classId, clause }: Why): string =>
  [event ?? clause, classId?.replaceAll('-', ' ')].filter(Boolean).join(': ');

export function WhyDrawing({
  keeping,
  keptOn,
  today,
}: {
  keeping: Keeping;
  keptOn: CalendarDate;
  today: CalendarDate;
}) {
  const spans = spansOf(keeping, keptOn);
  if (spans.length === 0) return null;
  const days = [today, keptOn, ...spans.flatMap(({ from, until }) => (until ? [from, until] : [from]))].toSorted();
  const first = days[0]!;
  const last = keeping.kind === 'keep' ? plusYears(days.at(-1)!, 1) : days.at(-1)!;
  const whole = Math.max(1, dayNumber(last) - dayNumber(first));
  const xOf = (day: CalendarDate): number => LEFT + ((dayNumber(day) - dayNumber(first)) / whole) * (WIDTH - 2 * LEFT);
  const height = TOP + spans.length * ROW + 34;
  return (
    <figure class="pa-why">
      <div class="pa-why__scroll" role="region" aria-label="The reasons, drawn" tabindex={0}>
        <svg
          width={WIDTH}
          height={height}
          viewBox={`0 0 ${WIDTH} ${height}`}
          role="img"
          aria-labelledby="why-title why-text"
        >
          <title id="why-title">Why it is kept, in time</title>
          <desc id="why-text">
            {keeping.kind === 'until'
              ? `Kept until at least ${nyDateText(keeping.date)}; once eligible, to be destroyed by ${nyDateText(keeping.disposeBy)}.`
              : 'Kept, without a day on which it may be destroyed.'}{' '}
            The reasons follow in words.
          </desc>
          <UprightLine x={xOf(today)} height={height} label="today" kind="today" />
          {keeping.kind === 'until' && (
            <UprightLine x={xOf(keeping.date)} height={height} label={keeping.date} kind="date" />
          )}
          {spans.map((span, row) => (
            <Bar span={span} y={TOP + row * ROW} x1={xOf(span.from)} x2={span.until ? xOf(span.until) : WIDTH - LEFT} />
          ))}
        </svg>
      </div>
    </figure>
  );
}

const dayNumber = (day: CalendarDate): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000;

function UprightLine({ x, height, label, kind }: { x: number; height: number; label: string; kind: 'today' | 'date' }) {
  const side = x > WIDTH / 2 ? 'end' : 'start';
  return (
    <g>
      <line class={`pa-why__line pa-why__line--${kind}`} x1={x} x2={x} y1={20} y2={height - 20} />
      <text
        class="pa-why__day"
        x={x + (side === 'end' ? -5 : 5)}
        y={kind === 'today' ? 14 : height - 6}
        text-anchor={side}
      >
        {label}
      </text>
    </g>
  );
}

function Bar({ span, y, x1, x2 }: { span: Span; y: number; x1: number; x2: number }) {
  const { kind, label, from, until } = span;
  const style = kind === 'reason' ? '' : ` pa-why__bar--${kind}`;
  const side = x1 > WIDTH / 2 ? 'end' : 'start';
  return (
    <g>
      <text x={side === 'end' ? x2 : x1} y={y + 14} text-anchor={side}>
        {label}, {from} {until ? `to ${until}` : 'without an end'}
      </text>
      <rect class={`pa-why__bar${style}`} x={x1} y={y + 20} width={Math.max(3, x2 - x1)} height={14} rx={3} />
    </g>
  );
}
