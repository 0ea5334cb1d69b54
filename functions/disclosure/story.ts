/** An entry of a disclosure's ledger as a sentence. What is not known here is shown as its act: no entry is left out. */
import type { LedgerEntry } from '../records/ledger.ts';

type Say = (fact: (name: string) => string, name: (id: string) => string) => string;

const SENTENCES: Readonly<Record<string, Say>> = {
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
