/** A real loopback host with the S3 part alone: journal, clock, identities and endpoint are the product's own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { HostClock } from '../../../local/clock.ts';
import { ACCOUNT, type Host, type PolicyDocument } from '../../../local/contract.ts';
import { AccountIdentities, type AccessKey } from '../../../local/identity/identities.ts';
import { Journal } from '../../../local/journal.ts';
import { objects } from '../../../local/objects/objects.ts';
import { AwsEndpoint } from '../../../local/wire/aws-endpoint.ts';

export interface S3Host {
  readonly endpoint: string;
  readonly folder: string;
  readonly clock: HostClock;
  readonly journal: Journal;
  /** Entries the part handed to the event bus. */
  readonly events: { Source: string; DetailType: string; Detail: string; Resources: string[] }[];
  readonly lines: string[];
  /** Deploys a resource as the assembly would. */
  deploy(
    type: string,
    logicalId: string,
    properties: Record<string, unknown>,
  ): Promise<{ ref: string; attributes: Readonly<Record<string, unknown>> }>;
  /** Tells the part that everything is deployed. */
  started(): Promise<void>;
  /** A client of the owner, or of a role that has just these statements. */
  client(statements?: PolicyDocument['Statement']): S3Client;
  /** Calls an operation as another part of the host would, for a role that has just these statements. */
  call(operation: string, input: unknown, statements: PolicyDocument['Statement']): Promise<unknown>;
  stop(keepData?: boolean): Promise<void>;
}

export async function startS3(folder = mkdtempSync(join(tmpdir(), 's3-'))): Promise<S3Host> {
  const journal = new Journal(folder);
  const clock = new HostClock(journal);
  const events: S3Host['events'] = [];
  const lines: string[] = [];
  const log = (line: string) => void lines.push(line);
  const identities = new AccountIdentities({ journal, clock, region: 'us-east-1', log });
  let address = '';
  const host: Host = {
    journal,
    clock,
    identities,
    log,
    region: 'us-east-1',
    account: ACCOUNT,
    functions: { invoke: () => Promise.reject(new Error('no functions here')) },
    endpoint: () => address,
    site: () => address,
    asset: () => undefined,
    call: async (service, operation, input) => {
      if (service !== 'events' || operation !== 'PutServiceEvents')
        throw new Error(`unexpected call ${service}:${operation}`);
      events.push(...(input as { Entries: S3Host['events'] }).Entries);
    },
  };
  const part = objects(host);
  const endpoint = new AwsEndpoint({
    services: new Map(),
    http: new Map(part.http!.map((one) => [one.signingName, one])),
    paths: {},
    identities,
    log,
    httpApi: () => Promise.reject(new Error('no HTTP APIs here')),
  });
  const server = createServer((request, response) => {
    // As the host does: clients set their clocks by it.
    response.sendDate = false;
    response.setHeader('date', new Date(clock.now()).toUTCString());
    void endpoint.handle(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  clock.start();

  const clients: S3Client[] = [];
  let roles = 0;
  const roleWith = (statements: PolicyDocument['Statement']): string => {
    const name = `role-${++roles}`;
    void identities.provider.deploy({
      type: 'AWS::IAM::Role',
      logicalId: name,
      physicalId: name,
      properties: {
        Policies: [{ PolicyName: 'own', PolicyDocument: { Version: '2012-10-17', Statement: statements } }],
      },
    });
    return `arn:aws:iam::${ACCOUNT}:role/${name}`;
  };
  return {
    endpoint: address,
    folder,
    clock,
    journal,
    events,
    lines,
    async deploy(type, logicalId, properties) {
      return part
        .providers!.find((one) => one.types.includes(type))!
        .deploy({ type, logicalId, properties, physicalId: logicalId.toLowerCase() });
    },
    async started() {
      await part.start?.();
    },
    client(statements) {
      let key: AccessKey | undefined;
      if (statements) key = identities.issueKey(roleWith(statements), 'test');
      const client = new S3Client({
        endpoint: address,
        region: 'us-east-1',
        maxAttempts: 1,
        systemClockOffset: clock.offset[0]!,
        credentials: key ?? { accessKeyId: 'owner', secretAccessKey: 'owner' },
      });
      clients.push(client);
      return client;
    },
    async call(operation, input, statements) {
      return part.services![0]!.operations[operation]!(input as never, identities.asRole(roleWith(statements)));
    },
    async stop(keepData = false) {
      for (const client of clients) client.destroy();
      clock.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      journal.close();
      if (!keepData) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The wire name and status of the error a call ends in; fails the test if it does not fail. */
export async function refusal(call: Promise<unknown>): Promise<{ code: string; status: number; message: string }> {
  try {
    await call;
  } catch (error) {
    const told = error as { name: string; message: string; $metadata?: { httpStatusCode?: number } };
    return { code: told.name, status: told.$metadata?.httpStatusCode ?? 0, message: told.message };
  }
  throw new Error('the call was expected to be refused, and was answered');
}

export const DAY_MS = 86_400_000;

/** An allow statement on everything in S3 or the given actions. */
export function allow(...actions: string[]): Readonly<Record<string, unknown>> {
  return { Effect: 'Allow', Action: actions, Resource: '*' };
}
