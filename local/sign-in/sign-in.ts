/**
 * Cognito: user pools, their applications, and an OpenID Connect issuer for each pool at /oidc/<pool> of the AWS endpoint.
 *
 * The issuer is a certified library that reads the time from Date. It runs in a worker thread whose Date is the host's
 * clock, so that sessions, codes and tokens live and die in host time, as those who check them expect. Requests are
 * passed on to it as they are.
 */
import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import { dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import type { Host, MakePart, ResourceProvider } from '../contract.ts';
import { adminOperations } from './admin-operations.ts';
import { directoryIn, signingKeyFile, type Directory } from './directory.ts';
import type { IssuerSettings } from './issuer.worker.ts';

export const signIn: MakePart = (host) => {
  const directory = directoryIn(host.journal);
  let worker: Worker | undefined;
  let port: Promise<number> | undefined;

  function issuerPort(): Promise<number> {
    port ??= new Promise<number>((resolve, reject) => {
      const settings: IssuerSettings = {
        folder: host.journal.folder,
        offset: host.clock.offset,
        endpoint: host.endpoint(),
        site: host.site(),
        passwordOnly: process.env['POSTACT_LOCAL_SIGN_IN'] === 'password',
      };
      worker = new Worker(new URL('./issuer.worker.ts', import.meta.url), { workerData: settings });
      worker.unref();
      worker.once('message', resolve);
      worker.once('error', (error) => {
        port = undefined;
        host.log(`sign-in: the issuer ended (${error.message}); the next request starts it again`);
        reject(error);
      });
    });
    return port;
  }

  return {
    services: [{ signingName: 'cognito-idp', operations: adminOperations(host, directory) }],
    providers: [providerOf(host, directory)],
    paths: {
      '/oidc/': async (request, response) => passOn(request, response, await issuerPort()),
      // The pages of a pool's domain, which Cognito serves at https://<domain>.auth.<region>.amazoncognito.com.
      '/oidc-domains/': async (request, response) => {
        const [, domain = '', rest = ''] = /^\/oidc-domains\/([\w-]+)(.*)$/.exec(request.url ?? '') ?? [];
        const pool = directory.poolOfDomain(domain);
        // Sent on rather than answered here: the cookies of a sign-in belong to the issuer's path.
        if (pool) response.writeHead(307, { location: `/oidc/${pool}${rest}` }).end();
        else response.writeHead(404, { 'content-type': 'text/plain' }).end(`no user pool has the domain ${domain}`);
      },
    },
    start: () => void issuerPort().catch(() => undefined),
    async stop() {
      await worker?.terminate();
    },
  };
};

function passOn(request: IncomingMessage, response: ServerResponse, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const onward = send(
      { host: '127.0.0.1', port, path: request.url, method: request.method, headers: request.headers },
      (answer) => {
        // The endpoint dates its answers by the host's clock; these headers are of the inner connection.
        const { date: _date, connection: _connection, 'keep-alive': _keepAlive, ...headers } = answer.headers;
        response.writeHead(answer.statusCode ?? 502, headers);
        answer.pipe(response).once('finish', resolve).once('close', resolve);
      },
    );
    onward.once('error', reject);
    request.pipe(onward);
  });
}

const flag = z.union([z.boolean(), z.stringbool()]).default(false);
const count = z.coerce.number();
const Pool = z.object({
  UserPoolName: z.string().optional(),
  UsernameAttributes: z.array(z.string()).default([]),
  Policies: z
    .object({
      PasswordPolicy: z
        .object({
          MinimumLength: count.default(8),
          RequireUppercase: flag,
          RequireLowercase: flag,
          RequireNumbers: flag,
          RequireSymbols: flag,
        })
        .optional(),
    })
    .default({}),
  Schema: z.array(z.object({ Name: z.string().optional() })).default([]),
});
const UserPoolClient = z.object({
  UserPoolId: z.string(),
  ClientName: z.string().optional(),
  GenerateSecret: flag,
  AllowedOAuthFlows: z.array(z.string()).default([]),
  AllowedOAuthScopes: z.array(z.string()).default([]),
  CallbackURLs: z.array(z.string()).default([]),
  LogoutURLs: z.array(z.string()).default([]),
  IdTokenValidity: count.default(1),
  AccessTokenValidity: count.default(1),
  RefreshTokenValidity: count.default(30),
  TokenValidityUnits: z
    .object({
      IdToken: z.string().default('hours'),
      AccessToken: z.string().default('hours'),
      RefreshToken: z.string().default('days'),
    })
    .prefault({}),
});
const UNIT_S: Readonly<Record<string, number>> = { seconds: 1, minutes: 60, hours: 3_600, days: 86_400 };
const ResourceServer = z.object({
  UserPoolId: z.string(),
  Identifier: z.string(),
  Scopes: z.array(z.object({ ScopeName: z.string() })).default([]),
});
const PoolGroup = z.object({
  UserPoolId: z.string(),
  GroupName: z.string().optional(),
  Description: z.string().optional(),
  Precedence: count.optional(),
});
const STANDARD = [
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
  'updated_at',
  'website',
  'zoneinfo',
];

