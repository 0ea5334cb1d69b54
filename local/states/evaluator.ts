/**
 * A process of its own that evaluates JSONata, so that an expression without end or without measure can be killed
 * without taking the host along. It is forked by expression.ts and speaks one message per state and phase.
 *
 * Expressions get what Step Functions adds ($partition, $range, $hash, $random with a seed, $uuid, $parse) and
 * miss what it lacks ($eval). $now and $millis follow the host's clock.
 */
import { createHash, randomUUID } from 'node:crypto';
import jsonata from 'jsonata';
import { expressionIn, type Json } from './language.ts';
import type { Answer, Field, Question } from './expression.ts';

/** What stops an expression from inside; the parent's timer and the heap limit stop the rest. */
const LIMITS = { timeout: 1_000, stack: 500, sequence: 100_000 };
const MOST_COMPILED = 2_000;
const MOST_IN_RANGE = 1_000;

const compiled = new Map<string, jsonata.Expression>();
const formatInstant = jsonata('$fromMillis($millis, $picture, $timezone)');
let now = 0;

class Refused extends Error {}

function compile(source: string): jsonata.Expression {
  const known = compiled.get(source);
  if (known) return known;
  const expression = jsonata(source, LIMITS);
  expression.registerFunction(
    'partition',
    (list: unknown[], size: number) =>
      Array.from({ length: Math.ceil(list.length / size) }, (_, at) => list.slice(at * size, at * size + size)),
    '<an:a>',
  );
  expression.registerFunction('range', range, '<nnn:a>');
  expression.registerFunction(
    'hash',
    (data: string, algorithm: string) =>
      createHash(algorithm.replace('-', '').toLowerCase()).update(data).digest('hex'),
    '<ss:s>',
  );
  expression.registerFunction(
    'random',
    (seed?: number) => (seed === undefined ? Math.random() : seeded(seed)),
    '<n?:n>',
  );
  expression.registerFunction('uuid', () => randomUUID(), '<:s>');
  expression.registerFunction('parse', (text: string) => JSON.parse(text) as unknown, '<s:x>');
  expression.registerFunction('millis', () => now, '<:n>');
  expression.registerFunction(
    'now',
    (picture?: string, timezone?: string) => formatInstant.evaluate(undefined, { millis: now, picture, timezone }),
    '<s?s?:s>',
  );
  expression.assign('eval', undefined);
  if (compiled.size >= MOST_COMPILED) compiled.clear();
  compiled.set(source, expression);
  return expression;
}

/** A JSONata sequence, not an array: one member alone is unwrapped, as on AWS ($range(1, 9, 9) yields 1). */
function range(first: number, last: number, step: number): number[] {
  const length = Math.floor((last - first) / step) + 1;
  if (!(length <= MOST_IN_RANGE)) throw new Error(`$range would have more than ${MOST_IN_RANGE} members`);
  const members = Array.from({ length: Math.max(0, length) }, (_, at) => first + at * step);
  return Object.defineProperty(members, 'sequence', { value: true, enumerable: false });
}

/** The same number from 0 (included) to 1 for the same seed; not the same one as on AWS. */
function seeded(seed: number): number {
  return createHash('sha256').update(String(seed)).digest().readUInt32BE(0) / 2 ** 32;
}

async function evaluateText(
  text: string,
  field: string,
  expects: Field['expects'],
  names: Record<string, unknown>,
): Promise<Json> {
  const source = expressionIn(text);
  if (source === undefined) return text;
  const about = `The JSONata expression '${source}' specified for the field '${field}'`;
  let result: unknown;
  try {
    result = await compile(source).evaluate(undefined, names);
  } catch (thrown) {
    const { code, message } = thrown as { code?: string; message?: string };
    throw new Refused(
      `${about} threw an error during evaluation. ${code ? `${code}: ` : ''}${message ?? String(thrown)}`,
    );
  }
  if (result === undefined) throw new Refused(`${about} returned nothing (undefined).`);
  const json = JSON.stringify(result, (_key, value: unknown) => {
    if (
      typeof value === 'function' ||
      (typeof value === 'object' && value !== null && '_jsonata_function' in value) ||
      value instanceof RegExp
    ) {
      throw new Refused(`${about} returned an unsupported result type.`);
    }
    return value;
  });
  const value = JSON.parse(json) as Json;
  const found = typeName(value);
  if (expects && found !== expects)
    throw new Refused(
      `${about} returned an unexpected result type. Expected '${expects}', but was '${found}' for value: ${json}`,
    );
  return value;
}

function typeName(value: Json): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** Walks a template in order and stops at the first failure, whose field is kept in `at`. */
async function evaluateTemplate(
  template: Json,
  field: string,
  expects: Field['expects'],
  names: Record<string, unknown>,
  at: { field: string },
): Promise<Json> {
  if (typeof template === 'string') {
    at.field = field;
    return evaluateText(template, field, expects, names);
  }
  if (typeof template !== 'object' || template === null) return template;
  if (Array.isArray(template)) {
    const list: Json[] = [];
    for (const [index, member] of template.entries())
      list.push(await evaluateTemplate(member as Json, `${field}[${index}]`, undefined, names, at));
    return list;
  }
  const object: Record<string, Json> = {};
  for (const [key, member] of Object.entries(template))
    object[key] = await evaluateTemplate(member, `${field}/${key}`, undefined, names, at);
  return object;
}

async function answer(question: Question): Promise<Answer> {
  now = question.now;
  const at = { field: '' };
  const values: Json[] = [];
  try {
    for (const { location, template, expects } of question.fields) {
      const value = await evaluateTemplate(template, location, expects, question.names, at);
      values.push(value);
      if (question.untilTrue && value === true) break;
    }
    return { values };
  } catch (thrown) {
    if (thrown instanceof Refused) return { refusal: { location: at.field, reason: thrown.message } };
    return {
      refusal: { location: at.field, reason: `The field '${at.field}' could not be evaluated. ${String(thrown)}` },
    };
  }
}

process.on('message', (question: Question) => void answer(question).then((result) => process.send?.(result)));
process.on('disconnect', () => process.exit());
process.send?.('ready');
