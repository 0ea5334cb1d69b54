/**
 * The JWT authorizer of an HTTP API: checks a bearer token against its issuer's keys, its audience and its scopes.
 * Source: API Gateway Developer Guide, "Control access to HTTP APIs with JWT authorizers".
 */
import type { IncomingMessage } from 'node:http';
import { createRemoteJWKSet, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';

export interface JwtConfiguration {
  readonly Issuer?: string;
  readonly Audience?: readonly string[];
}

export type Judgement =
  | {
      readonly kind: 'allowed';
      readonly authorizer: {
        readonly jwt: { readonly claims: Record<string, string>; readonly scopes: string[] | null };
      };
    }
  | { readonly kind: 'unauthorized' | 'forbidden' };

export class JwtAuthorizer {
  readonly #configuration: JwtConfiguration;
  readonly #source: string;
  readonly #now: () => number;
  #keys: Promise<JWTVerifyGetKey> | undefined;

  /** `source` is the IdentitySource, such as `$request.header.Authorization`; `now` is in ms. */
  constructor(configuration: JwtConfiguration, source: string, now: () => number) {
    this.#configuration = configuration;
    this.#source = source;
    this.#now = now;
  }

  async judge(request: IncomingMessage, requiredScopes: readonly string[]): Promise<Judgement> {
    const token = this.#token(request);
    if (!token) return { kind: 'unauthorized' };
    const claims = await this.#verified(token);
    if (!claims) return { kind: 'unauthorized' };
    const given = String(claims['scope'] ?? claims['scp'] ?? '').split(/[ ,]/);
    if (requiredScopes.length > 0 && !requiredScopes.some((scope) => given.includes(scope)))
      return { kind: 'forbidden' };
    const texts = Object.entries(claims).map(
      ([name, value]) => [name, Array.isArray(value) ? `[${value.join(' ')}]` : String(value)] as const,
    );
    return {
      kind: 'allowed',
      authorizer: {
        jwt: { claims: Object.fromEntries(texts), scopes: requiredScopes.length > 0 ? [...requiredScopes] : null },
      },
    };
  }

  async #verified(token: string): Promise<JWTPayload | undefined> {
    const { Issuer: issuer = '', Audience: audience = [] } = this.#configuration;
    try {
      this.#keys ??= keysOf(issuer);
      const { payload } = await jwtVerify(token, await this.#keys, { issuer, currentDate: new Date(this.#now()) });
      // Cognito's access tokens carry client_id where others carry aud.
      const meant = [payload.aud ?? payload['client_id'] ?? []].flat();
      return audience.some((name) => meant.includes(name)) ? payload : undefined;
    } catch {
      this.#keys = undefined;
      return undefined;
    }
  }

  #token(request: IncomingMessage): string | undefined {
    const [, place, name] = /^\$request\.(header|querystring)\.(.+)$/.exec(this.#source) ?? [];
    const value =
      place === 'querystring'
        ? new URL(request.url ?? '/', 'http://host').searchParams.get(name!)
        : request.headers[(name ?? 'authorization').toLowerCase()];
    return value ? String(value).replace(/^Bearer\s+/i, '') : undefined;
  }
}

async function keysOf(issuer: string): Promise<JWTVerifyGetKey> {
  const discovered = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  const { jwks_uri: keys } = (await discovered.json()) as { jwks_uri: string };
  return createRemoteJWKSet(new URL(keys));
}
