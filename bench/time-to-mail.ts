/**
 * How long it is from a form's POST to a mail in an inbox, on a host whose functions are warm and on one that has just
 * started. The mail's own time is the inbox's, by the host's clock, so nothing polls while it is measured.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from '../demo/client.ts';
import { startPostact, type Mail, type Postact } from '../test/postact.ts';
import { plain, quantile } from './show.ts';

/** DESIGN: from a form to its mail in under a second, ms. */
const WANTED_MS = 1_000;

/** How often the alternative looks into its outbox, ms, and how often each of these ways passes through one. */
export const POLL_MS = 1_000;
const PASSES = 2;

export interface Taken {
  /** Until the browser has its answer. */
  readonly answerMs: number;
  readonly mailMs: number;
}

interface Posted {
  readonly sentAt: number;
  readonly answerMs: number;
  /** Where the browser is sent. */
  readonly location: string;
}

/** Posts the form of the page the client looks at; nothing but the POST is in its time. */
export async function posted(
  postact: Postact,
  client: Client,
  ending: string,
  fields: Readonly<Record<string, string | readonly string[]>>,
): Promise<Posted> {
  const { action, hidden } = client.formOn(ending);
  const body = new URLSearchParams(hidden);
  for (const [name, value] of Object.entries(fields)) {
    body.delete(name);
    for (const one of typeof value === 'string' ? [value] : value) body.append(name, one);
  }
  const sentAt = postact.now().getTime();
  const response = await client.request(action, { method: 'POST', body, headers: { origin: postact.site } });
  const text = await response.text();
  const answerMs = postact.now().getTime() - sentAt;
  if (response.status >= 400) throw new Error(`${action} was not taken: status ${response.status}\n${text}`);
  return { sentAt, answerMs, location: response.headers.get('location') ?? '' };
}

/** When everything is done: how long it was from the POST to the mail to this reader that is meant. */
export async function untilMail(
  postact: Postact,
  { sentAt, answerMs }: Posted,
  who: string,
  isMeant: (mail: Mail) => boolean,
): Promise<Taken> {
  await postact.settled();
  const mail = (await postact.mailsTo(who)).find((one) => Date.parse(one.at) >= sentAt && isMeant(one));
  if (!mail) throw new Error(`no mail came to ${who}`);
  return { answerMs, mailMs: Date.parse(mail.at) - sentAt };
}

/** The first of each host that has just started: every function behind the page is started too. Same data each time. */
export async function coldOnes<One>(times: number, once: (postact: Postact) => Promise<One>): Promise<One[]> {
  const data = mkdtempSync(join(tmpdir(), 'bench-mail-'));
  try {
    const taken: One[] = [];
    for (let start = 0; start <= times; start++) {
      const postact = await startPostact({ data, seeded: start > 0 });
      try {
        // The first start has warm import functions and a cold disk; it is not counted.
        const one = await once(postact);
        if (start > 0) taken.push(one);
      } finally {
        await postact.stop();
      }
    }
    return taken;
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

/** One after the other on one host, after three that are not counted. */
export async function warmOnes<One>(times: number, once: (postact: Postact) => Promise<One>): Promise<One[]> {
  const postact = await startPostact();
  try {
    for (let count = 0; count < 3; count++) await once(postact);
    const taken: One[] = [];
    for (let count = 0; count < times; count++) taken.push(await once(postact));
    return taken;
  } finally {
    await postact.stop();
  }
}

/** Each measured time with the wait that each pass would add: anything from nothing to a whole interval, equally likely. */
export function ifPolled(measured: readonly number[]): number[] {
  const STEPS = 20;
  const wait = (at: number): number => ((at + 0.5) / STEPS) * POLL_MS;
  const waits = Array.from({ length: STEPS ** PASSES }, (_, at) => wait(at % STEPS) + wait(Math.floor(at / STEPS)));
  return measured.flatMap((one) => waits.map((added) => one + added));
}

export const TIMES = [
  'from the POST until',
  'runs',
  'least, ms',
  'p50, ms',
  'p95, ms',
  'most, ms',
  `p95 under ${WANTED_MS / 1000} s`,
];

/** A row under `TIMES`. */
export const timesRow = (name: string, count: number, values: readonly number[]) => [
  name,
  count,
  ...[0, 0.5, 0.95, 1].map((share) => plain(Math.round(quantile(values, share)))),
  quantile(values, 0.95) < WANTED_MS ? 'yes' : 'no',
];
