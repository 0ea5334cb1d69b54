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
  const isBack = (from: string, to: string): boolean => backs.has(`${from}\n${to}`);

  const rowOf = new Map<string, number>([[definition.StartAt, 0]]);
  for (const name of order) {
    for (const { to } of exits(name)) if (!isBack(name, to)) rowOf.set(to, Math.max(rowOf.get(to) ?? 0, rowOf.get(name)! + 1));
  }
  const rows = Math.max(0, ...rowOf.values()) + 1;

  // A way that passes rows by keeps a cell of each for itself, so that it never runs through a state.
  const wishes: { row: number; wish: number; place: (column: number) => void; isState: boolean }[][] = Array.from({ length: rows }, () => []);
  const columnOf = new Map<string, number>();
  const ways: { from: string; to: string; onError: boolean; back: boolean; between: { row: number; column: number }[] }[] = [];
  const lead = new Map<string, number>([[definition.StartAt, 0]]);
  let columns = 1;
  const waiting = Array.from({ length: rows }, () => order.slice(0, 0));
  for (const name of order) waiting[rowOf.get(name)!]!.push(name);

  for (let row = 0; row < rows; row++) {
    const cells = [...wishes[row]!, ...waiting[row]!.map((name) => ({ row, wish: lead.get(name) ?? 0, isState: true, place: (column: number) => void columnOf.set(name, column) }))];
    cells.sort((a, b) => a.wish - b.wish || Number(b.isState) - Number(a.isState));
    let free = 0;
    for (const cell of cells) {
      const column = Math.max(free, cell.wish);
      cell.place(column);
      free = column + 1;
      columns = Math.max(columns, free);
    }
    for (const name of waiting[row]!) {
      exits(name).forEach(({ to, onError }, index) => {
        if (ways.some((way) => way.from === name && way.to === to)) return;
        const back = isBack(name, to);
        const between: { row: number; column: number }[] = [];
        ways.push({ from: name, to, onError, back, between });
        if (back) return;
        const wish = columnOf.get(name)! + index;
        if (!lead.has(to) || wish < lead.get(to)!) lead.set(to, wish);
        for (let passed = row + 1; passed < rowOf.get(to)!; passed++) {
          wishes[passed]!.push({ row: passed, wish, isState: false, place: (column) => void between.push({ row: passed, column }) });
        }
      });
    }
  }

  const cellOf = (name: string) => ({ row: rowOf.get(name)!, column: columnOf.get(name)! });
  const states = order
    .map((name): Drawn => {
      const { Type = 'Task', Comment } = definition.States[name] ?? {};
      return { name, type: Type, ...(Comment && { comment: Comment }), ...cellOf(name), next: exits(name) };
    })
    .toSorted((a, b) => a.row - b.row || a.column - b.column);
  return { states, rows, columns, ways: ways.map(({ between, ...way }) => ({ ...way, through: [cellOf(way.from), ...between, cellOf(way.to)] })) };
}

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

/** The states that can be reached, each after all that lead to it, and the ways that lead back up. */
function flowFrom(start: string, exits: (name: string) => readonly Exit[]): { order: string[]; backs: Set<string> } {
  const backs = new Set<string>();
  const done: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const visit = (name: string): void => {
    state.set(name, 'open');
    for (const { to } of [...exits(name)].reverse()) {
      if (state.get(to) === 'open') backs.add(`${name}\n${to}`);
      else if (!state.has(to)) visit(to);
    }
    state.set(name, 'done');
    done.push(name);
  };
  visit(start);
  return { order: done.reverse(), backs };
}
