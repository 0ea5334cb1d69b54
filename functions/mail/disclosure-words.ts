/** What mails about disclosures and their sign-off say. */
import { nyText } from '../../policies/instant.ts';
import type { DecisionMailKind, DisclosureMailKind } from '../records/mail-owed.ts';
import { ONE_PERSON, type MailAbout, type Words } from './said.ts';

const told = ({ site, disclosure }: MailAbout, subject: string, ...lines: string[]): Words => ({
  subject: `Disclosure ${disclosure?.id}: ${subject}`,
  lines,
  link: { href: `${site}/disclosures/${disclosure?.id}`, words: 'See where it stands' },
});

export const DISCLOSURE_WORDS: Readonly<Record<DisclosureMailKind, (about: MailAbout) => Words>> = {
  'disclosure-to-complete': (about) =>
    told(
      about,
      about.disclosure?.askedBack ? 'a question for you' : 'something is missing',
      about.disclosure?.askedBack
        ? 'The privacy officer asks you something before deciding. The question is on the disclosure’s page.'
        : 'Nothing leaves before it is complete. The page names each thing that is missing, its clause, and what to do.',
      ...(about.disclosure?.dueAt ? [`Left as it is, it lapses ${nyText(about.disclosure.dueAt)}.`] : []),
    ),
  'disclosure-refused': (about) =>
    told(about, 'refused', 'Policy or law does not allow it. Nothing has left. The page names each clause and why.'),
  'disclosure-declined': (about) =>
    told(about, 'declined', 'The privacy officer has declined it. Nothing has left. The reason is on the page.'),
  'disclosure-lapsed': (about) =>
    told(
      about,
      'lapsed',
      'Its time has passed before it was complete and decided. Nothing has left; it was not approved.',
    ),
  'disclosure-released': (about) =>
    told(
      about,
      'released',
      'What was allowed lies ready for its recipient, who has been sent a link.',
      'You can revoke it at any time before it is received.',
    ),
  'disclosure-received': (about) => told(about, 'received', 'The recipient has confirmed receipt.'),
  'disclosure-not-collected': (about) =>
    told(
      about,
      'not confirmed',
      'The time to collect has passed without a receipt. What was opened is on the page; nothing can be opened any more.',
    ),
  'disclosure-revoked': (about) =>
    told(about, 'revoked', 'It was revoked. Nothing can be opened any more; what was opened before is on the page.'),
  'exigency-to-report': (about) =>
    told(
      about,
      'tell the Chief Privacy Officer',
      'Something was released in exigent circumstances. The Chief Privacy Officer is told of it, with the explanation, as soon as practicable.',
      'Read what was composed, and send it.',
    ),
};

const FIRST: Readonly<Record<DecisionMailKind, string>> = {
  'decision-asked': 'A disclosure waits for your sign-off.',
  'decision-reminder': 'This disclosure still waits for your sign-off.',
  'decision-passed-on': 'This disclosure was put to somebody else first and has had no answer. It now waits for you.',
};

/** The privacy officer's mail: what is asked, until when, and one link. */
export function signOffWords(kind: DecisionMailKind, { site, decision, secret }: MailAbout): Words {
  const id = decision!.on.replace('disclosure#', '');
  return {
    subject: `${kind === 'decision-reminder' ? 'Reminder: sign off' : 'Sign off'} disclosure ${id}`,
    lines: [
      FIRST[kind],
      'The page shows exactly what would leave, to whom, on which ground and clause, and what is missing. You can approve, approve less, decline, or ask back.',
      `Undecided by ${nyText(decision!.lapsesAt)} it lapses. It is never approved by itself.`,
    ],
    link: { href: `${site}/decisions/link/${secret}`, words: 'Open the disclosure' },
    below: [ONE_PERSON],
  };
}
