/**
 * What the table holds, as the verifier needs it. Entries and heads are kept whole: they name nobody. Of a record and a
 * membership line only name and seal are left, so that an export can be given to anyone.
 */
import { isBookkeeping, OPEN_HEADS } from './change.ts';
import { LAST_DIGEST_ID, type LastDigest } from './digest.ts';
import { keyOf } from './entity.ts';
import { entryKey, lineName, lineVersion, sealOf, type LedgerEntry, type LedgerHead, type Seal } from './ledger.ts';

export type Stored =
  /** `under` is the key it lies under, if that is another entry's. `flaw` says what else about the item is not as postact writes it. */
  | {
      readonly is: 'entry';
      readonly subject: string;
      readonly under?: string;
      readonly entry: LedgerEntry;
      readonly flaw?: string;
    }
  /** `open` while no digest has seen it. */
  | {
      readonly is: 'head';
      readonly subject: string;
      readonly head: LedgerHead;
      readonly open: boolean;
      readonly flaw?: string;
    }
  | { readonly is: 'sealed'; readonly name: string; readonly seal: Seal; readonly shown?: string }
  | { readonly is: 'last-digest'; readonly last: Pick<LastDigest, 'hour' | 'hash'> }
  /** An item in the ledger's own place that is neither entry nor head. */
  | { readonly is: 'stray'; readonly subject: string; readonly flaw: string };

type Item = Readonly<Record<string, unknown>>;

/** Undefined for bookkeeping, which the ledger is not told of. Never throws: what does not fit is a stray. */
export function storedFrom(item: Item): Stored | undefined {
  const [pk, sk] = [String(item.pk), String(item.sk)];
  if (pk.startsWith('ledger#')) return fromLedger(pk.slice('ledger#'.length), sk, item);
  if (pk === keyOf('digest', LAST_DIGEST_ID) && sk === 'record')
    return { is: 'last-digest', last: item.record as LastDigest };
  if (sk !== 'record')
    return {
      is: 'sealed',
      name: lineName(pk, sk),
      seal: sealOf(lineVersion(String(item.since)), item),
      shown: `${pk} to ${sk}`,
    };
  // By its key, not by the attribute that says so: that could be altered to hide it.
  if (isBookkeeping(pk.slice(0, pk.indexOf('#')))) return undefined;
  return { is: 'sealed', name: pk, seal: sealOf(Number(item.version), item) };
}

function fromLedger(subject: string, sk: string, item: Item): Stored {
  if (sk === 'head') return fromHead(subject, item);
  const entry = item.entry as LedgerEntry | undefined;
  if (typeof entry?.seq !== 'number' || !entry.after)
    return { is: 'stray', subject, flaw: `the item ${sk} is no entry: it was altered or added` };
  return {
    is: 'entry',
    subject,
    entry,
    ...(entryKey(entry.seq) !== sk && { under: sk }),
    ...(!holdsJust(item, ['pk', 'sk', 'noun', 'entry']) && {
      flaw: 'the entry was altered: something was added to or taken from beside it',
    }),
  };
}

function fromHead(subject: string, item: Item): Stored {
  if (typeof item.seq !== 'number' || typeof item.hash !== 'string')
    return { is: 'stray', subject, flaw: 'the head of the chain was altered: it names no entry' };
  const open = item.due !== undefined || item.dueOrder !== undefined;
  const inLine = !open || (item.due === OPEN_HEADS && item.dueOrder === subject);
  const whole = inLine && holdsJust(item, ['pk', 'sk', 'noun', 'seq', 'hash', ...(open ? ['due', 'dueOrder'] : [])]);
  const head = { seq: item.seq, hash: item.hash };
  return {
    is: 'head',
    subject,
    head,
    open,
    ...(!whole && { flaw: 'the head of the chain was altered: it does not hold just what a head holds' }),
  };
}

const holdsJust = (item: Item, names: readonly string[]): boolean =>
  item.noun === 'ledger' &&
  Object.keys(item).length === names.length &&
  names.every((name) => item[name] !== undefined);
