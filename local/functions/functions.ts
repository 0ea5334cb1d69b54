/**
 * Lambda: the functions of the template, their versions, aliases and permissions, and the calls to them.
 *
 * Limits: Node.js runtimes only; no layers, no container images; every version runs the code as it is now.
 */
import { randomUUID } from 'node:crypto';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  AwsError,
  type Caller,
  type Deployed,
  type Functions,
  type Host,
  type InvokeResult,
  type Part,
  type ResourceProvider,
} from '../contract.ts';
import type { AccessKey } from '../identity/identities.ts';
import { AsyncInvocations, type AsyncSettings } from './async-invocations.ts';
import {
  configurationOf,
  permissionsOf,
  permissionStatement,
  type FunctionProperties,
  type LambdaFunction,
} from './declared-function.ts';
import { codeFolder } from './function-code.ts';
import { FunctionPool } from './function-pool.ts';
import { WarmShelf } from './warm-shelf.ts';
import { WarmWorker } from './warm-worker.ts';

export interface InvokeInput {
  readonly FunctionName: string;
  readonly Qualifier?: string;
  readonly InvocationType?: 'RequestResponse' | 'Event' | 'DryRun';
  /** JSON text. */
  readonly Payload?: string;
  /** In-process only: on whose behalf a service calls, for the condition of its permission. */
  readonly SourceArn?: string;
}

/** Bytes: Lambda's limits for what is sent to a function. */
const MAX_SYNC_PAYLOAD = 6_291_456;
const MAX_ASYNC_PAYLOAD = 1_048_576;

export class FunctionsPart implements Functions {
  readonly #host: Host;
  readonly #issueKey: (roleArn: string, session: string) => AccessKey;
  readonly #functions = new Map<string, LambdaFunction>();
  readonly #async: AsyncInvocations;
  readonly #shelf = new WarmShelf();

  constructor(host: Host, issueKey: (roleArn: string, session: string) => AccessKey) {
    this.#host = host;
    this.#issueKey = issueKey;
    this.#async = new AsyncInvocations(host, (name, payload, requestId) => this.invoke(name, payload, { requestId }));
  }

  async invoke(target: string, payload: string, options: { readonly requestId?: string } = {}): Promise<InvokeResult> {
    const { fn, version, qualifiedArn } = this.#find(target);
    const requestId = options.requestId ?? randomUUID();
    const done = this.#host.clock.begin();
    try {
      const timeoutMs = (fn.properties.Timeout ?? 3) * 1000;
      const outcome = await fn.pool.run({ requestId, payload, timeoutMs, functionArn: qualifiedArn, version });
      if (outcome.failed)
        this.#host.log(`function ${fn.name} failed: ${errorTypeOf(outcome.payload)}; see logs/${fn.name}.log`);
      return {
        payload: outcome.payload,
        executedVersion: version,
        ...(outcome.failed ? { functionError: 'Unhandled' } : {}),
      };
    } finally {
      done();
    }
  }

  /** Throws AwsError unless a service may call the function for `sourceArn`, by the template's Lambda permissions. */
  requirePermission(target: string, service: string, sourceArn: string): void {
    const { fn } = this.#find(target);
    this.#host.identities
      .asService(service)
      .require('lambda:InvokeFunction', fn.arn, { 'aws:SourceArn': sourceArn }, permissionsOf(fn));
  }

