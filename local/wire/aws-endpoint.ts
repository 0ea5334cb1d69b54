/**
 * The AWS endpoint: one port that takes every service's requests, as `AWS_ENDPOINT_URL` expects.
 *
 * A request is for the HTTP API named in its Host, else for a part's own path, else for the service it is signed for,
 * else for the service its x-amz-target names, else for S3 (public reads and browser uploads are not signed).
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ACCOUNT, AwsError, type Caller, type HttpService, type Identities, type JsonService } from '../contract.ts';
import { readSignature } from '../identity/request-signature.ts';
import { answer, answerCallerIdentity, answerError, type Protocol } from './answers.ts';
import { readBody } from './read-body.ts';
import { restOperation } from './rest-routes.ts';

export type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface EndpointNeeds {
  readonly services: ReadonlyMap<string, JsonService>;
  readonly http: ReadonlyMap<string, HttpService>;
  readonly paths: Readonly<Record<string, Handle>>;
  readonly identities: Identities;
  /** Serves `<apiId>.execute-api.localhost`. */
  readonly httpApi: (apiId: string, request: IncomingMessage, response: ServerResponse) => Promise<void>;
  readonly log: (line: string) => void;
}

/** Bytes. The largest JSON body a served operation takes: DynamoDB's batch of 16 MB. */
const MAX_JSON = 17 * 1024 * 1024;

/** Service by the part of x-amz-target before the dot. */
const TARGETS: Readonly<Record<string, string>> = {
  AmazonSQS: 'sqs',
  AWSCognitoIdentityProviderService: 'cognito-idp',
  AWSEvents: 'events',
  AWSStepFunctions: 'states',
  DynamoDB_20120810: 'dynamodb',
  DynamoDBStreams_20120810: 'dynamodb',
  TrentService: 'kms',
};

const REST = new Set(['lambda', 'ses', 'scheduler']);

export class AwsEndpoint {
  readonly #needs: EndpointNeeds;

  constructor(needs: EndpointNeeds) {
    this.#needs = needs;
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, apiId] = /^([a-z0-9]+)\.execute-api\./.exec(request.headers.host ?? '') ?? [];
    if (apiId) return this.#needs.httpApi(apiId, request, response);
    const own = ownPath(request.url ?? '/', this.#needs.paths);
    if (own) return own(request, response);
    const target = request.headers['x-amz-target'];
    const protocol = protocolOf(request, target);
    try {
      const service =
        readSignature(request)?.service ?? (typeof target === 'string' ? serviceOfTarget(target) : undefined);
      const http = this.#needs.http.get(service ?? 's3');
      if (http) {
        await http.handle(request, response, this.#needs.identities.identifyRequest(request));
        return;
      }
      const body = await readBody(request, MAX_JSON);
      const caller = this.#needs.identities.identifyRequest(request, body);
      await this.#answerOperation(request, response, protocol, service, caller, body);
    } catch (error) {
      answerError(response, protocol, error, this.#needs.log);
    }
  }

  /** Calls an operation by name. Throws AwsError UnknownOperationException, naming it, when no part serves it. */
  async call(signingName: string, operation: string, input: unknown, caller: Caller): Promise<unknown> {
    const served = this.#needs.services.get(signingName)?.operations[operation];
    if (!served)
      throw new AwsError(
        'UnknownOperationException',
        `${signingName}:${operation} is not served by this host; AWS or an AWS emulator serves it (set AWS_ENDPOINT_URL)`,
      );
    return served(input as never, caller);
  }

  async #answerOperation(
    request: IncomingMessage,
    response: ServerResponse,
    protocol: Protocol,
    service: string | undefined,
    caller: Caller,
    body: Buffer,
  ): Promise<void> {
    const target = request.headers['x-amz-target'];
    if (typeof target === 'string') {
      const name = serviceOfTarget(target) ?? service ?? target;
      const result = await this.call(name, target.slice(target.lastIndexOf('.') + 1), parsed(body), caller);
      return answer(response, protocol, 200, JSON.stringify(result ?? {}));
    }
    if (protocol === 'query') return this.#answerQuery(response, service, caller, body);
    const rest = restOperation(request, service, body);
    if (!rest)
      throw new AwsError(
        'UnknownOperationException',
        `${service ?? 'unsigned'} ${request.method} ${request.url} is no operation of this host; AWS or an AWS emulator serves it`,
      );
    const result = await this.call(rest.signingName, rest.operation, rest.input, caller);
    if (rest.operation === 'Invoke') answerInvoke(response, result as InvokeAnswer);
    else answer(response, protocol, 200, JSON.stringify(result ?? {}));
  }

  async #answerQuery(
    response: ServerResponse,
    service: string | undefined,
    caller: Caller,
    body: Buffer,
  ): Promise<void> {
    const input = Object.fromEntries(new URLSearchParams(body.toString('utf8')));
    const action = input['Action'] ?? 'no Action';
    if (action === 'GetCallerIdentity') return answerCallerIdentity(response, caller.arn, ACCOUNT);
    const result = ((await this.call(service ?? 'unsigned', action, input, caller)) ?? {}) as Record<string, unknown>;
    const members = Object.entries(result).map(
      ([name, value]) => `<${name}>${String(value).replace(/[&<]/g, (c) => (c === '&' ? '&amp;' : '&lt;'))}</${name}>`,
    );
    answer(
      response,
      'query',
      200,
      `<${action}Response><${action}Result>${members.join('')}</${action}Result></${action}Response>`,
    );
  }
}

/** The longest prefix wins; a prefix without a final slash matches itself and what is under it. */
export function ownPath(url: string, paths: Readonly<Record<string, Handle>>): Handle | undefined {
  const path = url.split('?', 1)[0]!;
  const matches = Object.keys(paths).filter(
    (prefix) => path === prefix || path.startsWith(prefix.endsWith('/') ? prefix : `${prefix}/`),
  );
  return paths[matches.sort((a, b) => b.length - a.length)[0] ?? ''];
}

interface InvokeAnswer {
  readonly StatusCode: number;
  readonly Payload: string;
  readonly FunctionError?: string;
  readonly ExecutedVersion?: string;
}

function answerInvoke(
  response: ServerResponse,
  { StatusCode, Payload, FunctionError, ExecutedVersion }: InvokeAnswer,
): void {
  answer(response, 'rest-json', StatusCode, Payload, {
    ...(FunctionError ? { 'x-amz-function-error': FunctionError } : {}),
    ...(ExecutedVersion ? { 'x-amz-executed-version': ExecutedVersion } : {}),
  });
}

function protocolOf(request: IncomingMessage, target: unknown): Protocol {
  const type = request.headers['content-type'] ?? '';
  if (typeof target === 'string') return type.includes('json-1.0') ? 'json-1.0' : 'json-1.1';
  const [, service] = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(request.headers.authorization ?? '') ?? [];
  if (service !== undefined && REST.has(service)) return 'rest-json';
  return service !== undefined && service !== 's3' ? 'query' : 's3';
}

function serviceOfTarget(target: string): string | undefined {
  return TARGETS[target.split('.', 1)[0]!];
}

function parsed(body: Buffer): unknown {
  try {
    return body.length === 0 ? {} : JSON.parse(body.toString('utf8'));
  } catch (error) {
    throw new AwsError(
      'SerializationException',
      `the body is not JSON: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
