/**
 * What is wrong with a definition beyond its shape: the wrong language, integrations that are not served, limits that
 * contradict each other, expressions that cannot be read or name what is not there.
 */
import jsonata from 'jsonata';
import { instantOf } from './execution/plain.ts';
import {
  expressionIn,
  hasExpression,
  isDistributed,
  programsOf,
  type Json,
  type Program,
  type State,
} from './language.ts';
import { integrationOf } from './tasks/integration.ts';

export interface Diagnostic {
  readonly severity: 'ERROR' | 'WARNING';
  readonly code: string;
  readonly message: string;
  /** A path into the definition, such as `/States/Ask/Retry[0]`. */
  readonly location?: string;
}

export function schema(message: string, location?: string): Diagnostic {
  return {
    severity: 'ERROR',
    code: 'SCHEMA_VALIDATION_FAILED',
    message,
    ...(location === undefined ? {} : { location }),
  };
}

/** Fields only JSONPath states have; a JSONPath state without them does the same in either language. */
const JSONPATH_FIELDS = [
  'InputPath',
  'OutputPath',
  'ResultPath',
  'Parameters',
  'ResultSelector',
  'Result',
  'SecondsPath',
  'TimestampPath',
  'ErrorPath',
  'CausePath',
  'ItemsPath',
];
const SAME_IN_BOTH = new Set(['Pass', 'Succeed', 'Fail', 'Wait']);
/** Fields with scopes of their own. */
const NESTED = new Set(['Catch', 'Branches', 'ItemProcessor', 'Iterator']);
const HAS_RESULT = new Set(['Task', 'Parallel', 'Map']);

/** Walks a definition and collects what asl-validator misses. */
export class Findings {
  readonly #type: 'STANDARD' | 'EXPRESS';
  readonly #found: Diagnostic[] = [];
  #jsonata = false;

  constructor(type: 'STANDARD' | 'EXPRESS') {
    this.#type = type;
  }

  check(program: Program): Diagnostic[] {
    if (typeof program.States === 'object' && program.States !== null)
      this.#program(program, program.QueryLanguage ?? 'JSONPath', '', new Set(['states']));
    if (!this.#jsonata && program.QueryLanguage !== 'JSONata') this.#jsonPath('/', 'The state machine');
    return this.#found;
  }

  #jsonPath(location: string, who: string): void {
    this.#found.push(
      schema(
        `${who} uses JSONPath, which is not served here: set "QueryLanguage": "JSONata", or run it on an AWS account or an emulator`,
        location,
      ),
    );
  }

  #program(program: Program, language: string, path: string, outer: ReadonlySet<string>): void {
    const states = Object.entries(program.States ?? {});
    const assigned = new Set(outer);
    for (const [, state] of states)
      for (const shape of [state, ...(state.Choices ?? []), ...(state.Catch ?? [])])
        for (const name of Object.keys(shape.Assign ?? {})) assigned.add(name);
    for (const [name, state] of states) this.#state(state, language, `${path}/States/${name}`, assigned);
  }

  #state(state: State, language: string, at: string, assigned: ReadonlySet<string>): void {
    if (language === 'JSONata' && state.QueryLanguage === 'JSONPath') {
      this.#found.push(schema(`'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine`, at));
      return;
    }
    const own = state.QueryLanguage ?? language;
    if (own === 'JSONata') this.#jsonata = true;
    else if (
      !SAME_IN_BOTH.has(state.Type) ||
      JSONPATH_FIELDS.some((field) => field in state) ||
      isJsonPathTemplate(state.Assign)
    )
      this.#jsonPath(at, 'The state');
    if (state.Type === 'Task') this.#task(state, at);
    this.#catches(state, at);
    if (state.Type === 'Map') this.#map(state, at);
    if (
      state.Type === 'Wait' &&
      typeof state.Timestamp === 'string' &&
      expressionIn(state.Timestamp) === undefined &&
      instantOf(state.Timestamp) === undefined
    ) {
      this.#found.push(schema('String does not match RFC3339 timestamp', `${at}/Timestamp`));
    }
    if (own === 'JSONata') this.#expressions(state, at, assigned);
    for (const [index, program] of programsOf(state).entries()) {
      this.#program(
        program,
        program.QueryLanguage ?? language,
        `${at}/${state.Branches ? `Branches[${index}]` : 'ItemProcessor'}`,
        assigned,
      );
    }
  }

  #task(state: State, at: string): void {
    const { TimeoutSeconds, HeartbeatSeconds, Resource, Credentials } = state;
    if (Credentials !== undefined && !('RoleArn' in Credentials))
      this.#found.push(schema(`The field 'RoleArn' is required but was missing`, `${at}/Credentials`));
    if (
      typeof TimeoutSeconds === 'number' &&
      typeof HeartbeatSeconds === 'number' &&
      HeartbeatSeconds >= TimeoutSeconds
    ) {
      this.#found.push(
        schema(
          `HeartbeatSeconds (${HeartbeatSeconds}) must be smaller than TimeoutSeconds (${TimeoutSeconds})`,
          `${at}/HeartbeatSeconds`,
        ),
      );
    }
    if (typeof Resource !== 'string' || Resource.includes('${')) return;
    try {
      const { waits } = integrationOf(Resource);
      if (this.#type === 'EXPRESS' && waits !== 'answer') {
        const what = {
          token: `'.waitForTaskToken' service integration `,
          completion: `'.${Resource.split('.').at(-1)}' service integration`,
          worker: 'Activity ARN',
        }[waits];
        this.#found.push(schema(`Express state machine does not support ${what}`, `${at}/Resource`));
      }
    } catch (error) {
      this.#found.push(schema(error instanceof Error ? error.message : String(error), `${at}/Resource`));
    }
  }

  #catches(state: State, at: string): void {
    for (const field of ['Retry', 'Catch'] as const) {
      const list = Array.isArray(state[field]) ? state[field] : [];
      for (const [index, { ErrorEquals }] of list.entries()) {
        if (!Array.isArray(ErrorEquals) || !ErrorEquals.includes('States.ALL')) continue;
        if (ErrorEquals.length > 1 || index < list.length - 1)
          this.#found.push(
            schema(
              'States.ALL must stand alone in ErrorEquals and in the last entry',
              `${at}/${field}[${index}]/ErrorEquals`,
            ),
          );
      }
    }
  }

  #map(state: State, at: string): void {
    if ('ResultWriter' in state)
      this.#found.push(
        schema(
          'ResultWriter is not served here: take the results from the output, or run it on an AWS account',
          `${at}/ResultWriter`,
        ),
      );
    if (state.ItemReader !== undefined) this.#found.push(...readerFindings(state, `${at}/ItemReader`));
    if (state.ItemBatcher && !isDistributed(state))
      this.#found.push(schema('ItemBatcher needs a Map in DISTRIBUTED mode', `${at}/ItemBatcher`));
  }

  #expressions(state: State, at: string, assigned: ReadonlySet<string>): void {
    for (const [field, template] of Object.entries(state) as [string, Json][]) {
      if (NESTED.has(field) || !hasExpression(template)) continue;
      for (const source of sourcesIn(template)) {
        try {
          jsonata(source);
        } catch (error) {
          this.#found.push(
            schema(`The JSONata expression '${source}' cannot be read: ${(error as Error).message}`, `${at}/${field}`),
          );
          continue;
        }
        const late = !HAS_RESULT.has(state.Type) || !['Output', 'Assign'].includes(field);
        if (late && /\$states\.result\b/.test(source))
          this.#found.push(
            schema(
              `$states.result is not available in the field '${field}' of a ${state.Type} state`,
              `${at}/${field}`,
            ),
          );
        if (/\$states\.errorOutput\b/.test(source))
          this.#found.push(schema(`$states.errorOutput is only available in Catch`, `${at}/${field}`));
        for (const name of freeNames(source)) {
          if (!assigned.has(name))
            this.#found.push({
              severity: 'WARNING',
              code: 'UNDEFINED_VARIABLE',
              message: `No state assigns the variable $${name}`,
              location: `${at}/${field}`,
            });
        }
      }
    }
  }
}

