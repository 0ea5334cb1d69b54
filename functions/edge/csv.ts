/**
 * Tables as text of CSV files (RFC 4180): comma-separated, CRLF line ends, UTF-8 without a byte order mark.
 *
 * A spreadsheet takes a cell that begins with one of a few signs for a formula and runs it. Such text is written with an
 * apostrophe before it, so that what somebody typed stays text wherever it is opened.
 */
const FORMULA = /^[=+\-@\t\r]/;
const QUOTED = /[",\r\n]/;

export function csvOf(header: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return [header, ...rows].map((row) => `${row.map(cellOf).join(',')}\r\n`).join('');
}

function cellOf(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
