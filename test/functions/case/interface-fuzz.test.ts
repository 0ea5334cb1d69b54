/** Whatever is sent, wherever to: an answer that is told, never a fault of ours, and nothing changed by what only reads. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EVENT_EXAMPLES, EXAMPLE_INTO, RECORD_EXAMPLES } from '../../../functions/case/interface-examples.ts';
import { SCHEMAS } from '../../../functions/case/interface-document.ts';
import { startInterface, type Interface } from './interface-job.ts';

let api: Interface;
beforeAll(async () => {
  api = await startInterface();
  await api.tell(EXAMPLE_INTO, 'ev-0100', { kind: 'opened' });
  await api.tell('2026-FUZZ-1', 'ev-0001', { kind: 'opened' });
});
afterAll(() => api?.table.stop());

const SOUND = [200, 201, 400, 404, 405, 409, 413, 415, 422];
const VALUES: readonly unknown[] = [
  ...[
    '',
    ' ',
    '\u0000',
    '\u202e',
    '__proto__',
    'constructor',
    '2026-FUZZ-1',
    'misdemeanor',
    '2026-02-30',
    '9999-12-31',
    '0000-01-01',
  ],
  ...[null, true, -1, 0.5, 1e308, [], {}, [[]], ['x'], 'x'.repeat(301), '\ud83d\ude00'.repeat(150)],
  ...[
    '0001-01-01T00:00:00+14:00',
    '2199-12-31T23:59:59-14:00',
    '1900-01-01T00:00:00Z',
    '2026-11-24T15:05:00.123456789-05:00',
  ],
];
/** A sound message with some of its fields, at any depth, put to something else, taken out, or added. */
const spoiled = (sound: readonly object[]) =>
  fc
    .tuple(
      fc.constantFrom(...sound),
      fc.array(fc.tuple(fc.nat(20), fc.oneof(fc.constantFrom(...VALUES), fc.jsonValue())), { maxLength: 3 }),
    )
    .map(([message, changes]) => {
      const copy = structuredClone(message) as Record<string, unknown>;
      for (const [place, value] of changes) {
        const spots = spotsOf(copy);
        const [holder, name] = spots[place % spots.length]!;
        holder[name] = value;
      }
      return copy;
    });
function spotsOf(of: Record<string, unknown>): [Record<string, unknown>, string][] {
  return Object.entries(of).flatMap(([name, value]) => [
    [of, name] as [Record<string, unknown>, string],
    ...(value !== null && typeof value === 'object' && !Array.isArray(value)
      ? spotsOf(value as Record<string, unknown>)
      : []),
  ]);
}
const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom('..', '~2f', '~00', '%00', '%ff', 'a%2Fb', '2026-FUZZ-1'),
);

describe('no message is a fault of ours', () => {
  it('as an event', async () => {
    await fc.assert(
      fc.asyncProperty(spoiled(EVENT_EXAMPLES.map(({ sent }) => sent)), fc.nat(999), async (event, n) => {
        const answer = await api.tell('2026-FUZZ-1', `fuzz-${n}`, event);
        expect(SOUND, JSON.stringify([event, answer.body, api.logged.at(-1)])).toContain(answer.status);
        if (answer.status >= 400) expect(SCHEMAS.Problem.safeParse(answer.body).success).toBe(true);
      }),
      { numRuns: 400 },
    );
  }, 60_000);

  it('as a record', async () => {
    await fc.assert(
      fc.asyncProperty(spoiled(RECORD_EXAMPLES.map(({ sent }) => sent)), fc.nat(999), async (record, n) => {
        const answer = await api.ask('PUT', `/api/v1/records/FUZZ-${n}`, record);
        expect(SOUND, JSON.stringify([record, answer.body, api.logged.at(-1)])).toContain(answer.status);
        if (answer.status < 300) expect((await api.ask('GET', `/api/v1/records/FUZZ-${n}`)).status).toBe(200);
      }),
      { numRuns: 400 },
    );
  }, 60_000);

  it('as bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), async (text) => {
        const answer = await api.ask('PUT', '/api/v1/cases/2026-FUZZ-1/events/bytes', text);
        expect(SOUND).toContain(answer.status);
        expect(answer.status).toBeGreaterThanOrEqual(400);
      }),
      { numRuns: 300 },
    );
    const bytes = new Uint8Array([0x7b, 0xff, 0x7d]);
    const headers = { 'content-type': 'application/json' };
    const init = { method: 'PUT', headers, body: bytes };
    const scope = {
      requestContext: {
        authorizer: { jwt: { claims: { client_id: 'cms', token_use: 'access', scope: 'cases/write' } } },
      },
    };
    expect((await api.askRaw('/api/v1/cases/2026-FUZZ-1/events/bytes', init, scope)).status).toBe(400);
  }, 60_000);

  it('as an address or a question', async () => {
    const before = (await api.records.ledgerOf('case#2026-FUZZ-1')).length;
    await fc.assert(
      fc.asyncProperty(
        nasty,
        nasty,
        nasty,
        fc.constantFrom('GET', 'HEAD', 'OPTIONS'),
        async (one, two, three, method) => {
          for (const path of [
            `cases/${one}`,
            `cases/${one}/records?from=${encodeURIComponent(two)}&most=${encodeURIComponent(three)}`,
            `records/${one}`,
            `${one}/${two}`,
          ]) {
            const url = new URL('https://postact.example');
            url.pathname = `/api/v1/${path.split('?')[0]!}`;
            url.search = path.split('?')[1] ?? '';
            const answer = await api.ask(method, url.href);
            expect([401, 403, ...SOUND], JSON.stringify([path, api.logged.at(-1)])).toContain(answer.status);
          }
        },
      ),
      { numRuns: 200 },
    );
    expect((await api.records.ledgerOf('case#2026-FUZZ-1')).length).toBe(before);
  }, 60_000);
});
