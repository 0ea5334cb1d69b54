/**
 * The main job on a deployed stack, by the steps of test/job.ts: through its pages, its sign-in and its mails, by real
 * time. The window asked for opens one to two minutes ahead; what else there is to try is tried while it is awaited.
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  GetObjectLegalHoldCommand,
  GetObjectLockConfigurationCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { images, type Image } from '../../functions/image/contract.ts';
import { recordsIn } from '../../functions/records/records.aws.ts';
import { chunk, latin1, png } from '../functions/image/samples.ts';
import {
  ask,
  assign,
  close,
  decide,
  deploymentIn,
  end,
  fileImage,
  linkFor,
  minutesAfter,
  nyFields,
  sendFile,
  start,
  stateOf,
} from '../job.ts';
import { deployed, type Deployed } from './deployed.ts';

const PATIENCE = { timeout: 60_000, interval: 500 };
const WINDOW = { inMinutes: 1, forMinutes: 15 };
const APPROVE = { answer: 'approve', reason: 'The risk is specific and grave', acknowledgesPublicKeptOut: 'yes' };
const WAITING = 'Waiting for an executive’s decision';

let postact: Deployed;
let aws: { readonly s3: S3Client; readonly table: DynamoDBClient };
let opensAt: Date;
let requestId: string;
let deploymentId: string;
let imageId: string;
// A picture of its own each run: one that is kept already would be marked as its duplicate.
const picture = png([chunk('tEXt', latin1(`Comment\0${randomBytes(8).toString('hex')}`))]);

beforeAll(async () => {
  postact = await deployed();
  aws = { s3: new S3Client({}), table: new DynamoDBClient({}) };
});
afterAll(() => {
  aws?.s3.destroy();
  aws?.table.destroy();
});

/** Waits for real, and a second more: the clocks here and there need not agree to the last one. */
const until = (at: Date) =>
  new Promise((resolve) => setTimeout(resolve, Math.max(0, at.getTime() + 1_000 - postact.now().getTime())));
const becomes = (id: string, state: string) => expect.poll(() => stateOf(postact, id), PATIENCE).toBe(state);
/** Asks, and waits until the executive has the mail. */
async function asked(window: { inMinutes: number; forMinutes: number }): Promise<string> {
  const id = await ask(postact, 'p-reyes', {}, window);
  await vi.waitFor(() => linkFor(postact, 'p-lee', id), PATIENCE);
  return id;
}
async function kept(id: string): Promise<Image & Required<Pick<Image, 'stored'>>> {
  const image = await recordsIn(postact.outputs.TableName, aws.table).get(images, id);
  if (!image?.stored) throw new Error(`image ${id} is ${image?.state ?? 'not there'}`);
  return { ...image, stored: image.stored };
}

