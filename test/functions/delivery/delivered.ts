/**
 * A released disclosure with its delivery on a real table, the mails as they are sent, and browsers without scripts, for
 * tests of how a recipient gets at it. The store of files is a map of versions, which answers like the doors to the real
 * one; test/workflows/delivery.local.test.ts has that.
 */
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { Hono } from 'hono';
import { deliveries, type DeliveredFile, type Delivery } from '../../../functions/delivery/contract.ts';
import type { DeliveredFiles } from '../../../functions/delivery/delivered-files.ts';
import type { PackageStore } from '../../../functions/delivery/package-store.ts';
import { receivePages } from '../../../functions/delivery/receive-pages.lambda.tsx';
import { disclosures, type Disclosure, type StoredFile } from '../../../functions/disclosure/contract.ts';
import { newCode, newId, newPassphrase, newSecret } from '../../../functions/edge/system.ts';
import type { Letter } from '../../../functions/mail/letter.tsx';
import { sendMail } from '../../../functions/mail/send-mail.ts';
import { put, type Put } from '../../../functions/records/change.ts';
import { mails } from '../../../functions/records/mail-owed.ts';
import { instantOf, plusHours, plusMinutes, type Instant } from '../../../policies/instant.ts';
import { startTable, type TestTable } from '../../records-table.ts';

/** Versions of files, and a key that signs. */
export class FileStore implements PackageStore, DeliveredFiles {
  readonly versions = new Map<string, Uint8Array>();
  readonly keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });

  put(key: string, bytes: Uint8Array, contentType = 'image/png'): StoredFile {
    const versionId = randomBytes(6).toString('hex');
    this.versions.set(`${key}@${versionId}`, bytes);
    return { key, versionId, sha256: sha(bytes), bytes: bytes.length, contentType };
  }

  at({ key, versionId }: { readonly key: string; readonly versionId: string }): Uint8Array {
    const found = this.versions.get(`${key}@${versionId}`);
    if (!found) throw new Error(`nothing at ${key}@${versionId}`);
    return found;
  }

  async *pieces(file: StoredFile): AsyncIterable<Uint8Array> {
    const bytes = this.at(file);
    for (let from = 0; from < bytes.length; from += 64 * 1024) yield bytes.subarray(from, from + 64 * 1024);
  }

  async writePackage(deliveryId: string, bytes: ReadableStream<Uint8Array>) {
    const pieces: Uint8Array[] = [];
    for await (const piece of bytes) pieces.push(piece);
    return this.put(`sealed/${deliveryId}/package.zip`, Buffer.concat(pieces), 'application/zip');
  }

  async writePassphrase(deliveryId: string, passphrase: string) {
    return this.put(`sealed/${deliveryId}/passphrase`, Buffer.from(passphrase), 'text/plain');
  }

  async sign(text: string) {
    return sign('sha256', Buffer.from(text), this.keys.privateKey);
  }

  async publicKey() {
    return this.keys.publicKey.export({ type: 'spki', format: 'der' });
  }

  async origin() {
    return 'https://store.example';
  }

  async link(ask: Parameters<DeliveredFiles['link']>[0]) {
    return `https://store.example/${ask.key}?version=${ask.versionId}&as=${ask.fileName}&seconds=${ask.seconds}`;
  }

  async passphrase(at: { readonly key: string; readonly versionId: string }) {
    return Buffer.from(this.at(at)).toString();
  }
}

export const sha = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

export const ADDRESS = 'pat.quill@prosecutor.example';

export class Delivered {
  readonly table: TestTable;
  readonly store = new FileStore();
  now: Instant = instantOf('2026-11-30T15:00:00Z');
  readonly sent: { readonly to: string; readonly kind: string; readonly letter: Letter }[] = [];
  readonly app: Hono<never>;

  constructor(table: TestTable) {
    this.table = table;
    this.app = receivePages(() => ({
      ...this.needs,
      files: this.store,
      visitorOf: () => Promise.resolve(undefined),
    })) as unknown as Hono<never>;
  }

  get records() {
    return this.table.records;
  }

