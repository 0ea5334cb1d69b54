/**
 * The whole of postact for tests: the embedded host on the synthesized assembly, with the demonstration people, and
 * clients that do what people do: sign in, read pages, send forms, open their mail. Nothing is faked.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assembly } from '../demo/assembly.ts';
import { mailOf, PEOPLE } from '../demo/people.ts';
import type { Outputs } from '../demo/seed.ts';
import { createHost, type RunningHost } from '../local/host.ts';
import { allParts } from '../local/parts.ts';
import { Client } from '../demo/client.ts';
import { copySeededTo } from './seeded.ts';

export interface Mail {
  readonly id: string;
  readonly at: string;
  readonly to: readonly string[] | string;
  readonly subject: string;
  readonly text: string;
}

export interface Postact {
  readonly running: RunningHost;
  readonly site: string;
  readonly endpoint: string;
  readonly outputs: Outputs & {
    readonly TableName: string;
    readonly ImagesBucketName: string;
    readonly LedgerBucketName: string;
    readonly DigestKeyId: string;
    readonly DecisionKeyId: string;
  };
  /** Somebody without a session. */
  stranger(): Client;
  /** A demonstration person, signed in; the same session each time. */
  as(personId: string): Promise<Client>;
  /** Records a demonstration person anew, with these changes; none puts things back. */
  importPerson(personId: string, over: Readonly<Record<string, unknown>>): Promise<void>;
  /** Waits until nothing is going on. */
  settled(): Promise<void>;
  now(): Date;
  advance(minutes: number): Promise<void>;
  advanceTo(at: Date | string): Promise<void>;
  /** The mails to a demonstration person or an address, newest first. */
  mailsTo(personIdOrAddress: string): Promise<readonly Mail[]>;
  stop(): Promise<void>;
}

export async function startPostact(
  options: { readonly data?: string; readonly seeded?: boolean } = {},
): Promise<Postact> {
  const data = options.data ?? mkdtempSync(join(tmpdir(), 'postact-'));
  if (!options.seeded) await copySeededTo(data);
  const running = await createHost({
    assembly: assembly(),
    data,
    port: 0,
    awsPort: 0,
    parts: allParts,
    log: () => undefined,
  });
  const { clock } = running.host;
  const outputs = running.outputs.Postact as unknown as Postact['outputs'];
  await clock.settled();

  const clients = new Map<string, Promise<Client>>();
  const personOf = (id: string) => PEOPLE.find(({ personId }) => personId === id)!;
  const signIn = async (personId: string): Promise<Client> => {
    const client = new Client(running.site);
    await client.signIn(personOf(personId).directoryName);
    return client;
  };
  return {
    running,
    site: running.site,
    endpoint: running.endpoint,
    outputs,
    stranger: () => new Client(running.site),
    async importPerson(personId, over) {
      const { title: _, ...person } = personOf(personId);
      const Payload = JSON.stringify({
        people: [{ ...person, email: mailOf(person), active: true, ...over }],
        by: 'test',
      });
      const answer = await running.host.functions.invoke(outputs.ImportPeopleFunctionName, Payload);
      if (answer.functionError) throw new Error(answer.payload);
    },
    as(personId) {
      const known = clients.get(personId) ?? signIn(personId);
      clients.set(personId, known);
      return known;
    },
    settled: () => clock.settled(),
    now: () => new Date(clock.now()),
    async advance(minutes) {
      await clock.advance(minutes * 60_000);
      clients.clear();
    },
    async advanceTo(at) {
      await clock.advanceTo(new Date(at).getTime());
      clients.clear();
    },
    async mailsTo(who) {
      const address = who.includes('@') ? who : mailOf(personOf(who));
      return (await (await fetch(`${running.site}/mail.json?to=${encodeURIComponent(address)}`)).json()) as Mail[];
    },
    async stop() {
      await running.stop();
      if (!options.data) rmSync(data, { recursive: true, force: true });
    },
  };
}
