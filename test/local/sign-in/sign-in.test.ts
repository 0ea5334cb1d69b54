import * as oidc from 'openid-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { signIn } from '../../../local/sign-in/sign-in.ts';
import { owner, roleThatMay, smallHost, type SmallHost } from '../tables/small-host.ts';

const BACK = 'http://127.0.0.1:9/back';
const OUT = 'http://127.0.0.1:9/out';

let host: SmallHost;
let pool: string;
let client: { ref: string; attributes: Readonly<Record<string, unknown>> };

async function hostWith(clientProperties: Record<string, unknown> = {}, folder?: string): Promise<void> {
  host = await smallHost([signIn], folder ? { folder } : {});
  pool = (await host.deploy('AWS::Cognito::UserPool', 'People', { Schema: [{ Name: 'title' }, { Name: 'email' }] }))
    .ref;
  client = await host.deploy('AWS::Cognito::UserPoolClient', 'Site', {
    UserPoolId: pool,
    CallbackURLs: [BACK],
    LogoutURLs: [OUT],
    ...clientProperties,
  });
  await host.deploy('AWS::Cognito::UserPoolGroup', 'Chiefs', { UserPoolId: pool, GroupName: 'chiefs', Precedence: 1 });
  await host.start();
  if (folder) return;
  const UserAttributes = [
    { Name: 'name', Value: 'Kim <Lee>' },
    { Name: 'email', Value: 'kim@police.example' },
    { Name: 'email_verified', Value: 'true' },
    { Name: 'custom:title', Value: 'Chief' },
  ];
  await call('AdminCreateUser', { Username: 'kim', UserAttributes });
  await call('AdminAddUserToGroup', { Username: 'kim', GroupName: 'chiefs' });
}

const call = (operation: string, input: object, as = owner) =>
  host.call('cognito-idp', operation, { UserPoolId: pool, ...input }, as) as Promise<Record<string, unknown>>;

/** A browser with cookies, and a relying party that checks tokens by the given clock. */
async function visit(clockAhead = 0, redirectUri = BACK) {
  const cookies = new Map<string, string>();
  const secret = client.attributes['ClientSecret'] as string | undefined;
  const party = await oidc.discovery(
    new URL(`${host.endpoint()}/oidc/${pool}`),
    client.ref,
    secret,
    secret ? oidc.ClientSecretPost(secret) : oidc.None(),
    { execute: [oidc.allowInsecureRequests] },
  );
  (party as unknown as Record<symbol, unknown>)[oidc.clockSkew] = clockAhead / 1_000;
  const verifier = oidc.randomPKCECodeVerifier();
  const start = oidc.buildAuthorizationUrl(party, {
    redirect_uri: redirectUri,
    scope: 'openid email profile',
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  });
  async function go(url: URL, form?: Record<string, string>): Promise<{ response: Response; at: URL }> {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value) cookies.set(name, value);
      else cookies.delete(name);
    }
    const location = response.headers.get('location');
    const next = location ? new URL(location, url) : undefined;
    return next && next.origin === new URL(host.endpoint()).origin && next.pathname.startsWith('/oidc/')
      ? await go(next)
      : { response, at: next ?? url };
  }
  const tokens = (at: URL) => oidc.authorizationCodeGrant(party, at, { pkceCodeVerifier: verifier });
  return { party, start, go, tokens };
}

afterEach(() => host.stop());

