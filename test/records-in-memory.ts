/**
 * Records without a table, for tests that make tens of thousands of changes: the same changes, turned into the same
 * writes by the same code, under the same conditions, in a map. What a table does besides (indexes by key, consistency,
 * size) is the business of tests on a real one; test/records-in-memory.test.ts holds both to the same answers.
 */
import { isBookkeeping, OPEN_HEADS, writesOf, type Put, type Write } from '../functions/records/change.ts';
import { keyOf, type Entity, type Kept } from '../functions/records/entity.ts';
import { ChangedMeanwhile } from '../functions/records/faults.ts';
import { NO_ENTRY, sealOf, type LedgerEntry, type LedgerHead } from '../functions/records/ledger.ts';
import type { Page, Records } from '../functions/records/records.aws.ts';
import type { Noun } from '../functions/records/nouns.ts';
import type { CalendarDate } from '../policies/calendar-date.ts';

type Item = Readonly<Record<string, unknown>>;

export interface RecordsInMemory extends Records {
  /** Everything that is kept, as the table would hold it. */
  items(): readonly Item[];
}

/** What is kept came in as JSON and never changes, so its text is made once: reading is most of what acts do. */
const texts = new WeakMap<object, string>();
function copy<T>(kept: T): T {
  if (typeof kept !== 'object' || kept === null) return kept;
  const text = texts.get(kept) ?? JSON.stringify(kept);
  texts.set(kept, text);
  return JSON.parse(text) as T;
}

/**
 * `write` and `keep` throw ChangedMeanwhile where a table would refuse the condition. `streamed` hears of each item, as
 * the table's stream would. `from` is what is kept at the beginning, as `items` gave it; nothing ever changes it, so
 * thousands of records may begin with the same.
 */
