/** A store as it lies there, verified in memory: what the verifier reads, so that tests can tamper with it item by item. */
import { createPublicKey } from 'node:crypto';
import { digestText, trustIn, type StoredDigest } from '../../../functions/records/digest.ts';
import { storedFrom, type Stored } from '../../../functions/records/stored.ts';
import type { Source } from '../../../functions/records/verify-ledger.aws.ts';
import { storeVerifier, type Finding } from '../../../functions/records/verify-store.ts';

export type Item = Readonly<Record<string, unknown>>;

export interface StoredLedger {
  readonly items: readonly Item[];
  readonly digests: readonly StoredDigest[];
  /** Verifies with some items (by place) and all digests replaced; an item of undefined is removed. */
  finding(tampered?: {
    readonly items?: ReadonlyMap<number, Item | undefined>;
    readonly added?: readonly Item[];
    readonly digests?: readonly StoredDigest[];
  }): Finding;
}

export async function readStored(source: Source): Promise<StoredLedger> {
  const [digests, { pem, keyId }] = [await source.digests(), await source.publicKey()];
  const items: Item[] = [];
  for await (const item of source.items()) items.push(item);
  return ledgerOf(items, digests, pem, keyId);
}

export function ledgerOf(
  items: readonly Item[],
  digests: readonly StoredDigest[],
  pem: string,
  keyId: string,
): StoredLedger {
  const { signed } = trustIn(createPublicKey(pem), keyId);
  // The signatures that were made are checked once; whatever else comes is checked when it comes.
  const known = new Map(
    digests.flatMap((one) =>
      one.signed
        ? [
            [
              `${digestText(one.signed.digest)} ${one.signed.signature}`,
              signed(digestText(one.signed.digest), one.signed.signature),
            ],
          ]
        : [],
    ),
  );
  const trust = {
    keyId,
    signed: (text: string, signature: string) => known.get(`${text} ${signature}`) ?? signed(text, signature),
  };
  const read = items.map((item) => storedFrom(item));
  return {
    items,
    digests,
    finding(tampered = {}) {
      const verifier = storeVerifier(tampered.digests ?? digests, trust);
      const now = read.map((stored, at) => {
        const item = tampered.items?.get(at);
        return tampered.items?.has(at) ? item && storedFrom(item) : stored;
      });
      const added = (tampered.added ?? []).map((item) => storedFrom(item));
      for (const stored of together([...now, ...added])) verifier.take(stored);
      return verifier.end();
    },
  };
}

/** A partition comes in one piece and in order, as from a scan: what was added or moved takes its place. */
function together(stored: readonly (Stored | undefined)[]): Stored[] {
  const chains = new Map<string, Stored[]>();
  const others: Stored[] = [];
  for (const one of stored) {
    if (!one) continue;
    if (one.is === 'sealed' || one.is === 'last-digest') others.push(one);
    else chains.set(one.subject, [...(chains.get(one.subject) ?? []), one]);
  }
  return [...[...chains.values()].flat(), ...others];
}

/** A way to alter a value somewhere inside it, and the altered copy. */
export interface Alteration {
  readonly path: string;
  readonly value: Item;
}

/** Every single member changed, and every single member taken away, one at a time. */
export function alterationsOf(item: Item): Alteration[] {
  return [...within(item, '')].map(({ path, value }) => ({ path, value: value as Item }));
}

function* within(value: unknown, path: string): Generator<{ readonly path: string; readonly value: unknown }> {
  if (Array.isArray(value)) {
    for (const [at, member] of value.entries()) {
      for (const one of within(member, `${path}[${at}]`)) yield { path: one.path, value: value.with(at, one.value) };
      yield { path: `${path}[${at}] removed`, value: value.toSpliced(at, 1) };
    }
    yield { path: `${path}[] added to`, value: [...(value as unknown[]), 'more'] };
  } else if (value !== null && typeof value === 'object') {
    for (const [name, member] of Object.entries(value)) {
      for (const one of within(member, `${path}.${name}`))
        yield { path: one.path, value: { ...value, [name]: one.value } };
      const { [name]: _, ...rest } = value as Record<string, unknown>;
      yield { path: `${path}.${name} removed`, value: rest };
    }
    yield { path: `${path}.* added`, value: { ...value, forged: 'yes' } };
  } else {
    yield { path, value: altered(value) };
  }
}

function altered(value: unknown): unknown {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'string') return value.endsWith('0') ? `${value.slice(0, -1)}1` : `${value.slice(0, -1)}0`;
  return 'forged';
}