function providerOf(host: Host, directory: Directory): ResourceProvider {
  return {
    types: [
      'AWS::Cognito::UserPool',
      'AWS::Cognito::UserPoolClient',
      'AWS::Cognito::UserPoolDomain',
      'AWS::Cognito::UserPoolGroup',
      'AWS::Cognito::UserPoolIdentityProvider',
      'AWS::Cognito::UserPoolResourceServer',
    ],
    deploy({ type, properties, physicalId }) {
      if (type === 'AWS::Cognito::UserPool') {
        const { UserPoolName, Schema, UsernameAttributes, Policies } = Pool.parse(properties);
        const id = `${host.region}_${letters(physicalId, 9)}`;
        const custom = Schema.flatMap(({ Name }) =>
          Name && !STANDARD.includes(Name) ? [`custom:${Name.replace(/^custom:/, '')}`] : [],
        );
        const policy = Policies.PasswordPolicy;
        const required = {
          uppercase: policy?.RequireUppercase,
          lowercase: policy?.RequireLowercase,
          numeric: policy?.RequireNumbers,
          symbol: policy?.RequireSymbols,
        };
        const passwords = {
          minimumLength: policy?.MinimumLength ?? 8,
          mustContain: (Object.keys(required) as (keyof typeof required)[]).filter((kind) => required[kind]),
        };
        directory.setPool({
          id,
          name: UserPoolName ?? physicalId,
          customAttributes: custom,
          usernameAttributes: UsernameAttributes,
          passwords,
        });
        keepSigningKey(host.journal.folder, id);
        const ProviderURL = `${host.endpoint()}/oidc/${id}`;
        return {
          ref: id,
          attributes: {
            UserPoolId: id,
            Arn: `arn:aws:cognito-idp:${host.region}:${host.account}:userpool/${id}`,
            ProviderURL,
            ProviderName: ProviderURL.replace(/^https?:\/\//, ''),
          },
        };
      }
      if (type === 'AWS::Cognito::UserPoolClient') {
        const wanted = UserPoolClient.parse(properties);
        const id = letters(physicalId, 26);
        const secret = wanted.GenerateSecret
          ? (directory.client(id)?.secret ?? randomBytes(32).toString('base64url'))
          : null;
        const units = wanted.TokenValidityUnits;
        const lifetimes = {
          id: wanted.IdTokenValidity * (UNIT_S[units.IdToken] ?? 3_600),
          access: wanted.AccessTokenValidity * (UNIT_S[units.AccessToken] ?? 3_600),
          refresh: wanted.RefreshTokenValidity * (UNIT_S[units.RefreshToken] ?? 86_400),
        };
        directory.setClient({
          id,
          pool: wanted.UserPoolId,
          name: wanted.ClientName ?? physicalId,
          secret,
          callbackUrls: wanted.CallbackURLs,
          logoutUrls: wanted.LogoutURLs,
          lifetimes,
          ...(isMachine(wanted, directory) && { machineScopes: wanted.AllowedOAuthScopes }),
        });
        return {
          ref: id,
          attributes: {
            ClientId: id,
            Name: wanted.ClientName ?? physicalId,
            ...(secret ? { ClientSecret: secret } : {}),
          },
        };
      }
      if (type === 'AWS::Cognito::UserPoolGroup') {
        const {
          UserPoolId,
          GroupName: name = physicalId,
          Description = null,
          Precedence = null,
        } = PoolGroup.parse(properties);
        directory.setGroup(UserPoolId, { name, description: Description, precedence: Precedence });
        return { ref: name, attributes: {} };
      }
      if (type === 'AWS::Cognito::UserPoolResourceServer') {
        const { UserPoolId, Identifier, Scopes } = ResourceServer.parse(properties);
        directory.setScopes(
          UserPoolId,
          Identifier,
          Scopes.map(({ ScopeName }) => ScopeName),
        );
        return { ref: Identifier, attributes: {} };
      }
      // People of another directory (an identity provider) are not known here; the pool's own are.
      const { UserPoolId, Domain, ProviderName } = z
        .object({ UserPoolId: z.string(), Domain: z.string().optional(), ProviderName: z.string().optional() })
        .parse(properties);
      if (Domain !== undefined) directory.setDomain(Domain, UserPoolId);
      return { ref: Domain ?? ProviderName ?? physicalId, attributes: { CloudFrontDistribution: '' } };
    },
  };
}

/** Whether it is a client for machines. Throws where Cognito refuses to make it. */
function isMachine(wanted: z.infer<typeof UserPoolClient>, directory: Directory): boolean {
  const { AllowedOAuthFlows: flows, AllowedOAuthScopes: scopes } = wanted;
  if (!flows.includes('client_credentials')) return false;
  const why =
    flows.length > 1
      ? 'AllowedOAuthFlows: client_credentials goes with no other flow'
      : !wanted.GenerateSecret
        ? 'GenerateSecret: found false, expected true for the flow client_credentials'
        : undefined;
  const known = directory.scopes(wanted.UserPoolId);
  const unknown = scopes.filter((scope) => !known.includes(scope));
  if (why ?? unknown.length > 0)
    throw new Error(why ?? `AllowedOAuthScopes: ${unknown.join(', ')} are scopes of no resource server of the pool`);
  return true;
}

function keepSigningKey(folder: string, pool: string): void {
  const file = signingKeyFile(folder, pool);
  if (existsSync(file)) return;
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const jwk = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });
  writeFileSync(file, JSON.stringify({ ...jwk, use: 'sig', alg: 'RS256', kid: letters(JSON.stringify(jwk.n), 22) }), {
    mode: 0o600,
  });
}

/** An id that is the same on every start: small letters and digits, as many as asked (at most 40). */
function letters(seed: string, count: number): string {
  const digest = createHash('sha256').update(seed).digest('hex');
  return BigInt(`0x${digest}`).toString(36).slice(0, count);
}
