/**
 * How every bench shows what it found: one Markdown table under the question it answers, with the machine it ran on and
 * the spread beside each median. Tables go to standard output and can be pasted into docs/bench.md as they are.
 */
import { cpus, loadavg, totalmem } from 'node:os';

/** True for `npm run bench -- --quick`: few runs, to see that a bench works. Its numbers are not for keeping. */
export const QUICK = process.env['BENCH_QUICK'] === '1';

/** How many runs: `full`, or a fifth of it when quick. */
export const runs = (full: number): number => (QUICK ? Math.max(2, Math.ceil(full / 5)) : full);

/** One line on where and when; `load` is the machine's load average over the last minute, of this run and all others. */
export function machine(): string {
  const [cpu] = cpus();
  const memory = (totalmem() / 2 ** 30).toFixed(1);
  return `${cpu?.model.trim() ?? 'unknown processor'}, ${cpus().length} cores, ${memory} GiB, Node.js ${process.version}, ${new Date().toISOString().slice(0, 16)}Z, load ${loadavg()[0]!.toFixed(1)}${QUICK ? ', quick' : ''}`;
}

/** Says the question, once, before its tables. */
export function asks(question: string): void {
  console.log(`\n## ${question}\n\n${machine()}\n`);
}

export type Cell = string | number;

/** Prints a Markdown table whose columns line up in a terminal too. Columns of numbers are set to the right. */
export function table(columns: readonly string[], rows: readonly (readonly Cell[])[]): void {
  const text = rows.map((row) => row.map((cell) => (typeof cell === 'number' ? plain(cell) : cell)));
  const width = columns.map((column, at) => Math.max(3, column.length, ...text.map((row) => row[at]!.length)));
  const right = columns.map(
    (_, at) => at > 0 && text.every((row) => /^[-+<>≤~$]*[\d(–]/.test(row[at]!) || row[at] === ''),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, at) => (right[at] ? cell.padStart(width[at]!) : cell.padEnd(width[at]!))).join(' | ')} |`;
  console.log(line(columns));
  console.log(
    `|${width.map((length, at) => (right[at] ? `${'-'.repeat(length + 1)}:` : '-'.repeat(length + 2))).join('|')}|`,
  );
  for (const row of text) console.log(line(row));
  console.log('');
}

/** A remark under a table. */
export const note = (text: string): void => console.log(`${text}\n`);

/** Whole above 100, one decimal above 10, two below; thousands set apart. */
export function plain(value: number): string {
  const digits = Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** The value below which `share` (0 to 1) of the values lie, by nearest rank. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** The middle value, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2;
}

/** `median (least–most)`, or the value when there is one. */
export const spread = (values: readonly number[]): string =>
  values.length === 1
    ? plain(values[0]!)
    : `${plain(median(values))} (${plain(Math.min(...values))}–${plain(Math.max(...values))})`;

/** How long one run takes, ms, for each of `times` runs after one that is not counted. */
export async function timed(times: number, run: () => Promise<unknown> | unknown): Promise<number[]> {
  const taken: number[] = [];
  for (let count = 0; count <= times; count++) {
    const from = performance.now();
    await run();
    if (count > 0) taken.push(performance.now() - from);
  }
  return taken;
}
