/**
 * What the table holds, as the verifier needs it. Entries and heads are kept whole: they name nobody. Of a record and a
 * membership line only name and seal are left, so that an export can be given to anyone.
 */
import { isBookkeeping, OPEN_HEADS } from './change.ts';
import { LAST_DIGEST_ID, type LastDigest } from './digest.ts';
import { keyOf } from './entity.ts';
import { entryKey, lineName, lineVersion, sealOf, type LedgerEntry, type LedgerHead, type Seal } from './ledger.ts';

export type Stored =
  | { readonly is: 'entry'; readonly subject: string; readonly entry: LedgerEntry }
  /** `open` while no digest has seen it. */
  | { readonly is: 'head'; readonly subject: string; readonly head: LedgerHead; readonly open: boolean }
  | { readonly is: 'sealed'; readonly name: string; readonly seal: Seal; readonly shown?: string }
  | { readonly is: 'last-digest'; readonly last: Pick<LastDigest, 'hour' | 'hash'> }
  /** An item in the ledger's own place that is not as postact writes it. */
  | { readonly is: 'stray'; readonly subject: string; readonly seq?: number; readonly what: string };

type Item = Readonly<Record<string, unknown>>;

/** Undefined for bookkeeping, which the ledger is not told of. Never throws: what does not fit is a stray. */
export function storedFrom(item: Item): Stored | undefined {
  const [pk, sk] = [String(item.pk), String(item.sk)];
  if (pk.startsWith('ledger#')) return fromLedger(pk.slice('ledger#'.length), sk, item);
  if (pk === keyOf('digest', LAST_DIGEST_ID) && sk === 'record') return { is: 'last-digest', last: item.record as LastDigest };
  if (sk !== 'record') return { is: 'sealed', name: lineName(pk, sk), seal: sealOf(lineVersion(String(item.since)), item), shown: `${pk} to ${sk}` };
  // By its key, not by the attribute that says so: that could be altered to hide it.
  if (isBookkeeping(pk.slice(0, pk.indexOf('#')))) return undefined;
  return { is: 'sealed', name: pk, seal: sealOf(Number(item.version), item) };
}

function fromLedger(subject: string, sk: string, item: Item): Stored {
  if (sk === 'head') return fromHead(subject, item);
  const entry = item.entry as LedgerEntry | undefined;
  if (typeof entry?.seq !== 'number' || !entry.after) return { is: 'stray', subject, what: `the item ${sk} is no entry` };
  if (entryKey(entry.seq) !== sk) return { is: 'stray', subject, seq: entry.seq, what: `the entry lies in the place ${sk}` };
  if (!holdsJust(item, ['pk', 'sk', 'noun', 'entry'])) return { is: 'stray', subject, seq: entry.seq, what: 'the entry was altered: it does not hold just what an entry holds' };
  return { is: 'entry', subject, entry };
}

function fromHead(subject: string, item: Item): Stored {
  const open = item.due !== undefined || item.dueOrder !== undefined;
  const fits = holdsJust(item, ['pk', 'sk', 'noun', 'seq', 'hash', ...(open ? ['due', 'dueOrder'] : [])]);
  const inLine = !open || (item.due === OPEN_HEADS && item.dueOrder === subject);
  if (!fits || !inLine || typeof item.seq !== 'number' || typeof item.hash !== 'string') {
    return { is: 'stray', subject, what: 'the head of the chain was altered: it does not hold what a head holds' };
  }
  return { is: 'head', subject, head: { seq: item.seq, hash: item.hash }, open };
}

const holdsJust = (item: Item, names: readonly string[]): boolean =>
  item.noun === 'ledger' && Object.keys(item).length === names.length && names.every((name) => item[name] !== undefined);