const READER_TYPES = ['JSON', 'JSONL'];
const READER_SETTINGS = ['InputType', 'MaxItems'];

/** What of an ItemReader is contradictory, or served by AWS and not here. */
function readerFindings(state: State, at: string): Diagnostic[] {
  const { Resource, Arguments, ReaderConfig = {} } = state.ItemReader!;
  const found: Diagnostic[] = [];
  if (!isDistributed(state)) found.push(schema('ItemReader needs a Map in DISTRIBUTED mode', at));
  if (state.Items !== undefined) found.push(schema('A Map has its items from Items or from ItemReader, not both', at));
  if (!/^arn:[\w-]+:states:::s3:getObject$/.test(Resource ?? ''))
    found.push(
      schema(
        `${String(Resource)} is not served here as an ItemReader: read a file by arn:aws:states:::s3:getObject, or run it on an AWS account`,
        `${at}/Resource`,
      ),
    );
  if (typeof Arguments !== 'object' && !hasExpression(Arguments))
    found.push(schema('Arguments must name the Bucket and the Key of the items', `${at}/Arguments`));
  if (!READER_TYPES.includes(ReaderConfig.InputType ?? ''))
    found.push(
      schema(
        `InputType ${String(ReaderConfig.InputType)} is not served here: write the items as ${READER_TYPES.join(' or ')}, or run it on an AWS account`,
        `${at}/ReaderConfig/InputType`,
      ),
    );
  for (const setting of Object.keys(ReaderConfig).filter((name) => !READER_SETTINGS.includes(name)))
    found.push(schema(`${setting} is not served here: leave it out, or run it on an AWS account`, `${at}/ReaderConfig`));
  return found;
}

/** True if JSONPath would read something else in it than JSONata: a key that ends in `.$`, or what looks like an expression. */
function isJsonPathTemplate(template: Json | undefined): boolean {
  if (typeof template !== 'object' || template === null) return hasExpression(template);
  return Object.entries(template).some(([key, value]) => key.endsWith('.$') || isJsonPathTemplate(value as Json));
}

function sourcesIn(template: Json): string[] {
  if (typeof template === 'string') return [expressionIn(template) ?? []].flat();
  return typeof template === 'object' && template !== null ? Object.values(template).flatMap(sourcesIn) : [];
}

/** Names used as plain variables: not called, not bound in the expression itself. Text and comments are left out. */
function freeNames(source: string): string[] {
  const code = source.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\/\*[\s\S]*?\*\//g, ' ');
  const bound = new Set(
    [
      ...code.matchAll(/\$(\w+)\s*:=/g),
      ...[...code.matchAll(/(?:function|λ)\s*\(([^)]*)\)/g)].flatMap(([, list]) => [...list!.matchAll(/\$(\w+)/g)]),
      ...code.matchAll(/[@#]\s*\$(\w+)/g),
    ].map(([, name]) => name!),
  );
  const used = [...code.matchAll(/\$([A-Za-z_]\w*)(?!\w*\s*\()/g)].map(([, name]) => name!);
  return [...new Set(used)].filter((name) => !bound.has(name) && !BUILT_IN.test(name));
}

const BUILT_IN =
  /^(sum|count|max|min|average|string|number|boolean|length|trim|uppercase|lowercase|abs|floor|ceil|round|not|exists|keys|type|parse|uuid)$/;
