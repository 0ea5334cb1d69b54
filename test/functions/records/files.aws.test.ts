/** The one door to the bucket of images, against a store that checks locks and rights as S3 does. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filesIn } from '../../../functions/records/files.aws.ts';
import { FileMissing } from '../../../functions/records/faults.ts';
import type { Files, FileVersion } from '../../../functions/records/files.ts';
import { plusHours, fromEpochMs, type Instant } from '../../../policies/instant.ts';
import { allow, startS3, type S3Host } from '../../local/objects/s3-host.ts';

let s3: S3Host;
let files: Files;
beforeAll(async () => {
  s3 = await startS3();
  await s3.deploy('AWS::S3::Bucket', 'Images', {
    BucketName: 'images',
    ObjectLockEnabled: true,
    VersioningConfiguration: { Status: 'Enabled' },
  });
  files = filesIn('images', s3.client());
});
afterAll(() => s3.stop());

const now = (): Instant => fromEpochMs(s3.clock.now());
const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
let many = 0;
/** A file that is kept: copied under hold from where it arrived. */
async function kept(text = 'the very bytes'): Promise<FileVersion & { readonly sha256: string }> {
  const from = await files.put(`incoming/I-${++many}/original`, text);
  const tags = { record: `I-${many}`, class: 'open-case' };
  return files.copyHeld({ from, toKey: `kept/R-1/I-${many}/original`, contentType: 'image/png', tags });
}

describe('a copy that is kept', () => {
  it('is held, tagged, and has the hash of what it was made of', async () => {
    const copy = await kept();
    expect(copy.sha256).toBe(hash('the very bytes'));
    expect(await files.head(copy.key)).toMatchObject({ versionId: copy.versionId, legalHold: true, bytes: 14 });
    expect(await files.tagsOf(copy)).toEqual({ record: `I-${many}`, class: 'open-case' });
    expect(await files.hashOf(copy)).toBe(copy.sha256);
  });

  it('may come from a key with any letters, and says from where', async () => {
    const from = await files.put('incoming/ä b+c/original', 'x');
    const to = { toKey: 'kept/other', contentType: 'image/png', tags: {}, notes: { 'from-version': from.versionId } };
    await files.copyHeld({ from, ...to });
    expect((await files.head('kept/other'))!.notes).toEqual({ 'from-version': from.versionId });
  });
});

describe('a lock', () => {
  it('keeps a version from going, whichever lock it is', async () => {
    const copy = await kept();
    expect(await files.deleteVersion(copy)).toEqual({ kind: 'locked' });
    const until = plusHours(now(), 48);
    expect(await files.retainUntil(copy, until)).toBe(until);
    await files.setLegalHold(copy, false);
    expect(await files.deleteVersion(copy)).toEqual({ kind: 'locked' });
  });

  it('is never shortened: the later day answers', async () => {
    const copy = await kept();
    const later = plusHours(now(), 48);
    await files.retainUntil(copy, later);
    expect(await files.retainUntil(copy, plusHours(now(), 24))).toBe(later);
    expect((await files.head(copy.key))!.retainUntil).toBe(later);
  });

  it('is over when no hold is on and no day is to come, and then the version goes, once', async () => {
    const copy = await kept();
    await files.setLegalHold(copy, false);
    expect(await files.deleteVersion(copy)).toEqual({ kind: 'deleted' });
    expect(await files.deleteVersion(copy)).toEqual({ kind: 'deleted' });
    expect(await files.head(copy.key)).toBeUndefined();
  });

  it('is told from a right that is missing', async () => {
    const copy = await kept();
    await files.setLegalHold(copy, false);
    const may = [allow('s3:GetObject'), allow('s3:GetObjectVersion'), allow('s3:GetObjectLegalHold')];
    await expect(filesIn('images', s3.client(may)).deleteVersion(copy)).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});

describe('what is not there', () => {
  const nowhere = { key: 'kept/R-1/I-none/original', versionId: 'none' };

  it('has no head and no text, and is told apart from what may not be seen', async () => {
    expect([await files.head('kept/none'), await files.text('work/none')]).toEqual([undefined, undefined]);
    const blind = filesIn('images', s3.client([allow('s3:GetObject')]));
    await expect(blind.head('kept/none')).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
    expect(await blind.head('kept/none', { deniedMeansNone: true })).toBeUndefined();
  });

  it('is a file that is missing to whoever would lock or tag it', async () => {
    const { versionId } = await kept();
    for (const version of [{ ...nowhere, versionId }]) {
      await expect(files.setLegalHold(version, true)).rejects.toBeInstanceOf(FileMissing);
      await expect(files.retainUntil(version, plusHours(now(), 1))).rejects.toBeInstanceOf(FileMissing);
      await expect(files.tag(version, {})).rejects.toBeInstanceOf(FileMissing);
    }
  });
});

describe('listings and small files', () => {
  it('lists every version and marker under a prefix, page by page', async () => {
    for (const text of ['one', 'two', 'three']) await files.put('work/list/a.json', text);
    await files.put('work/list/b.json', { b: true });
    const seen: string[] = [];
    let from: string | undefined;
    do {
      const page = await files.versionsUnder('work/list/', { most: 2, ...(from && { from }) });
      seen.push(...page.versions.map(({ key, newest }) => `${key}${newest ? ', newest' : ''}`));
      from = page.next;
    } while (from);
    expect(seen.toSorted()).toEqual([
      'work/list/a.json',
      'work/list/a.json',
      'work/list/a.json, newest',
      'work/list/b.json, newest',
    ]);
  });

  it('keeps text as it is and values as JSON, each with its hash', async () => {
    const text = await files.put('certificates/D-1/list.txt', 'a\nb\n');
    expect([text.sha256, text.bytes, await files.text(text.key)]).toEqual([hash('a\nb\n'), 4, 'a\nb\n']);
    const first = await files.put('work/x.json', ['I-1']);
    await files.put('work/x.json', ['I-2']);
    expect([await files.text('work/x.json', first.versionId), await files.text('work/x.json')]).toEqual([
      '["I-1"]',
      '["I-2"]',
    ]);
  });
});
