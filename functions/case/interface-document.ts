/**
 * The OpenAPI document of the interface, made from the shapes by which messages are read and answers are written. Served
 * at /api/v1/openapi.json, and written to docs/openapi.json.
 */
import * as z from 'zod/mini';
import { MOST_BODY_BYTES } from '../edge/machine-app.ts';
import { PROBLEMS, type ProblemKind } from '../edge/problem.ts';
import { EVENT_EXAMPLES, FINDING_EXAMPLE, RECORD_EXAMPLES, type Example } from './interface-examples.ts';
import { CaseMessage, CaseTold, EventTaken } from './interface-shapes.ts';
import { RecordAnnounced, RecordAwaited, RecordsTold, RecordTaken, RecordTold } from './record-shapes.ts';

const ProblemTold = z
  .strictObject({
    type: z.string().check(z.describe('`urn:postact:problem:` and the kind.')),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    errors: z.optional(
      z.array(
        z.strictObject({
          field: z.string(),
          found: z.string().check(z.describe('What is there: its kind or how much, never what was sent.')),
          expected: z.string(),
          todo: z.string(),
          clause: z.optional(z.string().check(z.describe('The clause that asks for it, where it is a rule.'))),
        }),
      ),
    ),
    position: z.optional(
      z
        .strictObject({ offset: z.int(), line: z.int(), column: z.int(), expected: z.string() })
        .check(z.describe('Where the message is no JSON.')),
    ),
    reference: z.optional(z.string().check(z.describe('What support asks for.'))),
  })
  .check(z.describe('RFC 9457: why something was not done. Nothing was changed.'));

/** Each schema of the document, by its name there. */
export const SCHEMAS = {
  CaseMessage,
  EventTaken,
  Case: CaseTold,
  RecordMessage: RecordAnnounced,
  RecordTaken,
  Records: RecordsTold,
  Record: RecordTold,
  RecordAwaited,
  Problem: ProblemTold,
} as const;
type SchemaName = keyof typeof SCHEMAS;

function schemaOf(name: SchemaName): object {
  const { $schema: _, id: __, ...schema } = z.toJSONSchema(SCHEMAS[name] as z.ZodMiniType) as Record<string, unknown>;
  return name === 'CaseMessage' ? { ...schema, discriminator: { propertyName: 'kind' } } : schema;
}

const ref = (name: SchemaName) => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: object, examples?: object) => ({
  content: { 'application/json': { schema, ...(examples && { examples }) } },
});
const told = (description: string, ...names: readonly SchemaName[]) => ({
  description,
  ...json(names.length === 1 ? ref(names[0]!) : { oneOf: names.map(ref) }),
});

/** What may come instead of the answer, whatever is asked. 413 to 422 only where something is sent. */
const ALWAYS: readonly ProblemKind[] = ['token-missing', 'scope-missing', 'refused', 'fault', 'busy'];
const WHERE_SENT: readonly ProblemKind[] = ['malformed', 'too-large', 'not-json'];
const problems = (...more: readonly ProblemKind[]) =>
  Object.fromEntries(
    [...new Set([...ALWAYS, ...more])]
      .toSorted((one, other) => PROBLEMS[one].status - PROBLEMS[other].status)
      .map((kind) => [String(PROBLEMS[kind].status), { $ref: `#/components/responses/${kind}` }]),
  );

const responses = Object.fromEntries(
  Object.entries(PROBLEMS).map(([kind, { status, title }]) => [
    kind,
    {
      description: title,
      ...(status === 503 && { headers: { 'Retry-After': { schema: { type: 'string' }, description: 'Seconds.' } } }),
      ...(status === 401 && { headers: { 'WWW-Authenticate': { schema: { type: 'string' } } } }),
      content: { 'application/problem+json': { schema: ref('Problem') } },
    },
  ]),
);

