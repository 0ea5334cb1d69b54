/**
 * Reads one subject's chain for somebody who may, verifies it, and tells the ledger that it was read: whoever looks into
 * others' doings is seen doing so.
 */
import type { Instant } from '../../policies/instant.ts';
import { keyOf } from '../records/entity.ts';
import { NO_ENTRY, type LedgerEntry } from '../records/ledger.ts';
import { NOUNS, type Noun } from '../records/nouns.ts';
import type { Records } from '../records/records.aws.ts';
import { persons } from '../records/standing.ts';
import { untilWritten } from '../records/until-written.ts';
import { breaksIn, type Break } from '../records/verify.ts';

export interface LedgerNeeds {
  readonly records: Records;
  now(): Instant;
}

export interface Chain {
  readonly subject: string;
  readonly entries: readonly LedgerEntry[];
  readonly breaks: readonly Break[];
  /** Whether the record as it is now has a seal this chain gives; undefined when the chain holds none for it. */
  readonly recordFits?: boolean;
  /** Names of the people who acted, by id; an actor without a record keeps the id. */
  readonly names: ReadonlyMap<string, string>;
}

/** Undefined when the subject has no chain; that it was looked for is told all the same. */
export async function readChain(needs: LedgerNeeds, noun: Noun, id: string, by: string): Promise<Chain | undefined> {
  const { records, now } = needs;
  const subject = keyOf(noun, id);
  const [entries, head, seal] = await Promise.all([
    records.ledgerOf(subject),
    records.headOf(subject),
    records.sealOf(subject),
  ]);
  await untilWritten(() =>
    records.write({
      at: now(),
      by: { kind: 'person', id: by },
      puts: [],
      tells: [
        {
          subject: keyOf('person', by),
          act: 'ledger read',
          clauses: ['XR26-SAFE-07'],
          facts: { subject, entries: entries.length },
        },
      ],
    }),
  );
  if (entries.length === 0 && head.seq === NO_ENTRY.seq) return undefined;

  const seals = entries.flatMap(({ after }) => after[subject] ?? []);
  const actors = [...new Set(entries.flatMap((entry) => (entry.by.kind === 'person' ? [entry.by.id] : [])))];
  const people = await Promise.all(actors.map((actor) => records.get(persons, actor)));
  return {
    subject,
    entries,
    breaks: breaksIn(subject, entries, head.seq === NO_ENTRY.seq ? undefined : head),
    ...(seals.length > 0 && { recordFits: seal !== undefined && seals.includes(seal) }),
    names: new Map(people.flatMap((person) => (person ? [[person.id, person.name]] : []))),
  };
}

/** Which subjects have a chain under this id, whatever their noun. Heads only: nothing of a chain is read. */
export async function subjectsWith(records: Pick<Records, 'headOf'>, id: string): Promise<readonly Noun[]> {
  const heads = await Promise.all(
    NOUNS.map(async (noun) => ((await records.headOf(keyOf(noun, id))).seq > 0 ? noun : undefined)),
  );
  return heads.filter((noun) => noun !== undefined);
}

export const isNoun = (text: string): text is Noun => (NOUNS as readonly string[]).includes(text);
