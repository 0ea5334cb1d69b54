/**
 * A host for tests of single parts: the real journal and clock, functions that are plain functions of the test, and
 * callers whose rights the test lists. Parts reach each other through `call`, as in the real host.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HostClock } from '../../../local/clock.ts';
import {
  ACCOUNT,
  AwsError,
  type Caller,
  type Host,
  type InvokeResult,
  type MakePart,
  type Part,
} from '../../../local/contract.ts';
import { Journal } from '../../../local/journal.ts';

type Handler = (event: never) => unknown;
type Operation = (input: unknown, caller: Caller) => unknown;

/** May do everything, as the account's owner. */
export const owner: Caller = {
  arn: `arn:aws:iam::${ACCOUNT}:root`,
  kind: 'owner',
  may: () => true,
  require: () => undefined,
};

/** May do only the listed `action on resource` pairs, such as `dynamodb:GetItem on arn:...`. */
export function roleThatMay(...rights: string[]): Caller {
  const may = (action: string, resource: string): boolean => rights.includes(`${action} on ${resource}`);
  return {
    arn: `arn:aws:sts::${ACCOUNT}:assumed-role/Test/session`,
    kind: 'role',
    may,
    require(action, resource) {
      if (!may(action, resource))
        throw new AwsError('AccessDeniedException', `not authorized to perform: ${action} on resource: ${resource}`);
    },
  };
}

export interface SmallHost extends Host {
  readonly folder: string;
  readonly parts: readonly Part[];
  readonly lines: string[];
  readonly invoked: { readonly target: string; readonly event: unknown }[];
  deploy(
    type: string,
    logicalId: string,
    properties: Record<string, unknown>,
  ): Promise<{ ref: string; attributes: Readonly<Record<string, unknown>> }>;
  /** Starts the parts, then the clock. */
  start(): Promise<void>;
  /** Stops all and removes the folder, unless it is kept for another host. */
  stop(keep?: 'keep'): Promise<void>;
}

export async function smallHost(
  makers: readonly MakePart[],
  options: { folder?: string; functions?: Record<string, Handler>; states?: Operation } = {},
): Promise<SmallHost> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'postact-part-'));
  const journal = new Journal(folder);
  const clock = new HostClock(journal);
  const parts: Part[] = [];
  const operations = new Map<string, Operation>();
  const server: Server = createServer((request, response) => void route(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const invoked: { target: string; event: unknown }[] = [];
  const lines: string[] = [];

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', address).pathname;
    const handler = parts
      .flatMap((part) => Object.entries({ ...part.pages, ...part.paths }))
      .filter(([prefix]) => path.startsWith(prefix))
      .sort(([a], [b]) => b.length - a.length)[0]?.[1];
    if (handler) await handler(request, response);
    else response.writeHead(404).end();
  }

  const host: SmallHost = {
    folder,
    journal,
    clock,
    parts,
    lines,
    invoked,
    region: 'us-east-1',
    account: ACCOUNT,
    identities: {
      asRole: () => owner,
      asService: (service) => ({ ...owner, arn: service, kind: 'service' }),
      identifyRequest: () => owner,
      secretOf: () => undefined,
      callerOf: () => owner,
    },
    endpoint: () => address,
    site: () => address,
    asset: () => {
      throw new Error('this test host has no assets');
    },
    log: (line) => void lines.push(line),
    functions: {
      async invoke(target, payload): Promise<InvokeResult> {
        const event: unknown = JSON.parse(payload);
        invoked.push({ target, event });
        const handler = options.functions?.[target.split(':').at(-1)!];
        if (!handler)
          return {
            payload: '{"errorMessage":"no such function in this test"}',
            functionError: 'Unhandled',
            executedVersion: '$LATEST',
          };
        try {
          return { payload: JSON.stringify((await handler(event as never)) ?? null), executedVersion: '$LATEST' };
        } catch (error) {
          return {
            payload: JSON.stringify({ errorMessage: String(error) }),
            functionError: 'Unhandled',
            executedVersion: '$LATEST',
          };
        }
      },
    },
    async call(service, operation, input, caller) {
      if (service === 'states' && options.states) return options.states(input, caller);
      const found = operations.get(`${service}:${operation}`);
      if (!found) throw new Error(`this test host has no ${service}:${operation}`);
      return await found(input, caller);
    },
    async deploy(type, logicalId, properties) {
      const provider = parts.flatMap((part) => part.providers ?? []).find((each) => each.types.includes(type));
      if (!provider) throw new Error(`this test host has no provider of ${type}`);
      return await provider.deploy({ logicalId, type, properties, physicalId: `stack-${logicalId}` });
    },
    async start() {
      for (const part of parts) await part.start?.();
      clock.start();
    },
    async stop(keep) {
      clock.stop();
      for (const part of parts) await part.stop?.();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      journal.close();
      if (!keep) rmSync(folder, { recursive: true, force: true });
    },
  };
  for (const make of makers) {
    const part = make(host);
    parts.push(part);
    for (const service of part.services ?? []) {
      for (const [name, operation] of Object.entries(service.operations))
        operations.set(`${service.signingName}:${name}`, operation as Operation);
    }
  }
  return host;
}
