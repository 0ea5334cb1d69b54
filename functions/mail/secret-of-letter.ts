/**
 * The secret that goes out with a letter: a decision's link, a delivery's link, a one-time code. Made when the letter is
 * sent; its hash is written to the record first, and the secret is forgotten with the letter.
 */
import { HOUSE } from '../../policies/editions/house.ts';
import { plusMinutes, type Instant } from '../../policies/instant.ts';
import { decisions, linkLine, type Decision } from '../decision/contract.ts';
import { codeHash, deliveries, deliveryLinkLine, type Delivery } from '../delivery/contract.ts';
import { sha256 } from '../records/canonical.ts';
import { put } from '../records/change.ts';
import type { Mail } from '../records/mail-owed.ts';
import type { Records } from '../records/records.aws.ts';
import { untilWritten } from '../records/until-written.ts';

export interface SecretNeeds {
  readonly records: Records;
  readonly now: () => Instant;
  readonly newSecret: () => string;
  /** Eight digits. */
  readonly newCode: () => string;
}

/** `settled`: what the letter asks for is no longer to be had, and it is not sent. Undefined: the letter has none. */
export async function secretOfLetter(needs: SecretNeeds, mail: Mail): Promise<string | 'settled' | undefined> {
  const make = makerFor(mail);
  if (!make) return undefined;
  const secret = mail.kind === 'delivery-code' ? needs.newCode() : needs.newSecret();
  return (await untilWritten(() => make(needs, mail, secret))) ? secret : 'settled';
}

type Make = (needs: SecretNeeds, mail: Mail, secret: string) => Promise<boolean>;

function makerFor({ kind, about }: Mail): Make | undefined {
  if (about.startsWith('decision#')) return decisionLink;
  if (kind === 'delivery-ready') return deliveryLink;
  return kind === 'delivery-code' ? deliveryCode : undefined;
}

const BY = { kind: 'system', id: 'mail' } as const;
const idIn = (about: string): string => about.slice(about.indexOf('#') + 1);

async function decisionLink({ records, now }: SecretNeeds, mail: Mail, secret: string): Promise<boolean> {
  const decision = await records.get(decisions, idIn(mail.about));
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

async function deliveryLink({ records, now }: SecretNeeds, mail: Mail, secret: string): Promise<boolean> {
  const at = now();
  const delivery = await records.get(deliveries, idIn(mail.about));
  if (!delivery || delivery.state !== 'open' || at >= delivery.closesAt) return false;
  const link = { hash: sha256(secret), sentAt: at };
  const next: Delivery = { ...delivery, links: [...delivery.links, link] };
  await records.write({
    at,
    by: BY,
    puts: [put(deliveries, next)],
    lines: [{ from: deliveryLinkLine(link.hash), to: delivery.id }],
    tells: [
      {
        subject: mail.subject,
        act: 'delivery link made',
        facts: { delivery: delivery.id, link: link.hash.slice(0, 16) },
      },
    ],
  });
  return true;
}

/** A code is one of a hundred million: hashed with the delivery's id, good for minutes, used up by a few wrong tries. */
async function deliveryCode({ records, now }: SecretNeeds, mail: Mail, secret: string): Promise<boolean> {
  const at = now();
  const delivery = await records.get(deliveries, idIn(mail.about));
  if (!delivery || delivery.state !== 'open' || at >= delivery.closesAt) return false;
  const { minutes } = HOUSE.minutesACodeIsGood;
  const code = {
    hash: codeHash(delivery.id, secret),
    until: plusMinutes(at, minutes),
    triesLeft: HOUSE.triesOfACode.count,
  };
  await records.write({
    at,
    by: BY,
    puts: [put(deliveries, { ...delivery, code })],
    tells: [
      {
        subject: mail.subject,
        act: 'one-time code made',
        clauses: [HOUSE.minutesACodeIsGood.id],
        facts: { delivery: delivery.id, until: code.until },
      },
    ],
  });
  return true;
}
