/**
 * What each mail says. Short, the same in every channel, and without anything that identifies a person, a plate or a
 * place: a mail may be read on a locked screen. Who needs to know more signs in. A notice to a person affected says to
 * that person what the law asks.
 */
import type {
  BreachMailKind,
  DecisionMailKind,
  DeliveryMailKind,
  DisclosureMailKind,
  HoldMailKind,
  MailKind,
  ReportMailKind,
  RequestMailKind,
} from '../records/mail-owed.ts';
import { BREACH_WORDS } from './breach-words.ts';
import { DELIVERY_WORDS } from './delivery-words.ts';
import { DISCLOSURE_WORDS, signOffWords } from './disclosure-words.ts';
import { HOLD_WORDS } from './hold-words.ts';
import { disposalWords, DISPOSITION_WORDS, type DispositionMailKind } from './disposition-words.ts';
import { RECONCILIATION_WORDS } from './reconciliation-words.ts';
import { REPORT_WORDS } from './report-words.ts';
import { wordsOfRequest } from './request-words.ts';
import type { MailAbout, Words } from './said.ts';

export type { MailAbout, Words } from './said.ts';

type Say = (about: MailAbout) => Words;

const BY_KIND: Readonly<
  Record<
    | DisclosureMailKind
    | DeliveryMailKind
    | BreachMailKind
    | ReportMailKind
    | DispositionMailKind
    | HoldMailKind
    | 'store-differs',
    Say
  >
> = {
  ...DISCLOSURE_WORDS,
  ...DELIVERY_WORDS,
  ...BREACH_WORDS,
  ...REPORT_WORDS,
  ...HOLD_WORDS,
  ...DISPOSITION_WORDS,
  ...RECONCILIATION_WORDS,
};

export function wordsOf(kind: MailKind, about: MailAbout): Words {
  if (kind in BY_KIND) return BY_KIND[kind as keyof typeof BY_KIND](about);
  if (about.decision?.matter.question === 'disposition') return disposalWords(kind as DecisionMailKind, about);
  if (about.decision?.matter.question === 'disclosure') return signOffWords(kind as DecisionMailKind, about);
  return wordsOfRequest(kind as DecisionMailKind | RequestMailKind, about);
}
