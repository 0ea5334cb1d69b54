/** A ledger entry as a sentence. What is not known here is shown as its act: an entry is never left out. */
import type { LedgerEntry } from '../records/ledger.ts';

type Say = (fact: (name: string) => string, name: (id: string) => string) => string;

const SENTENCES: Readonly<Record<string, Say>> = {
  'request submitted': (fact) => `Submitted, as ${fact('route').replaceAll('-', ' ')}`,
  'request allowed to be decided': () => 'Checked against policy and put to the bureau’s executives',
  'request refused': () => 'Refused by policy',
  'confirmation asked': () => 'Staff asked to confirm the outside entity',
  'entity confirmed': () => 'Outside entity confirmed',
  'entity not confirmed': () => 'Outside entity could not be confirmed',
  'decision asked': (fact, name) => `Decision asked of ${name(fact('asks'))}`,
  'decision reminder sent': (fact, name) => `${name(fact('asks'))} reminded`,
  'decision passed on': (fact, name) => `No answer: decision passed on to ${name(fact('asks'))}`,
  'decision link made': (fact, name) => `Link made for ${name(fact('for'))} alone`,
  'use approved': (fact) => `Approved${fact('selfDecided') === 'true' ? ', by the executive who asked' : ''}`,
  'use declined': () => 'Declined',
  'decision refused to a person': () => 'Someone tried to decide and was refused',
  'decision lapsed': () => 'Nobody decided in time',
  'request declined': () => 'Requester told that it was declined',
  'request lapsed': () => 'Lapsed',
  'request withdrawn': () => 'Withdrawn by who asked',
  'assignment asked': () => 'Bureau asked to assign operator and device',
  'operator and device assigned': (fact, name) =>
    `Operator ${name(fact('operator'))} and device ${fact('device')} assigned`,
  'deployment started': (fact, name) => `Deployment started; custody with ${name(fact('custodian'))}`,
  'custody handed over': (fact, name) => `Custody from ${name(fact('from'))} to ${name(fact('to'))}`,
  'deployment ended': (fact) =>
    `Deployment ended: ${fact('scans')} scans, ${fact('imagesDownloaded')} images downloaded`,
  'deployment closed': () => 'Closed; the commander answers for proper use',
  'deployment closed as not proper': () => 'Closed; the commander found the use not proper',
  'mail sent': (fact, name) =>
    `Mail sent: ${fact('kind').replaceAll('-', ' ')}${fact('to') ? `, to ${name(fact('to'))}` : ''}`,
  'mail delivered': (fact) => `Mail delivered: ${fact('kind').replaceAll('-', ' ')}`,
  'mail bounced': (fact) => `Mail came back: ${fact('kind').replaceAll('-', ' ')}`,
};

export function sentenceFor(entry: LedgerEntry, names: ReadonlyMap<string, string>): string {
  const fact = (key: string): string => String(entry.facts?.[key] ?? '');
  const say = SENTENCES[entry.act];
  return say ? say(fact, (id) => names.get(id) ?? id) : entry.act.charAt(0).toUpperCase() + entry.act.slice(1);
}
