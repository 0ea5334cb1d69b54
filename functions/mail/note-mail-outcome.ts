/**
 * What became of a mail: delivered, bounced, rejected, complained about. A decision mail that reached nobody moves the
 * decision to the next person at once.
 */
import type { Instant } from '../../policies/instant.ts';
import { decisions } from '../decision/contract.ts';
import { put, type Put } from '../records/change.ts';
import type { NoteTask } from '../records/notes.ts';
import { mails, type Mail } from '../records/mail-owed.ts';
import type { Records } from '../records/records.aws.ts';

export interface OutcomeNeeds {
  readonly records: Records;
  readonly now: () => Instant;
}

export type MailOutcome = { readonly mailId: string; readonly outcome: 'delivered' | 'bounced' | 'rejected' | 'complained' };

const STATE: Readonly<Record<MailOutcome['outcome'], Mail['state']>> = { delivered: 'delivered', bounced: 'bounced', rejected: 'bounced', complained: 'delivered' };

export async function noteMailOutcome(needs: OutcomeNeeds, { mailId, outcome }: MailOutcome): Promise<void> {
  const mail = await needs.records.get(mails, mailId);
  if (!mail || mail.outcome === outcome) return;
  const now = needs.now();
  const { dueAt: _, ...open } = mail;
  const undeliverable = STATE[outcome] === 'bounced' ? await passedOn(needs.records, mail, now) : { puts: [], notes: [] };
  await needs.records.write({
    at: now,
    by: { kind: 'system', id: 'mail' },
    puts: [put(mails, { ...open, state: STATE[outcome], outcome, outcomeAt: now }), ...undeliverable.puts],
    tells: [{ subject: mail.subject, act: `mail ${outcome}`, facts: { mail: mailId, kind: mail.kind } }],
    notes: undeliverable.notes,
  });
}

async function passedOn(records: Records, mail: Mail, now: Instant): Promise<{ puts: Put[]; notes: NoteTask[] }> {
  const decision = mail.about.startsWith('decision#') ? await records.get(decisions, mail.about.slice('decision#'.length)) : undefined;
  const to = 'personId' in mail.to ? mail.to.personId : undefined;
  const place = decision?.asked.findLastIndex(({ personId }) => personId === to) ?? -1;
  if (!decision || decision.state !== 'waiting' || place < 0) return { puts: [], notes: [] };
  const asked = decision.asked.map((asking, index) => (index === place ? { ...asking, undeliverableAt: now } : asking));
  return { puts: [put(decisions, { ...decision, asked })], notes: [{ kind: 'look-again', waiting: { on: mail.about, for: 'answer' } }] };
}
