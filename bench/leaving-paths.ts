/** The main ways through the workflows disclosure and breach, for bench/what-leaves.ts: each as people go it, on the local host. */
import {
  breachFields,
  containIt,
  describeIt,
  doTheRest,
  findViolation,
  onBreach,
  readIt,
  reportBreach,
  sendIt,
} from '../test/breach-job.ts';
import {
  changeDisclosure,
  confirmReceipt,
  encloseRecord,
  openDelivery,
  openDisclosure,
  sendDisclosure,
} from '../test/disclosure-job.ts';
import { linkFor } from '../test/job.ts';
import type { Postact } from '../test/postact.ts';
import type { Path } from './walked-states.ts';

export const OFFICER = 'p-okafor';
export const RECIPIENT = 'dana.ross@office.example';
/** Needs a privacy officer's sign-off. */
export const LAW = {
  technology: 'license-plate-reader',
  disclosureType: 'investigative-lead',
  basis: 'required-by-law',
} as const;
/** Needs none. */
const CRIME = { ...LAW, basis: 'crime' } as const;
const PACKAGE = { way: 'sealed-package' } as const;

/** How long the officer and the recipient let it lie, minutes. */
export const LIES = { withOfficer: 20, withRecipient: 8 * 60 } as const;

/** A disclosure with its files, sent. */
export async function prepared(
  postact: Postact,
  over: Readonly<Record<string, string>>,
  files: readonly string[] = ['Reads of one plate'],
): Promise<string> {
  const id = await openDisclosure(postact, 'law-enforcement', over);
  for (const label of files) await encloseRecord(postact, id, `plate,time\n${label}\n`, label);
  return id;
}

/** What the officer's page offers to keep, in its order. */
export const offered = (page: string): string[] =>
  [...page.matchAll(/<input\b[^>]*\bname="keep"[^>]*>/g)].map(([input]) => /\bvalue="([^"]+)"/.exec(input)![1]!);

export function disclosurePaths(postact: Postact): Path[] {
  const sent = async (over: Readonly<Record<string, string>>, files?: readonly string[]): Promise<string> => {
    const id = await prepared(postact, over, files);
    await sendDisclosure(postact, id);
    return id;
  };
  const decide = async (id: string, answer: 'approve' | 'ask-back', leftOut = 0): Promise<void> => {
    await postact.advance(LIES.withOfficer);
    const officer = await postact.as(OFFICER);
    const link = await linkFor(postact, OFFICER, id);
    await officer.go(link);
    const keep = offered(officer.page.text).slice(leftOut);
    await officer.send(link, { answer, reason: 'The request relies on a statute that covers this', keep });
    if (officer.page.status !== 200) throw new Error(officer.words().slice(0, 600));
    await postact.settled();
  };
  const collect = async (): Promise<void> => {
    await postact.advance(LIES.withRecipient);
    await confirmReceipt(postact, await openDelivery(postact, RECIPIENT));
  };
  const signedOff = async (over: Readonly<Record<string, string>>, files?: readonly string[], leftOut = 0) => {
    const id = await sent(over, files);
    await decide(id, 'approve', leftOut);
    await collect();
    return id;
  };

  return [
    { name: 'disclosure: signed off, on a page, received', walk: () => signedOff(LAW) },
    { name: 'disclosure: signed off, sealed package, received', walk: () => signedOff({ ...LAW, ...PACKAGE }) },
    {
      name: 'disclosure: narrowed by the officer, received',
      walk: () => signedOff(LAW, ['First reads', 'Second reads'], 1),
    },
    {
      name: 'disclosure: ground without officer, received',
      walk: async () => {
        const id = await sent(CRIME);
        await collect();
        return id;
      },
    },
    {
      name: 'disclosure: completed once, signed off, received',
      walk: async () => {
        const id = await sent({ ...LAW, law: '' });
        await changeDisclosure(postact, id, { ...LAW, law: 'Executive Law 837, exchange of information' });
        await sendDisclosure(postact, id);
        await decide(id, 'approve');
        await collect();
        return id;
      },
    },
    {
      name: 'disclosure: asked back once, signed off, received',
      walk: async () => {
        const id = await sent(LAW);
        await decide(id, 'ask-back');
        await sendDisclosure(postact, id, { answerToOfficer: 'The case of the twentieth' });
        await decide(id, 'approve');
        await collect();
        return id;
      },
    },
    { name: 'disclosure: refused by policy', walk: () => sent({ ...CRIME, lawfulness: 'unlawful' }) },
  ];
}

const TASK = { 'containment-what': 'Have the Harbor Office delete it', 'containment-askedOf': 'tnovak' };

export function breachPaths(postact: Postact): Path[] {
  const judged = async (id: string): Promise<void> => {
    await readIt(postact, id);
    await findViolation(postact, id);
    await describeIt(postact, id);
  };
  const contained = async (id: string): Promise<void> => {
    await onBreach(postact, OFFICER, id, 'containment', TASK);
    const member = await postact.as('p-novak');
    await member.go('/desk');
    await containIt(postact, 'p-novak', new RegExp(`/breaches/${id}/containment/[\\w-]+`).exec(member.page.text)![0]);
  };
  const closed = async (id: string): Promise<void> => {
    await contained(id);
    const person = await doTheRest(postact, id);
    await onBreach(postact, OFFICER, id, `people/${person}/mail`);
    await onBreach(postact, OFFICER, id, 'close', { 'close-because': 'The person was told and nothing is open' });
  };
  const reported = () => reportBreach(postact, 'p-reyes', breachFields(postact.now()));

  return [
    {
      name: 'breach: told and closed',
      walk: async () => {
        const id = await reported();
        await judged(id);
        await sendIt(postact, id);
        await closed(id);
        return id;
      },
    },
    {
      name: 'breach: not a violation',
      walk: async () => {
        const id = await reported();
        await readIt(postact, id);
        await onBreach(postact, OFFICER, id, 'triage', {
          'triage-violates': 'no',
          'triage-because': 'An approval in advance that is on file covers it',
        });
        return id;
      },
    },
    {
      name: 'breach: read late, told late, closed late, with every reminder',
      walk: async () => {
        const id = await reported();
        // The deputies after half an hour, the chief after an hour, all again four hours later.
        await postact.advance(5 * 60 + 5);
        await judged(id);
        // The officer four times, the deputies, the chief, and all of them when the day has passed.
        await postact.advance(24 * 60 + 15);
        await sendIt(postact, id);
        // What is left, after a week.
        await postact.advance(7 * 24 * 60 + 60);
        await closed(id);
        return id;
      },
    },
  ];
}

/** How often somebody was asked or reminded after the first asking, by the mails: those of one stage come together. */
export async function remindersOf(postact: Postact, id: string): Promise<number> {
  const mails = await Promise.all([OFFICER, 'p-adler', 'p-grant'].map((who) => postact.mailsTo(who)));
  const minutes = mails
    .flat()
    .filter(({ subject }) => subject.startsWith(`Breach ${id}: `))
    .map(({ at }) => Date.parse(at) / 60_000)
    .sort((a, b) => a - b);
  return minutes.filter((at, place) => place > 0 && at - minutes[place - 1]! > 5).length;
}
