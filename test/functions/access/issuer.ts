/** An OpenID provider for tests, with the claims of the department's directory. Signs in whoever the test names. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

export interface TestIssuer {
  readonly issuer: string;
  /** Who is at the keyboard: the name and the groups the directory has. */
  signInAs(name: string, groups: readonly string[]): void;
  stop(): Promise<void>;
}

export const CLIENT_ID = 'postact-test';

export async function startIssuer(returnTo: string): Promise<TestIssuer> {
  let account = { name: 'nobody', groups: [] as readonly string[] };
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT_ID,
        redirect_uris: [returnTo],
        token_endpoint_auth_method: 'none',
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    pkce: { required: () => true },
    conformIdTokenClaims: false,
    claims: { openid: ['sub', 'preferred_username', 'groups'], email: ['email'], profile: ['name'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    cookies: { keys: ['test'] },
    jwks: undefined,
    findAccount: (_ctx, id) => ({
      accountId: id,
      claims: () => ({ sub: id, preferred_username: account.name, groups: [...account.groups] }),
    }),
    async loadExistingGrant(ctx) {
      const grant = new ctx.oidc.provider.Grant({
        clientId: ctx.oidc.client!.clientId,
        accountId: ctx.oidc.session!.accountId!,
      });
      grant.addOIDCScope('openid profile email');
      await grant.save();
      return grant;
    },
  } as ConstructorParameters<typeof Provider>[1]);
  const callback = provider.callback();
  server.on('request', (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return void callback(request, response);
    void provider.interactionFinished(
      request,
      response,
      { login: { accountId: account.name } },
      { mergeWithLastSubmission: false },
    );
  });
  return {
    issuer,
    signInAs: (name, groups) => void (account = { name, groups }),
    stop: () => new Promise((resolve) => (server.closeAllConnections(), server.close(() => resolve()))),
  };
}

/** Follows the directory's redirects as a browser would, until it leads back to the site. */
export async function throughDirectory(address: string, issuer: string): Promise<URL> {
  const jar = new Map<string, string>();
  let next = address;
  while (next.startsWith(issuer)) {
    const answer = await fetch(next, {
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    await answer.arrayBuffer();
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!;
      jar.set(name!, value!);
    }
    const location = answer.headers.get('location');
    if (!location) throw new Error(`the directory stopped at ${next} with ${answer.status}`);
    next = new URL(location, next).href;
  }
  return new URL(next);
}
