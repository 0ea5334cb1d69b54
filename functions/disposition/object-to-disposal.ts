/**
 * Takes one record out of a batch, with a reason, while the batch may still be stopped: until all offices have signed. The
 * record is kept again and not proposed before somebody had time to place a hold; a batch with nothing left ends.
 */
import { plusDays } from '../../policies/calendar-date.ts';
import { HOUSE } from '../../policies/editions/house.ts';
import { RECORDS_LAW } from '../../policies/editions/records-law.ts';
import { nyDate, type Instant } from '../../policies/instant.ts';
import { mayDo } from '../../policies/roles.ts';
import { charactersIn, amountOf, ruled, unless, type Refusal } from '../../policies/ruling.ts';
import { decisions } from '../decision/contract.ts';
import { sha256 } from '../records/canonical.ts';
import { put } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import type { Records } from '../records/records.aws.ts';
import { cardKey, retentionCards } from '../retention/contract.ts';
import { dispositions, objectionsTo, withDue, type Disposition } from './contract.ts';
import { withdrawn } from './end-unsigned.ts';

export interface Objecting {
  readonly dispositionId: string;
  readonly cardId: string;
  readonly reason: string;
  readonly personId: string;
  readonly roles: readonly string[];
}

export type Objected =
  | { readonly kind: 'taken-out'; readonly disposition: Disposition }
  | { readonly kind: 'refused'; readonly because: readonly Refusal[] };

/** As long as the form takes it. Engineering, not law. */
export const MOST_CHARACTERS = 1000;

export const mayObject = (roles: readonly string[]): boolean =>
  mayDo(roles, 'manage-records') || mayDo(roles, 'place-hold');

export const isOpenToObjection = ({ state, gathering }: Pick<Disposition, 'state' | 'gathering'>): boolean =>
  !gathering && (state === 'proposed' || state === 'signing');

export async function objectToDisposal(
  { records, now }: { readonly records: Pick<Records, 'get' | 'write'>; readonly now: () => Instant },
  { dispositionId, cardId, reason, personId, roles }: Objecting,
): Promise<Objected> {
  const [disposition, card] = await Promise.all([
    records.get(dispositions, dispositionId),
    cardId === '' ? undefined : records.get(retentionCards, cardId),
  ]);
  const clause = HOUSE.daysOfGrace.id;
  const { count } = HOUSE.charactersOfReason;
  const ruling = ruled(
    [clause, RECORDS_LAW.approvedDisposal.id],
    [
      ...unless(mayObject(roles), {
        clause,
        field: 'person',
        found: 'no role that may take a record out',
        expected: 'a records officer, or somebody who may place a hold',
        todo: 'ask the records officer, and say why',
      }),
      ...unless(disposition !== undefined && isOpenToObjection(disposition), {
        clause,
        field: 'state',
        found: disposition ? `a batch that is ${disposition.state}` : 'no such batch',
        expected: 'a batch that not all offices have signed yet',
        todo: 'place a hold, if the record is still there',
      }),
      ...unless(card?.state === 'proposed' && card.dispositionId === dispositionId, {
        clause,
        field: 'cardId',
        found: card ? 'a record that is not in this batch' : 'no such record',
        expected: 'the number of a record in this batch',
        todo: 'choose it from the list of records',
      }),
      ...unless(charactersIn(reason) >= count && reason.length <= MOST_CHARACTERS, {
        clause: HOUSE.charactersOfReason.id,
        field: 'reason',
        found: amountOf(reason),
        expected: `${count} to ${MOST_CHARACTERS} characters`,
        todo: 'say why the record is to stay',
      }),
    ],
  );
  if (ruling.kind === 'refused') return ruling;

  const at = now();
  const leftOut = disposition!.leftOut + 1;
  const emptied = leftOut >= disposition!.records;
  const asked = emptied
    ? await Promise.all(disposition!.decisions.map(({ decisionId }) => records.get(decisions, decisionId)))
    : [];
  const { lateAt, remindAt, ...open } = disposition!;
  const next: Disposition = emptied
    ? { ...open, leftOut, state: 'emptied', endedAt: at, step: 'Disposition closed' }
    : { ...disposition!, leftOut };
  const { puts = [], notes = [] } = withdrawn(
    asked.flatMap((decision) => (decision ? [{ decision }] : [])),
    at,
  );
  const { dispositionId: _, ...kept } = card!;
  const saved = withDue(next);
  const facts = { record: cardId, disposition: dispositionId, reason: sha256(reason.trim()) };
  await records.write({
    at,
    by: { kind: 'person', id: personId },
    puts: [
      put(dispositions, saved),
      put(retentionCards, {
        ...kept,
        state: 'kept',
        notBefore: plusDays(nyDate(at), HOUSE.daysAfterDeclined.days),
        objection: { dispositionId, by: personId, at, reason: reason.trim() },
      }),
      ...puts,
    ],
    tells: [
      {
        subject: keyOf('disposition', dispositionId),
        act: emptied ? 'last record taken out' : 'record taken out',
        clauses: ruling.clauses,
        facts,
      },
      { subject: cardKey(cardId), act: 'taken out of a batch', clauses: ruling.clauses, facts },
    ],
    notes: [...notes, ...(emptied ? [{ kind: 'look-again' as const, waiting: objectionsTo(dispositionId) }] : [])],
  });
  return { kind: 'taken-out', disposition: { ...saved, version: saved.version + 1 } };
}
