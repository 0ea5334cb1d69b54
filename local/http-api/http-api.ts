/**
 * API Gateway HTTP APIs: the routes of the template, each in front of one function.
 *
 * Limits: Lambda proxy integrations with payload format 2.0 and JWT authorizers; stages change the path, not the code.
 * Bodies up to 10 MB and 30 s for an answer, as on AWS.
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { AwsError, type Deployed, type Host, type Part, type ResourceProvider } from '../contract.ts';
import { readBody } from '../wire/read-body.ts';
import { corsHeaders, isPreflight, type CorsConfiguration } from './cors.ts';
import { JwtAuthorizer, type JwtConfiguration } from './jwt-authorizer.ts';
import { answerOf, eventOf, type HttpAnswer } from './payload.ts';
import { matchRoute, readRouteKey, type Route } from './routes.ts';

interface Api {
  readonly id: string;
  readonly cors: CorsConfiguration | undefined;
  readonly routes: (Route & {
    readonly target: string;
    readonly authorizerId: string | undefined;
    readonly scopes: readonly string[];
  })[];
  /** Function ARN by integration id. */
  readonly integrations: Map<string, string>;
  readonly authorizers: Map<string, JwtAuthorizer>;
  /** Variables by stage name. */
  readonly stages: Map<string, Readonly<Record<string, string>> | undefined>;
}

export type RequirePermission = (functionArn: string, service: string, sourceArn: string) => void;

const MAX_BODY = 10 * 1024 * 1024;
const ANSWER_WITHIN_MS = 30_000;

export class HttpApis {
  readonly #host: Host;
  readonly #requirePermission: RequirePermission;
  readonly #apis = new Map<string, Api>();

  constructor(host: Host, requirePermission: RequirePermission) {
    this.#host = host;
    this.#requirePermission = requirePermission;
  }

  part(): Part {
    return { providers: [this.#provider] };
  }

  /** The API that the site serves: the first of the assembly. */
  firstId(): string | undefined {
    return this.#apis.keys().next().value;
  }

  /** Where an API is found on this machine; undefined when it is none of this assembly's. */
  addressOf(apiId: string): string | undefined {
    if (!this.#apis.has(apiId)) return undefined;
    return apiId === this.firstId()
      ? this.#host.site()
      : `http://${apiId}.execute-api.localhost:${new URL(this.#host.endpoint()).port}`;
  }

  /** Answers one request to an API. Never throws: what goes wrong is an answer too. */
  async answer(apiId: string, request: IncomingMessage): Promise<HttpAnswer> {
    const api = this.#apis.get(apiId);
    if (!api) return message(404, 'Not Found');
    const cors = api.cors ? corsHeaders(api.cors, request) : undefined;
    if (cors && isPreflight(request)) return { status: 204, headers: cors, cookies: [], body: Buffer.alloc(0) };
    const done = this.#host.clock.begin();
    try {
      const answer = await this.#throughRoute(api, request);
      if (!cors) return answer;
      const own = Object.entries(answer.headers).filter(([name]) => !name.startsWith('access-control-'));
      return { ...answer, headers: { ...Object.fromEntries(own), ...cors } };
    } catch (error) {
      if (error instanceof AwsError && error.status === 413) return message(413, 'Request Entity Too Large');
      if (error instanceof AwsError && error.status === 429) return message(503, 'Service Unavailable');
      this.#host.log(
        `HTTP API ${apiId}: ${request.method} failed: ${error instanceof Error ? error.message : String(error)}`,
      );
      return message(500, 'Internal Server Error');
    } finally {
      done();
    }
  }

  async #throughRoute(api: Api, request: IncomingMessage): Promise<HttpAnswer> {
    const [encodedPath = '/', rawQuery = ''] = (request.url ?? '/').split(/\?(.*)/s, 2);
    const placed = stageOf(api, decoded(encodedPath));
    const matched = placed && matchRoute(api.routes, request.method ?? 'GET', placed.path);
    if (!placed || !matched) return message(404, 'Not Found');
    const { route, pathParameters } = matched;
    const judgement = await api.authorizers.get(route.authorizerId ?? '')?.judge(request, route.scopes);
    if (judgement?.kind === 'unauthorized')
      return {
        ...message(401, 'Unauthorized'),
        headers: { 'content-type': 'application/json', 'www-authenticate': 'Bearer' },
      };
    if (judgement?.kind === 'forbidden') return message(403, 'Forbidden');
    const functionArn = api.integrations.get(route.target);
    if (functionArn === undefined) throw new Error(`route ${route.key} has no integration ${route.target}`);
    const routeArn = `arn:aws:execute-api:${this.#host.region}:${this.#host.account}:${api.id}/${placed.stage}/${route.key.replace(' ', '')}`;
    this.#requirePermission(functionArn, 'apigateway.amazonaws.com', routeArn);
    const requestId = randomUUID();
    const event = eventOf({
      request,
      body: await readBody(request, MAX_BODY),
      path: decoded(encodedPath),
      rawQuery,
      pathParameters,
      requestId,
      apiId: api.id,
      accountId: this.#host.account,
      stage: placed.stage,
      stageVariables: api.stages.get(placed.stage),
      routeKey: route.key,
      now: this.#host.clock.now(),
      authorizer: judgement?.kind === 'allowed' ? judgement.authorizer : undefined,
    });
    const result = await within(ANSWER_WITHIN_MS, this.#host.functions.invoke(functionArn, JSON.stringify(event)));
    if (result === undefined) return message(503, 'Service Unavailable');
    const answer = result.functionError ? undefined : answerOf(result.payload);
    if (!answer) return message(500, 'Internal Server Error');
    return { ...answer, headers: { ...answer.headers, 'apigw-requestid': requestId } };
  }

  readonly #provider: ResourceProvider = {
    types: ['Api', 'Route', 'Integration', 'Stage', 'Authorizer', 'Deployment'].map(
      (type) => `AWS::ApiGatewayV2::${type}`,
    ),
    deploy: ({ type, properties, physicalId }) =>
      this.#deploy(type.slice('AWS::ApiGatewayV2::'.length), properties, physicalId),
  };

  #deploy(type: string, properties: Record<string, unknown>, physicalId: string): Deployed {
    const id = physicalId
      .slice(-12)
      .replace(/[^a-z0-9]/g, '')
      .slice(0, 10);
    if (type === 'Api') {
      if (properties['ProtocolType'] !== 'HTTP')
        throw new Error(`ProtocolType: found ${String(properties['ProtocolType'])}, expected HTTP`);
      const cors = properties['CorsConfiguration'] as CorsConfiguration | undefined;
      this.#apis.set(id, { id, cors, routes: [], integrations: new Map(), authorizers: new Map(), stages: new Map() });
      return { ref: id, attributes: { ApiId: id, ApiEndpoint: this.addressOf(id)! } };
    }
    const api = this.#apis.get(String(properties['ApiId']));
    if (!api) throw new Error(`ApiId: found ${String(properties['ApiId'])}, expected an API of this template`);
    switch (type) {
      case 'Integration':
        api.integrations.set(id, functionOf(properties));
        return { ref: id, attributes: { IntegrationId: id } };
      case 'Route': {
        const {
          RouteKey: key,
          Target: target,
          AuthorizerId: authorizerId,
          AuthorizationScopes: scopes = [],
          AuthorizationType: authorization = 'NONE',
        } = properties;
        if (authorization !== 'NONE' && authorization !== 'JWT')
          throw new Error(
            `AuthorizationType: found ${String(authorization)}, expected NONE or JWT; others are served by AWS`,
          );
        api.routes.push({
          ...readRouteKey(String(key)),
          target: String(target).replace('integrations/', ''),
          scopes: scopes as string[],
          authorizerId: authorizerId === undefined ? undefined : String(authorizerId),
        });
        return { ref: id, attributes: { RouteId: id } };
      }
      case 'Authorizer': {
        if (properties['AuthorizerType'] !== 'JWT')
          throw new Error(
            `AuthorizerType: found ${String(properties['AuthorizerType'])}, expected JWT; others are served by AWS`,
          );
        const [source] = [properties['IdentitySource'] ?? '$request.header.Authorization'].flat();
        api.authorizers.set(
          id,
          new JwtAuthorizer(properties['JwtConfiguration'] as JwtConfiguration, String(source), () =>
            this.#host.clock.now(),
          ),
        );
        return { ref: id, attributes: { AuthorizerId: id } };
      }
      case 'Stage': {
        const name = String(properties['StageName']);
        api.stages.set(name, properties['StageVariables'] as Record<string, string> | undefined);
        return { ref: name, attributes: {} };
      }
      default:
        return { ref: id, attributes: { DeploymentId: id } };
    }
  }
}

