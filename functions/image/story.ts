/** An entry of an image's ledger as a sentence. What is not known here is shown as its act: an entry is never left out. */
import type { LedgerEntry } from '../records/ledger.ts';

type Say = (fact: (name: string) => string) => string;

const SENTENCES: Readonly<Record<string, Say>> = {
  'image filed': () => 'Filed, under the policy in force',
  'file awaited': () => 'File asked for',
  'upload begun': (fact) => `File chosen: ${fact('bytes')} bytes`,
  'file uploaded': (fact) => `File arrived: ${fact('bytes')} bytes`,
  'file checked': (fact) =>
    fact('outcome') === 'fit'
      ? 'File checked: fit to keep'
      : `File checked: not fit to keep${fact('found') ? ` (${fact('found')})` : ''}`,
  'image kept': () => 'Kept under legal hold',
  'image refused': () => 'Refused; the file was removed',
  'upload lapsed': () => 'No file came in time',
  'image viewed': (fact) => `Opened to be seen: ${fact('purpose').replaceAll('-', ' ')}`,
  'image download allowed': (fact) => `Opened to be saved: ${fact('purpose').replaceAll('-', ' ')}`,
  'image shared': () => 'Passed on to another member for their duty',
  'image view refused': () => 'Someone asked to open it and was refused',
  'mail sent': (fact) => `Mail sent: ${fact('kind').replaceAll('-', ' ')}`,
  'mail delivered': (fact) => `Mail delivered: ${fact('kind').replaceAll('-', ' ')}`,
  'mail bounced': (fact) => `Mail came back: ${fact('kind').replaceAll('-', ' ')}`,
};

export function sentenceFor(entry: LedgerEntry): string {
  const fact = (key: string): string => String(entry.facts?.[key] ?? '');
  return SENTENCES[entry.act]?.(fact) ?? entry.act.charAt(0).toUpperCase() + entry.act.slice(1);
}
