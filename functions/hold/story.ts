/** A ledger entry of a hold as a sentence. What is not known here is shown as its act: an entry is never left out. */
import type { LedgerEntry } from '../records/ledger.ts';

type Fact = (name: string) => string;
type Say = (fact: Fact, name: (fact: string) => string) => string;

const SENTENCES: Readonly<Record<string, Say>> = {
  'hold placed': (_, name) => `Placed; ${name('owner')} answers for it`,
  'what was gone before named': (fact) =>
    fact('count') === '0'
      ? 'Looked up: nothing it takes in was gone before'
      : `Looked up: ${fact('count')} of what it takes in ${fact('count') === '1' ? 'was' : 'were'} gone before`,
  'dates being worked out': (fact) => `${fact('cards')} records being told`,
  'dates worked out': (fact) => `Every record told: ${fact('cards')}`,
  'hold given to another owner': (_, name) => `Given from ${name('from')} to ${name('to')}`,
  'custodians named': (fact) =>
    fact('custodians').includes(',') ? 'More custodians named' : 'Another custodian named',
  'hold acknowledged': () => 'Said that they keep what it names',
  'custodians asked again': (fact) =>
    fact('custodians') === '' ? 'No custodian left to ask' : 'Custodians who have not answered asked again',
  'hold reviewed and kept': () => 'Reviewed: still needed',
  'hold to be reviewed': (_, name) => `${name('asks')} asked whether it is still needed`,
  'hold released': () => 'Released',
  'mail sent': (fact, name) =>
    `Mail sent: ${fact('kind').replaceAll('-', ' ')}${fact('to') ? `, to ${name('to')}` : ''}`,
  'mail delivered': (fact) => `Mail delivered: ${fact('kind').replaceAll('-', ' ')}`,
  'mail bounced': (fact) => `Mail came back: ${fact('kind').replaceAll('-', ' ')}`,
};

export function sentenceFor(entry: LedgerEntry, names: ReadonlyMap<string, string>): string {
  const fact: Fact = (key) => String(entry.facts?.[key] ?? '');
  const say = SENTENCES[entry.act];
  if (!say) return entry.act.charAt(0).toUpperCase() + entry.act.slice(1);
  return say(fact, (key) => names.get(fact(key)) ?? fact(key));
}

export const whoDid = ({ by }: LedgerEntry, names: ReadonlyMap<string, string>): string =>
  by.kind === 'system' ? 'by itself' : (names.get(by.id) ?? by.id);
