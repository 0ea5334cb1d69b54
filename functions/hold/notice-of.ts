/** The written notice: one mail to whoever answers for a hold and one to each custodian it names. */
import type { MailOwed } from '../records/change.ts';
import type { MailKind } from '../records/mail-owed.ts';
import { holdKey, type Hold } from './contract.ts';

export function noticeOf(
  { id, ownerId, custodianIds = [] }: Pick<Hold, 'id' | 'ownerId' | 'custodianIds'>,
  kind: MailKind,
): readonly MailOwed[] {
  return [...new Set([ownerId, ...custodianIds])].map((personId) => ({
    kind,
    to: { personId },
    about: holdKey(id),
    subject: holdKey(id),
  }));
}
