/**
 * What falls due in the next 24 months, as a picture: a bar for each month, and below it a row for each class with the
 * count in every cell. The same numbers follow as a table, month by month, each with the way to its records; on a phone
 * and for whoever would rather read, the table says everything the picture does.
 */
import { countText, MONTHS, monthText, titleOf, type ClassTitles } from './words.ts';

export interface CalendarProps {
  /** The months in order, as `2027-03`. */
  readonly months: readonly string[];
  /** Records due, by month and in it by class. */
  readonly due: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly titles: ClassTitles;
  /** The day the counts are of, in words. */
  readonly asOf: string;
}

const NAME_WIDTH = 250;
const CELL = { width: 42, height: 26 };
const BAR_HEIGHT = 110;
const TOP = 44;
/** More classes than this are drawn as one row. */
const MOST_ROWS = 14;
const SHADES = 4;

export const totalOf = (counts: Readonly<Record<string, number>> | undefined): number =>
  Object.values(counts ?? {}).reduce((sum, count) => sum + count, 0);

interface Row {
  readonly name: string;
  readonly counts: readonly number[];
}

/** A row for each class, those with most records first; what is too much to draw is one row. */
export function rowsOf({ months, due, titles }: CalendarProps): readonly Row[] {
  const classes = [...new Set(months.flatMap((month) => Object.keys(due[month] ?? {})))];
  const rows = classes
    .map((classId) => ({ name: titleOf(titles, classId), counts: months.map((month) => due[month]?.[classId] ?? 0) }))
    .toSorted((a, b) => sum(b.counts) - sum(a.counts) || a.name.localeCompare(b.name));
  if (rows.length <= MOST_ROWS) return rows;
  const rest = rows.slice(MOST_ROWS - 1);
  const other = {
    name: `${rest.length} more classes`,
    counts: months.map((_, at) => sum(rest.map(({ counts }) => counts[at]!))),
  };
  return [...rows.slice(0, MOST_ROWS - 1), other];
}

const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0);

/** Short enough for a cell: `940`, `1.2k`, `24k`. */
export function shortCount(count: number): string {
  if (count < 1000) return String(count);
  const thousands = count / 1000;
  return thousands < 9.95
    ? `${thousands.toFixed(1)}k`
    : thousands < 999.5
      ? `${Math.round(thousands)}k`
      : `${(thousands / 1000).toFixed(1)}m`;
}

/** 0 for none; the others by the order of magnitude below the largest, so that few beside many can be seen. */
const shadeOf = (count: number, most: number): number =>
  count === 0 ? 0 : Math.max(1, Math.ceil((Math.log1p(count) / Math.log1p(most)) * SHADES));

export function CalendarDrawing(props: CalendarProps) {
  const { months, due, asOf } = props;
  const totals = months.map((month) => totalOf(due[month]));
  const rows = rowsOf(props);
  const most = Math.max(1, ...totals);
  const mostInCell = Math.max(1, ...rows.flatMap(({ counts }) => counts));
  const width = NAME_WIDTH + months.length * CELL.width + 8;
  const rowsTop = TOP + BAR_HEIGHT + 34;
  const height = rowsTop + rows.length * CELL.height + 10;
  const xOf = (at: number): number => NAME_WIDTH + at * CELL.width;
  return (
    <figure class="pa-calendar">
      <div class="pa-calendar__scroll" role="region" aria-label="What falls due, drawn" tabindex={0}>
        <svg
          width={width}
          height={height}
          viewBox={`0 0 ${width} ${height}`}
          role="img"
          aria-labelledby="calendar-title calendar-text"
        >
          <title id="calendar-title">Records that fall due in the next 24 months</title>
          <desc id="calendar-text">
            {countText(sum(totals))} records in all, {busiest(months, totals)}. The same numbers follow as a table.
          </desc>
          <text x={8} y={TOP + BAR_HEIGHT} class="pa-calendar__name">
            All classes
          </text>
          <line
            class="pa-calendar__rule"
            x1={NAME_WIDTH}
            x2={width - 8}
            y1={TOP + BAR_HEIGHT + 1}
            y2={TOP + BAR_HEIGHT + 1}
          />
          {months.map((month, at) => (
            <MonthColumn month={month} first={at === 0} x={xOf(at)} total={totals[at]!} most={most} />
          ))}
          {rows.map(({ name, counts }, row) => (
            <g>
              <text x={8} y={rowsTop + row * CELL.height + 18}>
                {name.length > 34 ? `${name.slice(0, 33)}…` : name}
              </text>
              {counts.map((count, at) => (
                <Cell x={xOf(at)} y={rowsTop + row * CELL.height} count={count} shade={shadeOf(count, mostInCell)} />
              ))}
            </g>
          ))}
        </svg>
      </div>
      <figcaption>
        Counted on {asOf}. A day that comes earlier or later meanwhile, and every new hold, shows in the next count.
        Nothing is destroyed by falling due: it is proposed, open to objection, and signed by three offices.
      </figcaption>
    </figure>
  );
}

