/** The steps of image-intake, one by one, over a real table and a real bucket with each function's own rights. */
import { createHash } from 'node:crypto';
import { DeleteObjectCommand, GetObjectCommand, GetObjectLegalHoldCommand, GetObjectTaggingCommand, ListObjectVersionsCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askForUpload } from '../../../functions/image/ask-for-upload.ts';
import { checkFile } from '../../../functions/image/check-file.ts';
import { caseLine, hashLine } from '../../../functions/image/contract.ts';
import { keepImage } from '../../../functions/image/keep-image.ts';
import { originalsIn } from '../../../functions/image/originals.aws.ts';
import { noteArrival } from '../../../functions/image/note-arrival.ts';
import { refuseImage } from '../../../functions/image/refuse-image.ts';
import { dueKey } from '../../../functions/records/entity.ts';
import { mails, type Mail } from '../../../functions/records/mail-owed.ts';
import type { Note } from '../../../functions/records/notes.ts';
import { waits } from '../../../functions/records/waits.ts';
import { BUCKET, startImageWorld, until, type ImageWorld } from './image-world.ts';
import * as make from './samples.ts';

let world: ImageWorld;
let owner: S3Client;
beforeAll(async () => {
  world = await startImageWorld();
  owner = world.s3.client();
});
afterAll(() => world.stop());

const keeping = () => ({ ...world.needs, originals: world.originals.keep });
const checking = () => ({ ...world.needs, originals: world.originals.check });
const refusing = () => ({ ...world.needs, originals: world.originals.refuse });
const hexOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** How many versions lie under a prefix, delete markers not counted, and whether anything can be read there. */
async function versionsUnder(Prefix: string): Promise<{ versions: number; visible: number }> {
  const { Versions = [] } = await owner.send(new ListObjectVersionsCommand({ Bucket: BUCKET, Prefix }));
  return { versions: Versions.length, visible: Versions.filter((one) => one.IsLatest).length };
}
const mailsAbout = async (id: string): Promise<readonly string[]> => (await world.table.records.ofSubject<Mail>(mails, `image#${id}`)).records.map(({ kind }) => kind);
async function wakes(id: string): Promise<number> {
  const day = world.now.slice(0, 10);
  const due = (await Promise.all([0, 1, 2, 3].map((shard) => world.table.records.dueIn(dueKey(day, shard), '9')))).flat();
  return due.filter(({ noun, record }) => noun === 'note' && (record as Note).task.kind === 'wake' && JSON.stringify(record).includes(`image#${id}`)).length;
}

/** A PNG no other test has sent. */
let count = 0;
const newPng = (): Buffer => make.png([make.chunk('tEXt', make.latin1(`Comment\0number ${++count}`))]);

