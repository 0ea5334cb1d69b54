/**
 * A workflow drawn from its own definition, so that the drawing cannot differ from what runs. The step a record is at is
 * lit, and so is the way it came. The same steps follow as a list, for whoever would rather read than look; on a phone,
 * where a drawing would be too small, the list is shown in its place.
 */
import { layoutOf, type Definition, type Drawn, type Layout, type Way } from './drawing-layout.ts';

export type { Definition } from './drawing-layout.ts';

export interface DrawingProps {
  /** The definition as its JSON file has it. */
  readonly definition: Definition;
  /** The name of the state it is at. */
  readonly lit?: string | undefined;
  /** The names of the states it has been through. */
  readonly walked?: readonly string[] | undefined;
  /** What it is a drawing of, for its text alternative. */
  readonly title?: string | undefined;
  /** Tells the drawings of one page apart. */
  readonly id?: string | undefined;
}

const CELL = { width: 216, height: 108 };
const BOX = { width: 184, height: 60 };
/** The width of a column that only lanes run through. */
const LANE = 36;
const MARGIN = 20;
/** From this width on a drawing is not made as small as the page. */
const WIDE = 1700;
/** Room at the left for ways that lead back up. */
const BACK = 32;

const topOf = (row: number): number => MARGIN + row * CELL.height;

/** The middle of each column, and past the last one the width of the whole. */
function columnMiddles({ states, columns }: Layout): {
  readonly middleOf: (column: number) => number;
  readonly width: number;
} {
  const widths = Array.from({ length: columns }, (_, column) =>
    states.some((state) => state.column === column) ? CELL.width : LANE,
  );
  const leftOf = (column: number): number => widths.slice(0, column).reduce((sum, width) => sum + width, MARGIN + BACK);
  return { middleOf: (column) => leftOf(column) + widths[column]! / 2, width: leftOf(columns) + MARGIN };
}
const isEnd = (state: Drawn): boolean => state.type === 'Succeed' || state.type === 'Fail';

export function WorkflowDrawing({ definition, lit, walked = [], title = 'The steps', id = 'drawing' }: DrawingProps) {
  const layout = layoutOf(definition);
  const { middleOf, width } = columnMiddles(layout);
  const height = MARGIN * 2 + layout.rows * CELL.height - (CELL.height - BOX.height);
  const path = lit ? [...walked, lit] : walked;
  const wasWalked = ({ from, to }: Way): boolean => path.some((name, index) => name === from && path[index + 1] === to);
  const stateOf = (name: string): Standing => (name === lit ? 'now' : walked.includes(name) ? 'done' : 'ahead');
  return (
    <figure class="pa-drawing">
      <div
        class={`pa-drawing__scroll${width > WIDE ? ' pa-drawing__scroll--wide' : ''}`}
        role="region"
        aria-label={`${title}, drawn`}
        tabindex={0}
      >
        <svg
          width={width}
          height={height}
          viewBox={`0 0 ${width} ${height}`}
          role="img"
          aria-labelledby={`${id}-title ${id}-text`}
        >
          <title id={`${id}-title`}>{title}</title>
          <desc id={`${id}-text`}>
            {lit ? `It is at the step "${lit}".` : 'It has not begun.'} The steps follow as a list.
          </desc>
          <defs>
            <marker
              id={`${id}-tip`}
              viewBox="0 0 8 8"
              refX="7"
              refY="4"
              markerUnits="userSpaceOnUse"
              markerWidth="10"
              markerHeight="10"
              orient="auto"
            >
              <path d="M0 0 L8 4 L0 8 z" class="pa-drawing__tip" />
            </marker>
          </defs>
          {layout.ways.map((way) => (
            <path
              d={lineOf(way, layout, middleOf)}
              marker-end={`url(#${id}-tip)`}
              class={wayClass(way, wasWalked(way))}
            />
          ))}
          {layout.states.map((state) => (
            <StateShape state={state} x={middleOf(state.column)} standing={stateOf(state.name)} />
          ))}
        </svg>
      </div>
      <details class="pa-drawing__list">
        <summary>The steps as a list</summary>
        <StepList layout={layout} stateOf={stateOf} />
      </details>
      <div class="pa-drawing__phone">
        <StepList layout={layout} stateOf={stateOf} />
      </div>
    </figure>
  );
}

type Standing = 'done' | 'now' | 'ahead';
type StandingOf = (name: string) => Standing;

function wayClass(way: Way, walked: boolean): string {
  return `pa-drawing__way${way.onError || way.back ? ' pa-drawing__way--aside' : ''}${walked ? ' pa-drawing__way--done' : ''}`;
}