  get needs() {
    return { records: this.records, now: () => this.now, newSecret, newPassphrase, store: this.store };
  }

  later(minutes: number): void {
    this.now = plusMinutes(this.now, minutes);
  }

  /** A file as it was released. */
  file(label: string, bytes: Uint8Array = randomBytes(300), over: Partial<DeliveredFile> = {}): DeliveredFile {
    const enclosureId = newId('E');
    const file = this.store.put(`kept/I-1/${enclosureId}`, bytes);
    return { enclosureId, label, fileName: 'Smith ABC1234.PNG', file, ...over };
  }

  /** A released disclosure and its delivery, as the release writes them. By page its mail is owed and sent at once. */
  async released(over: Partial<Delivery> = {}, of: Partial<Disclosure> = {}): Promise<Delivery> {
    const id = newId('Y');
    const disclosure = disclosureOf(newId('X'), id, this.now, of);
    const isPage = (over.way ?? 'page') === 'page';
    const delivery: Delivery = {
      id,
      version: 0,
      disclosureId: disclosure.id,
      way: 'page',
      state: isPage ? 'open' : 'sealing',
      to: { name: 'Pat Quill', organization: 'District Attorney', email: ADDRESS },
      files: over.files ?? [this.file('View of the cargo area'), this.file('View from above')],
      counts: [],
      madeAt: this.now,
      closesAt: plusHours(this.now, 14 * 24),
      links: [],
      codesAsked: 0,
      openings: [],
      dueAt: plusHours(this.now, 14 * 24),
      ...over,
    };
    const subject = `disclosure#${disclosure.id}`;
    await this.records.write({
      at: this.now,
      by: { kind: 'system', id: 'disclosure' },
      puts: [put(disclosures, disclosure), put(deliveries, delivery)],
      tells: [{ subject, act: 'disclosure released', clauses: ['XR26-EXT-10'], facts: { delivery: id } }],
      ...(isPage && {
        mails: [{ kind: 'delivery-ready' as const, to: { address: ADDRESS }, about: `delivery#${id}`, subject }],
      }),
    });
    return this.delivery(id);
  }

  async delivery(id: string): Promise<Delivery> {
    return (await this.records.get(deliveries, id))!;
  }

  async disclosure({ disclosureId }: Delivery): Promise<Disclosure> {
    return (await this.records.get(disclosures, disclosureId))!;
  }

  /** Writes the disclosure and the delivery as a member's act would, such as a revocation. */
  async change(delivery: Delivery, to: { delivery?: Partial<Delivery>; disclosure?: Partial<Disclosure> }, act: string) {
    const [was, of] = [await this.delivery(delivery.id), await this.disclosure(delivery)];
    const puts: Put[] = [
      ...(to.delivery ? [put(deliveries, { ...was, ...to.delivery })] : []),
      ...(to.disclosure ? [put(disclosures, { ...of, ...to.disclosure })] : []),
    ];
    const tells = [{ subject: `disclosure#${of.id}`, act }];
    await this.records.write({ at: this.now, by: { kind: 'person', id: 'p-adler' }, puts, tells });
  }

  /** Sends every mail that is owed on this delivery, as the mail function does. */
  async mailed({ disclosureId }: Delivery): Promise<void> {
    const { records } = await this.records.ofSubject(mails, `disclosure#${disclosureId}`);
    for (const { id, kind, state } of records.filter((mail) => mail.state === 'owed' && 'address' in mail.to)) {
      expectOwed(state);
      await sendMail(
        {
          records: this.records,
          now: () => this.now,
          newSecret,
          newCode,
          site: 'http://localhost',
          send: (to, letter) => {
            this.sent.push({ to, kind, letter });
            return Promise.resolve(newSecret());
          },
        },
        id,
      );
    }
  }

  /** The path in the newest mail with a link. */
  async link(delivery: Delivery): Promise<string> {
    await this.mailed(delivery);
    return /\/receive\/[\w-]{43}/.exec(this.newest('delivery-ready'))![0];
  }

