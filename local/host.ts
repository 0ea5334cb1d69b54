/**
 * The embedded host: serves a synthesized cloud assembly on this machine, on loopback only.
 *
 * Brings the parts together: the two ports listen first (so that addresses are known), then every resource is
 * deployed into the parts, then timers and pollers begin. Stopping ends them in the opposite order.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { loadAssembly, type CloudAssembly } from './assembly/cloud-assembly.ts';
import { deployStacks, type Outputs } from './assembly/deploy-stacks.ts';
import { HostClock } from './clock.ts';
import { ACCOUNT, type Caller, type Host, type MakePart, type Part } from './contract.ts';
import { drillPath, drillsPart, type Drill } from './drills/drills.ts';
import { FunctionsPart } from './functions/functions.ts';
import { HttpApis, sendAnswer } from './http-api/http-api.ts';
import { Site } from './http-api/site.ts';
import { AccountIdentities } from './identity/identities.ts';
import { Journal } from './journal.ts';
import { AwsEndpoint, type Handle } from './wire/aws-endpoint.ts';

export interface HostSettings {
  /** Folder of the cloud assembly (`cdk.out`). */
  readonly assembly: string;
  /** Folder that holds everything the host remembers. */
  readonly data: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly awsPort: number;
  readonly stackName?: string;
  readonly region?: string;
  /** The service families besides Lambda, IAM and HTTP APIs, which are always there. */
  readonly parts: readonly MakePart[];
  /** Programs that the clock bar offers to run against this host. @default none */
  readonly drills?: readonly Drill[];
  readonly log?: (line: string) => void;
}