function StateShape({ state, x, standing }: { state: Drawn; x: number; standing: Standing }) {
  const y = topOf(state.row);
  const lines = wrapped(state.name, state.type === 'Choice' ? 20 : 24);
  const middle = y + BOX.height / 2;
  const kind = state.type === 'Fail' ? ' pa-drawing__state--fail' : '';
  return (
    <g class={`pa-drawing__state pa-drawing__state--${standing}${kind}`}>
      {state.type === 'Choice' ? (
        <polygon
          points={`${x},${y - 8} ${x + BOX.width / 2 + 8},${middle} ${x},${y + BOX.height + 8} ${x - BOX.width / 2 - 8},${middle}`}
        />
      ) : (
        <rect
          x={x - BOX.width / 2}
          y={y}
          width={BOX.width}
          height={BOX.height}
          rx={isEnd(state) ? BOX.height / 2 : 6}
        />
      )}
      <text text-anchor="middle">
        {lines.map((line, index) => (
          <tspan x={x} y={middle + 4.5 + (index - (lines.length - 1) / 2) * 16}>
            {line}
          </tspan>
        ))}
      </text>
    </g>
  );
}

/** From the foot of one box to the head of the next, in curves that leave and arrive upright; back up along the left. */
function lineOf({ through, back }: Way, { states }: Layout, middleOf: (column: number) => number): string {
  const [first, last] = [through[0]!, through.at(-1)!];
  // A diamond is a little taller and wider than a box.
  const more = ({ row, column }: typeof first): number =>
    states.find((state) => state.row === row && state.column === column)?.type === 'Choice' ? 8 : 0;
  if (back) return backLine(first, last, middleOf, more);
  let [x, y] = [middleOf(first.column), topOf(first.row) + BOX.height + more(first)];
  let line = `M${x} ${y}`;
  for (const cell of through.slice(1)) {
    const [toX, toY] = [middleOf(cell.column), topOf(cell.row) - (cell === last ? more(last) : 0)];
    const bend = (toY - y) / 2;
    line += toX === x ? ` L${toX} ${toY}` : ` C${x} ${y + bend} ${toX} ${toY - bend} ${toX} ${toY}`;
    [x, y] = [toX, toY];
    if (cell !== last) {
      y += BOX.height;
      line += ` L${x} ${y}`;
    }
  }
  return line;
}

type Cell = Way['through'][number];
const BEND = 12;

/**
 * Up along the left. What lies aside is left and entered from above, through the room between the rows: straight across
 * it would run through the box beside it.
 */
function backLine(first: Cell, last: Cell, middleOf: (column: number) => number, more: (cell: Cell) => number): string {
  const sideOf = (cell: Cell): number => middleOf(cell.column) - BOX.width / 2 - more(cell);
  const x = Math.min(sideOf(first), sideOf(last), sideOf({ row: first.row, column: 0 })) - BACK;
  const [y1, y2] = [first, last].map(({ row }) => topOf(row) + BOX.height / 2) as [number, number];
  const half = (y1 + y2) / 2;
  const away = (): string => {
    const [at, head] = [middleOf(first.column) - 2 * BEND, topOf(first.row) - more(first)];
    const above = head - 26;
    return `M${at} ${head} L${at} ${above + BEND} Q${at} ${above} ${at - BEND} ${above} L${x + BEND} ${above} Q${x} ${above} ${x} ${above - BEND}`;
  };
  const into = (): string => {
    const [at, head] = [middleOf(last.column), topOf(last.row) - more(last)];
    const above = head - 18;
    return `L${x} ${above + BEND} Q${x} ${above} ${x + BEND} ${above} L${at - BEND} ${above} Q${at} ${above} ${at} ${head}`;
  };
  return [
    first.column > 0 ? away() : `M${sideOf(first)} ${y1} C${x} ${y1} ${x} ${y1} ${x} ${half}`,
    last.column > 0 ? into() : `C${x} ${y2} ${x} ${y2} ${sideOf(last)} ${y2}`,
  ].join(' ');
}

function wrapped(text: string, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && `${last} ${word}`.length <= most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

const STANDING_WORDS: Record<Standing, string> = { done: 'done', now: 'here now', ahead: '' };

function StepList({ layout, stateOf }: { layout: Layout; stateOf: StandingOf }) {
  return (
    <ol class="usa-list pa-drawing__steps">
      {layout.states.map((state) => {
        const standing = stateOf(state.name);
        return (
          <li {...(standing === 'now' && { 'aria-current': 'step' })}>
            <strong>{state.name}</strong>
            {STANDING_WORDS[standing] && ` (${STANDING_WORDS[standing]})`}
            {state.next.length === 0
              ? '. This is an end.'
              : `. Then: ${state.next.map(({ to, when }) => (when ? `${when}, “${to}”` : `“${to}”`)).join('; ')}.`}
          </li>
        );
      })}
    </ol>
  );
}
