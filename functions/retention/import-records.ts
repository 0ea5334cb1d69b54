/**
 * Brings in what older systems kept: cases as they stand, and the cards of records whose files are in the bucket already.
 * Each is written whole in its own transaction or not at all, and says why not. Safe to run again: what is on file as it
 * is given stays, what is on file otherwise is refused, and no date of what is brought in counts before it is worked out.
 *
 * Answers how each ended, in the order given
 * Faults  FactMalformed (do not retry), RecordsBusy, ChangedMeanwhile (retry the whole batch)
 */
import { mustSay } from '../../policies/clause-in.ts';
import { retentionPolicyAt } from '../../policies/editions/retention-clauses.ts';
import { FactMalformed } from '../../policies/faults.ts';
import { nyDate, type Instant } from '../../policies/instant.ts';
import type { Refusal } from '../../policies/ruling.ts';
import { cardsLine, caseKey, cases, factsOf, type Case } from '../case/contract.ts';
import { caseNumberOf } from '../image/contract.ts';
import { canonical, sha256 } from '../records/canonical.ts';
import { put } from '../records/change.ts';
import type { Records } from '../records/records.aws.ts';
import { untilWritten } from '../records/until-written.ts';
import { cardKey, firstCard, recalculationOwed, retentionCards, type RetentionCard } from './contract.ts';
import type { ImportedCard, ImportedCase, RecordsImport } from './import-shapes.ts';
import { whyNotCard, whyNotCase } from './may-be-imported.ts';

export interface ImportRecordsNeeds {
  readonly records: Records;
  now(): Instant;
  newId(prefix: string): string;
}

export type Imported =
  | { readonly kind: 'recorded' | 'unchanged'; readonly id: string }
  | { readonly kind: 'refused'; readonly id: string; readonly because: readonly Refusal[] };

export interface RecordsImported {
  readonly cases: readonly Imported[];
  readonly cards: readonly Imported[];
  /** The working-out of the dates of this batch's cards, if one is owed. */
  readonly recalculationId?: string;
}

/** How many are written at once. Engineering: a transaction each, of a handful of items. */
const AT_ONCE = 10;
/** DynamoDB takes an item of 400 kB; ids of a batch are far below. */
const MOST_IN_A_BATCH = 200;

export async function importRecords(needs: ImportRecordsNeeds, given: RecordsImport): Promise<RecordsImported> {
  const { cases: listedCases = [], cards: listedCards = [], workOut = true } = given;
  if (listedCases.length + listedCards.length > MOST_IN_A_BATCH)
    throw new FactMalformed(`a batch holds at most ${MOST_IN_A_BATCH} cases and cards; send more batches`);
  onceEach('cases', listedCases, ({ caseNumber }) => caseNumberOf(caseNumber));
  onceEach('cards', listedCards, ({ id }) => id);
  // Cases first, so that a card's date is never worked out from a case that is not there yet.
  const doneCases = await inOrder(listedCases, (one) => untilWritten(() => recordCase(needs, one, given)));
  const doneCards = await inOrder(listedCards, (one) => untilWritten(() => recordCard(needs, one, given)));
  const owing = workOut ? await neverWorkedOut(needs, doneCards) : [];
  const recalculationId = owing.length > 0 ? await workedOut(needs, owing, given) : undefined;
  return { cases: doneCases, cards: doneCards, ...(recalculationId && { recalculationId }) };
}

function onceEach<T>(field: string, listed: readonly T[], idOf: (one: T) => string): void {
  const seen = new Map<string, number>();
  listed.forEach((one, index) => {
    const first = seen.get(idOf(one));
    if (first !== undefined)
      throw new FactMalformed(`${field}.${index}: is the same as ${field}.${first}; each is listed once`);
    seen.set(idOf(one), index);
  });
}

async function inOrder<T>(listed: readonly T[], record: (one: T) => Promise<Imported>): Promise<readonly Imported[]> {
  const done: Imported[] = [];
  for (let from = 0; from < listed.length; from += AT_ONCE)
    done.push(...(await Promise.all(listed.slice(from, from + AT_ONCE).map(record))));
  return done;
}

async function recordCase(
  { records, now }: ImportRecordsNeeds,
  given: ImportedCase,
  { by, reason }: RecordsImport,
): Promise<Imported> {
  const at = now();
  const { edition } = retentionPolicyAt(at);
  const one = caseOf(given, by, at);
  const because = whyNotCase(one, given, at);
  if (because.length > 0) return { kind: 'refused', id: one.id, because };
  const there = await records.get(cases, one.id);
  if (there)
    return canonical([there.openedOn, factsOf(there)]) === canonical([one.openedOn, factsOf(one)])
      ? { kind: 'unchanged', id: one.id }
      : {
          kind: 'refused',
          id: one.id,
          because: [onFile(mustSay(edition, 'XR26-RET-06'), 'caseNumber', 'a case that is on file otherwise')],
        };
  await records.write({
    at,
    by: { kind: 'external', id: by },
    puts: [put(cases, one)],
    tells: [
      {
        subject: caseKey(one.id),
        act: 'case brought in',
        clauses: [mustSay(edition, 'XR26-RET-06'), ...(one.closed ? [mustSay(edition, 'XR26-RET-07')] : [])],
        facts: {
          openedOn: one.openedOn,
          reason: sha256(reason),
          ...(one.closed && { closedOn: one.closed.on, ground: one.closed.ground }),
        },
      },
    ],
  });
  return { kind: 'recorded', id: one.id };
}

