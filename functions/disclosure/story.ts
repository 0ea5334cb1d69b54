/** An entry of a disclosure's ledger as a sentence. What is not known here is shown as its act: no entry is left out. */
import type { LedgerEntry } from '../records/ledger.ts';

type Say = (fact: (name: string) => string, name: (id: string) => string) => string;

const SENTENCES: Readonly<Record<string, Say>> = {
  'disclosure opened': (fact) => `Opened, to: ${fact('recipient').replaceAll('-', ' ')}`,
  'disclosure changed': () => 'What is asked was changed',
  'enclosure added': (fact) => `Enclosed: ${KINDS[fact('kind')] ?? fact('kind')}`,
  'enclosure file kept': (fact) => `File taken in and hashed: ${KINDS[fact('kind')] ?? fact('kind')}`,
  'enclosure left out': (fact) => `Taken out: ${KINDS[fact('kind')] ?? fact('kind')}`,
  'disclosure sent': () => 'Sent to be checked',
  'disclosure completed': () => 'Completed and sent again',
  'officer answered': () => 'The officer’s question was answered',
  'disclosure incomplete': () => 'Checked: something is missing',
  'sign-off asked': () => 'Checked: only the sign-off of the privacy office is missing',
  'completion asked': () => 'Checked: something is missing, and the requester was told',
  'completion waited for': () => 'Waits for the requester',
  'completion no longer needed': () => 'No longer waits for the requester',
  'disclosure refused': () => 'Refused by policy or law',
  'immigration request refused': () => 'Stopped: help with immigration enforcement was asked for, and refused',
  'decision asked': (fact, name) => `Sign-off asked of ${name(fact('asks'))}`,
  'decision reminder sent': (fact, name) => `${name(fact('asks'))} reminded`,
  'decision passed on': (fact, name) => `No answer: the sign-off was passed on to ${name(fact('asks'))}`,
  'decision link made': (fact, name) => `Link made for ${name(fact('for'))} alone`,
  'decision refused to a person': () => 'Someone tried to decide and was refused',
  'decision lapsed': () => 'Nobody decided in time',
  'decision found answered': () => 'The decision was found answered',
  'decision found withdrawn': () => 'The decision was found withdrawn',
  'sign-off taken': () => 'The officer’s sign-off was taken',
  'officer asked back': () => 'The officer asked something back',
  'disclosure declined': () => 'Declined by the privacy officer',
  'exigency report reminded of': () => 'The privacy office was reminded to explain it to the Chief Privacy Officer',
  'overdue disclosure set going': () => 'Late; set going again',
  'disclosure released': () => 'Released',
  'disclosure lapsed': () => 'Lapsed: it was not complete in time',
  'disclosure withdrawn': () => 'Withdrawn by its requester',
  'disclosure revoked': () => 'Revoked; nothing can be opened any more',
  'package sealed': () => 'The package was sealed',
  'sealed package taken out to be handed over': () => 'The sealed package was taken out to be handed over',
  'collection waited for': () => 'Waits for the recipient to collect it',
  'collection found ended': () => 'The recipient is waited for no more',
  'delivery link made': () => 'Link made for the recipient alone',
  'one-time code asked for': () => 'The recipient asked for a one-time code',
  'one-time code made': () => 'One-time code made',
  'visit of the recipient begun': () => 'The recipient gave the code',
  'delivered file opened': () => 'The recipient opened a file',
  'sealed package opened': () => 'The recipient opened the sealed package',
  'passphrase shown': () => 'The recipient was shown the passphrase of the package',
  'attempt at a delivery refused': () => 'Someone tried to open it and was refused',
  'disclosure received': () => 'The recipient confirmed receipt',
  'disclosure not collected': () => 'Its time to collect has passed without a receipt',
  'exigency reported': () => 'Report to the Chief Privacy Officer ordered',
  'mail sent': (fact, name) =>
    `Mail sent: ${fact('kind').replaceAll('-', ' ')}${fact('to') ? `, to ${name(fact('to'))}` : ''}`,
  'mail delivered': (fact) => `Mail delivered: ${fact('kind').replaceAll('-', ' ')}`,
  'mail bounced': (fact) => `Mail came back: ${fact('kind').replaceAll('-', ' ')}`,
  'mail not sent': (fact) => `Mail could not be sent: ${fact('kind').replaceAll('-', ' ')}`,
};

const KINDS: Readonly<Record<string, string>> = {
  image: 'the original of an image',
  'redacted-copy': 'a redacted copy',
  record: 'a record of another system',
  count: 'a number',
};

/** An act may say two things that happened in one change. */
const saidOf = (act: string): readonly string[] => act.split('; ');

export function sentenceFor(entry: LedgerEntry, names: ReadonlyMap<string, string>): string {
  const fact = (key: string): string => String(entry.facts?.[key] ?? '');
  const name = (id: string): string => names.get(id) ?? id;
  return saidOf(entry.act)
    .map((act) => SENTENCES[act]?.(fact, name) ?? act.charAt(0).toUpperCase() + act.slice(1))
    .join('. ');
}
