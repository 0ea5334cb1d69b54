/**
 * What the fate of a mail means for the record it is about: a decision passes on to the next, a report to the Chief
 * Privacy Officer was sent, proven or came back, an officer cannot be reached, a notice reached its person. It goes
 * into the same change as the mail's own new state.
 */
import { quarterOf } from '../../policies/calendar-date.ts';
import { isBefore, nyDate, type Instant } from '../../policies/instant.ts';
import { breaches, breachesToldIn, nextStepOf, type Breach } from '../breach/contract.ts';
import { decisions } from '../decision/contract.ts';
import { deliveries } from '../delivery/contract.ts';
import { disclosures } from '../disclosure/contract.ts';
import { put, type Line, type MailOwed, type Put } from '../records/change.ts';
import { quarterlyReports } from '../quarterly-report/contract.ts';
import type { Mail } from '../records/mail-owed.ts';
import type { NoteTask } from '../records/notes.ts';
import type { Records } from '../records/records.aws.ts';
import { persons } from '../records/standing.ts';
import { reports, type Report } from './contract.ts';

/** `came-back` was taken by the mail service first, `not-taken` never was. */
export type Became = 'sent' | 'delivered' | 'came-back' | 'not-taken';

const reachedNobody = (became: Became): boolean => became === 'came-back' || became === 'not-taken';

export interface FollowUp {
  readonly puts: readonly Put[];
  readonly notes: readonly NoteTask[];
  readonly lines: readonly Line[];
  readonly mails: readonly MailOwed[];
}

const NOTHING: FollowUp = { puts: [], notes: [], lines: [], mails: [] };
const idIn = (key: string): string => key.slice(key.indexOf('#') + 1);

export function followUp(
  records: Pick<Records, 'get'>,
  mail: Mail,
  became: Became,
  now: Instant,
): Promise<FollowUp> | FollowUp {
  const [noun] = mail.about.split('#');
  if (noun === 'decision' && reachedNobody(became)) return passedOn(records, mail, now);
  if (noun === 'report') return reported(records, mail, became, now);
  if (noun === 'delivery' && mail.kind === 'delivery-ready' && reachedNobody(became)) return notReached(records, mail);
  if (noun === 'breach') return aboutBreach(records, mail, became, now);
  return NOTHING;
}

/** A decision mail that reaches nobody: its person is marked as not to be reached, and the next is asked at once. */
async function passedOn(records: Pick<Records, 'get'>, { about, to }: Mail, now: Instant): Promise<FollowUp> {
  if (!('personId' in to)) return NOTHING;
  const decision = await records.get(decisions, idIn(about));
  const place = decision?.asked.findLastIndex(({ personId }) => personId === to.personId) ?? -1;
  if (!decision || decision.state !== 'waiting' || place < 0) return NOTHING;
  const asked = decision.asked.map((asking, index) => (index === place ? { ...asking, undeliverableAt: now } : asking));
  return {
    ...NOTHING,
    puts: [put(decisions, { ...decision, asked })],
    notes: [{ kind: 'look-again', waiting: { on: about, for: 'answer' } }],
  };
}

/** The true times of a report. What it reports on is written too, so that a step that looks at both at that moment looks again. */
async function reported(records: Pick<Records, 'get'>, mail: Mail, became: Became, now: Instant): Promise<FollowUp> {
  const report = await records.get(reports, idIn(mail.about));
  if (!report || mail.kind !== 'report-to-privacy-office') return NOTHING;
  const next: Report = {
    ...report,
    // What became of it may be heard before our own note that it was sent: then it had been sent by that moment.
    ...(became !== 'not-taken' && { sentAt: report.sentAt ?? now }),
    ...(became === 'delivered' && { deliveredAt: now }),
    ...(reachedNobody(became) && { undeliverableAt: now }),
  };
  const of = await breachOf(records, report);
  const quarter = reachedNobody(became) ? await quarterToSendAgain(records, report, now) : [];
  return {
    puts: [put(reports, next), ...of.puts, ...quarter],
    notes: of.notes,
    lines:
      report.about === 'breach' && next.sentAt
        ? [{ from: breachesToldIn(quarterOf(nyDate(next.sentAt))), to: idIn(report.of) }]
        : [],
    mails: reachedNobody(became)
      ? [
          {
            kind: 'report-undeliverable',
            to: { personId: report.orderedBy },
            about: mail.about,
            subject: mail.subject,
          },
        ]
      : [],
  };
}

