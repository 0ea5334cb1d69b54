/**
 * Reads a state machine's definition and finds what is wrong with it.
 *
 * asl-validator judges the shape; this adds what it misses and what this runner asks for: JSONata throughout, and
 * only integrations that are served. A variable nobody assigns is a warning, as the service takes such a definition.
 */
import validate from 'asl-validator';
import { AwsError } from '../contract.ts';
import { Findings, schema, type Diagnostic } from './findings.ts';
import { readJson, type JsonFault } from './json.ts';
import type { Program, State } from './language.ts';

const LARGEST_DEFINITION_BYTES = 1_048_576;

/** Reads a definition that was accepted before. */
export function readProgram(text: string): Program {
  return JSON.parse(text) as Program;
}

/** Throws `InvalidDefinition` with everything that is wrong. */
export function requireDefinition(text: string, type: 'STANDARD' | 'EXPRESS'): void {
  const errors = diagnose(text, type).filter(({ severity }) => severity === 'ERROR');
  if (errors.length === 0) return;
  const told = errors
    .map(({ code, message, location }) => `${code}: ${message}${location === undefined ? '' : ` at ${location}`}`)
    .join(', ');
  throw new AwsError('InvalidDefinition', `Invalid State Machine Definition: '${told}'`);
}

export function diagnose(text: string, type: 'STANDARD' | 'EXPRESS'): Diagnostic[] {
  if (Buffer.byteLength(text) > LARGEST_DEFINITION_BYTES)
    return [
      schema(`The definition has ${Buffer.byteLength(text)} bytes; at most ${LARGEST_DEFINITION_BYTES} are allowed`),
    ];
  let document: unknown;
  try {
    document = readJson(text.trim() === '' ? 'null' : text);
  } catch (error) {
    const { message, source } = error as JsonFault;
    const told = source === undefined ? { message } : { message: `${message}\n at ${source}`, location: source };
    return [{ severity: 'ERROR', code: 'INVALID_JSON_DESCRIPTION', ...told }];
  }
  if (typeof document !== 'object' || document === null || Array.isArray(document))
    return [schema('Definition must be a valid JSON object')];
  const missing = ['States', 'StartAt'].filter((field) => !(field in document));
  if (missing.length > 0) return [schema(`These fields are required: [${missing.join(', ')}]`, '/')];
  const program = document as Program;
  const own = new Findings(type).check(program);
  if (own.some(({ severity }) => severity === 'ERROR')) return own;
  return [...shapeFindings(program), ...own];
}

/**
 * Hides from asl-validator what it refuses and the service takes: Output of any type and beside Default, literal
 * Conditions, fractions of a percentage, strings of several lines. Expressions are read in `Findings`.
 */
function withoutTrueFields(key: string, value: unknown): unknown {
  if (key === 'Output' && (typeof value !== 'object' || value === null || Array.isArray(value))) return undefined;
  if (key === 'Condition' && typeof value === 'boolean') return '{% true %}';
  if (key === 'ToleratedFailurePercentage' && typeof value === 'number') return Math.floor(value);
  if (typeof value === 'string') return value.replace(/\s+/g, ' ');
  if (key !== 'States' || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, state]: [string, State]) =>
      state.Type === 'Choice' ? [name, { ...state, Output: undefined }] : [name, state],
    ),
  );
}

function shapeFindings(program: Program): Diagnostic[] {
  const { isValid, errors } = validate(JSON.parse(JSON.stringify(program, withoutTrueFields)));
  if (isValid) return [];
  return errors.map((found) => ({
    severity: 'ERROR',
    code: found['Error code'],
    message: found.Message,
    ...(found.schemaError ? { location: found.schemaError.instancePath || '/' } : {}),
  }));
}
