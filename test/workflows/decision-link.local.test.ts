/**
 * The link in the mail under attack: forwarded, guessed, cut short, followed by scanners, posted blind. Nothing but the
 * named person's own form decides.
 */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, linkFor, stateOf } from '../job.ts';
import { startPostact, type Postact } from '../postact.ts';

let postact: Postact;
let id: string;
let link: string;
const APPROVE = { answer: 'approve', reason: 'The risk is specific and grave', acknowledgesPublicKeptOut: 'yes' };

beforeAll(async () => {
  postact = await startPostact();
  id = await ask(postact);
  link = await linkFor(postact, 'p-lee', id);
});
afterAll(() => postact?.stop());

const waiting = async () => expect(await stateOf(postact, id)).toBe('Waiting for an executive’s decision');
const entries = async () => (await postact.as('p-reyes')).page.text.match(/pa-timeline__entry /g)!.length;

describe('a decision link', () => {
  it('decides nothing when a scanner without a session follows it 200 times with GET, HEAD and OPTIONS', async () => {
    await waiting();
    const before = await entries();
    const scanner = postact.stranger();
    for (let turn = 0; turn < 200; turn++) {
      const response = await scanner.request(link, { method: ['GET', 'HEAD', 'OPTIONS'][turn % 3]! });
      await response.arrayBuffer();
      expect(response.status).toBeLessThan(500);
    }
    await postact.settled();
    await waiting();
    expect(await entries()).toBe(before);
  });

  it('decides nothing when the named person’s own session follows it with GET, HEAD and OPTIONS', async () => {
    await waiting();
    const before = await entries();
    const executive = await postact.as('p-lee');
    for (const method of ['GET', 'HEAD', 'OPTIONS', 'GET', 'HEAD'])
      await (await executive.request(link, { method })).arrayBuffer();
    await waiting();
    expect(await entries()).toBe(before);
  });

  it.each([
    ['an empty form', ''],
    ['the form’s fields without its secret', new URLSearchParams(APPROVE).toString()],
    ['a made-up secret', new URLSearchParams({ ...APPROVE, form: randomBytes(32).toString('base64url') }).toString()],
  ])('decides nothing when %s is posted blind, with and without a session', async (_, body) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    for (const client of [postact.stranger(), await postact.as('p-lee')]) {
      const response = await client.request(link, { method: 'POST', body, headers });
      expect([401, 403]).toContain(response.status);
    }
    await waiting();
  });

  it('decides nothing when another site posts the person’s own form', async () => {
    const executive = await postact.as('p-lee');
    await executive.go(link);
    const { hidden } = executive.formOn(link);
    const response = await executive.request(link, {
      method: 'POST',
      body: new URLSearchParams({ ...hidden, ...APPROVE }),
      headers: { origin: 'https://elsewhere.example' },
    });
    expect(response.status).toBe(403);
    await waiting();
  });

  it('forwarded to another executive, opens nothing for them and says whose it is', async () => {
    const other = await postact.as('p-shah');
    const page = await other.go(link);
    expect([page.status, other.words()]).toEqual([403, expect.stringContaining('This link is for someone else')]);
    expect(other.words()).not.toContain('box truck');
  });

  it('forwarded and posted with the other executive’s own session, is refused and told to the ledger', async () => {
    const other = await postact.as('p-shah');
    await other.go('/desk');
    const { hidden } = other.formOn('/sign-out');
    const response = await other.request(link, {
      method: 'POST',
      body: new URLSearchParams({ ...hidden, ...APPROVE }),
    });
    expect(response.status).toBe(403);
    await waiting();
    expect((await postact.as('p-reyes')).words()).toContain('Someone tried to decide and was refused');
  });

  it('answers something else than what was shown is refused', async () => {
    const executive = await postact.as('p-lee');
    await executive.go(link);
    const page = await executive.send(link, { ...APPROVE, shown: 'f'.repeat(64) });
    expect(page.status).toBe(422);
    await waiting();
  });

  it.each([
    ['guessed', () => `/decisions/link/${randomBytes(32).toString('base64url')}`],
    ['cut short', () => link.slice(0, -3)],
    ['with a letter changed', () => link.slice(0, -1) + (link.endsWith('A') ? 'B' : 'A')],
    ['the stored hash instead of the secret', () => `/decisions/link/${'a'.repeat(64)}`],
  ])('%s opens nothing', async (_, made) => {
    const page = await (await postact.as('p-lee')).go(made());
    expect(page.status).toBe(404);
  });

  it('of a person whose session has ended leads to the sign-in page and back', async () => {
    await postact.advance(45);
    const executive = postact.stranger();
    await executive.go(link);
    expect(new URL(executive.page.url).pathname).toBe('/sign-in');
  });

  it('is nowhere stored in the clear', async () => {
    const secret = link.split('/').at(-1)!;
    const { ScanCommand, DynamoDBClient } = await import('@aws-sdk/client-dynamodb');
    const client = new DynamoDBClient({
      endpoint: postact.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
    const { Items = [] } = await client.send(new ScanCommand({ TableName: postact.outputs.TableName }));
    expect(Items.length).toBeGreaterThan(50);
    expect(JSON.stringify(Items)).not.toContain(secret);
  });
});
