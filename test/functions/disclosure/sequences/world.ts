/**
 * One department for one sequence: the real acts on records in memory, a clock, the letters that were sent, and a witness
 * of everything that is written. Each begins with the same records, which are made once.
 */
import { createHash } from 'node:crypto';
import type { Delivery } from '../../../../functions/delivery/contract.ts';
import type { PackageStore } from '../../../../functions/delivery/package-store.ts';
import type { SealNeeds } from '../../../../functions/delivery/seal-package.ts';
import type { Decision } from '../../../../functions/decision/contract.ts';
import type { Disclosure } from '../../../../functions/disclosure/contract.ts';
import { releaseDisclosure } from '../../../../functions/disclosure/release-disclosure.ts';
import type { SecretNeeds } from '../../../../functions/mail/secret-of-letter.ts';
import { sealOf } from '../../../../functions/records/ledger.ts';
import { isBookkeeping } from '../../../../functions/records/change.ts';
import type { Mail } from '../../../../functions/records/mail-owed.ts';
import type { Records } from '../../../../functions/records/records.aws.ts';
import { untilWritten } from '../../../../functions/records/until-written.ts';
import { breaksIn } from '../../../../functions/records/verify.ts';
import { Fault } from '../../../../policies/faults.ts';
import { instantOf, type Instant } from '../../../../policies/instant.ts';
import { recordsInMemory, type RecordsInMemory } from '../../../records-in-memory.ts';
import { Office } from '../office.ts';
import { Book } from './book.ts';
import type { Choice } from './drafts.ts';
import { Witness } from './witness.ts';

/** Where the workflow of a disclosure stands, by the step that comes next. */
export type Next = 'nothing' | 'check' | 'complete' | 'sign-off' | 'release' | 'seal' | 'collect' | 'ended';

/** What a sequence knows of one disclosure, besides what the witness does. */
export interface Case {
  readonly id: string;
  readonly requesterId: string;
  /** The ground it was opened on. */
  readonly began: Choice['ground'];
  choice: Choice;
  next: Next;
  /** Every enclosure there ever was. */
  readonly enclosureIds: string[];
  readonly decisions: Decision[];
  deliveryId?: string;
  readonly letters: Mail[];
  /** Secrets and codes as they came in letters, oldest first. */
  readonly links: string[];
  readonly codes: string[];
  /** What the recipient's browser holds. */
  visit?: string;
  readonly tokens: string[];
}

export interface Beginning {
  readonly items: ReturnType<RecordsInMemory['items']>;
  readonly book: Book;
  /** Kept images of the case. */
  readonly imageIds: readonly string[];
}

export const FURNISHED = instantOf('2026-11-20T15:00:00Z');
export const STARTS = instantOf('2026-11-24T15:00:00Z');

/** Hands acts something else than is on record. */
export type Lie = (records: Records, now: () => Instant) => Records;

/** What is wrong in this department, for a test that has to find it. */
export interface Wrong {
  readonly lie?: Lie;
  readonly release?: typeof releaseDisclosure;
}

export class World extends Office<RecordsInMemory> {
  readonly witness: Witness;
  readonly cases: Case[] = [];
  readonly imageIds: readonly string[];
  readonly releaseDisclosure: typeof releaseDisclosure;
  readonly #written: Record<string, unknown>[] = [];
  readonly #touched = new Map<string, Record<string, unknown>>();
  readonly #told: Records;
  #meanwhile: { readonly happens: () => Promise<void>; after: number } | undefined;
  #ids = 0;

