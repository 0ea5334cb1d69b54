/** That the document of the interface is true: its examples are sent, its answers are of its schemas, its routes are all there are. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromJSONSchema } from 'zod';
import * as z from 'zod/mini';
import { caseInterface } from '../../../functions/case/case-interface.ts';
import { interfaceDocument, SCHEMAS } from '../../../functions/case/interface-document.ts';
import {
  EVENT_EXAMPLES,
  EXAMPLE_CASE,
  EXAMPLE_FILE,
  EXAMPLE_INTO,
  EXAMPLE_OTHER,
  FINDING_EXAMPLE,
  RECORD_EXAMPLES,
} from '../../../functions/case/interface-examples.ts';
import { CaseMessage, EVENTS } from '../../../functions/case/interface-shapes.ts';
import { incomingFileOf } from '../../../functions/case/incoming-record.ts';
import { RecordAnnounced } from '../../../functions/case/record-shapes.ts';
import { fieldsOf, hashOf, startInterface, type Answer, type Interface } from './interface-job.ts';

interface Operation {
  readonly responses: Readonly<Record<string, { readonly $ref?: string; readonly content?: Record<string, unknown> }>>;
  readonly requestBody?: {
    readonly content: {
      readonly 'application/json': { readonly examples: Record<string, { readonly value: unknown }> };
    };
  };
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, object>>;
    readonly responses: Readonly<Record<string, unknown>>;
  };
}
const PLACES = { site: 'https://postact.example', tokenUrl: 'https://sign-in.example/oauth2/token' };
const document = interfaceDocument(PLACES) as Document;

let api: Interface;
beforeAll(async () => void (api = await startInterface()));
afterAll(() => api?.table.stop());

/** The answer is of a status the document names for the route, and its body of a schema it names for that status. */
function holdToDocument(path: string, method: string, answer: Answer): void {
  const response = document.paths[path]![method]!.responses[String(answer.status)];
  expect(response, `${method} ${path} answered ${answer.status}`).toBeDefined();
  const named = [
    ...JSON.stringify(
      response!.$ref ? document.components.responses[response!.$ref.split('/').at(-1)!] : response,
    ).matchAll(/#\/components\/schemas\/(\w+)/g),
  ];
  const fitting = named.filter(([, name]) => SCHEMAS[name as keyof typeof SCHEMAS].safeParse(answer.body).success);
  expect(fitting.length, JSON.stringify(answer.body)).toBeGreaterThan(0);
}

describe('every example of the document', () => {
  it('is listed once, in the order in which they are sent', () => {
    const listed = (path: string) =>
      Object.values(document.paths[path]!['put']!.requestBody!.content['application/json'].examples).map(
        ({ value }) => value,
      );
    expect(listed('/api/v1/cases/{number}/events/{eventId}')).toEqual(
      [...EVENT_EXAMPLES, FINDING_EXAMPLE].map(({ sent }) => sent),
    );
    expect(listed('/api/v1/records/{recordId}')).toEqual(RECORD_EXAMPLES.map(({ sent }) => sent));
    const shown = new Set([...EVENT_EXAMPLES, FINDING_EXAMPLE].map(({ sent }) => sent.kind));
    expect([...shown].toSorted()).toEqual(Object.keys(EVENTS).toSorted());
  });

  it('is answered as it says', async () => {
    expect((await api.tell(EXAMPLE_INTO, 'ev-0100', { kind: 'opened' })).status).toBe(201);
    const path = '/api/v1/cases/{number}/events/{eventId}';
    const sent = async (
      number: string,
      { id, sent: event, answered, fields = [] }: (typeof EVENT_EXAMPLES)[number],
    ) => {
      const answer = await api.tell(number, id, event);
      expect([id, answer.status, fieldsOf(answer)]).toEqual([id, answered, fields]);
      holdToDocument(path, 'put', answer);
    };
    for (const example of EVENT_EXAMPLES.slice(0, -1)) await sent(EXAMPLE_CASE, example);

    expect(EXAMPLE_FILE).toHaveLength(21);
    for (const { id, sent: record, answered, fields = [] } of RECORD_EXAMPLES) {
      const answer = await api.ask('PUT', `/api/v1/records/${id}`, record);
      expect([id, answer.status, fieldsOf(answer)]).toEqual([id, answered, fields]);
      holdToDocument('/api/v1/records/{recordId}', 'put', answer);
      if (record.file) expect(record.file).toEqual({ sha256: hashOf(EXAMPLE_FILE), bytes: 21 });
    }
    await sent(EXAMPLE_CASE, EVENT_EXAMPLES.at(-1)!);
    expect((await api.tell(EXAMPLE_OTHER, 'ev-0100', { kind: 'opened' })).status).toBe(201);
    await sent(EXAMPLE_OTHER, FINDING_EXAMPLE);
  });

  it('leaves what is read as the document says', async () => {
    const read = async (path: string, address: string) => {
      const answer = await api.ask('GET', address);
      expect([address, answer.status]).toEqual([address, 200]);
      holdToDocument(path, 'get', answer);
      return answer.body;
    };
    const [recording] = RECORD_EXAMPLES;
    expect((await read('/api/v1/records/{recordId}', `/api/v1/records/${recording!.id}`))['state']).toBe(
      'awaiting-file',
    );
    api.bucket.arrive(incomingFileOf(recording!.id), EXAMPLE_FILE);
    const stored = await api.ask('POST', `/api/v1/records/${recording!.id}/stored`);
    expect(stored.status).toBe(201);
    holdToDocument('/api/v1/records/{recordId}/stored', 'post', stored);
    holdToDocument(
      '/api/v1/records/{recordId}/stored',
      'post',
      await api.ask('POST', `/api/v1/records/${recording!.id}/stored`),
    );

    for (const { id, answered } of RECORD_EXAMPLES)
      if (answered === 201) await read('/api/v1/records/{recordId}', `/api/v1/records/${id}`);
    expect(await read('/api/v1/cases/{number}', `/api/v1/cases/${EXAMPLE_CASE}`)).toMatchObject({
      state: 'merged',
      mergedInto: EXAMPLE_INTO,
    });
    expect(await read('/api/v1/cases/{number}', `/api/v1/cases/${EXAMPLE_INTO}`)).toMatchObject({
      state: 'open',
      mergedFrom: [EXAMPLE_CASE],
      classes: [
        { classId: 'misdemeanor', by: 'disposition', chargeId: 'C-1' },
        {
          classId: 'missing-person',
          by: 'status',
          since: '2026-03-10',
          endedOn: '2026-03-20',
          reclassedOn: '2026-11-24',
        },
      ],
      recalculation: { state: 'owed', done: 0 },
      kept: { records: 2, looked: 2 },
    });
    const page = await read('/api/v1/cases/{number}/records', `/api/v1/cases/${EXAMPLE_INTO}/records?most=1`);
    expect(page).toMatchObject({ records: [{ recordId: 'PDF-2026-0003' }], next: 'PDF-2026-0003' });
    expect(
      await read('/api/v1/cases/{number}/records', `/api/v1/cases/${EXAMPLE_INTO}/records?from=PDF-2026-0003`),
    ).toMatchObject({
      records: [{ recordId: recording!.id }],
    });
  });
});

describe('the document', () => {
  it('has every route of the interface and no other', () => {
    const app = caseInterface(() => api.needs);
    const served = app.routes
      .filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`);
    const documented = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(documented.toSorted()).toEqual([...new Set(served)].toSorted());
  });

  it('points only at what is in it', () => {
    const named = [...JSON.stringify(document).matchAll(/"#\/components\/(schemas|responses)\/([\w-]+)"/g)];
    expect(named.length).toBeGreaterThan(20);
    for (const [, kind, name] of named) expect(document.components[kind as 'schemas']).toHaveProperty(name!);
  });

  it('is what lies in docs/openapi.json', () => {
    const written = JSON.parse(readFileSync(new URL('../../../docs/openapi.json', import.meta.url), 'utf8')) as object;
    expect({
      ...written,
      servers: undefined,
      components: { ...(written as Document).components, securitySchemes: undefined },
    }).toEqual({
      ...document,
      servers: undefined,
      components: { ...document.components, securitySchemes: undefined },
    });
  });

  const day = fc
    .date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
    .map((at) => at.toISOString().slice(0, 10));
  const word = fc.oneof(fc.string({ maxLength: 20 }), fc.constantFrom('C-1', 'misdemeanor', 'a b', '', '-', 'opened'));
  const value = fc.oneof(word, day, fc.integer(), fc.boolean(), fc.constant(null));
  /** Bodies near the shapes: a kind that exists, fields of that kind or of another, with values that may fit. */
  const bodies = fc.constantFrom(...(Object.keys(EVENTS) as (keyof typeof EVENTS)[])).chain((kind) => {
    const fields = Object.keys(EVENTS[kind].shape).filter((name) => name !== 'kind');
    return fc
      .dictionary(
        fc.constantFrom(...fields, 'on', 'reason', 'extra'),
        fc.oneof(value, day, fc.constantFrom('no-arrest', 'convicted', 'suspect', 'P-1')),
        { maxKeys: fields.length },
      )
      .map((given) => ({ kind, ...given }));
  });

  it.each([
    ['CaseMessage', CaseMessage, bodies],
    [
      'RecordMessage',
      RecordAnnounced,
      fc.record(
        {
          technology: fc.constantFrom('digital-camera', 'x'),
          kind: fc.constantFrom('image', 'film'),
          caseNumbers: fc.array(word, { maxLength: 3 }),
          deviceId: word,
          relevance: word,
        },
        { requiredKeys: ['technology', 'kind'] },
      ),
    ],
  ] as const)('says of %s what the interface takes', (name, shape, arbitrary) => {
    const documented = fromJSONSchema(document.components.schemas[name] as z.core.JSONSchema.JSONSchema);
    fc.assert(
      fc.property(arbitrary as fc.Arbitrary<unknown>, (body) => {
        expect(documented.safeParse(body).success).toBe(z.safeParse(shape as z.ZodMiniType, body).success);
      }),
      { numRuns: 2000 },
    );
  });

  it('names every field of what is answered', () => {
    for (const name of Object.keys(SCHEMAS))
      expect(JSON.stringify(document.components.schemas[name])).toContain('"additionalProperties":false');
  });
});
