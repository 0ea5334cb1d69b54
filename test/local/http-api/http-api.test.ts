import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterEach, describe, expect, it } from 'vitest';
import type { RunningHost } from '../../../local/host.ts';
import { API_TO_FUNCTION, functionWithRole, startHost, writeAssembly } from '../write-assembly.ts';

let running: RunningHost | undefined;
let issuer: Server | undefined;
afterEach(async () => {
  await running?.stop();
  issuer?.closeAllConnections();
  issuer?.close();
  running = issuer = undefined;
});

async function startApi(code: string, changes: Record<string, object> = {}): Promise<RunningHost> {
  const Resources = { ...functionWithRole(code), ...API_TO_FUNCTION, ...changes };
  running = await startHost(writeAssembly({ app: { template: { Resources } } }));
  return running;
}

const ECHO =
  'export const handler = async (event) => ({ statusCode: 200, headers: { "content-type": "application/json" }, body: JSON.stringify(event) })';
const answering = (result: string): string => `export const handler = async () => (${result})`;

describe('an HTTP API', () => {
  it('gives the function a payload of format 2.0', async () => {
    const { site, host } = await startApi(ECHO, {
      Route: {
        Type: 'AWS::ApiGatewayV2::Route',
        Properties: {
          ApiId: { Ref: 'Api' },
          RouteKey: 'POST /pets/{id}',
          Target: { 'Fn::Sub': 'integrations/${Integration}' },
        },
      },
    });
    const response = await fetch(`${site}/pets/a%20b?x=1&y=%C3%BC&x=2`, {
      method: 'POST',
      body: '{"ü":1}',
      headers: { 'content-type': 'application/json', cookie: 'a=1; b=2', 'X-Mine': 'Yes', 'user-agent': 'test' },
    });
    const event = (await response.json()) as { requestContext: { requestId: string } };
    expect(event).toEqual({
      version: '2.0',
      routeKey: 'POST /pets/{id}',
      rawPath: '/pets/a b',
      rawQueryString: 'x=1&y=%C3%BC&x=2',
      cookies: ['a=1', 'b=2'],
      headers: expect.objectContaining({
        'x-mine': 'Yes',
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-proto': 'http',
        host: new URL(site).host,
      }),
      queryStringParameters: { x: '1,2', y: 'ü' },
      pathParameters: { id: 'a b' },
      requestContext: {
        accountId: '000000000000',
        apiId: expect.stringMatching(/^[a-z0-9]{10}$/),
        domainName: new URL(site).host,
        domainPrefix: '127',
        http: { method: 'POST', path: '/pets/a b', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' },
        requestId: expect.any(String),
        routeKey: 'POST /pets/{id}',
        stage: '$default',
        time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
        timeEpoch: expect.closeTo(host.clock.now(), -4),
      },
      body: '{"ü":1}',
      isBase64Encoded: false,
    });
    expect((event as { headers?: object }).headers).not.toHaveProperty('cookie');
    expect(response.headers.get('apigw-requestid')).toBe(event.requestContext.requestId);
  });

  it.each([
    ['text/plain', false],
    ['application/json; charset=utf-8', false],
    ['application/x-www-form-urlencoded', true],
    ['image/png', true],
  ])('gives a body of type %s as base64: %s', async (type, isBase64Encoded) => {
    const { site } = await startApi(ECHO);
    const event = (await (
      await fetch(site, { method: 'POST', body: 'a=1', headers: { 'content-type': type } })
    ).json()) as { body: string };
    expect(event).toMatchObject({ isBase64Encoded, body: isBase64Encoded ? 'YT0x' : 'a=1' });
  });

  it('answers with the status, headers, cookies and decoded body of the result', async () => {
    const { site } = await startApi(
      answering(
        "{ statusCode: 201, headers: { 'X-Made': 1 }, cookies: ['a=1; Path=/', 'b=2'], body: 'aGk=', isBase64Encoded: true }",
      ),
    );
    const response = await fetch(site);
    expect([
      response.status,
      response.headers.get('x-made'),
      response.headers.getSetCookie(),
      await response.text(),
    ]).toEqual([201, '1', ['a=1; Path=/', 'b=2'], 'hi']);
    expect(response.headers.get('content-type')).toBe('text/plain;charset=UTF-8');
  });

  it('answers a result without a status as 200 with its JSON', async () => {
    const { site } = await startApi(answering('{ a: 1 }'));
    const response = await fetch(site);
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      200,
      'application/json',
      '{"a":1}',
    ]);
  });

  it.each([
    ['a function that throws', "(() => { throw new Error('secret') })()"],
    ['a result that is no answer', "{ statusCode: 'soon' }"],
  ])('answers %s as 500 and says no more', async (_, result) => {
    const { site } = await startApi(answering(result));
    const response = await fetch(site);
    expect([response.status, await response.json()]).toEqual([500, { message: 'Internal Server Error' }]);
  });

  it('does not reach a function it has no permission for', async () => {
    const { site } = await startApi(ECHO, {
      Permission: {
        Type: 'AWS::Lambda::Permission',
        Properties: {
          Action: 'lambda:InvokeFunction',
          FunctionName: 'subject',
          Principal: 'apigateway.amazonaws.com',
          SourceArn: 'arn:aws:execute-api:us-east-1:000000000000:otherapi/*/*',
        },
      },
    });
    expect((await fetch(site)).status).toBe(500);
  });

  it('answers 404 where no route matches and 413 to a body beyond 10 MB', async () => {
    const { site } = await startApi(ECHO, {
      Route: {
        Type: 'AWS::ApiGatewayV2::Route',
        Properties: {
          ApiId: { Ref: 'Api' },
          RouteKey: 'POST /up',
          Target: { 'Fn::Sub': 'integrations/${Integration}' },
        },
      },
    });
    expect([(await fetch(`${site}/other`)).status, await (await fetch(`${site}/other`)).json()]).toEqual([
      404,
      { message: 'Not Found' },
    ]);
    expect((await fetch(`${site}/up`, { method: 'POST', body: Buffer.alloc(10 * 1024 * 1024 + 1) })).status).toBe(413);
  });

  it('is found by its own name on the AWS endpoint', async () => {
    const { site, endpoint } = await startApi(ECHO);
    const { requestContext } = (await (await fetch(site)).json()) as { requestContext: { apiId: string } };
    const body = await new Promise<string>((resolve) => {
      httpRequest(`${endpoint}/x`, { headers: { host: `${requestContext.apiId}.execute-api.localhost` } }, (response) =>
        response.setEncoding('utf8').on('data', resolve),
      ).end();
    });
    expect(JSON.parse(body)).toMatchObject({ rawPath: '/x', requestContext: { domainPrefix: requestContext.apiId } });
  });

  it('answers preflights itself and puts its own CORS headers on answers', async () => {
    const { site } = await startApi(
      answering("{ statusCode: 200, headers: { 'access-control-allow-origin': 'http://evil.example' } }"),
      {
        Api: {
          Type: 'AWS::ApiGatewayV2::Api',
          Properties: {
            ProtocolType: 'HTTP',
            CorsConfiguration: { AllowOrigins: ['http://good.example'], AllowMethods: ['GET'], MaxAge: 60 },
          },
        },
      },
    );
    const preflight = await fetch(site, {
      method: 'OPTIONS',
      headers: { origin: 'http://good.example', 'access-control-request-method': 'GET' },
    });
    expect([
      preflight.status,
      preflight.headers.get('access-control-allow-methods'),
      preflight.headers.get('access-control-max-age'),
    ]).toEqual([204, 'GET', '60']);
    expect(
      (await fetch(site, { headers: { origin: 'http://good.example' } })).headers.get('access-control-allow-origin'),
    ).toBe('http://good.example');
    expect(
      (await fetch(site, { headers: { origin: 'http://evil.example' } })).headers.get('access-control-allow-origin'),
    ).toBeNull();
  });

  it('lets through only tokens of its issuer, for its audience, with the scope of the route', async () => {
    const { publicKey, privateKey } = await generateKeyPair('RS256');
    const keys = { keys: [{ ...(await exportJWK(publicKey)), alg: 'RS256', kid: 'k' }] };
    issuer = createServer(
      (request, response) =>
        void response.end(JSON.stringify(request.url === '/keys' ? keys : { jwks_uri: `${at}/keys` })),
    );
    await new Promise<void>((resolve) => issuer!.listen(0, '127.0.0.1', resolve));
    const at = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}`;
    const { site, host } = await startApi(ECHO, {
      Authorizer: {
        Type: 'AWS::ApiGatewayV2::Authorizer',
        Properties: {
          ApiId: { Ref: 'Api' },
          AuthorizerType: 'JWT',
          IdentitySource: ['$request.header.Authorization'],
          JwtConfiguration: { Issuer: at, Audience: ['client'] },
        },
      },
      Route: {
        Type: 'AWS::ApiGatewayV2::Route',
        Properties: {
          ApiId: { Ref: 'Api' },
          RouteKey: '$default',
          Target: { 'Fn::Sub': 'integrations/${Integration}' },
          AuthorizationType: 'JWT',
          AuthorizerId: { Ref: 'Authorizer' },
          AuthorizationScopes: ['read'],
        },
      },
    });
    const call = async (claims: object, audience = 'client'): Promise<Response> => {
      const token = await new SignJWT({ ...claims })
        .setProtectedHeader({ alg: 'RS256', kid: 'k' })
        .setIssuer(at)
        .setAudience(audience)
        .setSubject('lee')
        .setExpirationTime('5m')
        .sign(privateKey);
      return fetch(site, { headers: { authorization: `Bearer ${token}` } });
    };
    expect((await fetch(site)).status).toBe(401);
    expect((await call({ scope: 'read' }, 'another')).status).toBe(401);
    expect((await call({ scope: 'write' })).status).toBe(403);
    expect(await (await call({ scope: 'read write' })).json()).toMatchObject({
      requestContext: { authorizer: { jwt: { claims: { sub: 'lee' }, scopes: ['read'] } } },
    });
    await host.clock.advance(10 * 60_000);
    expect((await call({ scope: 'read' })).status).toBe(401);
  });
});