/** A host that is up. `host` is what the parts see: its clock can be moved, its operations called. */
export interface RunningHost {
  readonly host: Host;
  readonly outputs: Outputs;
  /** The account's owner, for calling operations in-process. */
  readonly owner: Caller;
  readonly site: string;
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** Addresses that templates put together themselves and that only AWS would answer: HTTP APIs and user pools. */
const API_ADDRESS = /https:\/\/([a-z0-9]+)\.execute-api\.[a-z0-9-]+\.amazonaws\.com/g;
const POOL_ISSUER = /https:\/\/cognito-idp\.[a-z0-9-]+\.amazonaws\.com\/([\w-]+)/g;
const POOL_DOMAIN = /https:\/\/([\w-]+)\.auth\.[a-z0-9-]+\.amazoncognito\.com/g;

/** Starts a host. Throws AssemblyRefused, or an Error that says which folder or port is taken and what to do. */
export async function createHost(settings: HostSettings): Promise<RunningHost> {
  process.env['TZ'] = 'UTC'; // Lambda's time zone; worker threads share the process's.
  const log = settings.log ?? ((line: string) => console.log(line));
  const assembly = loadAssembly(settings.assembly, settings.stackName);
  const unlock = lockData(settings.data);
  const journal = new Journal(settings.data);
  const closing: (() => unknown)[] = [unlock, () => journal.close()];
  const stop = async (): Promise<void> => {
    for (const close of closing.splice(0).reverse()) {
      try {
        await close();
      } catch (error) {
        log(`stopping: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  };
  try {
    return await bringUp(settings, assembly, journal, log, closing, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function bringUp(
  settings: HostSettings,
  assembly: CloudAssembly,
  journal: Journal,
  log: (line: string) => void,
  closing: (() => unknown)[],
  stop: () => Promise<void>,
): Promise<RunningHost> {
  const clock = new HostClock(journal);
  const region = settings.region ?? assembly.stacks.find((stack) => stack.region)?.region ?? 'us-east-1';
  const starting: Handle = async (_, response) =>
    void response.writeHead(503, { 'retry-after': '1' }).end('the host is starting');
  const ports = { site: starting, aws: starting };
  const site = await listen(
    settings.port,
    '--port',
    clock,
    (request, response) => ports.site(request, response),
    closing,
  );
  const endpoint = await listen(
    settings.awsPort,
    '--aws-port',
    clock,
    (request, response) => ports.aws(request, response),
    closing,
  );

  const identities = new AccountIdentities({ journal, clock, region, log });
  const host: Host = {
    journal,
    clock,
    region,
    identities,
    log,
    account: ACCOUNT,
    functions: { invoke: (target, payload, options) => functions.invoke(target, payload, options) },
    endpoint: () => endpoint,
    site: () => site,
    call: (signingName, operation, input, caller) => aws.call(signingName, operation, input, caller),
    asset: (_, key) => assembly.assets.get(key),
  };
  const functions = new FunctionsPart(host, (roleArn, session) => identities.issueKey(roleArn, session));
  const apis = new HttpApis(host, (target, service, sourceArn) =>
    functions.requirePermission(target, service, sourceArn),
  );
  const drills = settings.drills ?? [];
  const parts: Part[] = [
    { providers: [identities.provider] },
    functions.part(),
    apis.part(),
    ...[...settings.parts, drillsPart(drills)].map((make) => make(host)),
  ];
  const aws = new AwsEndpoint({
    services: mergedServices(parts),
    http: new Map(parts.flatMap((part) => part.http ?? []).map((service) => [service.signingName, service])),
    paths: Object.assign({}, ...parts.map((part) => part.paths ?? {})) as Record<string, Handle>,
    identities,
    log,
    httpApi: async (apiId, request, response) =>
      sendAnswer(response, await apis.answer(apiId, request), request.method === 'HEAD'),
  });
  for (const part of parts) if (part.stop) closing.push(() => part.stop!());

  const outputs = await deployStacks(assembly, {
    region,
    log,
    providers: new Map(
      parts
        .flatMap((part) => part.providers ?? [])
        .flatMap((provider) => provider.types.map((type) => [type, provider])),
    ),
    localAddress: (text) =>
      text
        .replace(API_ADDRESS, (address, apiId: string) => apis.addressOf(apiId) ?? address)
        .replace(POOL_ISSUER, (_, poolId: string) => `${endpoint}/oidc/${poolId}`)
        .replace(POOL_DOMAIN, (_, prefix: string) => `${endpoint}/oidc-domains/${prefix}`),
  });
  writeFileSync(join(settings.data, 'outputs.json'), `${JSON.stringify(outputs, null, 2)}\n`);

  const pages = Object.assign({}, ...parts.map((part) => part.pages ?? {})) as Record<string, Handle>;
  const buttons = drills.map(({ name }, place) => ({ label: name, action: drillPath(place) }));
  const addresses = { site, endpoint };
  const people = new Site({ clock, apis, pages, outputs: () => outputs, addresses: () => addresses, buttons, log });
  ports.site = (request, response) => people.handle(request, response);
  ports.aws = (request, response) => aws.handle(request, response);
  for (const part of parts) await part.start?.();
  clock.start();
  closing.push(() => clock.stop());
  return { host, outputs, owner: identities.asOwner(), site, endpoint, stop };
}

/** Several parts may serve operations of one service: DynamoDB's tables and its streams are signed alike. */
function mergedServices(parts: readonly Part[]): ConstructorParameters<typeof AwsEndpoint>[0]['services'] {
  const merged = new Map<string, NonNullable<Part['services']>[number]>();
  for (const service of parts.flatMap((part) => part.services ?? [])) {
    const operations = { ...merged.get(service.signingName)?.operations, ...service.operations };
    merged.set(service.signingName, { signingName: service.signingName, operations });
  }
  return merged;
}

/** Listens on loopback and gives the address. Answers carry the host's time, by which the SDKs set theirs. */
async function listen(
  port: number,
  flag: string,
  clock: HostClock,
  handle: Handle,
  closing: (() => unknown)[],
): Promise<string> {
  const server: Server = createServer((request: IncomingMessage, response: ServerResponse) => {
    response.sendDate = false;
    response.setHeader('date', new Date(clock.now()).toUTCString());
    if (!isLoopbackName(request.headers.host ?? '')) {
      response
        .writeHead(403, { 'content-type': 'text/plain' })
        .end(`Host ${request.headers.host}: this host answers to localhost and 127.0.0.1 only`);
      return;
    }
    handle(request, response).catch((error: unknown) => {
      console.error(error);
      response.destroy();
    });
  });
  server.keepAliveTimeout = 75_000; // Longer than the SDKs keep an idle connection, so that none is cut while in use.
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(`port ${port} is taken by another program; stop it, or choose another port with ${flag}`)
          : error,
      );
    });
    server.listen(port, '127.0.0.1', resolve);
  });
  closing.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A page elsewhere that resolves its own name to 127.0.0.1 must not reach the host: names must be loopback names. */
function isLoopbackName(host: string): boolean {
  return /^(127\.\d+\.\d+\.\d+|\[::1\]|([\w.-]+\.)?localhost)(:\d+)?$/i.test(host);
}

/** One host per data folder. The lock is SQLite's own on a file, so it ends with the process, however that ends. */
function lockData(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const lock = new DatabaseSync(join(folder, 'lock.sqlite'));
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch {
    lock.close();
    throw new Error(`${folder} is in use by another host; stop that one, or choose another folder with --data`);
  }
  return () => lock.close();
}
