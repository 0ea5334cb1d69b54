/** What mails about batches of records to destroy, and about signing them, say. */
import { nyDateText, nyText } from '../../policies/instant.ts';
import type { DecisionMailKind, RetentionMailKind } from '../records/mail-owed.ts';
import { ONE_PERSON, type MailAbout, type Words } from './said.ts';

export type DispositionMailKind = Extract<RetentionMailKind, `disposition-${string}`>;

const counted = (count: number, what: string): string =>
  `${count.toLocaleString('en-US')} ${what}${count === 1 ? '' : what.endsWith('ch') ? 'es' : 's'}`;

const told = ({ site, disposition }: MailAbout, subject: string, ...lines: string[]): Words => ({
  subject: `Batch ${disposition?.id}: ${subject}`,
  lines,
  link: { href: `${site}/dispositions/${disposition?.id}`, words: 'Look at the batch' },
});

export const DISPOSITION_WORDS: Readonly<Record<DispositionMailKind, (about: MailAbout) => Words>> = {
  'disposition-proposed': ({ site, disposition }) => {
    const { batches = 1, records = disposition?.records ?? 0 } = disposition?.digest ?? {};
    return {
      subject: `Records due for disposal: ${counted(batches, 'batch')}, ${counted(records, 'record')}`,
      lines: [
        `${counted(records, 'record')} have been kept as long as the schedule asks, and are proposed for disposal in ${counted(batches, 'batch')}.`,
        ...(disposition
          ? [`Until ${nyText(disposition.graceEndsAt)} nothing goes on: take out what has to stay.`]
          : []),
        'Then the records officer, the Law Department and the Department of Records are asked to sign. Nothing is destroyed before all three have.',
      ],
      link: { href: `${site}/dispositions`, words: 'Look at the batches' },
    };
  },
  'disposition-declined': (about) =>
    about.disposition?.state === 'lapsed'
      ? told(
          about,
          'not signed in time',
          'Not all offices signed in time. Its records are kept, and are proposed again later.',
        )
      : told(about, 'declined', 'An office declined it. Its records are kept. The reason is on the page.'),
  'disposition-destroyed': (about) =>
    about.disposition?.state === 'emptied'
      ? told(about, 'nothing was destroyed', 'Every record of it was taken out or held meanwhile, and is kept.')
      : told(
          about,
          'destroyed and certified',
          `${counted(about.disposition?.destroyedRecords ?? 0, 'record')} destroyed, ${counted(about.disposition?.leftOut ?? 0, 'record')} left out and kept. The certificate is on the page.`,
        ),
  'disposition-overdue': (about) =>
    told(
      about,
      'six months',
      `What is eligible is to be destroyed within six months: this batch by ${about.disposition ? nyDateText(about.disposition.disposeBy) : 'its day'}.`,
      'The page shows what it waits for, and who answers for it.',
    ),
};

const FIRST: Readonly<Record<DecisionMailKind, string>> = {
  'decision-asked': 'A batch of records to destroy waits for your signature.',
  'decision-reminder': 'A batch of records to destroy still waits for your signature.',
  'decision-passed-on':
    'A batch of records to destroy was put to somebody else of your office first. It now waits for you.',
};

/** The mail of an office that signs: what is asked, until when, and one link. */
export function disposalWords(kind: DecisionMailKind, { site, decision, secret }: MailAbout): Words {
  const id = decision!.on.replace('disposition#', '');
  return {
    subject: `${kind === 'decision-reminder' ? 'Reminder: sign' : 'Sign'} or decline batch ${id}`,
    lines: [
      FIRST[kind],
      'The page shows how many records, of which class and by which schedule, from when, who else has signed, and leads to the whole list. You can sign it or decline it, with a reason.',
      `Unsigned by ${nyText(decision!.lapsesAt)} it lapses, and the records are kept.`,
    ],
    link: { href: `${site}/decisions/link/${secret}`, words: 'Open the batch' },
    below: [ONE_PERSON],
  };
}
