/**
 * What became of a mail: delivered, bounced, rejected, complained about; and, in the same change, what follows from that
 * for what the mail is about (follow-up.ts).
 */
import type { Instant } from '../../policies/instant.ts';
import { put } from '../records/change.ts';
import { mails, type Mail } from '../records/mail-owed.ts';
import type { Records } from '../records/records.aws.ts';
import { followUp } from './follow-up.ts';

export interface OutcomeNeeds {
  readonly records: Records;
  readonly now: () => Instant;
}

export type MailOutcome = {
  readonly mailId: string;
  readonly outcome: 'delivered' | 'bounced' | 'rejected' | 'complained';
};

/** Events come twice and out of order: what went wrong with a mail is its last word. */
const LAST_WORDS: readonly (string | undefined)[] = [
  'bounced',
  'rejected',
  'complained',
] satisfies readonly MailOutcome['outcome'][];

const STATE: Readonly<Record<MailOutcome['outcome'], Mail['state']>> = {
  delivered: 'delivered',
  bounced: 'bounced',
  rejected: 'bounced',
  complained: 'delivered',
};

export async function noteMailOutcome(needs: OutcomeNeeds, { mailId, outcome }: MailOutcome): Promise<void> {
  const mail = await needs.records.get(mails, mailId);
  if (!mail || mail.outcome === outcome || (outcome === 'delivered' && LAST_WORDS.includes(mail.outcome))) return;
  const now = needs.now();
  const { dueAt: _, ...open } = mail;
  const became = STATE[outcome] === 'bounced' ? 'came-back' : 'delivered';
  const after = await followUp(needs.records, mail, became, now);
  await needs.records.write({
    at: now,
    by: { kind: 'system', id: 'mail' },
    ...after,
    puts: [put(mails, { ...open, state: STATE[outcome], outcome, outcomeAt: now }), ...after.puts],
    tells: [{ subject: mail.subject, act: `mail ${outcome}`, facts: { mail: mailId, kind: mail.kind } }],
  });
}