describe('keeping an image', () => {
  it('puts the very bytes under its record, held, tagged and hashed, and the incoming copy away', async () => {
    const file = newPng();
    const id = await world.kept(file);
    const { stored, state, step, dueAt } = await world.image(id);
    expect([state, step, dueAt]).toEqual(['kept', 'Image kept', undefined]);
    expect(stored).toMatchObject({ bucket: BUCKET, key: `kept/R-1/${id}/original`, sha256: hexOf(file), bytes: file.length, contentKind: 'png', legalHold: true });
    const at = { Bucket: BUCKET, Key: stored!.key, VersionId: stored!.versionId };
    const got = await owner.send(new GetObjectCommand({ ...at, ChecksumMode: 'ENABLED' }));
    expect(Buffer.from(await got.Body!.transformToByteArray()).equals(file)).toBe(true);
    expect([got.ContentType, got.ChecksumSHA256]).toEqual(['image/png', createHash('sha256').update(file).digest('base64')]);
    expect((await owner.send(new GetObjectLegalHoldCommand(at))).LegalHold?.Status).toBe('ON');
    expect((await owner.send(new GetObjectTaggingCommand(at))).TagSet).toEqual(expect.arrayContaining([{ Key: 'record', Value: id }, { Key: 'class', Value: 'open-case' }]));
    expect(await versionsUnder(`incoming/${id}/`)).toEqual({ versions: 0, visible: 0 });
  });

  it('is told in both ledgers, mailed to the uploader, and found by case and by hash', async () => {
    const file = newPng();
    const id = await world.kept(file, { caseNumber: 'C-80' });
    expect(await world.acts(`image#${id}`)).toEqual(['image filed', 'file awaited', 'file uploaded', 'file checked', 'image kept']);
    expect((await world.table.records.ledgerOf('use-request#R-1')).at(-1)).toMatchObject({ act: 'image kept', facts: { image: id, sha256: hexOf(file) } });
    expect(await mailsAbout(id)).toEqual(['image-kept']);
    expect(await world.table.records.linesOf(caseLine('C-80'))).toEqual([id]);
    expect(await world.table.records.linesOf(hashLine(hexOf(file)))).toEqual([id]);
  });

  it('may be done twice, also together, and is done once', async () => {
    const { id } = await world.checked(newPng());
    await keepImage(keeping(), { imageId: id });
    await Promise.all([keepImage(keeping(), { imageId: id }), keepImage(keeping(), { imageId: id })]);
    expect((await world.acts(`image#${id}`)).filter((act) => act === 'image kept')).toHaveLength(1);
    expect(await mailsAbout(id)).toEqual(['image-kept']);
    expect((await versionsUnder(`kept/R-1/${id}/`)).versions).toBe(1);
  });

  it('goes on from a copy that an interrupted try has left, and makes no second one', async () => {
    const { id } = await world.checked(newPng());
    const { checked, incomingKey } = await world.image(id);
    const copy = await world.originals.keep.keep({ from: { key: incomingKey, versionId: checked!.versionId }, toKey: `kept/R-1/${id}/original`, sha256: checked!.sha256, imageId: id, classId: 'open-case', contentType: 'image/png' });
    await keepImage(keeping(), { imageId: id });
    expect((await world.image(id)).stored?.versionId).toBe(copy.versionId);
    expect((await versionsUnder(`kept/R-1/${id}/`)).versions).toBe(1);
  });

  it('stops when the copy has other bytes than were checked, and writes nothing', async () => {
    const { id } = await world.checked(newPng());
    const { incomingKey, checked } = await world.image(id);
    const wrong = world.originals.keep.keep({ from: { key: incomingKey, versionId: checked!.versionId }, toKey: `kept/R-1/${id}/original`, sha256: 'a'.repeat(64), imageId: id, classId: 'open-case', contentType: 'image/png' });
    await expect(wrong).rejects.toMatchObject({ name: 'OriginalDiffers', retryable: false });
    expect((await world.image(id)).state).toBe('checking');
  });

  it('marks the later of two images with the same bytes, and keeps both', async () => {
    const file = newPng();
    const first = await world.kept(file);
    world.pass(1);
    const second = await world.kept(file);
    expect((await world.image(first)).duplicateOf).toBeUndefined();
    expect(await world.image(second)).toMatchObject({ state: 'kept', duplicateOf: first });
    expect((await world.table.records.linesOf(hashLine(hexOf(file)))).toSorted()).toEqual([first, second].toSorted());
  });

  it('cannot be undone: its version is not deleted even by the account’s owner, and a write over its key leaves it as it was', async () => {
    const file = newPng();
    const id = await world.kept(file);
    const { stored } = await world.image(id);
    const at = { key: stored!.key, versionId: stored!.versionId };
    await expect(owner.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: at.key, VersionId: at.versionId }))).rejects.toMatchObject({ name: 'AccessDenied' });
    const over = await owner.send(new PutObjectCommand({ Bucket: BUCKET, Key: at.key, Body: 'cropped' }));
    expect(over.VersionId).not.toBe(at.versionId);
    const pieces: Uint8Array[] = [];
    for await (const piece of world.originals.pages.pieces(at)) pieces.push(piece);
    expect(hexOf(Buffer.concat(pieces))).toBe(stored!.sha256);
  });
});

describe('a file that is not fit', () => {
  it.each([
    ['a position', make.jpeg([make.exifSegment(make.exifWithGps())]), 'jpeg', ['XR26-DSP-03']],
    ['a film behind it', make.jpeg([], make.mp4()), 'jpeg', ['XR26-ABS-02']],
    ['sound, as a maker’s own file', make.wave(), 'opaque', ['XR26-ABS-02']],
    ['heat', make.jpeg([make.segment(0xe1, make.latin1('FLIR\0\x01\0\0'))]), 'jpeg', ['XR26-ABS-02']],
    ['biometrics', make.latin1('1.001:231\x1d1.002:0500\x1d'), 'opaque', ['XR26-ABS-02']],
    ['another kind than was declared', make.jpeg(), 'png', ['house-file-kinds']],
    ['an end that is missing', make.png([], []), 'png', ['house-file-kinds']],
  ] as const)('is refused for %s, not stripped, and removed', async (_, file, declaredKind, clauses) => {
    const { id, kind } = await world.checked(file, { declaredKind });
    expect(kind).toBe('refused');
    await refuseImage(refusing(), { imageId: id });
    const image = await world.image(id);
    expect([image.state, image.stored, image.dueAt]).toEqual(['refused', undefined, undefined]);
    expect(image.refusals?.map(({ clause }) => clause)).toEqual(clauses);
    expect(image.checked?.sha256).toBe(hexOf(file));
    expect((await world.table.records.ledgerOf(`image#${id}`)).at(-1)).toMatchObject({ act: 'image refused', clauses });
    expect(await mailsAbout(id)).toEqual(['image-refused']);
    expect((await versionsUnder(`incoming/${id}/`)).visible).toBe(0);
    expect((await versionsUnder(`kept/R-1/${id}/`)).versions).toBe(0);
  });

  it('may be refused twice, and is refused once', async () => {
    const { id } = await world.checked(make.wave(), { declaredKind: 'opaque' });
    await refuseImage(refusing(), { imageId: id });
    await refuseImage(refusing(), { imageId: id });
    expect((await world.acts(`image#${id}`)).filter((act) => act === 'image refused')).toHaveLength(1);
    expect(await mailsAbout(id)).toEqual(['image-refused']);
  });

  it('is refused when it is not the file whose hash the browser took', async () => {
    const { id, kind } = await world.checked(newPng(), { sha256: 'b'.repeat(64) });
    expect(kind).toBe('refused');
    expect((await world.image(id)).refusals?.map(({ clause, field }) => `${field} ${clause}`)).toEqual(['sha256 XR26-DSP-02']);
  });

  it('is refused when it has been swept before it could be checked', async () => {
    const id = await world.file();
    await noteArrival(world.needs, { key: `incoming/${id}/original`, bytes: 5 });
    expect(await checkFile({ ...world.needs, originals: originalsIn(BUCKET, owner) }, { imageId: id })).toEqual({ kind: 'refused' });
    await refuseImage(refusing(), { imageId: id });
    expect((await world.image(id)).refusals?.[0]?.clause).toBe('house-days-incoming-is-kept');
  });

  it('is not said to have been swept when the store does not tell, for want of a right', async () => {
    const id = await world.file();
    await noteArrival(world.needs, { key: `incoming/${id}/original`, bytes: 5 });
    await expect(checkFile(checking(), { imageId: id })).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
    expect((await world.image(id)).state).toBe('checking');
  });

  it('is kept all the same when it is damaged and declared as an opaque original', async () => {
    const id = await world.kept(make.png([], []), { declaredKind: 'opaque' });
    expect((await world.image(id)).stored?.contentKind).toBe('opaque');
  });

  it('is kept by its hash when it is DICOS', async () => {
    const id = await world.kept(make.dicos(), { declaredKind: 'opaque' });
    expect((await world.image(id)).checked).toMatchObject({ dicos: true, contentKind: 'opaque' });
  });
});

