/**
 * A real table and a real store for tests of what is kept: cards with their files, locked as the records say, and whatever a
 * test then does to one side behind the other's back.
 */
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import { compareNext, SIZES, type CompareNeeds, type Sizes } from '../../../functions/reconciliation/compare-next.ts';
import { reconciliations, type Reconciliation } from '../../../functions/reconciliation/contract.ts';
import { startReconciliation } from '../../../functions/reconciliation/start-reconciliation.ts';
import { newId } from '../../../functions/edge/system.ts';
import { put } from '../../../functions/records/change.ts';
import { filesIn } from '../../../functions/records/files.aws.ts';
import type { Files, FileVersion } from '../../../functions/records/files.ts';
import { cardKey, retentionCards, type RetentionCard } from '../../../functions/retention/contract.ts';
import { nyDate, plusHours, type Instant } from '../../../policies/instant.ts';
import type { Keeping } from '../../../policies/retention.ts';
import { startS3, type S3Host } from '../../local/objects/s3-host.ts';
import { startTable, type TestTable } from '../../records-table.ts';

const Bucket = 'images';
const HOUR_MS = 3_600_000;

/** What the function that compares may do, as infra/constructs/reconciliation.ts gives it. */
const RIGHTS = [
  {
    Effect: 'Allow' as const,
    Action: [
      'GetObject',
      'GetObjectVersion',
      'GetObjectLegalHold',
      'GetObjectRetention',
      'GetObjectTagging',
      'GetObjectVersionTagging',
      'PutObjectLegalHold',
      'PutObjectRetention',
      'PutObjectTagging',
      'PutObjectVersionTagging',
    ].map((action) => `s3:${action}`),
    Resource: [`arn:aws:s3:::${Bucket}/kept/*`, `arn:aws:s3:::${Bucket}/enclosed/*`],
  },
  {
    Effect: 'Allow' as const,
    Action: 's3:ListBucketVersions',
    Resource: `arn:aws:s3:::${Bucket}`,
    Condition: { StringLike: { 's3:prefix': ['kept/*', 'enclosed/*'] } },
  },
  { Effect: 'Allow' as const, Action: 's3:ListBucket', Resource: `arn:aws:s3:::${Bucket}` },
];

export class KeptWorld {
  readonly table: TestTable;
  readonly host: S3Host;
  s3!: S3Client;
  files!: Files;
  needs!: CompareNeeds;
  readonly lines: Readonly<Record<string, unknown>>[] = [];
  sizes: Sizes = SIZES;

  constructor(table: TestTable, host: S3Host) {
    this.table = table;
    this.host = host;
    this.#signAnew();
  }

  /** A client signs by the time at which it was made. */
  #signAnew(): void {
    this.s3 = this.host.client();
    this.files = filesIn(Bucket, this.s3);
    this.needs = {
      records: this.records,
      files: filesIn(Bucket, this.host.client(RIGHTS)),
      printedClasses: ['misdemeanor', 'homicide'],
      sizes: this.sizes,
      log: (line) => void this.lines.push(line),
      now: () => this.now(),
      newId,
    };
  }

  get records() {
    return this.table.records;
  }

  now(): Instant {
    return new Date(this.host.clock.now()).toISOString() as Instant;
  }

  /** Past the hour in which what is new is left alone. */
  async later(hours = 2): Promise<void> {
    await this.host.clock.advance(hours * HOUR_MS);
    this.#signAnew();
  }

  async put(key: string, text = key): Promise<FileVersion & { readonly sha256: string; readonly bytes: number }> {
    const Body = Buffer.from(text);
    const { VersionId } = await this.s3.send(new PutObjectCommand({ Bucket, Key: key, Body }));
    const sha256 = createHash('sha256').update(Body).digest('hex');
    return { key, versionId: VersionId!, sha256, bytes: Body.byteLength };
  }

  /** A record with one file, as those who keep and lock it leave the two. */
  async kept(
    id: string,
    over: Partial<RetentionCard> = {},
    key = `kept/records/${id}/original`,
  ): Promise<RetentionCard> {
    const file = await this.put(key);
    const keeping: Keeping = over.keeping ?? { kind: 'keep', classId: 'open-case', why: [] };
    const card = await this.card(id, {
      keeping,
      lock: { legalHold: keeping.kind === 'keep', classId: keeping.classId },
      ...over,
      files: [file],
    });
    await this.files.tag(file, { record: id, class: card.lock.classId });
    await this.files.setLegalHold(file, card.lock.legalHold);
    if (card.lock.retainUntil) await this.files.retainUntil(file, card.lock.retainUntil);
    return card;
  }

  async card(id: string, over: Partial<RetentionCard> = {}): Promise<RetentionCard> {
    const before = await this.records.get(retentionCards, id);
    const at = this.now();
    const card: RetentionCard = {
      id,
      state: 'kept',
      kind: 'image',
      technology: 'mobile-x-ray',
      keptAt: at,
      caseNumbers: ['2026-1'],
      files: [],
      holdIds: [],
      keeping: { kind: 'keep', classId: 'open-case', why: [] },
      workedOutFrom: { cases: {}, at },
      lock: { legalHold: true, classId: 'open-case' },
      lockSetAt: at,
      ...before,
      ...over,
      version: before?.version ?? 0,
    };
    await this.records.write({
      at,
      by: { kind: 'system', id: 'test' },
      puts: [put(retentionCards, card)],
      tells: [{ subject: cardKey(id), act: 'card written' }],
    });
    return card;
  }

  /** A whole comparison, as the workflow calls it; answers its record and how many steps it took. */
  async compared({ runs = false } = {}): Promise<Reconciliation & { readonly steps: number }> {
    await this.later(24);
    await startReconciliation(this.needs);
    const reconciliationId = nyDate(this.now());
    let steps = 1;
    const isRunning = async () => (await this.records.get(reconciliations, reconciliationId))!.state === 'running';
    // A long one is handed from run to run; the outbox that starts the next is not here.
    while ((await compareNext(this.needs, { reconciliationId })).kind === 'more' || (runs && (await isRunning())))
      steps++;
    return { ...(await this.records.get(reconciliations, reconciliationId))!, steps };
  }

  /** What a comparison reports, as `kind key` and whether it was mended. */
  async differences(): Promise<readonly string[]> {
    const { shown } = await this.compared();
    return shown.map(({ kind, key, mended }) => `${kind} ${key}${mended ? ', mended' : ''}`).toSorted();
  }

  in(hours: number): Instant {
    return plusHours(this.now(), hours);
  }

  async stop(): Promise<void> {
    await Promise.all([this.table.stop(), this.host.stop()]);
  }
}

export async function startKeptWorld(): Promise<KeptWorld> {
  const [table, host] = await Promise.all([startTable(), startS3()]);
  await host.deploy('AWS::S3::Bucket', 'Images', {
    BucketName: Bucket,
    ObjectLockEnabled: true,
    VersioningConfiguration: { Status: 'Enabled' },
  });
  return new KeptWorld(table, host);
}

export { Bucket as KEPT_BUCKET };
