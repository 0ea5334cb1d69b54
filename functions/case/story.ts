/** A ledger entry of a case as a sentence. What is not known here is shown as its act: an entry is never left out. */
import { isCalendarDate } from '../../policies/calendar-date.ts';
import { nyDateText } from '../../policies/instant.ts';
import type { Schedule } from '../../policies/retention.ts';
import type { LedgerEntry } from '../records/ledger.ts';
import { classTitle, FINDINGS, GROUNDS, OUTCOMES, PARTS } from './labels.ts';
import { TOLD } from './told.ts';

type Fact = (name: string) => string;
type Say = (fact: Fact, schedule: Schedule) => string;

const labelIn = (labels: Readonly<Record<string, string>>, value: string): string =>
  Object.hasOwn(labels, value) ? labels[value]! : value;
const dayIn = (text: string): string => (isCalendarDate(text) ? nyDateText(text) : text);
const small = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

const recordsIn = (fact: Fact): string => (fact('cards') === '1' ? '1 record' : `${fact('cards') || 'its'} records`);

const SENTENCES: Readonly<Record<string, Say>> = {
  [TOLD.opened]: (fact) => `Opened, from ${dayIn(fact('openedOn'))}`,
  [TOLD.charged]: (fact) => `Charge ${fact('charge')} written`,
  [TOLD.disposed]: (fact, schedule) =>
    `Charge ${fact('charge')}: ${small(labelIn(OUTCOMES, fact('outcome')))}${fact('class') && `, class ${classTitle(schedule, fact('class'))}`}`,
  [TOLD.found]: (fact) => `Found: ${small(labelIn(FINDINGS, fact('finding')))}`,
  [TOLD.statusSet]: (fact, schedule) => `Status set: ${classTitle(schedule, fact('class'))}`,
  [TOLD.statusEnded]: (fact, schedule) =>
    `Status ended on ${dayIn(fact('on'))}: ${classTitle(schedule, fact('class'))}`,
  [TOLD.reclassed]: (fact, schedule) =>
    `Class set again: ${classTitle(schedule, fact('class'))} no longer classes the case`,
  [TOLD.personAdded]: (fact) => `Person ${fact('person')} added: ${small(labelIn(PARTS, fact('part')))}`,
  [TOLD.personChanged]: (fact) => `Person ${fact('person')} corrected: ${small(labelIn(PARTS, fact('part')))}`,
  [TOLD.movedAway]: (fact) => `Record ${fact('record')} moved to case ${fact('to')}`,
  [TOLD.movedHere]: (fact) => `Record ${fact('record')} moved here from case ${fact('from')}`,
  [TOLD.closed]: (fact) => `Closed on ${dayIn(fact('on'))}: ${small(labelIn(GROUNDS, fact('ground')))}`,
  [TOLD.reopened]: () => 'Opened again',
  [TOLD.tookIn]: (fact) => `Case ${fact('from')} merged into this one`,
  // What retention and holds tell of a case, in their own fixed words.
  'dates being worked out': (fact) => `Dates being worked out, of ${recordsIn(fact)}`,
  'dates worked out': (fact) => `Dates worked out, of ${recordsIn(fact)}`,
  'hold placed on the case': () => 'A hold placed on everything of it',
  [TOLD.merged]: (fact) => `Merged into case ${fact('into')}`,
};

export function sentenceFor({ act, facts }: LedgerEntry, schedule: Schedule): string {
  const say = Object.hasOwn(SENTENCES, act) ? SENTENCES[act] : undefined;
  return say ? say((name) => String(facts?.[name] ?? ''), schedule) : act.charAt(0).toUpperCase() + act.slice(1);
}

export const whoDid = ({ by }: LedgerEntry, names: ReadonlyMap<string, string>): string => {
  if (by.kind === 'system') return 'by itself';
  return by.kind === 'external' ? `case management (${by.id})` : (names.get(by.id) ?? by.id);
};
