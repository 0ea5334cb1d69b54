/** The written notice: one mail to whoever answers for a hold and one to each custodian it names. */
import type { MailOwed } from '../records/change.ts';
import type { MailKind } from '../records/mail-owed.ts';
import { holdKey, type Hold } from './contract.ts';

export const noticeOf = (hold: Pick<Hold, 'id' | 'ownerId' | 'custodianIds'>, kind: MailKind): readonly MailOwed[] =>
  noticeTo([hold.ownerId, ...(hold.custodianIds ?? [])], hold, kind);

/** The same to some of them: one mail each. */
export const noticeTo = (people: readonly string[], { id }: Pick<Hold, 'id'>, kind: MailKind): readonly MailOwed[] =>
  [...new Set(people)].map((personId) => ({ kind, to: { personId }, about: holdKey(id), subject: holdKey(id) }));
