/**
 * A day of thirty requests on a host that is killed fifty times. Nobody helps it but the people who retry: after the
 * last start every request has reached its end, every decision was taken once, every mail went out, and the ledger,
 * verified from outside, holds.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  ListExecutionsCommand,
  ListStateMachinesCommand,
  SFNClient,
  type ExecutionListItem,
} from '@aws-sdk/client-sfn';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../../demo/assembly.ts';
import type { Outputs } from '../../demo/seed.ts';
import type { LedgerEntry } from '../../functions/records/ledger.ts';
import type { Mail as Obligation } from '../../functions/records/mail-owed.ts';
import type { UseRequest } from '../../functions/use-request/contract.ts';
import { liveThrough, type Story } from './day.ts';
import { startMortal, type MortalPostact } from './mortal-postact.ts';
import { People } from './people.ts';

const KILLS = 50;
/** Another seed is another fifty moments: `CHAOS_SEED=7 npx vitest run test/chaos`. */
const SEED = Number(process.env['CHAOS_SEED'] ?? 20_261_124);

let postact: MortalPostact;
let stories: readonly Story[];
let items: readonly Readonly<Record<string, unknown>>[];
let outputs: Outputs & { readonly TableName: string };
const aws = () => ({
  endpoint: postact.endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});

beforeAll(async () => {
  postact = await startMortal({ seed: SEED, kills: KILLS, every: 18 });
  outputs = (JSON.parse(readFileSync(join(postact.data, 'outputs.json'), 'utf8')) as { Postact: typeof outputs })
    .Postact;
  const people = new People(postact);
  postact.beginKilling();
  const began = Date.now();
  try {
    stories = await liveThrough(people);
    await postact.endKilling();
    // Comes to rest: what the last kill interrupted is taken up, then one more sweep.
    await people.advanceTo(new Date((await people.now()).getTime() + 130 * 60_000));
  } finally {
    const starts = postact.starts.toSorted((a, b) => a - b);
    console.log(
      `seed ${SEED}: ${postact.kills} kills and ${postact.requests} requests in ${Math.round((Date.now() - began) / 1000)} s; starts took ${starts[0]} to ${starts.at(-1)} ms, ${starts[starts.length >> 1]} in the middle`,
    );
    if (process.env['CHAOS_LOG']) console.log(postact.log.join(''));
  }
  items = await everyItem();
}, 540_000);
afterAll(() => postact?.stop());

async function everyItem(): Promise<Record<string, unknown>[]> {
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient(aws()));
  const found: Record<string, unknown>[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const page = await documents.send(
      new ScanCommand({ TableName: outputs.TableName, ...(from && { ExclusiveStartKey: from }) }),
    );
    found.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from);
  return found;
}

const recordsOf = <T>(noun: string): T[] =>
  items.filter((item) => item['noun'] === noun && item['sk'] === 'record').map(({ record }) => record as T);
const entriesOf = (subject: string): LedgerEntry[] =>
  items.flatMap(({ pk, entry }) => (pk === `ledger#${subject}` && entry ? [entry as LedgerEntry] : []));

describe('a day of thirty requests and fifty kills', () => {
  it('was such a day', () => {
    expect([stories.length, postact.kills]).toEqual([30, KILLS]);
  });

  it('brings every request to its end, and makes none that nobody asked for', () => {
    const ends = Object.fromEntries(recordsOf<UseRequest>('use-request').map(({ id, state }) => [id, state]));
    expect(ends).toEqual(Object.fromEntries(stories.map(({ id, end }) => [id, end])));
  });

  it('takes no decision twice', () => {
    const decided = stories.map(({ id }) => [
      id,
      entriesOf(`use-request#${id}`).flatMap(({ act }) => /^use (approved|declined)$/.exec(act)?.[1] ?? []),
    ]);
    expect(decided).toEqual(stories.map(({ id, decided: once }) => [id, once ? [once] : []]));
  });

  it('loses no mail that is owed', async () => {
    const owed = recordsOf<Obligation>('mail');
    expect(owed.length).toBeGreaterThan(60);
    // A decision that was settled before its mail went out needs none.
    const settled = owed.filter(({ outcome }) => outcome === 'what it asks for was settled before the mail was sent');
    const unsent = owed
      .filter(({ state }) => !['sent', 'delivered'].includes(state))
      .filter((mail) => !settled.includes(mail));
    expect(unsent.map(({ kind, state, outcome }) => ({ kind, state, outcome }))).toEqual([]);
    const letters = (await (await fetch(`${postact.site}/mail.json`)).json()) as { tags: Record<string, string> }[];
    const arrived = new Set(letters.map(({ tags }) => tags['mail-id']));
    expect(owed.filter((mail) => !arrived.has(mail.id) && !settled.includes(mail)).map(({ kind }) => kind)).toEqual([]);
  });

  it('leaves nothing in the outbox', () => {
    const notes = recordsOf<{ id: string; task: object; deliveredAt?: string }>('note');
    expect(notes.length).toBeGreaterThan(60);
    expect(notes.filter(({ deliveredAt }) => !deliveredAt).map(({ task }) => task)).toEqual([]);
  });

  it('leaves no workflow running, and none that failed', async () => {
    const client = new SFNClient(aws());
    const { stateMachines = [] } = await client.send(new ListStateMachinesCommand({}));
    const runs: ExecutionListItem[] = [];
    for (const { stateMachineArn } of stateMachines) {
      for (let nextToken: string | undefined, first = true; first || nextToken; first = false) {
        const page = await client.send(new ListExecutionsCommand({ stateMachineArn, ...(nextToken && { nextToken }) }));
        runs.push(...(page.executions ?? []));
        nextToken = page.nextToken;
      }
    }
    expect(runs.length).toBeGreaterThanOrEqual(30);
    expect(runs.filter(({ status }) => status !== 'SUCCEEDED').map(({ name, status }) => `${name} ${status}`)).toEqual(
      [],
    );
  });

  it('leaves a ledger that holds, with its digests, as anyone can verify', () => {
    const verifier = join(ROOT, 'functions/records/verify-ledger.ts');
    const online = spawnSync(process.execPath, [verifier, '--data', postact.data], {
      cwd: ROOT,
      encoding: 'utf8',
      env: { ...process.env, AWS_ENDPOINT_URL: postact.endpoint },
    });
    expect(online.stdout + online.stderr).toContain('The ledger holds');
    expect(online.status).toBe(0);
    expect(Number(/([\d,]+) signed digest/.exec(online.stdout)![1])).toBeGreaterThan(8);
  });
});
