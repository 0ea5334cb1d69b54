/** CSV: what is written is read back the same by a parser that shares no code with the writer, and runs nothing. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BYTE_ORDER_MARK, csvFile, csvOf, harmless, hashOfCsv } from '../../../functions/edge/csv.ts';
import { handlerOf, pageApp } from '../../../functions/edge/page-app.tsx';
import { fromEpochMs } from '../../../policies/instant.ts';
import { parsed } from './parsed-csv.ts';

const cell = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('"', ',', '\r', '\n', '=', '+', '-', '@', '\t', ' ', 'a', 'é', '\uFEFF') }),
);
const table = fc
  .integer({ min: 1, max: 5 })
  .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }));

describe('a CSV', () => {
  it('is read back as it was written, but for the apostrophe before what would run', () => {
    fc.assert(
      fc.property(table, ([headings, ...rows]) => {
        const expected = [headings!, ...rows].map((row) => row.map((text) => harmless(text.toWellFormed())));
        expect(parsed(csvOf(headings!, rows))).toEqual(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it('has no cell that a spreadsheet would take for a formula', () => {
    fc.assert(
      fc.property(table, ([headings, ...rows]) => {
        for (const text of parsed(csvOf(headings!, rows)).flat())
          expect(text.trimStart()).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
      }),
      { numRuns: 2000 },
    );
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '  =1', '\u0000=1', '＝1', '\uFEFF=1'])(
    'puts an apostrophe before %j',
    (text) => {
      expect(harmless(text)).toBe(`'${text}`);
    },
  );

  it.each(['', 'a=1', '1-2', 'a@b.example', "O'Neil", '2026-11-24', 'Peña'])('leaves %j as it is', (text) => {
    expect(harmless(text)).toBe(text);
  });

  it('begins with a byte order mark, ends each line with CR LF, and quotes only what has to be', () => {
    expect(csvOf(['a', 'b'], [['x', 'say "x", y']])).toBe(`${BYTE_ORDER_MARK}a,b\r\nx,"say ""x"", y"\r\n`);
  });

  it('is not written when a row is longer or shorter than the headings', () => {
    expect(() => csvOf(['a', 'b'], [['x']])).toThrow('row 1 of a CSV has 1 cells; expected 2');
  });
});

describe('a CSV that is downloaded', () => {
  const csv = csvOf(['name'], [['Peña']]);
  const app = () =>
    pageApp(() => ({ visitorOf: async () => undefined, now: () => fromEpochMs(0) })).get('/list.csv', (c) =>
      csvFile(c, 'list/2026 "Q4"', csv),
    );

  it('says what it is, is kept by no cache, and has a name without surprises', async () => {
    const answer = await app().request('/list.csv');
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="list-2026--Q4-.csv"');
  });

  it('arrives through the function byte by byte, and its hash is that of the file', async () => {
    process.env.SITE_URL = 'https://site.example';
    const handler = handlerOf(app() as never, 'test') as (event: unknown, context: unknown) => Promise<unknown>;
    const event = {
      version: '2.0',
      rawPath: '/list.csv',
      rawQueryString: '',
      headers: { host: 'site.example' },
      requestContext: { http: { method: 'GET', path: '/list.csv' }, domainName: 'site.example' },
      isBase64Encoded: false,
    };
    const answer = (await handler(event, {})) as { body: string; isBase64Encoded: boolean };
    expect(answer.isBase64Encoded).toBe(true);
    const bytes = Buffer.from(answer.body, 'base64');
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(hashOfCsv(csv));
  });
});