describe('signing in', () => {
  beforeEach(() => hostWith());

  it('takes one click on a person and gives claims as Cognito does', async () => {
    const { start, go, tokens, party } = await visit();
    const page = await go(start);
    const text = await page.response.text();
    expect(text).toContain('Kim &lt;Lee&gt;<small>Chief</small>');
    expect(text).not.toContain('<script');
    expect(page.response.headers.get('content-security-policy')).toContain("default-src 'none'");
    const { at } = await go(page.at, { person: 'kim' });
    expect(at.href).toContain(`${BACK}?code=`);
    const given = await tokens(at);
    expect(given.claims()).toMatchObject({
      iss: `${host.endpoint()}/oidc/${pool}`,
      aud: client.ref,
      token_use: 'id',
      'cognito:username': 'kim',
      'cognito:groups': ['chiefs'],
      email: 'kim@police.example',
      email_verified: true,
      'custom:title': 'Chief',
      auth_time: expect.any(Number),
    });
    expect(await oidc.fetchUserInfo(party, given.access_token, given.claims()!.sub)).toMatchObject({
      email: 'kim@police.example',
    });
  });

  it('refuses a wrong password with 401 and takes the right one', async () => {
    await call('AdminSetUserPassword', { Username: 'kim', Password: 'correct horse', Permanent: true });
    const { start, go } = await visit();
    const page = await go(start);
    const refused = await go(page.at, { username: 'kim', password: 'wrong horse' });
    expect(refused.response.status).toBe(401);
    expect(await refused.response.text()).toContain('role="alert"');
    expect((await go(page.at, { username: 'kim', password: 'correct horse' })).at.href).toContain(BACK);
  });

  it('lives in the time of the host', async () => {
    const years = 3 * 365 * 86_400_000;
    await host.clock.advance(years);
    const { start, go, tokens } = await visit(years);
    const { at } = await go((await go(start)).at, { person: 'kim' });
    const claims = (await tokens(at)).claims()!;
    expect(Math.abs(claims.iat * 1_000 - host.clock.now())).toBeLessThan(5_000);
    expect(Math.abs(Number(claims['auth_time']) * 1_000 - host.clock.now())).toBeLessThan(5_000);
    expect((await go(start)).at.href).toContain(BACK);
    await host.clock.advance(2 * 3_600_000);
    expect((await go(start)).at.pathname).toContain('/interaction/');
  });

  it('ends by the logout of Cognito, for listed places only', async () => {
    const { start, go } = await visit();
    await go((await go(start)).at, { person: 'kim' });
    const logout = (uri: string) =>
      new URL(
        `${host.endpoint()}/oidc/${pool}/logout?${new URLSearchParams({ client_id: client.ref, logout_uri: uri }).toString()}`,
      );
    expect((await go(logout('http://elsewhere.example/'))).response.status).toBe(400);
    expect((await go(start)).at.href).toContain(BACK);
    expect((await go(logout(OUT))).at.href).toBe(OUT);
    expect((await go(start)).at.pathname).toContain('/interaction/');
  });

  it.each(['AdminDisableUser', 'AdminUserGlobalSignOut', 'AdminDeleteUser'])('ends by %s', async (operation) => {
    const { start, go } = await visit();
    await go((await go(start)).at, { person: 'kim' });
    await call(operation, { Username: 'kim' });
    expect((await go(start)).at.pathname).toContain('/interaction/');
  });

  it('returns only to listed places and to the site of the host', async () => {
    const site = `${host.site()}/signed-in`;
    const fromSite = await visit(0, site);
    expect((await fromSite.go((await fromSite.go(fromSite.start)).at, { person: 'kim' })).at.href).toContain(site);
    const elsewhere = await visit(0, 'http://elsewhere.example/');
    expect((await elsewhere.go(elsewhere.start)).response.status).toBe(400);
  });
});

