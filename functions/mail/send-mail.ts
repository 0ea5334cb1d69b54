/**
 * Sends one mail that is owed. A secret it carries is made here, its hash written first, and forgotten with the letter:
 * what is stored opens nothing (secret-of-letter.ts).
 *
 * A crash between the two writes sends a second letter with a second link, which harms nobody; none is ever lost.
 */
import { breaches } from '../breach/contract.ts';
import { decisions } from '../decision/contract.ts';
import { deliveries } from '../delivery/contract.ts';
import { deployments } from '../deployment/contract.ts';
import { disclosures } from '../disclosure/contract.ts';
import { dispositions } from '../disposition/contract.ts';
import { holds, type Hold } from '../hold/contract.ts';
import { images } from '../image/contract.ts';
import { quarterlyReports } from '../quarterly-report/contract.ts';
import { reconciliations } from '../reconciliation/contract.ts';
import { put } from '../records/change.ts';
import type { Entity, Kept } from '../records/entity.ts';
import { RecordMissing } from '../records/faults.ts';
import { mails, type Mail } from '../records/mail-owed.ts';
import { persons } from '../records/standing.ts';
import { untilWritten } from '../records/until-written.ts';
import { useRequests } from '../use-request/contract.ts';
import { reports } from './contract.ts';
import { followUp } from './follow-up.ts';
import { letterOf, type Letter } from './letter.tsx';
import { secretOfLetter, type SecretNeeds } from './secret-of-letter.ts';
import { wordsOf, type MailAbout } from './words.ts';

export interface SendNeeds extends SecretNeeds {
  readonly site: string;
  /** Hands a letter to the mail service and answers its id for it; undefined if the service refuses it for good. */
  readonly send: (to: string, letter: Letter, mailId: string) => Promise<string | undefined>;
}

const BY = { kind: 'system', id: 'mail' } as const;

export async function sendMail(needs: SendNeeds, mailId: string): Promise<void> {
  const mail = await mailOf(needs, mailId);
  if (mail.state !== 'owed') return;
  const address = await addressOf(needs, mail);
  if (!address) return giveUp(needs, mailId, 'no address on record');

  const secret = await secretOfLetter(needs, mail);
  if (secret === 'settled') return giveUp(needs, mailId, 'what it asks for was settled before the mail was sent');
  const letter = letterOf(wordsOf(mail.kind, { ...(await aboutOf(needs, mail)), ...(secret && { secret }) }));
  const messageId = await needs.send(address, letter, mailId);
  if (!messageId) return giveUp(needs, mailId, 'the mail service refused the address or the letter');
  await untilWritten(async () => {
    const sent = await mailOf(needs, mailId);
    const now = needs.now();
    const after = await followUp(needs.records, mail, 'sent', now);
    await needs.records.write({
      at: now,
      by: BY,
      ...after,
      puts: [
        ...after.puts,
        put(mails, {
          ...sent,
          state: sent.state === 'owed' ? 'sent' : sent.state,
          sentAt: now,
          messageId,
          attempts: sent.attempts + 1,
        }),
      ],
      tells: [
        {
          subject: mail.subject,
          act: 'mail sent',
          facts: { mail: mailId, kind: mail.kind, ...('personId' in mail.to && { to: mail.to.personId }) },
        },
      ],
    });
  });
}

async function mailOf({ records }: SendNeeds, id: string): Promise<Mail> {
  const mail = await records.get(mails, id);
  if (!mail)
    throw new RecordMissing(`mail ${id} is not in the table; the stream tells of a mail that was never written`);
  return mail;
}

async function addressOf({ records }: SendNeeds, { to }: Mail): Promise<string | undefined> {
  if ('address' in to) return to.address;
  const person = await records.get(persons, to.personId);
  return person?.active ? person.email : undefined;
}

async function aboutOf({ records, site, now }: SendNeeds, mail: Mail): Promise<MailAbout> {
  const [noun, id] = halves(mail.about);
  const [ofNoun, ofId] = halves(mail.subject);
  const about = <T extends Kept>(kind: Entity<T>) => (noun === kind.noun ? records.get(kind, id) : undefined);
  const subject = <T extends Kept>(kind: Entity<T>) => (ofNoun === kind.noun ? records.get(kind, ofId) : undefined);
  const found = {
    request: await subject(useRequests),
    decision: await about(decisions),
    image: await about(images),
    disclosure: (await about(disclosures)) ?? (await subject(disclosures)),
    delivery: await about(deliveries),
    breach: (await about(breaches)) ?? (await subject(breaches)),
    report: await about(reports),
    quarterlyReport: (await about(quarterlyReports)) ?? (await subject(quarterlyReports)),
    disposition: (await about(dispositions)) ?? (await subject(dispositions)),
    reconciliation: await about(reconciliations),
    deploymentId: (await about(deployments))?.id,
    ...(await holdOf(records, await about(holds))),
  };
  const known = Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
  return { site, now: now(), ...known };
}

async function holdOf(records: SendNeeds['records'], hold: Hold | undefined): Promise<Partial<MailAbout>> {
  if (!hold) return {};
  const name = async (id: string): Promise<string> => (await records.get(persons, id))?.name ?? id;
  const custodians = await Promise.all((hold.custodianIds ?? []).map(name));
  return { hold, people: { owner: await name(hold.ownerId), custodians } };
}

const halves = (key: string): readonly [noun: string, id: string] => {
  const at = key.indexOf('#');
  return [key.slice(0, at), key.slice(at + 1)];
};

/** Ends the obligation, visibly. A decision does not wait for the time of somebody whom no mail reaches. */
async function giveUp(needs: SendNeeds, mailId: string, outcome: string): Promise<void> {
  await untilWritten(async () => {
    const mail = await mailOf(needs, mailId);
    // Another delivery of the same mail got further than this one.
    if (mail.state !== 'owed') return;
    const { dueAt: _, ...open } = mail;
    const now = needs.now();
    const after = await followUp(needs.records, mail, 'not-taken', now);
    await needs.records.write({
      at: now,
      by: BY,
      ...after,
      puts: [put(mails, { ...open, state: 'failed', outcome, outcomeAt: now }), ...after.puts],
      tells: [{ subject: mail.subject, act: 'mail not sent', facts: { mail: mailId, kind: mail.kind, why: outcome } }],
    });
  });
}
