/**
 * One OpenID provider per user pool, with the paths, lifetimes and claims of Cognito.
 *
 * Sessions, codes and tokens are rows of the journal, so they outlive a restart, and signing a person out everywhere
 * is the deletion of rows.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import Provider, { type Adapter, type AdapterPayload, type Configuration, type JWK } from 'oidc-provider';
import type { Journal } from '../journal.ts';
import { signingKeyFile, type Client, type Directory, type Person, type Pool } from './directory.ts';
import type { IssuerSettings } from './issuer.worker.ts';
import { MACHINE_METADATA, serveMachines } from './machine-tokens.ts';
import { errorPage, signInPages } from './sign-in-page.ts';

const HOUR_S = 3_600;
const DAY_S = 24 * HOUR_S;
const CLAIMS = [
  'sub',
  'token_use',
  'cognito:username',
  'cognito:groups',
  'address',
  'birthdate',
  'email',
  'email_verified',
  'family_name',
  'gender',
  'given_name',
  'locale',
  'middle_name',
  'name',
  'nickname',
  'phone_number',
  'phone_number_verified',
  'picture',
  'preferred_username',
  'profile',
  'website',
  'zoneinfo',
];

/** Whether the request at hand authenticates its client by a header. Cognito takes a secret both ways. */
const byHeader = new AsyncLocalStorage<boolean>();

/** Answers everything under /oidc/<pool>. */
export function issuers(settings: IssuerSettings, journal: Journal, directory: Directory): RequestListener {
  const served = new Map<string, (request: IncomingMessage, response: ServerResponse) => Promise<void>>();
  return (request, response) => {
    const id = /^\/oidc\/([\w-]+)(?=[/?]|$)/.exec(request.url ?? '')?.[1] ?? '';
    let serve = served.get(id);
    if (!serve) {
      const pool = directory.pool(id);
      if (!pool)
        return void response.writeHead(404, { 'content-type': 'text/plain' }).end(`no user pool ${id} is deployed`);
      served.set(id, (serve = issuerOf(settings, journal, directory, pool)));
    }
    // The library is mounted: it sees paths without the prefix, and finds the prefix by comparing with originalUrl.
    const mounted = Object.assign(request, {
      originalUrl: request.url,
      url: (request.url ?? '').slice(`/oidc/${id}`.length) || '/',
    });
    byHeader.run(request.headers.authorization !== undefined, () => {
      serve(mounted, response).catch((error: Error) => {
        if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
        response.end(`the issuer of ${id} failed: ${error.message}`);
      });
    });
  };
}

function issuerOf(
  settings: IssuerSettings,
  journal: Journal,
  directory: Directory,
  pool: Pool & { readonly cookieKey: string },
) {
  const key = JSON.parse(readFileSync(signingKeyFile(settings.folder, pool.id), 'utf8')) as JWK;
  const site = new URL(settings.site).origin;
  const provider = new Provider(
    `${settings.endpoint}/oidc/${pool.id}`,
    configurationOf(pool, key, directory, stateIn(journal, directory, pool.id, site)),
  );
  const returnsTo = (listed: readonly string[] | undefined, uri: string): boolean =>
    listed?.includes(uri) === true || (URL.canParse(uri) && new URL(uri).origin === site);
  provider.Client.prototype.redirectUriAllowed = function (uri) {
    return returnsTo(this.redirectUris, uri);
  };
  provider.Client.prototype.postLogoutRedirectUriAllowed = function (uri) {
    return returnsTo(this.postLogoutRedirectUris, uri);
  };

  // Cognito's own way out: /logout?client_id&logout_uri ends the session and returns at once, without a question.
  provider.use(async (ctx, next) => {
    const { client_id: clientId, logout_uri: uri } = ctx.query;
    if (ctx.path !== '/logout' || typeof uri !== 'string') return await next();
    const client = typeof clientId === 'string' ? directory.client(clientId) : undefined;
    if (client?.pool !== pool.id || !returnsTo(client.logoutUrls, uri)) {
      ctx.status = 400;
      ctx.body = 'logout_uri is not one of the LogoutURLs of this client_id; add it to the template';
      return;
    }
    const session = await provider.Session.get(ctx);
    if (session.accountId) await session.destroy();
    ctx.cookies.set(provider.cookieName('session'), null);
    ctx.redirect(uri);
  });

  serveMachines(provider, directory, key);
  const pages = signInPages(settings, directory, pool, provider);
  const protocol = provider.callback();
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!(await pages(request, response))) await protocol(request, response);
  };
}