  constructor(
    { items, book, imageIds }: Beginning,
    { lie = (records) => records, release = releaseDisclosure }: Wrong = {},
  ) {
    super(recordsInMemory((item) => void this.#written.push(item as Record<string, unknown>), items));
    this.witness = new Witness(new Book(book));
    this.imageIds = imageIds;
    this.releaseDisclosure = release;
    this.now = STARTS;
    const told = lie(this.records, () => this.now);
    this.#told = {
      ...told,
      get: async (kind, id) => {
        await this.#interrupted();
        return told.get(kind, id);
      },
      write: async (change) => {
        await this.#interrupted();
        await told.write(change);
      },
    };
  }

  override get needs() {
    const sign = async () => ({ signature: 'c2lnbmVk', keyId: 'test' });
    return { ...super.needs, records: this.#told, newId: (prefix: string) => `${prefix}-${++this.#ids}`, sign };
  }

  get secrets(): SecretNeeds {
    return {
      records: this.#told,
      now: () => this.now,
      newSecret: () => String(++this.#ids).padStart(43, 'x'),
      newCode: () => String(++this.#ids).padStart(8, '0'),
    };
  }

  get sealing(): SealNeeds {
    return { records: this.#told, now: () => this.now, store: PACKAGES, newPassphrase: () => 'correct horse' };
  }

  /** Does one thing as its caller does it, again when it meets a change; then the witness looks at what was written. */
  async take<T>(act: () => Promise<T>, took: (answer: T) => void = () => undefined): Promise<T> {
    try {
      const answer = await untilWritten(act);
      took(answer);
      return answer;
    } finally {
      this.#look();
    }
  }

  /** The same for a step that may find nothing it could do, and says so in a fault. */
  async attempt(act: () => Promise<unknown>): Promise<void> {
    try {
      await this.take(act);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
    }
  }

  /** What happens while the next act is about to read or write a record for the time after `after` times. */
  meanwhile(happens: () => Promise<void>, after: number): void {
    this.#meanwhile = { happens, after };
  }

  /** What has not happened by now does not. */
  nothingMeanwhile(): void {
    this.#meanwhile = undefined;
  }

  async #interrupted(): Promise<void> {
    const meanwhile = this.#meanwhile;
    if (!meanwhile || meanwhile.after-- > 0) return;
    this.#meanwhile = undefined;
    await meanwhile.happens();
  }

  caseOf(place: number): Case {
    return this.cases[place % this.cases.length]!;
  }

  #look(): void {
    for (const item of this.#written.splice(0)) {
      const { pk, sk } = item as { readonly pk: string; readonly sk: string };
      this.#touched.set(`${pk} ${sk}`, item);
      if (item.noun === 'disclosure') this.witness.sawDisclosure(item.record as Disclosure, this.now);
      if (item.noun === 'decision') this.#sawDecision(item.record as Decision);
      if (item.noun === 'delivery') this.#sawDelivery(item.record as Delivery);
      if (item.noun === 'mail') this.#sawMail(item.record as Mail);
    }
    this.witness.sawAll();
  }

  #sawDecision(decision: Decision): void {
    this.witness.sawDecision(decision);
    const of = this.#caseOn(decision.on);
    const place = of.decisions.findIndex(({ id }) => id === decision.id);
    of.decisions.splice(place < 0 ? of.decisions.length : place, 1, decision);
  }

  #sawDelivery(delivery: Delivery): void {
    this.witness.sawDelivery(delivery);
    this.#caseOn(`disclosure#${delivery.disclosureId}`).deliveryId = delivery.id;
  }

  #sawMail(mail: Mail): void {
    if (mail.kind === 'delivery-ready' || mail.kind === 'delivery-code') this.#caseOn(mail.subject).letters.push(mail);
  }

  #caseOn(subject: string): Case {
    return this.cases.find(({ id }) => `disclosure#${id}` === subject)!;
  }

  /** Every chain that grew holds, and its last word on each record that was written is what the record is. */
  async breaks(): Promise<readonly string[]> {
    const found: string[] = [];
    const last = new Map<string, string>();
    const subjects = new Set([...this.#touched.keys()].flatMap((key) => /^ledger#(\S+) head$/.exec(key)?.[1] ?? []));
    for (const subject of subjects) {
      const entries = await this.records.ledgerOf(subject);
      const head = await this.records.headOf(subject);
      found.push(...breaksIn(subject, entries, head).map(({ seq, what }) => `${subject} ${seq}: ${what}`));
      for (const { after } of entries)
        for (const [name, seal] of Object.entries(after)) last.set(name, newer(last.get(name), seal));
    }
    for (const [key, { sk, pk, noun, version, ...item }] of this.#touched)
      if (sk === 'record' && !isBookkeeping(noun)) {
        const seal = sealOf(Number(version), { pk, sk, noun, version, ...item });
        if (last.get(String(pk)) !== seal) found.push(`${key}: the ledger's last word on it is another`);
      }
    return found;
  }
}

const newer = (one: string | undefined, other: string): string =>
  one !== undefined && Number.parseInt(one, 10) > Number.parseInt(other, 10) ? one : other;

/** A store whose files are what their keys say, so that each has the hash it was released with. */
const PACKAGES: PackageStore = {
  async *pieces({ key }) {
    yield Buffer.from(key.startsWith('enclosed/') ? key : 'an image');
  },
  async writePackage(deliveryId, bytes) {
    for await (const _ of bytes);
    return { key: `sealed/${deliveryId}/package.zip`, versionId: 'v1' };
  },
  writePassphrase: async (deliveryId) => ({ key: `sealed/${deliveryId}/passphrase`, versionId: 'v1' }),
  sign: async (text) => createHash('sha256').update(text).digest(),
  publicKey: async () => Buffer.from('a public key'),
};