async function breachOf(
  records: Pick<Records, 'get'>,
  { of, about }: Report,
): Promise<Pick<FollowUp, 'puts' | 'notes'>> {
  const breach = about === 'breach' ? await records.get(breaches, idIn(of)) : undefined;
  if (!breach) return NOTHING;
  return { puts: [put(breaches, breach)], notes: [{ kind: 'look-again', waiting: nextStepOf(breach.id) }] };
}

/** A compilation that came back is to be sent again, unless a later one has gone out meanwhile. */
async function quarterToSendAgain(
  records: Pick<Records, 'get'>,
  { id, of, about }: Report,
  now: Instant,
): Promise<readonly Put[]> {
  if (about !== 'quarter') return [];
  const quarter = await records.get(quarterlyReports, idIn(of));
  if (quarter?.compiled?.reportId !== id || quarter.state !== 'sent') return [];
  return [put(quarterlyReports, { ...quarter, state: 'open', dueAt: quarter.dueAt ?? now })];
}

async function notReached(records: Pick<Records, 'get'>, { about, subject }: Mail): Promise<FollowUp> {
  const delivery = await records.get(deliveries, idIn(about));
  const disclosure = delivery && (await records.get(disclosures, delivery.disclosureId));
  if (!disclosure) return NOTHING;
  const to = { personId: disclosure.requesterId };
  return { ...NOTHING, mails: [{ kind: 'delivery-undeliverable', to, about, subject }] };
}

const TO_OFFICER: readonly string[] = ['breach-to-read', 'breach-to-report'];

/** Whether it was up to this reader, the officer or the deputy who read it, and nobody knew yet that no mail reaches them. */
async function isUpTo(records: Pick<Records, 'get'>, { to }: Mail, breach: Breach): Promise<boolean> {
  if (!('personId' in to)) return false;
  const { aware, officerUnreachableAt } = breach;
  if (aware?.as === 'deputy' && aware.by === to.personId)
    return !officerUnreachableAt || isBefore(officerUnreachableAt, aware.readAt);
  const person = await records.get(persons, to.personId);
  return person?.privacyOffice?.office === 'agency-privacy-officer' && !officerUnreachableAt;
}

/** An officer whom no mail reaches does not hold the clock up; a notice by mail is an attempt with its outcome. */
async function aboutBreach(records: Pick<Records, 'get'>, mail: Mail, became: Became, now: Instant): Promise<FollowUp> {
  const breach = await records.get(breaches, idIn(mail.about));
  if (!breach) return NOTHING;
  if (TO_OFFICER.includes(mail.kind) && reachedNobody(became) && (await isUpTo(records, mail, breach))) {
    return {
      ...NOTHING,
      puts: [put(breaches, { ...breach, officerUnreachableAt: now })],
      notes: [{ kind: 'look-again', waiting: nextStepOf(breach.id) }],
    };
  }
  if (mail.kind !== 'breach-notice' || became === 'sent') return NOTHING;
  const outcome = became === 'delivered' ? ('delivered' as const) : ('failed' as const);
  const people = breach.people.map((person) => ({
    ...person,
    attempts: person.attempts.map((attempt) => (attempt.mailId === mail.id ? { ...attempt, outcome } : attempt)),
  }));
  return { ...NOTHING, puts: [put(breaches, { ...breach, people })] };
}
