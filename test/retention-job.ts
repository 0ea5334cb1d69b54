/**
 * The steps of keeping and disposing, as people and systems take them, on a host that serves the whole of postact: bring in
 * a store, put a schedule in force, sign batches from the desk. None posts a hidden shortcut.
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import type { Client } from '../demo/client.ts';
import type { SyntheticCase, SyntheticRecord, SyntheticStore } from '../demo/synthetic-store.ts';
import type { StoredFile } from '../functions/retention/contract.ts';
import type { ImportedCard, ImportedCase, RecordsImport } from '../functions/retention/import-shapes.ts';
import { recordsIn, type Records } from '../functions/records/records.aws.ts';
import { dispositions, type Disposition } from '../functions/disposition/contract.ts';
import type { Instant } from '../policies/instant.ts';

export interface Keeper {
  /** @default what the environment says */
  readonly endpoint?: string;
  readonly outputs: {
    readonly TableName: string;
    readonly ImagesBucketName: string;
    readonly ImportRecordsFunctionName: string;
  };
}

const atHost = (endpoint: string | undefined) =>
  endpoint === undefined
    ? {}
    : { endpoint, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };

export const recordsAt = ({ endpoint, outputs }: Keeper): Records =>
  recordsIn(outputs.TableName, new DynamoDBClient(atHost(endpoint)));

export const bucketAt = ({ endpoint }: Keeper): S3Client => new S3Client({ ...atHost(endpoint), ...(endpoint !== undefined && { forcePathStyle: true }) });

/** How many at a time: of files on their way, and of what one call brings in. */
const AT_ONCE = 16;
const IN_A_CALL = 200;

/** Brings a store in as an administrator does: files into the bucket, then cases, then records. Throws on any refusal. */
export async function bringIn(
  keeper: Keeper,
  { cases, records }: SyntheticStore,
  { keptAt, workOut }: { readonly keptAt: Instant; readonly workOut: boolean },
): Promise<void> {
  const files = await putFiles(keeper, records);
  const lambda = new LambdaClient(atHost(keeper.endpoint));
  const call = async (some: Pick<RecordsImport, 'cases' | 'cards'>): Promise<void> => {
    const { Payload, FunctionError } = await lambda.send(
      new InvokeCommand({
        FunctionName: keeper.outputs.ImportRecordsFunctionName,
        Payload: JSON.stringify({ by: 'older-system', reason: 'Moved from the older system', workOut, ...some }),
      }),
    );
    const answer = Buffer.from(Payload ?? []).toString();
    if (FunctionError || answer.includes('"refused"'))
      throw new Error(`not brought in: ${answer.slice(Math.max(0, answer.indexOf('"refused"') - 50)).slice(0, 1500)}`);
  };
  for (const some of inParts(cases, IN_A_CALL)) await call({ cases: some.map(importedCase) });
  for (const some of inParts(records, IN_A_CALL))
    await call({ cards: some.map((one) => importedCard(one, files.get(one.id), keptAt)) });
}

async function putFiles(keeper: Keeper, records: readonly SyntheticRecord[]): Promise<ReadonlyMap<string, StoredFile>> {
  const s3 = bucketAt(keeper);
  const files = new Map<string, StoredFile>();
  const left = records.filter(({ content }) => content !== undefined).values();
  const work = async (): Promise<void> => {
    for (const { id, content } of left) {
      const key = `kept/records/${id}/original`;
      const Body = Buffer.from(content!);
      const { VersionId } = await s3.send(
        new PutObjectCommand({
          Bucket: keeper.outputs.ImagesBucketName,
          Key: key,
          Body,
          ObjectLockLegalHoldStatus: 'ON',
          Tagging: `record=${id}&class=unclassed`,
        }),
      );
      const sha256 = createHash('sha256').update(Body).digest('hex');
      files.set(id, { key, versionId: VersionId!, sha256, bytes: Body.length });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return files;
}

function* inParts<T>(all: readonly T[], size: number): Iterable<readonly T[]> {
  for (let from = 0; from < all.length; from += size) yield all.slice(from, from + size);
}

export function importedCase(one: SyntheticCase): ImportedCase {
  const child = one.childrenBornOn.map((bornOn, at) => ({ id: `child-${at}`, part: 'child-victim' as const, bornOn }));
  const young = one.juvenilesBornOn.map((bornOn, at) => ({ id: `juvenile-${at}`, part: 'juvenile' as const, bornOn }));
  return {
    caseNumber: one.caseNumber,
    openedOn: one.openedOn,
    ...(one.closedOn && one.closureGround && { closed: { on: one.closedOn, ground: one.closureGround } }),
    dispositions: one.dispositions.map((each) => ({ ...each })),
    ...(one.finding && { finding: one.finding }),
    statusClasses: one.statusClasses.map(({ classId }) => ({ classId, since: one.openedOn })),
    people: [...child, ...young].map(({ bornOn, ...person }) => ({ ...person, ...(bornOn && { bornOn }) })),
  };
}

export function importedCard(one: SyntheticRecord, file: StoredFile | undefined, keptAt: Instant): ImportedCard {
  const { content: _, capturedOn: __, caseNumbers, person, read, ...record } = one;
  return {
    ...record,
    keptAt,
    caseNumbers: [...caseNumbers],
    ...(person && { person: { ...person } }),
    ...(read && { read: { ...read } }),
    ...(record.technology === 'digital-camera' && { relevance: 'Made up for a test: shows the scene' }),
    files: file ? [{ ...file }] : [],
  };
}

/** The batches that are open, or that have ended. */
export async function batches(records: Records, which: 'open' | 'ended'): Promise<readonly Disposition[]> {
  const found: Disposition[] = [];
  let from: string | undefined;
  do {
    const page = await records.ofSubject(dispositions, `dispositions#${which}`, from ? { from } : {});
    found.push(...page.records);
    from = page.next;
  } while (from);
  return found;
}

/** The three who sign, by the office they sign for. */
export const SIGNERS = {
  'records-officer': 'p-dunne',
  'law-department': 'p-moreau',
  'records-commissioner': 'p-ito',
} as const;

/** One office signs one batch at the page of its decision. */
export async function sign(
  client: Client,
  decisionId: string,
  answer: 'approve' | 'decline' = 'approve',
): Promise<void> {
  const href = `/decisions/${decisionId}`;
  await client.go(href);
  await client.send(href, { answer, reason: 'Read the list; nothing in it is needed any longer' });
  if (client.page.status !== 200)
    throw new Error(`not signed (${client.page.status}): ${client.words().slice(0, 1000)}`);
}
