/**
 * Sends one mail that is owed. For a decision the secret of its link is made here, its hash written to the decision
 * first, and the secret is forgotten with the letter: what is stored opens nothing.
 *
 * A crash between the two writes sends a second letter with a second link, which harms nobody; none is ever lost.
 */
import type { Instant } from '../../policies/instant.ts';
import { decisions, linkLine, type Decision } from '../decision/contract.ts';
import { deployments } from '../deployment/contract.ts';
import { images } from '../image/contract.ts';
import { put } from '../records/change.ts';
import { sha256 } from '../records/canonical.ts';
import { RecordMissing } from '../records/faults.ts';
import { mails, type Mail } from '../records/mail-owed.ts';
import type { Records } from '../records/records.aws.ts';
import { persons } from '../records/standing.ts';
import { untilWritten } from '../records/until-written.ts';
import { useRequests } from '../use-request/contract.ts';
import { letterOf, type Letter } from './letter.tsx';
import { passedOn } from './passed-on.ts';
import { wordsOf, type MailAbout } from './words.ts';

export interface SendNeeds {
  readonly records: Records;
  readonly now: () => Instant;
  readonly newSecret: () => string;
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

  const secret = mail.about.startsWith('decision#') ? needs.newSecret() : undefined;
  if (secret && !(await untilWritten(() => makeLink(needs, mail, secret))))
    return giveUp(needs, mailId, 'the decision was settled before the mail was sent');
  const letter = letterOf(wordsOf(mail.kind, { ...(await aboutOf(needs, mail)), ...(secret && { secret }) }));
  const messageId = await needs.send(address, letter, mailId);
  if (!messageId) return giveUp(needs, mailId, 'the mail service refused the address or the letter');
  await untilWritten(async () => {
    const sent = await mailOf(needs, mailId);
    const now = needs.now();
    await needs.records.write({
      at: now,
      by: BY,
      puts: [
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

/** Writes the hash of a new link for the person the mail goes to; false when there is nothing left to decide. */
async function makeLink({ records, now }: SendNeeds, mail: Mail, secret: string): Promise<boolean> {
  const decision = await records.get(decisions, mail.about.slice('decision#'.length));
  if (!decision || decision.state !== 'waiting' || !('personId' in mail.to)) return false;
  const link = { hash: sha256(secret), personId: mail.to.personId, sentAt: now() };
  const next: Decision = { ...decision, links: [...decision.links, link] };
  await records.write({
    at: link.sentAt,
    by: BY,
    puts: [put(decisions, next)],
    lines: [{ from: linkLine(link.hash), to: decision.id }],
    tells: [
      {
        subject: mail.subject,
        act: 'decision link made',
        facts: { decision: decision.id, for: link.personId, link: link.hash.slice(0, 16) },
      },
    ],
  });
  return true;
}

async function aboutOf({ records, site }: SendNeeds, mail: Mail): Promise<MailAbout> {
  const [noun, id] = [mail.about.slice(0, mail.about.indexOf('#')), mail.about.slice(mail.about.indexOf('#') + 1)];
  const requestId = mail.subject.slice(mail.subject.indexOf('#') + 1);
  const request = mail.subject.startsWith('use-request#') ? await records.get(useRequests, requestId) : undefined;
  const decision = noun === 'decision' ? await records.get(decisions, id) : undefined;
  const image = noun === 'image' ? await records.get(images, id) : undefined;
  const deployment = noun === 'deployment' ? await records.get(deployments, id) : undefined;
  return {
    site,
    ...(request && { request }),
    ...(decision && { decision }),
    ...(image && { image }),
    ...(deployment && { deploymentId: deployment.id }),
  };
}

/** Ends the obligation, visibly. A decision does not wait for the time of somebody whom no mail reaches. */
async function giveUp(needs: SendNeeds, mailId: string, outcome: string): Promise<void> {
  await untilWritten(async () => {
    const mail = await mailOf(needs, mailId);
    // Another delivery of the same mail got further than this one.
    if (mail.state !== 'owed') return;
    const { dueAt: _, ...open } = mail;
    const now = needs.now();
    const { puts, notes } = await passedOn(needs.records, mail, now);
    await needs.records.write({
      at: now,
      by: BY,
      puts: [put(mails, { ...open, state: 'failed', outcome, outcomeAt: now }), ...puts],
      tells: [{ subject: mail.subject, act: 'mail not sent', facts: { mail: mailId, kind: mail.kind, why: outcome } }],
      notes,
    });
  });
}
