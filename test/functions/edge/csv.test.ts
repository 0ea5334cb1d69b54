import { describe, expect, it } from 'vitest';
import { csvOf } from '../../../functions/edge/csv.ts';

describe('a CSV file', () => {
  it('has CRLF line ends, a header, and quotes where they are needed (RFC 4180)', () => {
    expect(
      csvOf(
        ['a', 'b'],
        [
          ['plain', 1],
          ['one, two', -2],
          ['say "so"', 0.5],
          ['two\nlines', 3],
        ],
      ),
    ).toBe('a,b\r\nplain,1\r\n"one, two",-2\r\n"say ""so""",0.5\r\n"two\nlines",3\r\n');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('lets no spreadsheet run %j', (text) => {
    const cell = csvOf([text], []).trimEnd().replace(/^"/, '');
    expect(cell.startsWith("'")).toBe(true);
  });
});