/** What only the server itself can say of its connection. */
const OF_THE_CONNECTION = new Set(['content-length', 'transfer-encoding', 'connection']);

/** Writes an answer of an API as it is. */
export function sendAnswer(response: ServerResponse, answer: HttpAnswer, isHead: boolean): void {
  const cookies = answer.cookies.length > 0 ? { 'set-cookie': [...answer.cookies] } : {};
  const headers = Object.fromEntries(Object.entries(answer.headers).filter(([name]) => !OF_THE_CONNECTION.has(name)));
  const length = answer.status === 204 || answer.status === 304 ? {} : { 'content-length': answer.body.length };
  response.writeHead(answer.status, { ...headers, ...cookies, ...length });
  response.end(isHead ? undefined : answer.body);
}

/** A `$default` stage has no part in the path; any other is the first segment of it. */
function stageOf(api: Api, path: string): { stage: string; path: string } | undefined {
  const [, first = ''] = path.split('/');
  if (first !== '' && api.stages.has(first)) return { stage: first, path: path.slice(first.length + 1) || '/' };
  return api.stages.has('$default') ? { stage: '$default', path } : undefined;
}

function functionOf(properties: Record<string, unknown>): string {
  const {
    IntegrationType: type,
    IntegrationSubtype: subtype,
    PayloadFormatVersion: version,
    IntegrationUri: uri,
  } = properties;
  if (type !== 'AWS_PROXY' || subtype !== undefined)
    throw new Error(
      `IntegrationType: found ${String(subtype ?? type)}, expected AWS_PROXY to a function; others are served by AWS`,
    );
  if (version !== '2.0') throw new Error(`PayloadFormatVersion: found ${String(version)}, expected 2.0`);
  return /functions\/(arn:.+)\/invocations$/.exec(String(uri))?.[1] ?? String(uri);
}

function message(status: number, text: string): HttpAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    cookies: [],
    body: Buffer.from(JSON.stringify({ message: text })),
  };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

async function within<T>(ms: number, work: Promise<T>): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    return await Promise.race([
      work,
      new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), ms))),
    ]);
  } finally {
    clearTimeout(timer);
  }
}