  part(): Part {
    return {
      services: [
        {
          signingName: 'lambda',
          operations: {
            Invoke: (input: InvokeInput, caller: Caller) => this.#invokeOperation(input, caller),
            GetFunction: (input: InvokeInput, caller: Caller) => {
              const { fn } = this.#find(input.FunctionName, input.Qualifier);
              caller.require('lambda:GetFunction', fn.arn);
              return { Configuration: configurationOf(fn), Code: { RepositoryType: 'local' } };
            },
            GetFunctionConfiguration: (input: InvokeInput, caller: Caller) => {
              const { fn } = this.#find(input.FunctionName, input.Qualifier);
              caller.require('lambda:GetFunctionConfiguration', fn.arn);
              return configurationOf(fn);
            },
            ListFunctions: (_: unknown, caller: Caller) => {
              caller.require('lambda:ListFunctions', '*');
              return { Functions: [...this.#functions.values()].map(configurationOf) };
            },
          },
        },
      ],
      providers: [this.#provider],
      start: () => this.#async.start(),
      stop: async () => {
        this.#async.stop();
        await Promise.all([this.#shelf.end(), ...[...this.#functions.values()].map((fn) => fn.pool.end())]);
        for (const fn of this.#functions.values()) fn.log.end();
      },
    };
  }

  readonly #provider: ResourceProvider = {
    types: [
      'AWS::Lambda::Function',
      'AWS::Lambda::Version',
      'AWS::Lambda::Alias',
      'AWS::Lambda::Permission',
      'AWS::Lambda::EventInvokeConfig',
    ],
    deploy: ({ type, properties, physicalId }) => {
      if (type === 'AWS::Lambda::Function')
        return this.#deployFunction(physicalId, properties as unknown as FunctionProperties);
      const fn = this.#find(String(properties['FunctionName'])).fn;
      switch (type) {
        case 'AWS::Lambda::Version':
          return this.#qualify(fn, '1', '1');
        case 'AWS::Lambda::Alias':
          return this.#qualify(fn, String(properties['Name']), String(properties['FunctionVersion']));
        case 'AWS::Lambda::EventInvokeConfig':
          this.#async.configure(fn.name, properties as unknown as AsyncSettings);
          break;
        default:
          fn.permissions.push(permissionStatement(properties, fn.arn));
      }
      return { ref: physicalId, attributes: { Id: physicalId } };
    },
  };

  #deployFunction(name: string, properties: FunctionProperties): Deployed {
    const { Runtime: runtime = 'none', Handler: handler = 'none', Layers: layers = [] } = properties;
    if (!runtime.startsWith('nodejs'))
      throw new Error(`Runtime: found ${runtime}, expected nodejs22.x or newer; other runtimes are served by AWS`);
    if (layers.length > 0)
      throw new Error(`Layers: found ${layers.length}, expected none; bundle what the function needs`);
    const { folder } = this.#host.journal;
    const taskRoot = codeFolder(
      properties.Code,
      (bucket, key) => this.#host.asset(bucket, key),
      join(folder, 'functions', name),
    );
    const arn = `arn:aws:lambda:${this.#host.region}:${this.#host.account}:function:${name}`;
    mkdirSync(join(folder, 'logs'), { recursive: true });
    const log = createWriteStream(join(folder, 'logs', `${name}.log`), { flags: 'a' });
    const memoryMb = properties.MemorySize ?? 128;
    const start = (): WarmWorker =>
      new WarmWorker(
        { taskRoot, handler, offset: this.#host.clock.offset, functionName: name, memoryMb },
        this.#environmentOf(name, memoryMb, taskRoot, properties),
        join(folder, 'compile-cache'),
        (chunk) => void log.write(linesOf(chunk, this.#host.clock.now())),
      );
    const pool = new FunctionPool(name, this.#shelf, start, properties.ReservedConcurrentExecutions);
    this.#functions.set(name, { name, arn, properties, pool, qualifiers: new Map(), permissions: [], log });
    const deadLetterArn = properties.DeadLetterConfig?.TargetArn;
    this.#async.declare(name, arn, properties.Role, deadLetterArn);
    return { ref: name, attributes: { Arn: arn } };
  }

  #environmentOf(
    name: string,
    memoryMb: number,
    taskRoot: string,
    properties: FunctionProperties,
  ): Record<string, string> {
    const key = this.#issueKey(properties.Role, name);
    const endpoint = this.#host.endpoint();
    const own = Object.entries(properties.Environment?.Variables ?? {}).map(([variable, value]) => [
      variable,
      String(value),
    ]);
    return {
      ...(Object.fromEntries(own) as Record<string, string>),
      AWS_REGION: this.#host.region,
      AWS_DEFAULT_REGION: this.#host.region,
      AWS_LAMBDA_FUNCTION_NAME: name,
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
      AWS_ACCESS_KEY_ID: key.accessKeyId,
      AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
      AWS_SESSION_TOKEN: key.sessionToken,
      AWS_ENDPOINT_URL: endpoint,
      AWS_ENDPOINT_URL_S3: endpoint,
      LAMBDA_TASK_ROOT: taskRoot,
      TZ: 'UTC',
    };
  }

  async #invokeOperation(input: InvokeInput, caller: Caller): Promise<object> {
    const { fn, version, qualifiedArn } = this.#find(input.FunctionName, input.Qualifier);
    const source = input.SourceArn === undefined ? {} : { 'aws:SourceArn': input.SourceArn };
    caller.require('lambda:InvokeFunction', qualifiedArn, source, permissionsOf(fn, input.SourceArn !== undefined));
    const type = input.InvocationType ?? 'RequestResponse';
    const payload = input.Payload || '{}';
    if (type === 'DryRun') return { StatusCode: 204, ExecutedVersion: version, Payload: '' };
    refuseTooLarge(payload, type === 'Event' ? MAX_ASYNC_PAYLOAD : MAX_SYNC_PAYLOAD);
    refuseNotJson(payload);
    if (type === 'Event') {
      this.#async.accept(fn.name, payload);
      return { StatusCode: 202, Payload: '' };
    }
    const result = await this.invoke(qualifiedArn, payload);
    return {
      StatusCode: 200,
      ExecutedVersion: result.executedVersion,
      Payload: result.payload,
      ...(result.functionError ? { FunctionError: result.functionError } : {}),
    };
  }

  #qualify(fn: LambdaFunction, qualifier: string, version: string): Deployed {
    fn.qualifiers.set(qualifier, version);
    const arn = `${fn.arn}:${qualifier}`;
    return { ref: arn, attributes: { Version: version, FunctionArn: arn, AliasArn: arn } };
  }

  /** Takes a name, a partial or a whole ARN, each with or without `:qualifier`. */
  #find(target: string, given?: string): { fn: LambdaFunction; version: string; qualifiedArn: string } {
    const [, name, inTarget] = /^(?:.*function:)?([\w-]+)(?::([\w$-]+))?$/.exec(target) ?? [];
    const fn = this.#functions.get(name ?? target);
    const qualifier = given ?? inTarget;
    const version = qualifier === undefined || qualifier === '$LATEST' ? '$LATEST' : fn?.qualifiers.get(qualifier);
    if (!fn || version === undefined) {
      const arn = target.startsWith('arn:')
        ? target
        : `arn:aws:lambda:${this.#host.region}:${this.#host.account}:function:${target}`;
      throw new AwsError('ResourceNotFoundException', `Function not found: ${arn}${given ? `:${given}` : ''}`, 404);
    }
    return { fn, version, qualifiedArn: qualifier === undefined ? fn.arn : `${fn.arn}:${qualifier}` };
  }
}

function linesOf(chunk: string, now: number): string {
  const at = new Date(now).toISOString();
  return chunk
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => `${at} ${line}\n`)
    .join('');
}

function errorTypeOf(payload: string): string {
  return String((JSON.parse(payload) as { errorType?: unknown }).errorType);
}

function refuseTooLarge(payload: string, limit: number): void {
  const bytes = Buffer.byteLength(payload);
  if (bytes > limit)
    throw new AwsError(
      'RequestTooLargeException',
      `${bytes} byte payload is too large for the Invoke operation (limit ${limit} bytes)`,
      413,
    );
}

function refuseNotJson(payload: string): void {
  try {
    JSON.parse(payload);
  } catch (error) {
    throw new AwsError(
      'InvalidRequestContentException',
      `Could not parse request body into json: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
