/**
 * What does it take to let something leave, and to answer for what left wrongly?
 *
 * Three tables: the transitions of the main ways through the workflows disclosure and breach; how long it is from sending
 * a disclosure to the officer's mail, and from the officer's answer to the recipient's; and how fast a package is sealed.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { startPostact, type Postact } from '../test/postact.ts';
import { linkFor } from '../test/job.ts';
import {
  breachPaths,
  disclosurePaths,
  LAW,
  LIES,
  offered,
  OFFICER,
  prepared,
  RECIPIENT,
  remindersOf,
} from './leaving-paths.ts';
import type { How, SealedOnce } from './seal-once.ts';
import { asks, median, note, plain, runs, spread, table, type Cell } from './show.ts';
import {
  coldOnes,
  ifPolled as ifOutboxPolled,
  POLL_MS,
  posted,
  TIMES,
  timesRow,
  untilMail,
  warmOnes,
  type Taken,
} from './time-to-mail.ts';
import { COUNTED, ifPolled, per1000, POLL, walked } from './walked-states.ts';

/** DESIGN: the most a breach may take, and what each reminder may add. */
const MOST = 16;
const MOST_FOR_A_REMINDER = 3;

async function transitions(): Promise<void> {
  asks('How many state transitions do a disclosure and a breach take, and what do they cost?');
  const postact = await startPostact();
  try {
    const rows: Cell[][] = [];
    for (const { name, walk } of [...disclosurePaths(postact), ...breachPaths(postact)]) {
      const id = await walk();
      const found = await walked(postact, id);
      const isBreach = name.startsWith('breach');
      const reminders = isBreach ? await remindersOf(postact, id) : 0;
      const most = MOST + MOST_FOR_A_REMINDER * reminders;
      rows.push([
        name,
        found.states,
        isBreach ? '' : found.inDecision,
        isBreach ? reminders : '',
        isBreach ? `${most}${found.states > most ? ', above' : ''}` : '',
        per1000(found.states),
        plain(found.waitedMinutes),
        ifPolled(found),
        per1000(ifPolled(found)),
      ]);
    }
    table(
      [
        'path',
        'transitions',
        'in decision',
        'reminders',
        `limit ${MOST} + ${MOST_FOR_A_REMINDER} each`,
        'per 1,000 such',
        'waited, minutes',
        `polling every ${POLL.everyMinutes} min`,
        'per 1,000 such',
      ],
      rows,
    );
    note(
      `The officer answers after ${LIES.withOfficer} minutes, the recipient collects after ${LIES.withRecipient / 60} hours. Polling is computed from the same walks. ${COUNTED}`,
    );
  } finally {
    await postact.stop();
  }
}

interface Leaving {
  readonly toOfficer: Taken;
  readonly toRecipient: Taken;
}

/** One disclosure, sent and approved by the mail's link; nobody collects it. */
const leaveOnce =
  (over: Readonly<Record<string, string>> = {}) =>
  async (postact: Postact): Promise<Leaving> => {
    const id = await prepared(postact, { ...LAW, ...over });
    await postact.settled();
    const detective = await postact.as('p-ortiz');
    await detective.go(`/disclosures/${id}`);
    const sent = await posted(postact, detective, '/send', {});
    const toOfficer = await untilMail(postact, sent, OFFICER, ({ subject }) => subject.includes(id));
    const officer = await postact.as(OFFICER);
    const link = await linkFor(postact, OFFICER, id);
    await officer.go(link);
    const answer = { answer: 'approve', reason: 'The statute covers this', keep: offered(officer.page.text) };
    const answered = await posted(postact, officer, link, answer);
    const toRecipient = await untilMail(postact, answered, RECIPIENT, ({ text }) => text.includes('/receive/'));
    return { toOfficer, toRecipient };
  };