function busiest(months: readonly string[], totals: readonly number[]): string {
  const most = Math.max(0, ...totals);
  return most === 0
    ? 'none in any month'
    : `most of them in ${monthText(months[totals.indexOf(most)]!)}: ${countText(most)}`;
}

function MonthColumn(props: { month: string; first: boolean; x: number; total: number; most: number }) {
  const { month, first, x, total, most } = props;
  const height = Math.round((total / most) * (BAR_HEIGHT - 24));
  const middle = x + CELL.width / 2;
  const name = MONTHS[Number(month.slice(5)) - 1]!.slice(0, 3);
  return (
    <g>
      {(first || month.endsWith('-01')) && (
        <text x={middle} y={18} text-anchor="middle" class="pa-calendar__year">
          {month.slice(0, 4)}
        </text>
      )}
      {total > 0 && (
        <rect
          class="pa-calendar__bar"
          x={x + 6}
          width={CELL.width - 12}
          y={TOP + BAR_HEIGHT - Math.max(2, height)}
          height={Math.max(2, height)}
        />
      )}
      <text x={middle} y={TOP + BAR_HEIGHT - Math.max(2, height) - 6} text-anchor="middle">
        {shortCount(total)}
      </text>
      <text x={middle} y={TOP + BAR_HEIGHT + 18} text-anchor="middle" class="pa-calendar__month">
        {name}
      </text>
    </g>
  );
}

function Cell({ x, y, count, shade }: { x: number; y: number; count: number; shade: number }) {
  return (
    <>
      <rect
        class={`pa-calendar__cell pa-calendar__cell--${shade}`}
        x={x}
        y={y}
        width={CELL.width}
        height={CELL.height}
      />
      {count > 0 && (
        <text x={x + CELL.width / 2} y={y + 18} text-anchor="middle" class={`pa-calendar__count--${shade}`}>
          {shortCount(count)}
        </text>
      )}
    </>
  );
}

/** The same, to read: each month with its count, of which classes, and the way to its records. */
export function CalendarTable({ months, due, titles }: Omit<CalendarProps, 'asOf'>) {
  return (
    <div class="pa-scroll" role="region" aria-label="What falls due, as a table" tabindex={0}>
      <table class="usa-table usa-table--borderless">
        <caption>What falls due, month by month</caption>
        <thead>
          <tr>
            <th scope="col">Month</th>
            <th scope="col">Records</th>
            <th scope="col">Of which class</th>
          </tr>
        </thead>
        <tbody>
          {months.map((month) => {
            const counts = Object.entries(due[month] ?? {})
              .filter(([, count]) => count > 0)
              .toSorted(([, a], [, b]) => b - a);
            return (
              <tr>
                <th scope="row">
                  <a href={`/retention/due?month=${month}`}>{monthText(month)}</a>
                </th>
                <td class="pa-number">{countText(totalOf(due[month]))}</td>
                <td>
                  {counts.length === 0
                    ? 'none'
                    : counts.map(([classId, count]) => `${titleOf(titles, classId)} ${countText(count)}`).join('; ')}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