describe('the arrival of a file', () => {
  it('wakes the workflow, whichever of the two comes first', async () => {
    const early = await world.file();
    await noteArrival(world.needs, { key: `incoming/${early}/original`, bytes: 1 });
    expect(await askForUpload(world.needs, { imageId: early, token: 'token-1' })).toEqual({ imageId: early });
    expect(await wakes(early)).toBe(2);
    const late = await world.file();
    await askForUpload(world.needs, { imageId: late, token: 'token-2' });
    expect(await wakes(late)).toBe(0);
    await noteArrival(world.needs, { key: `incoming/${late}/original`, bytes: 1 });
    expect(await wakes(late)).toBe(1);
  });

  it('and the question, at the same moment, wake the workflow at least once', async () => {
    const ids = await Promise.all(Array.from({ length: 6 }, () => world.file()));
    await Promise.all(ids.flatMap((id) => [askForUpload(world.needs, { imageId: id, token: 't' }), noteArrival(world.needs, { key: `incoming/${id}/original`, bytes: 1 })]));
    for (const id of ids) expect(await wakes(id)).toBeGreaterThanOrEqual(1);
    for (const id of ids) expect((await world.image(id)).state).toBe('checking');
  });

  it('leaves the token apart from the record, the latest one counting', async () => {
    const id = await world.file();
    await askForUpload(world.needs, { imageId: id, token: 'first' });
    await askForUpload(world.needs, { imageId: id, token: 'second' });
    expect((await world.table.records.get(waits, `image#${id}/upload`))?.token).toBe('second');
    expect(JSON.stringify(await world.image(id))).not.toContain('second');
  });

  it('is noted once, however often it is told', async () => {
    const id = await world.file();
    const arrival = { key: `incoming/${id}/original`, bytes: 1 };
    const told = await Promise.all([1, 2, 3].map(() => noteArrival(world.needs, arrival)));
    expect(told.map(({ kind }) => kind).toSorted()).toEqual(['late', 'late', 'noted']);
    expect((await world.acts(`image#${id}`)).filter((act) => act === 'file uploaded')).toHaveLength(1);
  });

  it.each(['incoming/I-NONE-NONE/original', 'incoming/x/y/original', 'kept/R-1/I-1/original', 'incoming/../original', ''])('of a file that nobody filed (%s) changes nothing', async (key) => {
    expect(await noteArrival(world.needs, { key, bytes: 1 })).toEqual({ kind: 'unknown' });
  });

  it('twice before the check lets the latest count, and after the check changes nothing', async () => {
    const [first, second, third] = [newPng(), newPng(), newPng()];
    const id = await world.file();
    for (const file of [first, second]) await world.send(await world.formFor(id), file);
    await until(async () => (await world.announce()).length > 0 || (await world.image(id)).state === 'checking');
    await checkFile(checking(), { imageId: id });
    await world.send(await world.formFor(id), third);
    await checkFile(checking(), { imageId: id });
    await keepImage(keeping(), { imageId: id });
    expect((await world.image(id)).stored?.sha256).toBe(hexOf(second));
    expect((await versionsUnder(`incoming/${id}/`)).visible).toBe(0);
  });
});
