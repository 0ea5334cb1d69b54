/**
 * The form that sends a file, tampered with and cut to pieces, at the bucket's own address under our own policy: refused
 * each time with a reason, never a fault, and no byte of it is kept.
 */
import { request as httpRequest } from 'node:http';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UploadForm } from '../../functions/image/originals.ts';
import { startImageWorld, type ImageWorld } from '../functions/image/image-world.ts';
import { announceSeed, SEED, text } from './inputs.ts';

let world: ImageWorld;
let form: UploadForm;
let key: string;
beforeAll(async () => {
  announceSeed('uploads');
  world = await startImageWorld();
  const id = await world.file();
  form = await world.formFor(id);
  key = form.fields['key']!;
}, 60_000);
afterAll(() => world?.stop());

const BOUNDARY = 'postact-boundary';
type Parts = readonly (readonly [name: string, value: string, file?: boolean])[];

const FILE: Parts[number] = ['file', 'bytes of a file', true];
const whole = (): Parts => [...Object.entries(form.fields), FILE];
const bodyOf = (parts: Parts, boundary = BOUNDARY): Buffer =>
  Buffer.from(
    `${parts.map(([name, value, file]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file ? '; filename="scan.png"' : ''}\r\n\r\n${value}\r\n`).join('')}--${boundary}--\r\n`,
  );

/** Sends bytes as they are; answers the status, or 400 where the connection was closed on them. */
function send(body: Buffer, headers: Readonly<Record<string, string>> = {}, method = 'POST'): Promise<number> {
  return new Promise((resolve) => {
    const asking = httpRequest(
      form.url,
      {
        method,
        headers: {
          'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
          'content-length': String(body.length),
          ...headers,
        },
      },
      (response) => {
        response.resume().on('end', () => resolve(response.statusCode!));
      },
    );
    asking
      .on('error', () => resolve(400))
      .setTimeout(5000, () => asking.destroy())
      .end(body);
  });
}
const refused = async (body: Buffer, headers?: Readonly<Record<string, string>>): Promise<void> => {
  const status = await send(body, headers);
  expect(
    [400, 403, 404, 405, 411, 412, 413, 415],
    `status ${status} for ${body.toString('latin1').slice(0, 400)}`,
  ).toContain(status);
};
/** Who may not list a bucket is told 403 and not 404 of what is not there. The last test shows that this sees what is. */
const kept = () =>
  world.originals.check.newest(key).catch((error: { readonly $metadata?: { readonly httpStatusCode?: number } }) => {
    if (error.$metadata?.httpStatusCode !== 403) throw error;
    return undefined;
  });

describe('an upload', () => {
  it('with any field of the policy changed or left out is refused', async () => {
    const names = Object.keys(form.fields);
    const change = fc.tuple(
      fc.constantFrom(...names),
      fc.oneof(
        fc.constant(undefined),
        text.filter((value) => value.length < 20_000),
      ),
    );
    await fc.assert(
      fc.asyncProperty(change, async ([name, value]) => {
        const given = form.fields[name]!;
        // The address says which bucket; the field only has to agree where it is given.
        fc.pre(name !== 'bucket' || value !== undefined);
        // A store reads a field's text up to its outer blanks, and a signature's letters in either case.
        fc.pre(value === undefined || value.trim().toLowerCase() !== given.toLowerCase());
        await refused(
          bodyOf(
            value === undefined
              ? whole().filter(([one]) => one !== name)
              : whole().map((part) => (part[0] === name ? [name, value] : part)),
          ),
        );
      }),
      { numRuns: 80, seed: SEED },
    );
    expect(await kept()).toBeUndefined();
  });

  it('with a field that the policy does not name, whatever its name, is refused', async () => {
    const strange = fc.constantFrom(
      'acl',
      'x-amz-meta-a',
      'x-amz-storage-class',
      'tagging',
      '__proto__',
      'constructor',
      'x-amz-object-lock-mode',
      'Cache-Control',
      'redirect',
    );
    await fc.assert(
      fc.asyncProperty(
        strange,
        text.filter((value) => value.length < 5000),
        (name, value) => refused(bodyOf([[name, value], ...whole()])),
      ),
      { numRuns: 40, seed: SEED },
    );
    expect(await kept()).toBeUndefined();
  });

  it('cut short anywhere before its file is refused', async () => {
    const body = bodyOf(whole());
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: body.length - FILE[1].length - BOUNDARY.length - 12 }), async (end) =>
        refused(body.subarray(0, end)),
      ),
      { numRuns: 40, seed: SEED },
    );
    expect(await kept()).toBeUndefined();
  });

  it('that is no multipart form is refused', async () => {
    const kinds = fc.constantFrom(
      '',
      'text/plain',
      'application/json',
      'multipart/form-data',
      'multipart/form-data; boundary=',
      `multipart/form-data; boundary="${'b'.repeat(300)}"`,
      'multipart/form-data; boundary=other',
      'multipart/mixed; boundary=x',
    );
    await fc.assert(
      fc.asyncProperty(kinds, fc.uint8Array({ maxLength: 2000 }), (kind, bytes) =>
        refused(Buffer.from(bytes), { 'content-type': kind }),
      ),
      { numRuns: 60, seed: SEED },
    );
    expect(await kept()).toBeUndefined();
  });

  it('with ten thousand fields, a field of a megabyte, or no file is refused', async () => {
    await refused(
      bodyOf([...Array.from({ length: 10_000 }, (_, place): Parts[number] => [`x${place}`, 'y']), ...whole()]),
    );
    await refused(bodyOf([['policy', 'x'.repeat(1_000_000)], ...whole()]));
    await refused(bodyOf(whole().filter((part) => part !== FILE && part[0] !== 'file')));
    await refused(bodyOf([...Object.entries(form.fields), ['file', '', true]]));
    expect(await kept()).toBeUndefined();
  });

  it('as its form has it is taken, so the refusals above are of what was changed', async () => {
    expect(await send(bodyOf(whole()))).toBe(201);
    expect(await kept()).toMatchObject({ key });
  });
});
