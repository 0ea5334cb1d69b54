/**
 * What mails about holds say. The notice of a hold is the writing that names its custodians: members of the department, in
 * what they have to do. What the matter is called and about stays on its page.
 */
import { nyText } from '../../policies/instant.ts';
import type { HoldKind } from '../hold/contract.ts';
import type { HoldMailKind } from '../records/mail-owed.ts';
import type { MailAbout, Words } from './said.ts';

const KINDS: Readonly<Record<HoldKind, string>> = {
  litigation: 'a lawsuit or claim',
  discovery: 'discovery',
  foil: 'a freedom of information request',
  audit: 'an audit',
  investigation: 'an investigation',
};

const told = ({ site, hold }: MailAbout, subject: string, ...lines: string[]): Words => ({
  subject: `Hold ${hold?.id}: ${subject}`,
  lines,
  link: { href: `${site}/holds/${hold?.id}`, words: 'Open the hold' },
});

export const HOLD_WORDS: Readonly<Record<HoldMailKind, (about: MailAbout) => Words>> = {
  'hold-placed': (about) =>
    told(
      about,
      'keep these records',
      `Records are on hold because of ${KINDS[about.hold!.kind]}, since ${nyText(about.hold!.placedAt)}. Nothing the hold takes in may be destroyed, changed or given away until it is released, whatever its date says.`,
      'That is so for what this system keeps by itself. What you have elsewhere, on devices, drives, paper or in mail, you keep too: stop whatever would delete it.',
      `${about.people?.owner ?? 'Its owner'} answers for the hold.`,
      about.people && about.people.custodians.length > 0
        ? `Custodians, who have records in their hands: ${about.people.custodians.join(', ')}.`
        : 'No other custodian is named.',
      ...(about.people && about.people.custodians.length > 0
        ? ['If you are one of the custodians, open the hold and say that you keep what it names.']
        : []),
    ),
  'hold-to-acknowledge': (about) =>
    told(
      about,
      'say that you keep these records',
      `You are named as having records in your hands that a hold of ${nyText(about.hold!.placedAt)} takes in, and you have not said yet that you keep them.`,
      'Open the hold, read what to keep, and say so there. Stop whatever would delete it on devices, drives, paper or in mail.',
      `${about.people?.owner ?? 'Its owner'} answers for the hold. Write to them if you have none of it.`,
    ),
  'hold-to-review': (about) =>
    told(
      about,
      'is it still needed?',
      `You answer for a hold that has been in place since ${nyText(about.hold!.placedAt)}. Look whether it is still needed, and say why; or have it released.`,
      'It stays in place whatever you answer, also if you answer nothing.',
    ),
  'hold-released': (about) =>
    told(
      about,
      'released',
      'The hold was released. Its records are kept by their own dates again, and by every other hold on them.',
      'After a legal action they are kept for at least one more year. Do not destroy anything yourself.',
    ),
};
