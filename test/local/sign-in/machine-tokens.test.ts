/** Tokens for machines, held against how Cognito gives them and how an HTTP API's authorizer takes them. */
import type { IncomingMessage } from 'node:http';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import * as oidc from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { JwtAuthorizer } from '../../../local/http-api/jwt-authorizer.ts';
import { signIn } from '../../../local/sign-in/sign-in.ts';
import { owner, smallHost, type SmallHost } from '../tables/small-host.ts';

let host: SmallHost;
let pool: string;
let client: { ref: string; attributes: Readonly<Record<string, unknown>> };
let site: { ref: string; attributes: Readonly<Record<string, unknown>> };

const machine = (over: Record<string, unknown> = {}) => ({
  UserPoolId: pool,
  GenerateSecret: true,
  AllowedOAuthFlows: ['client_credentials'],
  AllowedOAuthFlowsUserPoolClient: true,
  AllowedOAuthScopes: ['orders/read', 'orders/write'],
  AccessTokenValidity: 15,
  TokenValidityUnits: { AccessToken: 'minutes' },
  ...over,
});

beforeAll(async () => {
  host = await smallHost([signIn]);
  pool = (await host.deploy('AWS::Cognito::UserPool', 'People', {})).ref;
  const server = await host.deploy('AWS::Cognito::UserPoolResourceServer', 'Orders', {
    UserPoolId: pool,
    Identifier: 'orders',
    Scopes: [{ ScopeName: 'read' }, { ScopeName: 'write' }, { ScopeName: 'admin' }],
  });
  expect(server.ref).toBe('orders');
  client = await host.deploy('AWS::Cognito::UserPoolClient', 'Machine', machine());
  site = await host.deploy('AWS::Cognito::UserPoolClient', 'Site', { UserPoolId: pool, GenerateSecret: true });
  await host.start();
});
afterAll(() => host.stop());

const issuer = () => `${host.endpoint()}/oidc/${pool}`;
const secretOf = (one: { readonly attributes: Readonly<Record<string, unknown>> }): string =>
  String(one.attributes['ClientSecret']);
const basic = (id: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
});
async function ask(form: Record<string, string>, headers: Record<string, string> = {}, at = issuer()) {
  const answer = await fetch(`${at}/oauth2/token`, { method: 'POST', headers, body: new URLSearchParams(form) });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}
const grant = { grant_type: 'client_credentials' };

describe('the client credentials grant', () => {
  it('gives a machine a token as Cognito does', async () => {
    const { status, body } = await ask({ ...grant, scope: 'orders/read' }, basic(client.ref, secretOf(client)));
    expect(status).toBe(200);
    expect(body).toEqual({ access_token: expect.any(String), expires_in: 900, token_type: 'Bearer' });
    const token = String(body['access_token']);
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'RS256', kid: expect.any(String) });
    const claims = decodeJwt(token);
    expect(claims).toEqual({
      sub: client.ref,
      client_id: client.ref,
      token_use: 'access',
      scope: 'orders/read',
      iss: issuer(),
      version: 2,
      auth_time: expect.any(Number),
      iat: expect.any(Number),
      exp: claims.iat! + 900,
      jti: expect.any(String),
    });
  });

  it('gives all the client is allowed when no scope is named, and takes the secret in the form too', async () => {
    const { body } = await ask({ ...grant, client_id: client.ref, client_secret: secretOf(client) });
    expect(decodeJwt(String(body['access_token']))['scope']).toBe('orders/read orders/write');
  });

  it('is served at the address of the pool’s domain', async () => {
    await host.deploy('AWS::Cognito::UserPoolDomain', 'Domain', { UserPoolId: pool, Domain: 'machines' });
    const at = `${host.endpoint()}/oidc-domains/machines`;
    expect((await ask(grant, basic(client.ref, secretOf(client)), at)).status).toBe(200);
  });

  it('is asked for by a certified relying party', async () => {
    const party = await oidc.discovery(
      new URL(issuer()),
      client.ref,
      undefined,
      oidc.ClientSecretPost(secretOf(client)),
      {
        execute: [oidc.allowInsecureRequests],
      },
    );
    const given = await oidc.clientCredentialsGrant(party, { scope: 'orders/write' });
    expect(decodeJwt(given.access_token)['scope']).toBe('orders/write');
  });

  it.each([
    [
      'a scope the client is not allowed',
      { ...grant, scope: 'orders/read orders/admin' },
      'right',
      400,
      'invalid_scope',
    ],
    ['a scope of nobody', { ...grant, scope: 'cases/read' }, 'right', 400, 'invalid_scope'],
    ['a wrong secret', grant, 'wrong', 401, 'invalid_client'],
    ['no grant type', {}, 'right', 400, 'invalid_request'],
    ['a grant that is for people', { grant_type: 'authorization_code', code: 'x' }, 'right', 400, 'invalid_request'],
  ] as const)('refuses %s', async (_, form, secret, status, error) => {
    const answer = await ask(form, basic(client.ref, secret === 'right' ? secretOf(client) : secret));
    expect([answer.status, answer.body['error']]).toEqual([status, error]);
    expect(JSON.stringify(answer.body)).not.toContain(secretOf(client));
  });

  it('is not for a client people sign in with', async () => {
    const answer = await ask(grant, basic(site.ref, secretOf(site)));
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
  });
});

describe('a client for machines', () => {
  it.each([
    ['has a secret', { GenerateSecret: false }, 'GenerateSecret'],
    ['has no other flow', { AllowedOAuthFlows: ['client_credentials', 'code'] }, 'goes with no other flow'],
    ['is allowed only what a resource server knows', { AllowedOAuthScopes: ['orders/burn'] }, 'orders/burn'],
  ])('%s', async (_, over, said) => {
    await expect(async () => host.deploy('AWS::Cognito::UserPoolClient', 'Other', machine(over))).rejects.toThrow(said);
  });

  it('tells its secret to an administrator who may ask', async () => {
    const input = { UserPoolId: pool, ClientId: client.ref };
    expect(await host.call('cognito-idp', 'DescribeUserPoolClient', input, owner)).toMatchObject({
      UserPoolClient: {
        ClientSecret: secretOf(client),
        AllowedOAuthFlows: ['client_credentials'],
        AllowedOAuthScopes: ['orders/read', 'orders/write'],
      },
    });
  });
});

describe('the authorizer of an HTTP API', () => {
  it('takes such a token for its client and its scopes, and for nobody else', async () => {
    const { body } = await ask({ ...grant, scope: 'orders/read' }, basic(client.ref, secretOf(client)));
    const judge = (audience: string, scopes: readonly string[], now = Date.now()) =>
      new JwtAuthorizer({ Issuer: issuer(), Audience: [audience] }, '$request.header.Authorization', () => now).judge(
        { headers: { authorization: `Bearer ${String(body['access_token'])}` } } as IncomingMessage,
        scopes,
      );
    expect(await judge(client.ref, ['orders/read', 'orders/write'])).toMatchObject({
      kind: 'allowed',
      authorizer: { jwt: { claims: { client_id: client.ref, scope: 'orders/read', token_use: 'access' } } },
    });
    expect(await judge(client.ref, ['orders/write'])).toEqual({ kind: 'forbidden' });
    expect(await judge(site.ref, ['orders/read'])).toEqual({ kind: 'unauthorized' });
    expect(await judge(client.ref, ['orders/read'], Date.now() + 16 * 60_000)).toEqual({ kind: 'unauthorized' });
  });
});
