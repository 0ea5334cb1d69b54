/** Sending the file: bound to what the browser read, begun again after an interruption, and lapsed when nobody does. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beginUpload } from '../../../functions/image/begin-upload.ts';
import { uploadWindowSeconds } from '../../../functions/image/contract.ts';
import { lapseUpload } from '../../../functions/image/lapse-upload.ts';
import { noteArrival } from '../../../functions/image/note-arrival.ts';
import { mails, type Mail } from '../../../functions/records/mail-owed.ts';
import { startImageWorld, type ImageWorld } from './image-world.ts';
import * as make from './samples.ts';

let world: ImageWorld;
beforeAll(async () => {
  world = await startImageWorld();
});
afterAll(() => world.stop());

const beginning = () => ({ ...world.needs, originals: world.originals.pages });
const hexOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const mailsAbout = async (id: string): Promise<readonly string[]> =>
  (await world.table.records.ofSubject<Mail>(mails, `image#${id}`)).records.map(({ kind }) => kind);

/** A PNG no other test has sent. */
let count = 0;
const newPng = (): Buffer => make.png([make.chunk('tEXt', make.latin1(`Comment\0upload ${++count}`))]);

describe('an upload', () => {
  it('is bound by the store to the bytes the browser read', async () => {
    const file = newPng();
    const id = await world.file();
    const ready = await beginUpload(beginning(), {
      imageId: id,
      personId: 'P-op',
      sha256: hexOf(file),
      bytes: file.length,
    });
    if (ready.kind !== 'ready') throw new Error(ready.kind);
    expect((await world.send(ready.form, newPng())).status).toBe(400);
    expect((await world.send(ready.form, file)).status).toBe(201);
    expect((await world.image(id)).filed).toMatchObject({ sha256: hexOf(file), bytes: file.length });
  });

  it('after an interruption begins again with a fresh form, and is told once', async () => {
    const id = await world.file();
    const asked = { imageId: id, personId: 'P-op', sha256: 'c'.repeat(64), bytes: 10 };
    await beginUpload(beginning(), asked);
    await beginUpload(beginning(), asked);
    expect((await world.acts(`image#${id}`)).filter((act) => act === 'upload begun')).toHaveLength(1);
  });

  it.each([
    ['of nothing', { bytes: 0 }, 'house-largest-image'],
    ['of too much', { bytes: 500_000_001 }, 'house-largest-image'],
    ['without a hash', { sha256: 'x' }, 'house-file-kinds'],
  ])('%s is refused before it begins', async (_, more, clause) => {
    const id = await world.file();
    const answer = await beginUpload(beginning(), {
      imageId: id,
      personId: 'P-op',
      sha256: 'c'.repeat(64),
      bytes: 10,
      ...more,
    });
    expect(answer).toMatchObject({ kind: 'refused', because: [{ clause }] });
  });

  it('is not for anyone but its uploader', async () => {
    const id = await world.file();
    expect(
      await beginUpload(beginning(), { imageId: id, personId: 'P-other', sha256: 'c'.repeat(64), bytes: 10 }),
    ).toEqual({ kind: 'missing' });
  });

  it('goes under its own key only, and not beyond the largest size', async () => {
    const id = await world.file();
    const form = await world.formFor(id);
    expect(
      (await world.send({ ...form, fields: { ...form.fields, key: 'kept/R-1/x/original' } }, newPng())).status,
    ).toBe(403);
    const small = await world.originals.pages.uploadForm({
      key: `incoming/${id}/original`,
      mostBytes: 10,
      seconds: 60,
    });
    expect((await world.send(small, Buffer.alloc(11))).status).toBe(400);
  });
});

describe('an upload that nobody makes', () => {
  it('lapses once, and its uploader is told', async () => {
    const id = await world.file();
    expect(await lapseUpload(world.needs, { imageId: id })).toEqual({ kind: 'lapsed' });
    expect(await lapseUpload(world.needs, { imageId: id })).toEqual({ kind: 'lapsed' });
    expect((await world.image(id)).state).toBe('lapsed');
    expect(await mailsAbout(id)).toEqual(['upload-lapsed']);
    expect(await noteArrival(world.needs, { key: `incoming/${id}/original`, bytes: 1 })).toEqual({ kind: 'late' });
  });

  it('is waited for as long as is left, by a run that begins late too', async () => {
    const image = await world.image(await world.file());
    expect(uploadWindowSeconds(image, world.now)).toBe(86_400);
    world.pass(60);
    expect(uploadWindowSeconds(image, world.now)).toBe(82_800);
    expect(uploadWindowSeconds(image, image.uploadEndsAt)).toBe(1);
  });

  it('does not lapse when the file came at the last moment', async () => {
    const id = await world.file();
    await noteArrival(world.needs, { key: `incoming/${id}/original`, bytes: 1 });
    expect(await lapseUpload(world.needs, { imageId: id })).toEqual({ kind: 'arrived' });
    expect((await world.image(id)).state).toBe('checking');
  });
});
