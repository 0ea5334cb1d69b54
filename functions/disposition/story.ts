/** An entry of a batch's ledger as a sentence. What is not known here is shown as its act: no entry is left out. */
import type { LedgerEntry } from '../records/ledger.ts';
import { OFFICE_TITLES } from './labels.ts';
import type { SigningOffice } from './contract.ts';

type Say = (fact: (name: string) => string, name: (id: string) => string) => string;

const officeOf = (office: string): string => OFFICE_TITLES[office as SigningOffice] ?? office;

const SENTENCES: Readonly<Record<string, Say>> = {
  'batch begun': (fact) => `Begun with ${fact('records')} records that have fallen due`,
  'records put into batch': (fact) => `${fact('records')} more records put in`,
  'batch proposed': (fact) => `Proposed, with a list of ${fact('records')} records`,
  'digest of proposed batches sent': () => 'The records officers were told of the batches of the day',
  'objections waited for': () => 'Open to objection',
  'objections no longer waited for': () => 'Objections are no longer waited for',
  'record taken out': (fact) => `Record ${fact('record')} taken out`,
  'last record taken out': (fact) => `Record ${fact('record')} taken out; nothing is left`,
  'batch passed on': (fact, name) => `Passed on to ${name(fact('to'))}`,
  'offices asked to sign': () => 'Grace is over; the three offices were asked to sign',
  'decision asked': (fact, name) => `Signature asked of ${name(fact('asks'))}`,
  'decision reminder sent': (fact, name) => `${name(fact('asks'))} reminded`,
  'decision passed on': (fact, name) => `No answer: passed on to ${name(fact('asks'))}`,
  'decision waited for': () => 'Waits for a signature',
  'decision link made': (fact, name) => `Link made for ${name(fact('for'))} alone`,
  'decision refused to a person': () => 'Someone tried to sign and was refused',
  'decision lapsed': () => 'An office did not answer in time',
  'decision found answered': () => 'A signature was found given',
  'disposal signed': (fact) => `Signed: ${officeOf(fact('office'))}`,
  'disposal declined': (fact) => `Declined: ${officeOf(fact('office'))}`,
  'batch signed by all offices': () => 'All three have signed; destruction began',
  'batch declined': () => 'Declined; its records are kept',
  'batch lapsed unsigned': () => 'Not signed in time; its records are kept',
  'records put back': (fact) => `${fact('records')} records are kept again`,
  'all records of the batch are kept again': () => 'All its records are kept again',
  'batch emptied': () => 'Nothing was destroyed: every record was left out',
  'destruction certified': (fact) => `Certified: ${fact('records')} records destroyed, ${fact('leftOut')} left out`,
  'overdue batch set going': () => 'Late; set going again',
  'reminded of the six months': () => 'Whoever answers for the six months was reminded',
  'mail sent': (fact, name) =>
    `Mail sent: ${fact('kind').replaceAll('-', ' ')}${fact('to') ? `, to ${name(fact('to'))}` : ''}`,
  'mail delivered': (fact) => `Mail delivered: ${fact('kind').replaceAll('-', ' ')}`,
  'mail bounced': (fact) => `Mail came back: ${fact('kind').replaceAll('-', ' ')}`,
  'mail not sent': (fact) => `Mail could not be sent: ${fact('kind').replaceAll('-', ' ')}`,
};

export function sentenceFor({ act, facts }: LedgerEntry, name: (id: string) => string): string {
  const say = Object.hasOwn(SENTENCES, act) ? SENTENCES[act] : undefined;
  return say ? say((fact) => String(facts?.[fact] ?? ''), name) : act.charAt(0).toUpperCase() + act.slice(1);
}