function configurationOf(
  pool: Pool & { readonly cookieKey: string },
  key: JWK,
  directory: Directory,
  adapter: (name: string) => Adapter,
): Configuration {
  const lifetimesOf = (clientId: string) => directory.client(clientId)!.lifetimes;
  return {
    adapter,
    jwks: { keys: [key] },
    cookies: {
      keys: [pool.cookieKey],
      long: { path: `/oidc/${pool.id}`, sameSite: 'lax' },
      short: { path: `/oidc/${pool.id}`, sameSite: 'lax' },
    },
    routes: {
      authorization: '/oauth2/authorize',
      token: '/oauth2/token',
      userinfo: '/oauth2/userInfo',
      revocation: '/oauth2/revoke',
      end_session: '/logout',
      jwks: '/.well-known/jwks.json',
    },
    features: {
      devInteractions: { enabled: false },
      revocation: { enabled: true },
      rpInitiatedLogout: { enabled: true },
    },
    interactions: { url: (_ctx, interaction) => `/oidc/${pool.id}/interaction/${interaction.uid}` },
    // Public clients must use PKCE; Cognito recommends it, this host insists.
    pkce: { required: (_ctx, client) => client.clientAuthMethod === 'none' },
    conformIdTokenClaims: false,
    scopes: ['openid', 'email', 'profile', 'phone', 'aws.cognito.signin.user.admin'],
    claims: { openid: [...CLAIMS, ...pool.customAttributes] },
    clientDefaults: { require_auth_time: true },
    ttl: {
      Session: HOUR_S,
      Grant: 365 * DAY_S,
      Interaction: HOUR_S,
      AuthorizationCode: 300,
      AccessToken: (_ctx, _token, client) => lifetimesOf(client.clientId).access,
      IdToken: (_ctx, _token, client) => lifetimesOf(client.clientId).id,
      RefreshToken: (_ctx, _token, client) => lifetimesOf(client.clientId).refresh,
    },
    renderError: async (ctx, out) => {
      ctx.type = 'html';
      ctx.body = await errorPage(out.error, out.error_description);
    },
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: false,
    findAccount(_ctx, sub) {
      const person = directory.person(pool.id, sub);
      if (!person?.enabled) return undefined;
      return { accountId: sub, claims: (use) => claimsOf(directory, person, use) };
    },
    // Signing in is all the consent there is, as with Cognito.
    async loadExistingGrant(ctx) {
      const { provider, client, session, params } = ctx.oidc;
      const grantId = ctx.oidc.result?.consent?.grantId ?? (client && session?.grantIdFor(client.clientId));
      const known = grantId ? await provider.Grant.find(grantId) : undefined;
      if (known) return known;
      const grant = new provider.Grant({ clientId: client!.clientId, accountId: session!.accountId! });
      grant.addOIDCScope(String(params?.['scope'] ?? 'openid'));
      await grant.save();
      return grant;
    },
  };
}

function claimsOf(directory: Directory, person: Person, use: string) {
  const groups = directory.groupsOf(person.pool, person.username).map((group) => group.name);
  const flag = (name: string) =>
    person.attributes[name] === undefined ? {} : { [name]: person.attributes[name] === 'true' };
  return {
    ...person.attributes,
    ...flag('email_verified'),
    ...flag('phone_number_verified'),
    sub: person.sub,
    'cognito:username': person.username,
    ...(groups.length > 0 ? { 'cognito:groups': groups } : {}),
    ...(use === 'id_token' ? { token_use: 'id' } : {}),
  };
}

/** The library's rows in the journal. Clients are read from the directory, so a deployed change holds at once. */
function stateIn(journal: Journal, directory: Directory, pool: string, site: string): (model: string) => Adapter {
  interface Row {
    readonly payload: string;
  }
  const read = (row: Row | undefined): AdapterPayload | undefined => row && (JSON.parse(row.payload) as AdapterPayload);
  const fresh = '(expires_at IS NULL OR expires_at > ?)';
  return (model) => ({
    async upsert(id, payload, expiresIn) {
      const expiresAt = expiresIn ? Date.now() + expiresIn * 1_000 : null;
      journal.run('DELETE FROM sign_in_state WHERE expires_at <= ?', Date.now());
      journal.run(
        'INSERT OR REPLACE INTO sign_in_state (pool, model, id, payload, uid, grant_id, account, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
        pool,
        model,
        id,
        JSON.stringify(payload),
        payload.uid ?? null,
        payload.grantId ?? null,
        payload.accountId ?? null,
        expiresAt,
      );
    },
    async find(id) {
      if (model === 'Client') return metadataOf(directory.client(id), pool, site);
      return read(
        journal.get<Row>(
          `SELECT payload FROM sign_in_state WHERE pool = ? AND model = ? AND id = ? AND ${fresh}`,
          pool,
          model,
          id,
          Date.now(),
        ),
      );
    },
    findByUid: async (uid) =>
      read(
        journal.get<Row>(
          `SELECT payload FROM sign_in_state WHERE pool = ? AND model = ? AND uid = ? AND ${fresh}`,
          pool,
          model,
          uid,
          Date.now(),
        ),
      ),
    findByUserCode: async () => undefined,
    async consume(id) {
      journal.run(
        `UPDATE sign_in_state SET payload = json_set(payload, '$.consumed', ?) WHERE pool = ? AND model = ? AND id = ?`,
        Math.floor(Date.now() / 1_000),
        pool,
        model,
        id,
      );
    },
    async destroy(id) {
      journal.run('DELETE FROM sign_in_state WHERE pool = ? AND model = ? AND id = ?', pool, model, id);
    },
    async revokeByGrantId(grantId) {
      journal.run('DELETE FROM sign_in_state WHERE pool = ? AND grant_id = ?', pool, grantId);
    },
  });
}

function metadataOf(client: Client | undefined, pool: string, site: string): AdapterPayload | undefined {
  if (client?.pool !== pool) return undefined;
  return {
    client_id: client.id,
    client_name: client.name,
    redirect_uris: [...client.callbackUrls, ...(client.callbackUrls.length === 0 ? [site] : [])],
    post_logout_redirect_uris: [...client.logoutUrls],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    ...(client.machineScopes && { ...MACHINE_METADATA, grant_types: [...MACHINE_METADATA.grant_types] }),
    ...(client.secret
      ? {
          client_secret: client.secret,
          token_endpoint_auth_method: byHeader.getStore() ? 'client_secret_basic' : 'client_secret_post',
        }
      : { token_endpoint_auth_method: 'none' }),
  };
}