describe('a pool', () => {
  it('keeps its people, sessions and signing key when the host comes back', async () => {
    await hostWith();
    const before = await visit();
    await before.go((await before.go(before.start)).at, { person: 'kim' });
    const keys = async () =>
      JSON.stringify(await (await fetch(`${host.endpoint()}/oidc/${pool}/.well-known/jwks.json`)).json());
    const kept = await keys();
    const { folder } = host;
    await host.stop('keep');
    await hostWith({}, folder);
    expect(await keys()).toBe(kept);
    expect(kept).not.toContain('"d"');
    expect(await call('AdminListGroupsForUser', { Username: 'kim' })).toMatchObject({
      Groups: [{ GroupName: 'chiefs' }],
    });
  });

  it('takes a client secret', async () => {
    await hostWith({ GenerateSecret: true });
    const { start, go, tokens } = await visit();
    const { at } = await go((await go(start)).at, { person: 'kim' });
    expect((await tokens(at)).claims()!['cognito:username']).toBe('kim');
  });

  it('that signs in by e-mail gives each person a username of its own making, as Cognito does', async () => {
    await hostWith();
    pool = (
      await host.deploy('AWS::Cognito::UserPool', 'ByMail', {
        UsernameAttributes: ['email'],
        Policies: { PasswordPolicy: { MinimumLength: 10, RequireSymbols: true } },
      })
    ).ref;
    const { User } = (await call('AdminCreateUser', { Username: 'lee@police.example' })) as {
      User: { Username: string; Attributes: { Name: string; Value: string }[] };
    };
    expect(User.Attributes).toContainEqual({ Name: 'email', Value: 'lee@police.example' });
    expect(User.Attributes).toContainEqual({ Name: 'sub', Value: User.Username });
    expect(await call('AdminGetUser', { Username: 'Lee@police.example' })).toMatchObject({ Username: User.Username });
    await expect(async () => call('AdminCreateUser', { Username: 'lee@police.example' })).rejects.toMatchObject({
      code: 'UsernameExistsException',
    });
    await expect(async () => call('AdminCreateUser', { Username: 'lee' })).rejects.toMatchObject({
      code: 'InvalidParameterException',
    });
    await expect(async () =>
      call('AdminSetUserPassword', { Username: 'lee@police.example', Password: 'correcthorse' }),
    ).rejects.toThrow('symbol');
  });

  it('serves its domain, and gives tokens the lifetime the client asks for', async () => {
    await hostWith({ IdTokenValidity: 5, TokenValidityUnits: { IdToken: 'minutes' } });
    await host.deploy('AWS::Cognito::UserPoolDomain', 'Domain', { UserPoolId: pool, Domain: 'postact-test' });
    const { start, go, tokens } = await visit();
    const { at } = await go((await go(start)).at, { person: 'kim' });
    const claims = (await tokens(at)).claims()!;
    expect(claims.exp - claims.iat).toBe(300);
    const logout = new URL(
      `${host.endpoint()}/oidc-domains/postact-test/logout?${new URLSearchParams({ client_id: client.ref, logout_uri: OUT }).toString()}`,
    );
    const sentOn = await fetch(logout, { redirect: 'manual' });
    expect((await go(new URL(sentOn.headers.get('location')!, logout))).at.href).toBe(OUT);
    expect((await go(start)).at.pathname).toContain('/interaction/');
    expect((await fetch(`${host.endpoint()}/oidc-domains/none/logout`)).status).toBe(404);
  });

  it('answers in the words of Cognito', async () => {
    await hostWith();
    await expect(async () => call('AdminCreateUser', { Username: 'KIM' })).rejects.toMatchObject({
      code: 'UsernameExistsException',
    });
    await expect(async () => call('AdminGetUser', { Username: 'lee' })).rejects.toMatchObject({
      code: 'UserNotFoundException',
    });
    await expect(async () =>
      call('AdminSetUserPassword', { Username: 'kim', Password: 'short' }),
    ).rejects.toMatchObject({ code: 'InvalidPasswordException' });
    await expect(async () => call('ListUsers', {}, roleThatMay())).rejects.toMatchObject({
      code: 'AccessDeniedException',
    });
    expect(await call('ListUsers', { Filter: 'email = "kim@police.example"' })).toMatchObject({
      Users: [{ Username: 'kim', Enabled: true }],
    });
    expect(await call('ListUsers', { Filter: 'email ^= "lee"' })).toEqual({ Users: [] });
  });
});