describe('the main job on a deployed stack', () => {
  it('XR26-USE-05, USE-07: a captain asks, and an executive approves by the link in the mail', async () => {
    opensAt = minutesAfter(postact.now(), WINDOW.inMinutes);
    requestId = await asked(WINDOW);
    expect(await stateOf(postact, requestId)).toBe(WAITING);
    const executive = await decide(postact, 'p-lee', requestId);
    expect(executive.words()).toContain('You approved this use');
    await becomes(requestId, 'Approved, to be assigned');
  });

  it('XR26-USE-09, USE-10: a commander assigns operator and device', async () => {
    deploymentId = deploymentIn(await assign(postact, requestId));
    expect(deploymentId).toMatch(/^P-/);
    await becomes(requestId, 'Assigned');
  });

  it('XR26-USE-07: a deployment does not start before the approved time', async () => {
    const operator = await start(postact, deploymentId);
    expect([operator.page.status, operator.words()]).toEqual([
      422,
      expect.stringContaining('a start before the approved time'),
    ]);
  });

  it('XR26-USE-07: a request is declined, with a reason that the requester reads', async () => {
    const id = await asked({ inMinutes: 600, forMinutes: 60 });
    await decide(postact, 'p-lee', id, 'decline', { reason: 'A canine unit answers this need better' });
    await becomes(id, 'Declined');
    expect((await postact.as('p-reyes')).words()).toContain('A canine unit answers this need better');
    await vi.waitFor(
      async () =>
        expect((await postact.mailsTo('p-reyes')).map(({ subject }) => subject)).toContain(`Request ${id} declined`),
      PATIENCE,
    );
  });

  it('a link that is forged, forwarded or posted blind decides nothing; after a withdrawal nor does the true one', async () => {
    const id = await asked({ inMinutes: 600, forMinutes: 60 });
    const link = await linkFor(postact, 'p-lee', id);
    const [named, other] = [await postact.as('p-lee'), await postact.as('p-shah')];
    expect((await named.go(`/decisions/link/${randomBytes(32).toString('base64url')}`)).status).toBe(404);
    for (const method of ['GET', 'HEAD', 'OPTIONS']) await (await named.request(link, { method })).arrayBuffer();
    const body = new URLSearchParams(APPROVE).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    for (const client of [postact.stranger(), named])
      expect([401, 403]).toContain((await client.request(link, { method: 'POST', body, headers })).status);
    expect([(await other.go(link)).status, other.words()]).toEqual([
      403,
      expect.stringContaining('This link is for someone else'),
    ]);
    await other.go('/desk');
    const { hidden } = other.formOn('/sign-out');
    expect(
      (await other.request(link, { method: 'POST', body: new URLSearchParams({ ...hidden, ...APPROVE }) })).status,
    ).toBe(403);
    expect(await stateOf(postact, id)).toBe(WAITING);
    expect((await postact.as('p-reyes')).words()).toContain('Someone tried to decide and was refused');

    const captain = await postact.as('p-reyes');
    await captain.send('/withdraw', { reason: 'The truck has left' });
    await becomes(id, 'Withdrawn');
    await named.go(link);
    expect(named.words()).toContain('This request was withdrawn');
    expect(() => named.formOn(link)).toThrow('has no form');
  });

  it('XR26-EXT-03: the operator starts once the approved time has begun', async () => {
    await until(opensAt);
    const operator = await start(postact, deploymentId);
    expect(operator.page.status).toBe(200);
    await becomes(requestId, 'Deployment under way');
  });

  it('XR26-RET-02: an image is filed and sent to the bucket by the form of its page, and is kept as it was sent', async () => {
    // The form takes minutes: the first whole one after the start is the first that lies within the deployment.
    const downloadedAt = minutesAfter(postact.now(), 0);
    await until(downloadedAt);
    const filed = await fileImage(postact, requestId, nyFields('downloadedAt', downloadedAt));
    ({ imageId } = filed);
    await vi.waitFor(async () => {
      await filed.client.go(`/images/${imageId}`);
      expect(filed.client.page.text).toContain('id="upload-form"');
    }, PATIENCE);
    expect([201, 303]).toContain((await sendFile(filed.client, picture)).status);
    const { stored } = await vi.waitFor(() => kept(imageId), PATIENCE);
    expect(stored).toMatchObject({
      bucket: postact.outputs.ImagesBucketName,
      sha256: createHash('sha256').update(picture).digest('hex'),
      bytes: picture.length,
      legalHold: true,
    });
    const there = await aws.s3.send(
      new GetObjectCommand({ Bucket: stored.bucket, Key: stored.key, VersionId: stored.versionId }),
    );
    expect(Buffer.from(await there.Body!.transformToByteArray()).equals(picture)).toBe(true);
  });

  it('XR26-RET-01: the kept image stands under Object Lock and a legal hold, and cannot be removed', async () => {
    const { stored } = await kept(imageId);
    const version = { Bucket: stored.bucket, Key: stored.key, VersionId: stored.versionId };
    const { ObjectLockConfiguration } = await aws.s3.send(
      new GetObjectLockConfigurationCommand({ Bucket: stored.bucket }),
    );
    expect(ObjectLockConfiguration?.ObjectLockEnabled).toBe('Enabled');
    const { LegalHold } = await aws.s3.send(new GetObjectLegalHoldCommand(version));
    expect(LegalHold?.Status).toBe('ON');
    await expect(aws.s3.send(new DeleteObjectCommand(version))).rejects.toMatchObject({ name: 'AccessDenied' });
    expect((await aws.s3.send(new GetObjectCommand(version))).ContentLength).toBe(picture.length);
  });

  it('XR26-EXT-03: the deployment ends, its commander closes it, and the request is closed', async () => {
    await end(postact, deploymentId, 1);
    const commander = await close(postact, deploymentId);
    expect(commander.page.status).toBe(200);
    await becomes(requestId, 'Closed');
  });
});
