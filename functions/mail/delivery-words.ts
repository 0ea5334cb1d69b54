/** What mails about the handing over of a disclosure say. They go to somebody outside, who has no account. */
import { HOUSE } from '../../policies/editions/house.ts';
import { nyText } from '../../policies/instant.ts';
import type { DeliveryMailKind } from '../records/mail-owed.ts';
import type { MailAbout, Words } from './said.ts';

export const DELIVERY_WORDS: Readonly<Record<DeliveryMailKind, (about: MailAbout) => Words>> = {
  'delivery-ready': ({ site, delivery, secret }) => ({
    subject: `Something is ready for you: ${delivery?.id}`,
    lines: [
      'A police department has released material to you. This mail holds none of it.',
      'The page behind the link sends a one-time code to this address, and opens with it.',
      `It is open until ${nyText(delivery!.closesAt)}.`,
    ],
    link: { href: `${site}/receive/${secret}`, words: 'Open the page' },
    below: [
      'Do not forward this mail: the code comes to this address only.',
      `If you expect nothing, do not open it; tell the department, naming ${delivery?.id}.`,
    ],
  }),
  'delivery-code': ({ secret, delivery }) => ({
    subject: `Your one-time code for ${delivery?.id}`,
    lines: [
      `Your code is ${secret?.slice(0, 4)} ${secret?.slice(4)}.`,
      `It works once, in the browser that asked for it, for ${HOUSE.minutesACodeIsGood.minutes} minutes. Nobody of the department will ever ask you for it.`,
    ],
  }),
  'delivery-revoked': ({ delivery }) => ({
    subject: `No longer available: ${delivery?.id}`,
    lines: [
      'The department has taken back what was ready for you. The link opens nothing any more.',
      'What you may have received already is not to be used or passed on; destroy it and tell the department so.',
    ],
  }),
  'delivery-undeliverable': ({ site, delivery }) => ({
    subject: `Disclosure ${delivery?.disclosureId}: the recipient cannot be reached`,
    lines: ['The mail to the recipient came back. Nothing was opened. Check the address; revoke it and ask again.'],
    link: { href: `${site}/disclosures/${delivery?.disclosureId}`, words: 'Open the disclosure' },
  }),
};
