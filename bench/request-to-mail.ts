/**
 * How long is it from the form's POST to the mail in the executive's inbox?
 *
 * In between: the form is judged and written with its note, the stream delivers the note, the request's workflow starts,
 * checks, starts the decision's workflow, which asks; the mail is written as owed, the stream brings it to the sender, and
 * the inbox takes it. The mail's own time is the inbox's, by the host's clock, so nothing polls while it is measured.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requestFields } from '../test/job.ts';
import { startPostact, type Postact } from '../test/postact.ts';
import { asks, note, plain, quantile, runs, table } from './show.ts';

/** DESIGN: under a second, ms. */
const WANTED_MS = 1_000;

/** How often the alternative looks into its outbox, ms, and how often a request passes through one on its way to the mail. */
const POLL_MS = 1_000;
const PASSES = 2;

interface Taken {
  /** Until the browser has its answer. */
  readonly answerMs: number;
  readonly mailMs: number;
}

/** One captain asks; how long until the answer, and until the mail to the executive. */
async function askOnce(postact: Postact): Promise<Taken> {
  const captain = await postact.as('p-reyes');
  await captain.go('/requests/new');
  const { action, hidden } = captain.formOn('/requests');
  const body = new URLSearchParams(hidden);
  for (const [name, value] of Object.entries(requestFields(postact.now()))) body.set(name, String(value));
  const sentAt = postact.now().getTime();
  const response = await captain.request(action, { method: 'POST', body, headers: { origin: postact.site } });
  await response.arrayBuffer();
  const answeredAt = postact.now().getTime();
  const id = /\/requests\/(R-[0-9A-Z]{4}-[0-9A-Z]{4})$/.exec(response.headers.get('location') ?? '')?.[1];
  if (!id) throw new Error(`the request was not taken: status ${response.status}`);
  await postact.settled();
  const mail = (await postact.mailsTo('p-lee')).find(({ subject }) => subject.includes(id));
  if (!mail) throw new Error(`no mail came for ${id}`);
  return { answerMs: answeredAt - sentAt, mailMs: Date.parse(mail.at) - sentAt };
}

/** The first request of a host that has just started: every function behind the page is started too. Same data each time. */
async function coldOnes(times: number): Promise<Taken[]> {
  const data = mkdtempSync(join(tmpdir(), 'bench-mail-'));
  try {
    const taken: Taken[] = [];
    for (let start = 0; start <= times; start++) {
      const postact = await startPostact({ data, seeded: start > 0 });
      try {
        // The first start has warm import functions and a cold disk; it is not counted.
        const one = await askOnce(postact);
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

async function warmOnes(times: number): Promise<Taken[]> {
  const postact = await startPostact();
  try {
    for (let count = 0; count < 3; count++) await askOnce(postact);
    const taken: Taken[] = [];
    for (let count = 0; count < times; count++) taken.push(await askOnce(postact));
    return taken;
  } finally {
    await postact.stop();
  }
}

/** Each measured time with the wait that each pass would add: anything from nothing to a whole interval, equally likely. */
function ifPolled(measured: readonly number[]): number[] {
  const STEPS = 20;
  const wait = (at: number): number => ((at + 0.5) / STEPS) * POLL_MS;
  const waits = Array.from({ length: STEPS ** PASSES }, (_, at) => wait(at % STEPS) + wait(Math.floor(at / STEPS)));
  return measured.flatMap((one) => waits.map((added) => one + added));
}

const row = (name: string, count: number, values: readonly number[]) => [
  name,
  count,
  ...[0, 0.5, 0.95, 1].map((share) => plain(Math.round(quantile(values, share)))),
  quantile(values, 0.95) < WANTED_MS ? 'yes' : 'no',
];

asks('How long is it from the form to the mail in the inbox?');
const warm = await warmOnes(runs(30));
const cold = await coldOnes(runs(4));
const mails = warm.map(({ mailMs }) => mailMs);
table(
  ['from the POST until', 'runs', 'least, ms', 'p50, ms', 'p95, ms', 'most, ms', `p95 under ${WANTED_MS / 1000} s`],
  [
    row(
      'the page answers',
      warm.length,
      warm.map(({ answerMs }) => answerMs),
    ),
    row('the mail is in the inbox', warm.length, mails),
    row(
      'the mail is in the inbox, functions cold',
      cold.length,
      cold.map(({ mailMs }) => mailMs),
    ),
    row(`the mail, if the outbox were polled every ${POLL_MS / 1000} s (computed)`, warm.length, ifPolled(mails)),
  ],
);
note(
  'Host, functions, table engine and the asking client share the machine. Cold is the first request after the host started: five functions start on its way; the page’s own is warm, because the form was opened before.',
);