export function recordsInMemory(
  streamed: (item: Item) => void = () => undefined,
  from: readonly Item[] = [],
): RecordsInMemory {
  // By partition key, then by sort key: what DynamoDB is too.
  const partitions = new Map<string, Map<string, Item>>();
  for (const item of from) {
    const { pk, sk } = item as { readonly pk: string; readonly sk: string };
    partitions.set(pk, (partitions.get(pk) ?? new Map<string, Item>()).set(sk, item));
  }
  const at = (pk: string, sk: string): Item | undefined => partitions.get(pk)?.get(sk);
  const all = (): Item[] => [...partitions.values()].flatMap((partition) => [...partition.values()]);
  const by = (index: string, value: string, order: string): Item[] =>
    all()
      .filter((item) => item[index] === value)
      .toSorted((a, b) => (String(a[order]) < String(b[order]) ? -1 : 1));
  const recordsOf = (items: readonly Item[]) =>
    items.map((item) => ({ noun: item.noun as Noun, record: copy(item.record as Kept) }));

  const holds = (write: Write): boolean => {
    if ('remove' in write) return true;
    const [pk, sk] = 'put' in write ? [String(write.put.pk), String(write.put.sk)] : [write.check.pk, write.check.sk];
    const before = at(pk, sk);
    switch (write.condition) {
      case 'attribute_not_exists(pk)':
        return before === undefined;
      case 'version = :was':
        return before?.version === write.values?.[':was'];
      case 'seq = :seq AND #hash = :hash':
        return before?.seq === write.values?.[':seq'] && before?.hash === write.values?.[':hash'];
      case 'attribute_not_exists(pk) OR attribute_exists(pk)':
        return true;
      default:
        throw new Error(`records in memory know no condition ${write.condition}; add it here as the table reads it`);
    }
  };
  const apply = (write: Write): void => {
    if ('remove' in write) partitions.get(write.remove.pk)?.delete(write.remove.sk);
    if (!('put' in write)) return;
    const { pk, sk } = write.put as { pk: string; sk: string };
    const partition = partitions.get(pk) ?? new Map<string, Item>();
    // As the document client sends it: what is undefined is not there.
    partition.set(sk, JSON.parse(JSON.stringify(write.put)) as Item);
    partitions.set(pk, partition);
  };
  const changeAll = (writes: readonly Write[]): void => {
    const keys = writes.map((write) => {
      const { pk, sk } = 'put' in write ? write.put : 'remove' in write ? write.remove : write.check;
      return `${String(pk)} ${String(sk)}`;
    });
    if (new Set(keys).size !== keys.length) throw new Error('one transaction writes or checks one item twice');
    if (!writes.every(holds)) throw new ChangedMeanwhile('a record changed while this change was made; read it again');
    for (const write of writes) apply(write);
    for (const write of writes) if ('put' in write) streamed(write.put);
  };
  const headOf = (subject: string): LedgerHead => {
    const head = at(`ledger#${subject}`, 'head');
    return head ? { seq: Number(head.seq), hash: String(head.hash) } : NO_ENTRY;
  };
  const sorted = (pk: string): Item[] =>
    [...(partitions.get(pk) ?? [])].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);

  return {
    items: () => all().map(copy),
    get: async <T extends Kept>(kind: Entity<T>, id: string) =>
      copy(at(keyOf(kind.noun, id), 'record')?.record as T | undefined),
    async sealOf(key) {
      const item = at(key, 'record');
      return item && sealOf(Number(item.version), item);
    },
    async ofSubject<T extends Kept>(kind: Entity<T>, subject: string, page: Page = {}) {
      const found = by('subject', subject, 'subjectOrder').filter(({ noun }) => noun === kind.noun);
      const inOrder = page.newestFirst ? found.toReversed() : found;
      const first = page.from ? inOrder.findIndex(({ subjectOrder }) => subjectOrder === page.from) + 1 : 0;
      const items = inOrder.slice(first, first + (page.most ?? 200));
      // As a table has it: a full page names its last, whether more comes or not.
      const next = items.length === (page.most ?? 200) ? String(items.at(-1)!.subjectOrder) : undefined;
      return { records: items.map(({ record }) => copy(record as T)), ...(next && { next }) };
    },
    onDesk: async (desk) => recordsOf(by('desk', desk, 'deskOrder')),
    dueIn: async (partition, until) =>
      recordsOf(by('due', partition, 'dueOrder').filter(({ dueOrder }) => String(dueOrder) < until)),
    async expiringOn<T extends Kept>(kind: Entity<T>, day: CalendarDate, { from = '', most = 200 }: Page = {}) {
      const found = all()
        .filter(({ noun }) => noun === kind.noun)
        .filter(({ due, dueOrder }) => String(due).startsWith('expires#') && String(dueOrder).startsWith(`${day}#`))
        .map(({ record }) => copy(record as T))
        .filter(({ id }) => id > from)
        .toSorted((a, b) => (a.id < b.id ? -1 : 1));
      const records = found.slice(0, most);
      return { records, ...(found.length > most && { next: records.at(-1)!.id }) };
    },
    linesOf: async (from) =>
      sorted(from)
        .map(({ sk }) => String(sk))
        .filter((sk) => sk !== 'record'),
    ledgerOf: async (subject) =>
      sorted(`ledger#${subject}`).flatMap(({ entry }) => (entry ? [copy(entry as LedgerEntry)] : [])),
    headOf: async (subject) => headOf(subject),
    openHeads: async () =>
      by('due', OPEN_HEADS, 'dueOrder').map(({ dueOrder, seq, hash }) => ({
        subject: String(dueOrder),
        seq: Number(seq),
        hash: String(hash),
      })),
    async headSeen({ subject, seq, hash }) {
      const pk = `ledger#${subject}`;
      if (at(pk, 'head')?.seq === seq) apply({ put: { pk, sk: 'head', noun: 'ledger', seq, hash }, condition: '' });
    },
    async write(change) {
      changeAll(writesOf(change, headOf));
    },
    async keep(next: Put) {
      if (!isBookkeeping(next.item.noun))
        throw new Error(`${next.key} is no bookkeeping; write it as a change that tells the ledger`);
      changeAll([
        next.version === 1
          ? { put: next.item, condition: 'attribute_not_exists(pk)' }
          : { put: next.item, condition: 'version = :was', values: { ':was': next.version - 1 } },
      ]);
    },
  };
}
