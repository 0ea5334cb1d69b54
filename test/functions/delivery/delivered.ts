/**
 * A released disclosure with its delivery on a real table, the mails as they are sent, and browsers without scripts, for
 * tests of how a recipient gets at it. The store of files is a map of versions, which answers like the doors to the real
 * one; test/functions/delivery/delivery.local.test.ts has that.
 */
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { randomBytes } from 'node:crypto';
import type { Hono } from 'hono';
import { deliveries, type DeliveredFile, type Delivery } from '../../../functions/delivery/contract.ts';
import { receivePages } from '../../../functions/delivery/receive-pages.lambda.tsx';
import { disclosures, type Disclosure } from '../../../functions/disclosure/contract.ts';
import { newCode, newId, newPassphrase, newSecret } from '../../../functions/edge/system.ts';
import type { Letter } from '../../../functions/mail/letter.tsx';
import { sendMail } from '../../../functions/mail/send-mail.ts';
import { canonical } from '../../../functions/records/canonical.ts';
import { put, type Put } from '../../../functions/records/change.ts';
import { mails } from '../../../functions/records/mail-owed.ts';
import { instantOf, plusMinutes, type Instant } from '../../../policies/instant.ts';
import { startTable, TABLE, type TestTable } from '../../records-table.ts';
import { FileStore } from './file-store.ts';
import { Outsider } from './outsider.ts';
import { releasedBy } from './released.ts';

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
    const files = over.files ?? [this.file('View of the cargo area'), this.file('View from above')];
    const { change, delivery } = releasedBy('p-ortiz', this.now, { ...over, files }, of);
    await this.records.write(change);
    return this.delivery(delivery.id);
  }

  async delivery(id: string): Promise<Delivery> {
    return (await this.records.get(deliveries, id))!;
  }

  async disclosure({ disclosureId }: Delivery): Promise<Disclosure> {
    return (await this.records.get(disclosures, disclosureId))!;
  }

  /** Writes the disclosure and the delivery as a member's act would, such as a revocation. */
  async change(
    delivery: Delivery,
    to: { delivery?: Partial<Delivery>; disclosure?: Partial<Disclosure> },
    act: string,
  ) {
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

  /** Every item of the table in one text, the same while nothing is written. */
  async everything(): Promise<string> {
    const items: unknown[] = [];
    let from: Record<string, unknown> | undefined;
    do {
      const page = await this.table.client.send(
        new ScanCommand({ TableName: TABLE, ConsistentRead: true, ...(from && { ExclusiveStartKey: from }) }),
      );
      items.push(...(page.Items ?? []));
      from = page.LastEvaluatedKey;
    } while (from);
    return items.map(canonical).toSorted().join('\n');
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
