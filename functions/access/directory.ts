/**
 * The agency's directory, spoken to by OpenID Connect: the authorization code flow with PKCE, as a public client.
 *
 * Its group names are our roles' names; a group that is no role gives nothing. The claims are those of Amazon Cognito or
 * of a plain OpenID provider.
 *
 * Faults  DirectoryUnreachable (retry)
 */
import * as oidc from 'openid-client';
import { rolesOfGroups } from '../../policies/roles.ts';
import type { DirectoryAnswer } from './contract.ts';
import { DirectoryUnreachable } from './faults.ts';
import type { Ticket } from './sign-in-ticket.ts';

export interface Directory {
  /** Where the browser goes to sign in. */
  addressToSignIn(ticket: Ticket, returnTo: URL): Promise<URL>;
  /** Who came back, by the answer in the address; undefined when the directory let nobody in or the answer is not genuine. */
  whoCameBack(ticket: Ticket, returned: URL): Promise<DirectoryAnswer | undefined>;
  /** Where a form may lead that ends at the directory's own sign-in page. */
  readonly formOrigin: string;
  readonly addressToSignOut: string;
}

export interface DirectorySettings {
  /** Who signs. */
  readonly issuer: string;
  /** Where the issuer is asked how to sign in. An emulator signs in another's name, at an address of its own. @default the issuer */
  readonly address?: string;
  readonly clientId: string;
  readonly addressToSignOut: string;
}

export function directoryAt({ issuer, address = issuer, clientId, addressToSignOut }: DirectorySettings): Directory {
  const server = new URL(`${address}/.well-known/openid-configuration`);
  const isLoopback = server.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(server.hostname);
  const discovered = async (): Promise<oidc.Configuration> => {
    const leeway = { [oidc.clockTolerance]: 30 };
    const insecure = isLoopback ? { execute: [oidc.allowInsecureRequests] } : {};
    const config = await oidc.discovery(server, clientId, leeway, oidc.None(), insecure);
    // The library compares the two only when the issuer's own address is asked.
    if (config.serverMetadata().issuer !== issuer) throw new Error(`${server.origin} speaks for another issuer`);
    return config;
  };
  let found: Promise<oidc.Configuration> | undefined;
  const configuration = async (): Promise<oidc.Configuration> => {
    try {
      return await (found ??= discovered());
    } catch (cause) {
      found = undefined;
      throw new DirectoryUnreachable('the directory did not say where to sign in; try again in a minute', { cause });
    }
  };

  return {
    addressToSignOut,
    // A federated directory leads on to sign-in pages of its own, and browsers hold a form's redirects to this list too.
    formOrigin: server.protocol === 'https:' ? 'https:' : server.origin,
    async addressToSignIn({ state, nonce, verifier }, returnTo) {
      return oidc.buildAuthorizationUrl(await configuration(), {
        redirect_uri: returnTo.href,
        scope: 'openid profile email',
        state,
        nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      });
    },
    async whoCameBack({ state, nonce, verifier }, returned) {
      const config = await configuration();
      try {
        const checks = {
          pkceCodeVerifier: verifier,
          expectedState: state,
          expectedNonce: nonce,
          idTokenExpected: true,
        };
        const claims = (await oidc.authorizationCodeGrant(config, returned, checks)).claims();
        return claims && answerIn(claims);
      } catch (error) {
        if (isUnreachable(error))
          throw new DirectoryUnreachable('the directory did not answer; try again in a minute', { cause: error });
        return undefined;
      }
    },
  };
}

function answerIn(claims: Readonly<Record<string, unknown>>): DirectoryAnswer | undefined {
  // Cognito's own name first: nobody can change it, while a preferred name may be the person's to choose.
  const directoryName = claims['cognito:username'] ?? claims['preferred_username'];
  const groups = claims['groups'] ?? claims['cognito:groups'] ?? [];
  if (typeof directoryName !== 'string' || directoryName === '') return undefined;
  return {
    directoryName,
    roles: rolesOfGroups(Array.isArray(groups) ? groups.filter((group) => typeof group === 'string') : []),
  };
}

/** Network failures arrive as TypeError from fetch, and answers of 5xx as an error that says so. */
function isUnreachable(error: unknown): boolean {
  if (error instanceof TypeError && error.cause !== undefined) return true;
  return error instanceof oidc.ClientError && /timed out|abort/i.test(error.code ?? '');
}