async function recordCard(
  { records, now }: ImportRecordsNeeds,
  given: ImportedCard,
  { by, reason }: RecordsImport,
): Promise<Imported> {
  const at = now();
  const because = whyNotCard(given, at);
  if (because.length > 0) return { kind: 'refused', id: given.id, because };
  const card = cardOf(given);
  const there = await records.get(retentionCards, card.id);
  if (there)
    return canonical(whatItIs(there)) === canonical(whatItIs(card))
      ? { kind: 'unchanged', id: card.id }
      : {
          kind: 'refused',
          id: card.id,
          because: [onFile(card.keeping.why[0]!.clause, 'id', 'a record that is on file otherwise')],
        };
  await records.write({
    at,
    by: { kind: 'external', id: by },
    puts: [put(retentionCards, card)],
    tells: [
      {
        subject: cardKey(card.id),
        act: 'record brought in',
        clauses: card.keeping.why.map(({ clause }) => clause),
        facts: {
          technology: card.technology,
          kind: card.kind,
          cases: card.caseNumbers,
          files: card.files.map(({ sha256: hash }) => hash),
          reason: sha256(reason),
        },
      },
    ],
    lines: card.caseNumbers.map((caseNumber) => ({ from: cardsLine(caseNumber), to: card.id })),
  });
  return { kind: 'recorded', id: card.id };
}

function caseOf({ caseNumber, closed, ...given }: ImportedCase, by: string, at: Instant): Case {
  return {
    ...(given as Pick<Case, 'openedOn' | 'dispositions' | 'finding' | 'statusClasses' | 'people'>),
    id: caseNumberOf(caseNumber),
    version: 0,
    state: closed ? 'closed' : 'open',
    openedAt: at,
    openedBy: by,
    ...(closed && { closed: { ...closed, by, at } }),
    reopened: [],
    mergedFrom: [],
    holdIds: [],
    changedAt: at,
  };
}

/** Nobody has told the store of its lock: it is told when the date is worked out. */
function cardOf({ caseNumbers, ...given }: ImportedCard): RetentionCard {
  const { lockSetAt: _, ...card } = firstCard({
    ...(given as Omit<Parameters<typeof firstCard>[0], 'caseNumbers'>),
    caseNumbers: [...new Set(caseNumbers.map(caseNumberOf))],
  });
  return card;
}

/** What a record is, apart from what became of it since. */
const whatItIs = ({
  kind,
  technology,
  capturedAt,
  keptAt,
  files,
  person,
  deviceId,
  read,
  relevance,
}: RetentionCard) => ({
  kind,
  technology,
  capturedAt,
  keptAt,
  files,
  person,
  deviceId,
  read,
  relevance,
});

/** Those whose date was never worked out: also of a batch that was interrupted before that was owed. */
async function neverWorkedOut({ records }: ImportRecordsNeeds, done: readonly Imported[]): Promise<readonly string[]> {
  const ids = done.filter(({ kind }) => kind !== 'refused').map(({ id }) => id);
  const found = await Promise.all(ids.map((id) => records.get(retentionCards, id)));
  return found.flatMap((card) =>
    card?.state === 'kept' && !card.workedOutFrom.scheduleId && card.version === 1 ? [card.id] : [],
  );
}

async function workedOut(
  { records, now, newId }: ImportRecordsNeeds,
  ids: readonly string[],
  { by }: RecordsImport,
): Promise<string> {
  const at = now();
  const subject = `import#${nyDate(at)}`;
  const owed = recalculationOwed({
    cause: 'record-linked',
    scope: { kind: 'cards', ids },
    subject,
    by,
    at,
    newId,
  });
  await records.write({
    at,
    by: { kind: 'external', id: by },
    puts: owed.puts,
    tells: [
      {
        subject,
        act: 'dates of what was brought in to be worked out',
        facts: { recalculation: owed.record.id, records: ids.length },
      },
    ],
    notes: owed.notes,
  });
  return owed.record.id;
}

const onFile = (clause: string, field: string, found: string): Refusal => ({
  clause,
  field,
  found,
  expected: 'one that is not on file, or the same',
  todo: 'change what is on file by what happened to it, not by bringing it in again',
});
