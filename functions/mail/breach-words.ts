/** What mails about breaches say: the number, the time that is left, and one link. Only the notice to a person says more. */
import { breachClock } from '../../policies/rules/breach-clock.ts';
import { policyInForce } from '../../policies/editions/index.ts';
import { nyText } from '../../policies/instant.ts';
import type { BreachMailKind } from '../records/mail-owed.ts';
import type { MailAbout, Words } from './said.ts';

const told = ({ site, breach }: MailAbout, subject: string, ...lines: string[]): Words => ({
  subject: `Breach ${breach?.id}: ${subject}`,
  lines,
  link: { href: `${site}/breaches/${breach?.id}`, words: 'Open the breach' },
});

/** How much time is left to report, as it is when the mail is sent; a mail of a host that was down says the true hours. */
function clockLine({ breach, now }: MailAbout): string {
  const policy = breach?.awareAt && policyInForce(breach.given.technology, breach.awareAt);
  if (!policy) return 'The time to report begins when it is read.';
  const clock = breachClock(
    { breachId: breach.id, discoveredAt: breach.given.discoveredAt, awareAt: breach.awareAt! },
    policy,
    now,
  );
  if (clock.state === 'running')
    return `${durationText(clock.hoursLeft)} left: the Chief Privacy Officer is to be told by ${nyText(clock.dueAt)}.`;
  return clock.state === 'overdue'
    ? `The Chief Privacy Officer was to be told by ${nyText(clock.dueAt)}: ${durationText(clock.hoursLate)} ago. It is still owed.`
    : '';
}

export function durationText(hours: number): string {
  const minutes = Math.max(0, Math.floor(hours * 60));
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

export const BREACH_WORDS: Readonly<Record<BreachMailKind, (about: MailAbout) => Words>> = {
  'breach-to-read': (about) =>
    told(
      about,
      'read what was reported',
      'A disclosure that may have violated the law was reported. Somebody of the privacy office has to read it.',
      'Reading it starts the clock for the report to the Chief Privacy Officer; the page says so before you do.',
    ),
  'breach-to-report': (about) => told(about, 'the report is not sent', clockLine(about)),
  'breach-deputies-asked': (about) =>
    told(
      about,
      'act for the privacy officer',
      'The Agency Privacy Officer has not acted. You may act as deputy.',
      clockLine(about),
    ),
  'breach-chief-told': (about) =>
    told(about, 'nobody has acted', 'Neither the Agency Privacy Officer nor a deputy has acted.', clockLine(about)),
  'breach-overdue': (about) =>
    told(about, 'the report is late', clockLine(about), 'A late report is sent all the same, and is marked as late.'),
  'breach-still-open': (about) =>
    told(
      about,
      'something is still owed',
      'The report was made, and the breach is not closed. The page lists what is owed.',
    ),
  // Whoever is asked may see their task and nothing else of the breach: the desk leads to it.
  'containment-asked': (about) => ({
    ...told(
      about,
      'do your part',
      'You were asked to do something that contains a wrongful disclosure. Your desk leads to it, and its page says what.',
    ),
    link: { href: `${about.site}/desk`, words: 'Open my desk' },
  }),
  'breach-notice': ({ breach }) => ({
    subject: 'About information concerning you',
    lines: [
      'The law asks us to tell you that information concerning you was disclosed when it should not have been.',
      `What was disclosed: ${breach?.letter?.whatWasDisclosed}`,
      `To whom: ${breach?.letter?.toWhom}`,
      `If you have a question, write to the department’s privacy officer and name ${breach?.id}.`,
    ],
  }),
};