  /** The digits of the newest mail with a code. */
  async code(delivery: Delivery): Promise<string> {
    await this.mailed(delivery);
    return /code is (\d{4} \d{4})/.exec(this.newest('delivery-code'))![1]!;
  }

  newest(kind: string): string {
    return this.sent.filter((mail) => mail.kind === kind).at(-1)!.letter.text;
  }

  /** The acts the ledger tells of a delivery's disclosure, oldest first. */
  async acts({ disclosureId }: Delivery): Promise<readonly string[]> {
    return (await this.records.ledgerOf(`disclosure#${disclosureId}`)).map(({ act }) => act);
  }

  /** Why attempts were refused, as the ledger has it, oldest first. */
  async refusals({ disclosureId }: Delivery): Promise<readonly string[]> {
    return (await this.records.ledgerOf(`disclosure#${disclosureId}`))
      .filter(({ act }) => act === 'attempt at a delivery refused')
      .map(({ facts }) => `${String(facts?.at)}: ${String(facts?.why)}`);
  }

  browser(): Outsider {
    return new Outsider(this.app);
  }

  /** A browser that has gone through the door: link, code, list. */
  async visiting(delivery: Delivery): Promise<{ readonly browser: Outsider; readonly link: string }> {
    const link = await this.link(delivery);
    const browser = this.browser();
    await browser.get(link);
    await browser.post(`${link}/code`);
    await browser.post(`${link}/enter`, { code: await this.code(delivery) });
    return { browser, link };
  }

  stop(): Promise<void> {
    return this.table.stop();
  }
}

function expectOwed(state: string): void {
  if (state !== 'owed') throw new Error(`a mail that is ${state} was to be sent`);
}

export const startDelivered = async (): Promise<Delivered> => new Delivered(await startTable());

/** Somebody's browser without scripts: its cookies, and the secret of the page's form it saw last. */
export class Outsider {
  readonly #app: Hono<never>;
  readonly cookies = new Map<string, string>();
  form = '';

  constructor(app: Hono<never>) {
    this.#app = app;
  }

  async ask(path: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await this.#app.request(path, { ...init, headers: { ...(init.headers as object), cookie } });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      if (value) this.cookies.set(name!, value);
      else this.cookies.delete(name!);
    }
    return answer;
  }

  async get(path: string): Promise<Response> {
    const answer = await this.ask(path);
    const secret = /name="form" value="([^"]+)"/.exec(await answer.clone().text())?.[1];
    if (secret) this.form = secret;
    return answer;
  }

  post(path: string, fields: Readonly<Record<string, string>> = {}): Promise<Response> {
    return this.ask(path, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ form: this.form, ...fields }).toString(),
    });
  }
}

function disclosureOf(id: string, deliveryId: string, now: Instant, over: Partial<Disclosure>): Disclosure {
  const confirmation = { outcome: 'confirmed', how: 'Called the office back', byId: 'p-ortiz', at: now } as const;
  return {
    id,
    version: 0,
    state: 'released',
    requesterId: 'p-ortiz',
    openedAt: now,
    asked: {
      technology: 'mobile-x-ray',
      disclosureType: 'evidence-for-prosecution',
      about: 'The cargo area',
      aboutWhom: 'The driver',
      addressee: {
        name: 'Pat Quill',
        organization: 'District Attorney',
        email: ADDRESS,
        government: true,
        iceOrCbp: false,
      },
      recipient: { kind: 'prosecutor', matter: { caseNumber: '2026-0042', hasJurisdiction: true } },
      immigration: { furthers: 'no', recipientEnforces: false },
      identity: confirmation,
      affiliation: confirmation,
      basis: { ground: 'required-by-law', law: 'CPL 245' },
      way: 'page',
    },
    enclosures: [],
    edition: 'xray-2026',
    release: {
      at: now,
      clauses: ['XR26-EXT-10'],
      shownHash: '0'.repeat(64),
      deliveryId,
      register: { required: true } as unknown as NonNullable<Disclosure['release']>['register'],
    },
    step: 'Wait for the recipient',
    ...over,
  };
}
