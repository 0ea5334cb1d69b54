/** A ledger entry of a breach as a sentence. What is not known here is shown as its act: an entry is never left out. */
import type { LedgerEntry } from '../records/ledger.ts';
import { TOLD } from './acts.ts';
import { CONSULTED_LABELS, DELAY_LABELS, HARM_LABELS, oneOf } from './labels.ts';

type Fact = (name: string) => string;
type Say = (fact: Fact, name: (fact: string) => string) => string;

const SENTENCES: Readonly<Record<string, Say>> = {
  [TOLD.reported]: () => 'Reported',
  [TOLD.read]: () => 'Read: the privacy office is aware, and the clock runs',
  [TOLD.awareEarlier]: () => 'Stated that the privacy office knew earlier',
  [TOLD.violation]: () => 'Found to violate the law',
  [TOLD.noViolation]: () => 'Found not to violate the law',
  [TOLD.described]: () => 'What the report says was written',
  [TOLD.reportOrdered]: () => 'Report to the Chief Privacy Officer ordered',
  [TOLD.containmentAsked]: (_, name) => `Containment asked of ${name('asks') || 'somebody'}`,
  [TOLD.containmentDone]: () => 'Containment done',
  [TOLD.harmAssessed]: (fact) => `Harm assessed${level(fact)}`,
  [TOLD.consulted]: (fact) => {
    const office = oneOf(CONSULTED_LABELS, fact('with'));
    return `Consulted${office ? `: ${CONSULTED_LABELS[office]}` : ''}`;
  },
  [TOLD.noticeDetermined]: (fact) => `Determined that the people are ${fact('answer') === 'notify' ? '' : 'not '}told`,
  [TOLD.letterWritten]: () => 'Letter written',
  [TOLD.noticeDelayed]: (fact) => {
    const ground = oneOf(DELAY_LABELS, fact('ground'));
    return `Letters held back${ground ? `: ${DELAY_LABELS[ground].toLowerCase()}` : ''}`;
  },
  [TOLD.delayLifted]: () => 'Letters no longer held back',
  [TOLD.personAdded]: (fact) => `Person to tell added${ref(fact)}`,
  [TOLD.noticeMailed]: (fact) => `Notice sent by e-mail${ref(fact)}`,
  [TOLD.attemptNoted]: (fact) => `Attempt to tell noted${ref(fact)}`,
  [TOLD.securityJudged]: () => 'The City’s breach law judged',
  [TOLD.closed]: () => 'Closed',
  [TOLD.officerAskedToRead]: () => 'Agency Privacy Officer asked to read it',
  [TOLD.deputiesAskedToRead]: () => 'Nobody read it: deputies asked',
  [TOLD.chiefToldUnread]: () => 'Nobody read it: chief of the bureau told',
  [TOLD.everyoneAskedAgain]: () => 'Everyone asked again to read it',
  [TOLD.officerReminded]: () => 'Agency Privacy Officer reminded of the report',
  [TOLD.deputiesAsked]: () => 'No report: deputies asked',
  [TOLD.chiefTold]: () => 'No report: chief of the bureau told',
  [TOLD.toldOverdue]: () => 'Told that the report is late',
  [TOLD.openReminded]: () => 'Reminded of what is still owed',
  'mail sent': (fact, name) => `Mail sent: ${kindOf(fact)}${fact('to') ? `, to ${name('to')}` : ''}`,
  'mail delivered': (fact) => `Mail delivered: ${kindOf(fact)}`,
  'mail bounced': (fact) => `Mail came back: ${kindOf(fact)}`,
};

const kindOf = (fact: Fact): string => fact('kind').replaceAll('-', ' ');
const ref = (fact: Fact): string => (fact('person') ? `: ${fact('person')}` : '');
const level = (fact: Fact): string => {
  const found = oneOf(HARM_LABELS, fact('level'));
  return found ? `: ${HARM_LABELS[found].toLowerCase()}` : '';
};

export function sentenceFor(entry: LedgerEntry, names: ReadonlyMap<string, string>): string {
  const fact: Fact = (key) => String(entry.facts?.[key] ?? '');
  const say = SENTENCES[entry.act];
  if (!say) return entry.act.charAt(0).toUpperCase() + entry.act.slice(1);
  return say(fact, (key) => names.get(fact(key)) ?? fact(key));
}

export const whoDid = ({ by }: LedgerEntry, names: ReadonlyMap<string, string>): string =>
  by.kind === 'system' ? 'by itself' : (names.get(by.id) ?? by.id);