async function times(): Promise<void> {
  asks(
    'How long is it from sending a disclosure to the officer’s mail, and from the officer’s answer to the recipient’s?',
  );
  const warm = await warmOnes(runs(20), leaveOnce());
  const asPackage = await warmOnes(runs(10), leaveOnce({ way: 'sealed-package' }));
  const cold = await coldOnes(runs(4), leaveOnce());
  const polled = `, if the outbox were polled every ${POLL_MS / 1000} s (computed)`;
  const rows = (['toOfficer', 'toRecipient'] as const).flatMap((leg) => {
    const [who, posts] = leg === 'toOfficer' ? ['officer', 'sending'] : ['recipient', 'approving'];
    const mails = warm.map((one) => one[leg].mailMs);
    const answers = warm.map((one) => one[leg].answerMs);
    const coldMails = cold.map((one) => one[leg].mailMs);
    const packages = asPackage.map((one) => one[leg].mailMs);
    return [
      timesRow(`${posts}: the page answers`, answers.length, answers),
      timesRow(`${posts}: the ${who} has the mail`, mails.length, mails),
      ...(leg === 'toRecipient'
        ? [timesRow(`${posts}: the ${who} has the mail of a sealed package`, packages.length, packages)]
        : []),
      timesRow(`${posts}: the ${who} has the mail, functions cold`, coldMails.length, coldMails),
      timesRow(`${posts}: the ${who} has the mail${polled}`, mails.length, ifOutboxPolled(mails)),
    ];
  });
  table(TIMES, rows);
  note(
    'Host, functions, table engine, store and the asking client share the machine. One file of a few bytes is enclosed. Cold is the first disclosure after the host started: what opening and enclosing used is warm, the functions of the two workflows are not.',
  );
}

const SIZES = [
  { files: 1, bytes: 1_000_000, times: 5 },
  { files: 10, bytes: 5_000_000, times: 5 },
  { files: 40, bytes: 5_000_000, times: 3 },
] as const;
const WAYS: readonly { readonly how: How; readonly name: string }[] = [
  { how: 'sealed', name: 'sealed: ZIP, AES-256' },
  { how: 'plain', name: 'ZIP without encryption' },
  { how: 'native', name: 'no ZIP: the same cipher and hashes by Node.js' },
];

function sealing(): void {
  asks('How fast is a package sealed, and in how much memory?');
  const script = fileURLToPath(new URL('seal-once.ts', import.meta.url));
  const once = (how: How, files: number, bytes: number): SealedOnce =>
    JSON.parse(
      execFileSync(process.execPath, [script, how, String(files), String(bytes)], { encoding: 'utf8' }),
    ) as SealedOnce;
  const idle = once('plain', 0, 0).peakRssMb;
  const rows = SIZES.flatMap(({ files, bytes, times: full }) => {
    const megabytes = (files * bytes) / 1e6;
    const taken = WAYS.map((): SealedOnce[] => []);
    // In turn, so that what else the machine does falls on all alike.
    for (let round = 0; round < runs(full); round++)
      WAYS.forEach(({ how }, at) => taken[at]!.push(once(how, files, bytes)));
    return WAYS.map(({ name }, at): Cell[] => [
      megabytes,
      files,
      name,
      spread(taken[at]!.map(({ seconds }) => seconds * 1000)),
      spread(taken[at]!.map(({ seconds }) => megabytes / seconds)),
      median(taken[at]!.map(({ cpuSeconds }) => megabytes / cpuSeconds)),
      spread(taken[at]!.map(({ peakRssMb }) => peakRssMb)),
    ]);
  });
  table(['MB', 'files', 'how', 'ms', 'MB/s', 'MB per CPU second', 'peak RSS, MB'], rows);
  note(
    `Each run is a process of its own, its code not yet compiled, as after a cold start; a process that packs nothing takes ${plain(idle)} MB. Bytes are made in memory and thrown away: reading from the store and writing to it are not in it, nor what the store’s client keeps of an upload.`,
  );
}

await transitions();
await times();
sealing();
