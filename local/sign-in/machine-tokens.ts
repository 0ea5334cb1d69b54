/**
 * Tokens for machines: the client credentials grant as Cognito serves it at /oauth2/token.
 *
 * As Cognito: the token is a JWT without `aud`, its subject is the client, and it says `token_use: access`; without a
 * scope asked for it carries all that the client is allowed; there is no refresh token. The library checks the secret.
 * Source: Cognito Developer Guide, "Token endpoint", "Using the access token"; RFC 6749, section 4.4.
 */
import { randomUUID } from 'node:crypto';
import { importJWK, SignJWT } from 'jose';
import { errors, type JWK, type KoaContextWithOIDC } from 'oidc-provider';
import type Provider from 'oidc-provider';
import type { Directory } from './directory.ts';

const GRANT = 'client_credentials';

/** What the library is told a client may ask for: one for machines may ask for nothing else, as with Cognito. */
export const MACHINE_METADATA = { grant_types: [GRANT], response_types: [], redirect_uris: [] } as const;

export function serveMachines(provider: Provider, directory: Directory, key: JWK): void {
  provider.registerGrantType(
    GRANT,
    async (ctx: KoaContextWithOIDC) => {
      const id = ctx.oidc.client!.clientId;
      const { machineScopes: allowed, lifetimes } = directory.client(id)!;
      if (!allowed) throw new errors.UnauthorizedClient('the client is not allowed this grant');
      const asked = String(ctx.oidc.params?.['scope'] ?? '')
        .split(' ')
        .filter(Boolean);
      const beyond = asked.filter((scope) => !allowed.includes(scope));
      if (beyond.length > 0) throw new errors.InvalidScope('a scope is not allowed for this client', beyond.join(' '));
      const now = Math.floor(Date.now() / 1_000);
      const scopes = asked.length > 0 ? asked : allowed;
      const token = await new SignJWT({
        token_use: 'access',
        scope: scopes.join(' '),
        auth_time: now,
        version: 2,
        client_id: id,
      })
        .setProtectedHeader({ alg: 'RS256', ...(key.kid && { kid: key.kid }) })
        .setIssuer(provider.issuer)
        .setSubject(id)
        .setIssuedAt(now)
        .setExpirationTime(now + lifetimes.access)
        .setJti(randomUUID())
        .sign(await importJWK(key as Parameters<typeof importJWK>[0], 'RS256'));
      ctx.body = { access_token: token, expires_in: lifetimes.access, token_type: 'Bearer' };
    },
    'scope',
  );
}
