/**
 * A register as rows: one shape that the page shows, the download writes and the printed page prints, so that the three
 * cannot tell different things.
 */
import { csvOf, hashOfCsv } from '../edge/csv.ts';

export interface Column {
  readonly label: string;
  /** Stands under the column before it on the page, in a smaller hand. A download has it as a column of its own. */
  readonly beneath?: boolean;
  /** Holds clause ids, apart by blanks. */
  readonly clauses?: boolean;
  /** A number or a day, which is not broken over lines. */
  readonly whole?: boolean;
}

export interface Row {
  /** Where the row can be read in full. */
  readonly href?: string;
  /** Draws the eye to what has to be seen to. */
  readonly alarm?: boolean;
  readonly cells: readonly string[];
}

export interface Sheet {
  /** The last part of its address, and the name of its file. */
  readonly name: string;
  readonly title: string;
  /** The clause of the law it answers. */
  readonly answers: string;
  /** What it covers, in words: a quarter, or the day it was made. */
  readonly period: string;
  /** What was left out of it, in words; empty when it is whole. */
  readonly only: readonly string[];
  /** The query that asks for exactly this again, beginning with `?`, or ''. */
  readonly query: string;
  /** Of the file: what tells this one from others of its name. */
  readonly suffix: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

export const csvOfSheet = ({ columns, rows }: Sheet): string =>
  csvOf(
    columns.map(({ label }) => label),
    rows.map(({ cells }) => cells),
  );

export const hashOfSheet = (sheet: Sheet): string => hashOfCsv(csvOfSheet(sheet));

/** A column with those that stand under it, by their places in a row. */
export function stacked(columns: readonly Column[]): readonly (readonly number[])[] {
  const stacks: number[][] = [];
  columns.forEach(({ beneath }, place) => {
    const last = stacks.at(-1);
    if (beneath && last) last.push(place);
    else stacks.push([place]);
  });
  return stacks;
}
