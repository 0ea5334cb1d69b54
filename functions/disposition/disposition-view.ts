/** Everything the page of one batch shows. Reads only. */
import { decisions, type Decision } from '../decision/contract.ts';
import type { LedgerEntry } from '../records/ledger.ts';
import { keyOf } from '../records/entity.ts';
import type { Records } from '../records/records.aws.ts';
import { persons, type Person } from '../records/standing.ts';
import { retentionCards, schedules, type RetentionCard } from '../retention/contract.ts';
import type { ScheduleClass } from '../../policies/retention.ts';
import { dispositions, isOpen, membersLine, type Disposition, type SigningOffice } from './contract.ts';
import { peopleOf } from './officers.ts';

/** Records on one page of the list. */
export const ON_A_PAGE = 50;

export interface DispositionView {
  readonly disposition: Disposition;
  readonly scheduleTitle: string;
  readonly of?: ScheduleClass;
  readonly signatures: readonly { readonly office: SigningOffice; readonly decision?: Decision }[];
  readonly records: readonly RetentionCard[];
  /** Which page of the list it is, from 1, and how many there are. */
  readonly page: number;
  readonly pages: number;
  readonly ledger: readonly LedgerEntry[];
  readonly names: ReadonlyMap<string, string>;
  /** To whom it may be passed on. */
  readonly officers: readonly Person[];
}

type Read = Pick<Records, 'get' | 'linesOf' | 'ledgerOf'>;

export async function dispositionView(records: Read, id: string, page: number): Promise<DispositionView | undefined> {
  const disposition = await records.get(dispositions, id);
  if (!disposition) return undefined;
  const [ids, ledger, schedule, officers, ...asked] = await Promise.all([
    records.linesOf(membersLine(id)),
    records.ledgerOf(keyOf('disposition', id)),
    records.get(schedules, disposition.scheduleId),
    isOpen(disposition) ? peopleOf(records, 'records-officer') : [],
    ...disposition.decisions.map(({ decisionId }) => records.get(decisions, decisionId)),
  ]);
  const pages = Math.max(1, Math.ceil(ids.length / ON_A_PAGE));
  const shown = Math.min(Math.max(1, page), pages);
  const cards = await Promise.all(
    ids.slice((shown - 1) * ON_A_PAGE, shown * ON_A_PAGE).map((one) => records.get(retentionCards, one)),
  );
  const signatures = disposition.decisions.map(({ office }, place) => {
    const decision = asked[place];
    return { office, ...(decision && { decision }) };
  });
  const of = schedule?.schedule.classes.find((one) => one.id === disposition.classId);
  const people = new Set([
    ...signatures.flatMap(({ decision }) => [
      ...(decision?.asked ?? []).map(({ personId }) => personId),
      ...(decision?.answer ? [decision.answer.by] : []),
    ]),
    ...(disposition.ownerId ? [disposition.ownerId] : []),
    ...ledger.flatMap(({ by, facts }) => [
      ...(by.kind === 'person' ? [by.id] : []),
      ...['to', 'asks', 'for'].flatMap((fact) => (typeof facts?.[fact] === 'string' ? [facts[fact] as string] : [])),
    ]),
  ]);
  return {
    disposition,
    scheduleTitle: schedule?.schedule.title ?? disposition.scheduleId,
    ...(of && { of }),
    signatures,
    records: cards.filter((card) => card !== undefined),
    page: shown,
    pages,
    ledger,
    names: await namesOf(records, [...people]),
    officers,
  };
}

export async function namesOf(
  records: Pick<Records, 'get'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = await Promise.all(ids.map((id) => records.get(persons, id)));
  return new Map(found.flatMap((person) => (person ? [[person.id, person.name] as const] : [])));
}
