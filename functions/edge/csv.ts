/**
 * Writes a table as CSV (RFC 4180): a line of headings, then the rows, each cell quoted where it has to be, every line
 * ended by CR LF.
 *
 * It begins with a byte order mark, because a spreadsheet that opens the file otherwise reads UTF-8 as something else and
 * spoils every name with an accent. A cell that a spreadsheet would take for a formula gets an apostrophe before it, so
 * that nothing typed into a form runs on the desk of whoever opens the file.
 */
import { createHash } from 'node:crypto';
import type { Context } from 'hono';

export const BYTE_ORDER_MARK = '\uFEFF';

/** As a file to download. */
export const csvOf = (headings: readonly string[], rows: readonly (readonly string[])[]): string =>
  BYTE_ORDER_MARK + csvText(headings, rows);

/**
 * As text to put into another text, without the byte order mark. Throws when a row has more or fewer cells than there
 * are headings: a shifted row would be read as another truth.
 */
export function csvText(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[], index: number): string => {
    if (cells.length !== headings.length)
      throw new Error(`row ${index} of a CSV has ${cells.length} cells; expected ${headings.length}`);
    return `${cells.map(cellOf).join(',')}\r\n`;
  };
  return [headings, ...rows].map(line).join('');
}

/** What a spreadsheet would run: one of these as the first character, or the first after blanks and control characters. */
const FORMULA = /^[\s\p{Cc}\uFEFF]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/u;
/** A tab or a return at the start may end up as the first character of another cell. */
const SHIFTS = /^[\t\r\n]/;

/** The text as it is safe to open in a spreadsheet. */
export const harmless = (text: string): string => (FORMULA.test(text) || SHIFTS.test(text) ? `'${text}` : text);

function cellOf(text: string): string {
  // Half a character has no UTF-8: written as the bytes will have it, so that a hash of the text is one of the bytes.
  const safe = harmless(text.toWellFormed());
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** SHA-256 of the file, in lower-case hex. */
export const hashOfCsv = (csv: string): string => createHash('sha256').update(csv, 'utf8').digest('hex');

/** Answers with the file. `name` is its name without the ending: letters, digits and hyphens. */
export function csvFile(c: Context, name: string, csv: string): Response {
  return c.body(new TextEncoder().encode(csv), 200, {
    'Content-Type': 'text/csv; charset=utf-8; header=present',
    'Content-Disposition': `attachment; filename="${name.replaceAll(/[^A-Za-z0-9-]/g, '-')}.csv"`,
  });
}
