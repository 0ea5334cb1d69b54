/** The pages of disclosure on a real table, for tests: who sits at them, a store of files, and records in any state. */
import { disclosures, type Disclosure } from '../../../functions/disclosure/contract.ts';
import { disclosurePages } from '../../../functions/disclosure/disclosure-pages.lambda.tsx';
import { enclosurePages } from '../../../functions/disclosure/enclosure-pages.lambda.tsx';
import type { EnclosureStore } from '../../../functions/disclosure/enclosure-store.ts';
import { newId } from '../../../functions/edge/system.ts';
import { caseLine, dutyLine, images, type Image } from '../../../functions/image/contract.ts';
import { put } from '../../../functions/records/change.ts';
import type { Entity, Kept } from '../../../functions/records/entity.ts';
import { visitorsIn } from '../../../functions/records/visitors.ts';
import { instantOf, type Instant } from '../../../policies/instant.ts';
import type { Role } from '../../../policies/roles.ts';
import { startTable, type TestTable } from '../../records-table.ts';
import { signedInAs, type Browser } from '../signed-in.ts';
import { ANSWERS, COMMON } from './answers.ts';

export const SHA = 'ab'.repeat(32);
export const now = (): Instant => instantOf('2026-11-24T15:00:00Z');

/** A whole form, with words instead of an agreement, since no agreement is on file. */
export const whole = (over: Record<string, string> = {}, kind: keyof typeof ANSWERS = 'prosecutor') => ({
  ...COMMON,
  ...ANSWERS[kind],
  agreement: 'none',
  agreementWhy: 'The defense gets it under the discovery law anyway',
  to: kind,
  ...over,
});

export const textOf = async (answer: Promise<Response>): Promise<string> => (await answer).text();

export interface Desks {
  readonly table: TestTable;
  /** Sizes of the files that have arrived, by key. */
  readonly arrived: Map<string, number>;
  /** Whose case is 2026-0042, with the image I-KEPT-0001; and not 2026-0099, with the image I-KEPT-0002. */
  readonly asker: Browser;
  readonly officer: Browser;
  readonly auditor: Browser;
  /** May ask for disclosures of their own. */
  readonly other: Browser;
  /** Opens one as the asker, from a whole form with these changes. */
  opened(over?: Record<string, string>): Promise<string>;
  /** Opens one and brings it where its workflow would. */
  inState(over: Partial<Disclosure>, typed?: Record<string, string>): Promise<string>;
  disclosure(id: string): Promise<Disclosure>;
  keep<T extends Kept>(of: Entity<T>, record: T, lines?: { from: string; to: string }[]): Promise<void>;
}

export async function startDesks(): Promise<Desks> {
  const table = await startTable();
  const { records } = table;
  const arrived = new Map<string, number>();
  const needs = () => ({
    records,
    enclosed: storeOf(arrived),
    chiefPrivacyOfficer: 'cpo@city.example',
    now,
    newId,
    ...visitorsIn(records, now),
  });
  const [pages, enclosing] = [disclosurePages(needs), enclosurePages(needs)];
  // As the routes of the site do.
  const isEnclosing = (path: string) => /^\/disclosures\/[^/]+\/(enclosures|images|counts|files)(\/|\?|$)/.test(path);
  const app = {
    request: (path: string, init?: RequestInit) => (isEnclosing(path) ? enclosing : pages).request(path, init),
  };
  const as = (name: string, ...roles: Role[]) => signedInAs(app, records, now, name, ['member', ...roles]);
  const asker = await as('asker', 'investigator');
  const keep: Desks['keep'] = (of, record, lines = []) =>
    records.write({
      at: now(),
      by: { kind: 'person', id: 'test' },
      puts: [put(of, record)],
      lines,
      tells: [{ subject: `${of.noun}#${record.id}`, act: 'test' }],
    });
  await keep(images, image('I-KEPT-0001', '2026-0042'), [
    { from: caseLine('2026-0042'), to: 'I-KEPT-0001' },
    { from: dutyLine(asker.personId), to: '2026-0042' },
  ]);
  await keep(images, image('I-KEPT-0002', '2026-0099'), [{ from: caseLine('2026-0099'), to: 'I-KEPT-0002' }]);
  const disclosure = async (id: string) => (await records.get(disclosures, id))!;
  const opened = async (over: Record<string, string> = {}): Promise<string> => {
    const answer = await asker.post('/disclosures', whole(over));
    if (answer.status !== 303) throw new Error(await answer.text());
    return answer.headers.get('location')!.split('/')[2]!;
  };
  return {
    table,
    arrived,
    asker,
    officer: await as('officer', 'privacy-officer'),
    auditor: await as('auditor', 'auditor'),
    other: await as('other', 'executive'),
    opened,
    disclosure,
    keep,
    async inState(over, typed) {
      const id = await opened(typed);
      await keep(disclosures, { ...(await disclosure(id)), ...over });
      return id;
    },
  };
}

const storeOf = (sent: ReadonlyMap<string, number>): EnclosureStore => ({
  origin: async () => 'https://store.example',
  uploadForm: async ({ key, backTo }) => ({
    url: 'https://store.example/',
    fields: { key, success_action_redirect: backTo },
  }),
  arrived: async (key) => (sent.has(key) ? { versionId: 'v1', bytes: sent.get(key)! } : undefined),
  take: async ({ from, toKey }) => ({
    key: toKey,
    versionId: 'v1',
    sha256: SHA,
    bytes: from.bytes,
    contentType: 'application/octet-stream',
  }),
});

const image = (id: string, caseNumber: string) =>
  ({
    id,
    version: 0,
    state: 'kept',
    requestId: 'R-1',
    filed: { caseNumber, personInImage: true },
    uploaderId: 'someone',
    filedAt: now(),
    stored: { key: `kept/${id}`, versionId: 'v1', sha256: SHA, bytes: 12, contentKind: 'png' },
  }) as unknown as Image;
