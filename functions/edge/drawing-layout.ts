/**
 * Lays out a workflow definition (Amazon States Language) as a drawing: each state in a row below what leads to it, the
 * usual way straight down the first column and every other way out to its right. Pure; distances are SVG units.
 */
export interface Drawn {
  readonly name: string;
  readonly type: string;
  readonly comment?: string;
  readonly row: number;
  readonly column: number;
  readonly next: readonly { readonly to: string; readonly when?: string; readonly onError: boolean }[];
}

/** A line from state to state: the cells it passes through, first and last included. `back` leads upward. */
export interface Way {
  readonly from: string;
  readonly to: string;
  readonly onError: boolean;
  readonly back: boolean;
  readonly through: readonly { readonly row: number; readonly column: number }[];
}

export interface Layout {
  /** In flow order: by row, then by column. */
  readonly states: readonly Drawn[];
  readonly ways: readonly Way[];
  readonly rows: number;
  readonly columns: number;
}

interface StateText {
  readonly Type?: string;
  readonly Comment?: string;
  readonly Next?: string;
  readonly Default?: string;
  readonly Choices?: readonly { readonly Next?: string; readonly Condition?: string }[];
  readonly Catch?: readonly { readonly Next?: string }[];
}

/** What a definition must have to be drawn. Anything else in it is left alone. */
export interface Definition {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, StateText>>;
}

type Exit = Drawn['next'][number];

export function layoutOf(definition: Definition): Layout {
  const exits = exitsOf(definition);
  const { order, backs } = flowFrom(definition.StartAt, exits);
  const forward = (name: string): readonly Exit[] => exits(name).filter(({ to }) => !backs.has(backKey(name, to)));

  const rowOf = new Map<string, number>([[definition.StartAt, 0]]);
  for (const name of order) {
    for (const { to } of forward(name)) rowOf.set(to, Math.max(rowOf.get(to) ?? 0, rowOf.get(name)! + 1));
  }
  const rows = Math.max(...rowOf.values()) + 1;

  // A way that passes rows by has a lane through each of them, so that it never runs through a state. Ways to the same
  // state share their lanes. `cells` holds, for each row, which column a state or a lane (by its target) has or wishes.
  const cells: Map<string, number>[] = Array.from({ length: rows }, () => new Map());
  const wish = (row: number, name: string, column: number): void =>
    void cells[row]!.set(name, Math.min(cells[row]!.get(name) ?? column, column));
  wish(0, definition.StartAt, 0);
  for (let row = 0; row < rows; row++) {
    const isState = (name: string): boolean => rowOf.get(name) === row;
    let free = 0;
    for (const [name, wished] of [...cells[row]!].toSorted(
      ([a, x], [b, y]) => x - y || Number(isState(b)) - Number(isState(a)),
    )) {
      const column = Math.max(free, wished);
      cells[row]!.set(name, column);
      free = column + 1;
      if (!isState(name)) wish(row + 1, name, column);
      else nearestFirst(forward(name), rowOf).forEach((to, aside) => wish(row + 1, to, column + aside));
    }
  }

  const cellOf = (name: string, row = rowOf.get(name)!) => ({ row, column: cells[row]!.get(name)! });
  const states = order
    .map((name): Drawn => {
      const { Type = 'Task', Comment } = definition.States[name] ?? {};
      return { name, type: Type, ...(Comment && { comment: Comment }), ...cellOf(name), next: exits(name) };
    })
    .toSorted((a, b) => a.row - b.row || a.column - b.column);
  const ways = order.flatMap((from) =>
    exits(from)
      .filter(({ to }, index, all) => all.findIndex((exit) => exit.to === to) === index)
      .map(({ to, onError }): Way => {
        const back = backs.has(backKey(from, to));
        const passed = back
          ? []
          : Array.from({ length: rowOf.get(to)! - rowOf.get(from)! - 1 }, (_, index) =>
              cellOf(to, rowOf.get(from)! + 1 + index),
            );
        return { from, to, onError, back, through: [cellOf(from), ...passed, cellOf(to)] };
      }),
  );
  return { states, ways, rows, columns: Math.max(...cells.flatMap((row) => [...row.values()])) + 1 };
}

/** The targets of a state's exits, each once: the usual way first, then those in the next row, then the farther ones. */
function nearestFirst(exits: readonly Exit[], rowOf: ReadonlyMap<string, number>): readonly string[] {
  const [usual, ...others] = [...new Set(exits.map(({ to }) => to))];
  return usual === undefined ? [] : [usual, ...others.toSorted((a, b) => rowOf.get(a)! - rowOf.get(b)!)];
}

const backKey = (from: string, to: string): string => `${from}\n${to}`;

/** Where a state leads: its usual way first, then its other choices, then what errors lead to. */
function exitsOf(definition: Definition): (name: string) => readonly Exit[] {
  const all = new Map(
    Object.entries(definition.States).map(([name, state]): [string, Exit[]] => {
      const exits: Exit[] = [];
      const add = (to: string | undefined, when: string | undefined, onError: boolean) => {
        if (to && Object.hasOwn(definition.States, to)) exits.push({ to, ...(when && { when }), onError });
      };
      for (const choice of state.Choices ?? []) add(choice.Next, wordIn(choice.Condition), false);
      add(state.Next, undefined, false);
      add(state.Default, 'otherwise', false);
      for (const caught of state.Catch ?? []) add(caught.Next, 'on an error or when time runs out', true);
      return [name, exits];
    }),
  );
  return (name) => all.get(name) ?? [];
}

/** The value a choice compares with, such as `allowed` in `{% $ruling.kind = 'allowed' %}`. */
const wordIn = (condition = ''): string | undefined => /'([^']+)'/.exec(condition)?.[1];

/**
 * The states that can be reached, each after all that lead to it, and the ways that lead back up: those that close a
 * circle, and those from late on to a side step that follows the start more closely, so that it is drawn where it
 * belongs and not below everything.
 */
function flowFrom(start: string, exits: (name: string) => readonly Exit[]): { order: string[]; backs: Set<string> } {
  const backs = waysToEarlierSideSteps(start, exits);
  const done: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const visit = (name: string): void => {
    state.set(name, 'open');
    for (const { to } of [...exits(name)].reverse()) {
      if (backs.has(backKey(name, to))) continue;
      if (state.get(to) === 'open') backs.add(backKey(name, to));
      else if (!state.has(to)) visit(to);
    }
    state.set(name, 'done');
    done.push(name);
  };
  visit(start);
  return { order: done.reverse(), backs };
}

function waysToEarlierSideSteps(start: string, exits: (name: string) => readonly Exit[]): Set<string> {
  const distance = distancesFrom(start, exits);
  const usual = new Set<string>();
  for (let name: string | undefined = start; name !== undefined && !usual.has(name); name = exits(name)[0]?.to)
    usual.add(name);
  const found = new Set<string>();
  for (const [from, far] of distance) {
    for (const { to } of exits(from)) {
      const leadsOn = exits(to).length > 0 && distancesFrom(to, exits).has(from);
      if (distance.get(to)! < far && !usual.has(to) && leadsOn) found.add(backKey(from, to));
    }
  }
  return found;
}

/** How many steps each state that can be reached is away, at the least. */
function distancesFrom(start: string, exits: (name: string) => readonly Exit[]): Map<string, number> {
  const distance = new Map([[start, 0]]);
  for (const [name, far] of distance) {
    for (const { to } of exits(name)) if (!distance.has(to)) distance.set(to, far + 1);
  }
  return distance;
}
