/**
 * Where a function's code lies on this machine: the asset's folder in the assembly, or an archive or inline text
 * unpacked under the data folder.
 */
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { inflateRawSync } from 'node:zlib';

export interface CodeProperties {
  readonly ZipFile?: string;
  readonly S3Bucket?: string;
  readonly S3Key?: string;
  readonly ImageUri?: string;
}

/** The folder that becomes the task root. Throws with what was found when there is no such code. */
export function codeFolder(
  code: CodeProperties,
  asset: (bucket: string, key: string) => string | undefined,
  unpackTo: string,
): string {
  if (code.ImageUri !== undefined)
    throw new Error(
      `Code.ImageUri: container images are not served; found ${code.ImageUri}, expected a folder or archive of JavaScript`,
    );
  if (code.ZipFile !== undefined) return writeInline(code.ZipFile, unpackTo);
  const path = code.S3Bucket && code.S3Key ? asset(code.S3Bucket, code.S3Key) : undefined;
  if (path === undefined) throw new Error(`Code: s3://${code.S3Bucket}/${code.S3Key} is not an asset of this assembly`);
  return statSync(path).isDirectory() ? path : unzip(path, unpackTo);
}

/** Inline code is index.js on Lambda; code that is plainly an ES module is taken as one. */
function writeInline(text: string, folder: string): string {
  const isModule = /(^|;)\s*(import|export)\s/m.test(text);
  empty(folder);
  writeFileSync(join(folder, isModule ? 'index.mjs' : 'index.js'), text);
  return folder;
}

/**
 * Unpacks an archive by its central directory: stored and deflated entries, which is what packagers write.
 * Source: PKWARE APPNOTE 4.3.12 (central directory header) and 4.3.16 (its end record).
 */
function unzip(path: string, folder: string): string {
  const archive = readFileSync(path);
  const end = archive.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  if (end < 0) throw new Error(`${path} is not a zip archive`);
  empty(folder);
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    const method = archive.readUInt16LE(at + 10);
    const packedBytes = archive.readUInt32LE(at + 20);
    const nameLength = archive.readUInt16LE(at + 28);
    const local = archive.readUInt32LE(at + 42);
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength);
    const data = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const packed = archive.subarray(data, data + packedBytes);
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
    if (name.endsWith('/')) continue;
    const inside = normalize(name);
    if (inside.startsWith('..') || inside.startsWith('/'))
      throw new Error(`${path}: entry ${name} would be written outside its folder`);
    if (method !== 0 && method !== 8)
      throw new Error(`${path}: entry ${name} is packed by method ${method}; expected stored (0) or deflated (8)`);
    mkdirSync(dirname(join(folder, inside)), { recursive: true });
    writeFileSync(join(folder, inside), method === 8 ? inflateRawSync(packed) : packed);
  }
  return folder;
}

function empty(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}