const parameter = (name: string, description: string, more: object = {}) => ({
  name,
  in: 'path',
  required: true,
  description,
  schema: { type: 'string', ...more },
});
const NUMBER = parameter(
  'number',
  'The number of a case. Letters, digits, dots, underscores and hyphens as they are; any other byte of its UTF-8 as `~` and two small hexadecimal digits, such as `~20` for a blank.',
);
const ID_OF = { pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$' };
const EVENT_ID = parameter('eventId', 'Chosen by the sending system, once for each event of a case.', ID_OF);
const RECORD_ID = parameter('recordId', 'The id the record has in its own system. Does not begin with X-.', ID_OF);
const query = (name: string, description: string, schema: object) => ({ name, in: 'query', description, schema });

const examplesOf = (examples: readonly Example<unknown>[]) =>
  Object.fromEntries(
    examples.map(({ id, summary, sent, answered }, place) => [
      `${String(place + 1).padStart(2, '0')}-${id}`,
      { summary, description: `Sent as ${id}, it is answered with ${answered}.`, value: sent },
    ]),
  );

const needs = (...scopes: readonly string[]) => ({ security: scopes.map((scope) => ({ token: [scope] })) });
const sends = (name: SchemaName, examples: object) => ({
  requestBody: {
    required: true,
    description: `JSON in UTF-8, at most ${MOST_BODY_BYTES} bytes. A field that is not known is refused by name.`,
    ...json(ref(name), examples),
  },
});

export function interfaceDocument({ site, tokenUrl }: { readonly site: string; readonly tokenUrl: string }): object {
  return {
    openapi: '3.1.1',
    info: {
      title: 'postact: cases and records',
      version: '1.0.0',
      description:
        'For the case-management system, which tells what happens in a case, and for systems of other technologies, which hand in records. What is sent again is done once. docs/api.md tells how to begin.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: site }],
    security: [{ token: [] }],
    paths: {
      '/api/v1/openapi.json': {
        get: {
          operationId: 'readDocument',
          summary: 'This document. For anyone.',
          security: [],
          responses: { 200: { description: 'The document', ...json({ type: 'object' }) } },
        },
      },
      '/api/v1/cases/{number}/events/{eventId}': {
        put: {
          operationId: 'tellEvent',
          summary: 'Tells what happened in a case. Sent again as it was, it changes nothing.',
          ...needs('cases/write'),
          parameters: [NUMBER, EVENT_ID],
          ...sends('CaseMessage', examplesOf([...EVENT_EXAMPLES, FINDING_EXAMPLE])),
          responses: {
            201: told('It was taken.', 'EventTaken'),
            200: told('It was taken before; nothing was done now.', 'EventTaken'),
            ...problems(...WHERE_SENT, 'not-found', 'conflict'),
          },
        },
      },
      '/api/v1/cases/{number}': {
        get: {
          operationId: 'readCase',
          summary: 'How a case stands, and how long what is kept for it stays.',
          ...needs('cases/read'),
          parameters: [NUMBER],
          responses: { 200: told('The case', 'Case'), ...problems('not-found') },
        },
      },
      '/api/v1/cases/{number}/records': {
        get: {
          operationId: 'listRecords',
          summary: 'What is kept for a case, page by page.',
          ...needs('cases/read'),
          parameters: [
            NUMBER,
            query('from', '`next` of the page before.', { type: 'string' }),
            query('most', 'How many at most.', { type: 'integer', minimum: 1, maximum: 100, default: 100 }),
          ],
          responses: { 200: told('A page', 'Records'), ...problems('not-found') },
        },
      },
      '/api/v1/records/{recordId}': {
        put: {
          operationId: 'announceRecord',
          summary: 'Hands in a record to be kept. One with a file is kept once its file has arrived.',
          ...needs('records/write'),
          parameters: [RECORD_ID],
          ...sends('RecordMessage', examplesOf(RECORD_EXAMPLES)),
          responses: {
            201: told('It is kept, or awaits its file.', 'RecordTaken'),
            200: told('It was handed in before; while its file is awaited, with a new form.', 'RecordTaken'),
            ...problems(...WHERE_SENT, 'conflict'),
          },
        },
        get: {
          operationId: 'readRecord',
          summary: 'How long a record is kept, and every reason.',
          ...needs('cases/read', 'records/write'),
          parameters: [RECORD_ID],
          responses: {
            200: told('The record, or that it awaits its file', 'Record', 'RecordAwaited'),
            ...problems('not-found'),
          },
        },
      },
      '/api/v1/records/{recordId}/stored': {
        post: {
          operationId: 'storeRecord',
          summary: 'Says that the file was sent: it is checked by size and SHA-256, and kept under legal hold.',
          ...needs('records/write'),
          parameters: [RECORD_ID],
          responses: {
            201: told('It is kept.', 'RecordTaken'),
            200: told('It is kept already.', 'RecordTaken'),
            ...problems('not-found'),
          },
        },
      },
    },
    components: {
      schemas: Object.fromEntries((Object.keys(SCHEMAS) as SchemaName[]).map((name) => [name, schemaOf(name)])),
      responses,
      securitySchemes: {
        token: {
          type: 'oauth2',
          flows: {
            clientCredentials: {
              tokenUrl,
              scopes: {
                'cases/write': 'Tell what happened in a case',
                'cases/read': 'Read how a case and what is kept for it stand',
                'records/write': 'Hand in records of other technologies, and read how long they are kept',
              },
            },
          },
        },
      },
    },
  };
}
