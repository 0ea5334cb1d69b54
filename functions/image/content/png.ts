/**
 * PNG: a row of chunks, each with its length and type. Looks at the chunks that carry EXIF, XMP and text, at animation,
 * and whether the row is whole from IHDR to IEND.
 *
 * Sources  PNG specification, third edition (eXIf, acTL, iTXt); the "Raw profile type" text of ImageMagick
 */
import { inflateSync } from 'node:zlib';
import { bytesOf, hasAt, latin1, type ByteSource } from './byte-source.ts';
import type { Findings } from './finding.ts';
import { checkIptc, checkPhotoshop, checkXmp, LONGEST_TEXT_BYTES } from './text-blocks.ts';
import { readTiff } from './tiff.ts';

// A 500 MB file in chunks of libpng's usual 8 KB has about 62,000.
const MOST_CHUNKS = 300_000;
const SIGNATURE_BYTES = 8;
const READ_WHOLE: ReadonlySet<string> = new Set(['eXIf', 'tEXt', 'zTXt', 'iTXt']);

/** Reads a PNG; answers whether it begins with IHDR and ends with IEND. Never throws. */
export async function readPng(source: ByteSource, findings: Findings): Promise<boolean> {
  let at = SIGNATURE_BYTES;
  for (let chunks = 0; chunks <= MOST_CHUNKS; chunks++) {
    const head = await source.read(at, 8);
    if (head.length < 8) return false;
    const length = new DataView(head.buffer, head.byteOffset).getUint32(0);
    const type = latin1(head.subarray(4));
    if (
      !/^[A-Za-z]{4}$/.test(type) ||
      (chunks === 0 && (type !== 'IHDR' || length !== 13)) ||
      at + 12 + length > source.size
    )
      return false;
    if (type === 'IEND') return true;
    if (type === 'acTL') findings.add('video', 'PNG animation');
    if (READ_WHOLE.has(type)) {
      if (length > LONGEST_TEXT_BYTES) findings.add('uncheckable', 'a caption longer than can be checked');
      else await lookAtChunk(type, await source.read(at + 8, length), findings);
    }
    at += 12 + length;
  }
  findings.add('uncheckable', 'more PNG chunks than can be checked');
  return false;
}

async function lookAtChunk(type: string, data: Uint8Array, findings: Findings): Promise<void> {
  if (type === 'eXIf') {
    await readTiff(bytesOf(data), findings);
    return;
  }
  const keywordEnd = data.indexOf(0);
  if (keywordEnd < 0) return;
  const keyword = latin1(data.subarray(0, keywordEnd));
  if (/gps|^(location|latitude|longitude)$/i.test(keyword)) findings.add('location', 'PNG text about a location');
  const text = textAfter(type, data, keywordEnd + 1, findings);
  if (keyword === 'XML:com.adobe.xmp') checkXmp(text, findings);
  const profile = /^Raw profile type (\w+)$/.exec(keyword)?.[1]?.toLowerCase();
  if (profile) await lookAtProfile(profile, text, findings);
}

/** The text of a chunk, inflated where it is compressed. */
function textAfter(type: string, data: Uint8Array, at: number, findings: Findings): Uint8Array {
  if (type === 'tEXt') return data.subarray(at);
  if (type === 'zTXt') return inflated(data.subarray(at + 1), findings);
  const compressed = data[at] === 1;
  const languageEnd = data.indexOf(0, at + 2);
  const translatedEnd = languageEnd < 0 ? -1 : data.indexOf(0, languageEnd + 1);
  if (translatedEnd < 0) return new Uint8Array(0);
  const text = data.subarray(translatedEnd + 1);
  return compressed ? inflated(text, findings) : text;
}

function inflated(data: Uint8Array, findings: Findings): Uint8Array {
  if (!findings.mayLookAt(data.length)) return new Uint8Array(0);
  try {
    return inflateSync(data, { maxOutputLength: LONGEST_TEXT_BYTES });
  } catch {
    findings.add('uncheckable', 'a compressed caption that cannot be read');
    return new Uint8Array(0);
  }
}

/** A raw profile is a name, a length in decimal, and the bytes in hexadecimal over many lines. */
async function lookAtProfile(profile: string, text: Uint8Array, findings: Findings): Promise<void> {
  const heading = /^\s{0,8}\w{1,64}\s{1,64}\d{1,10}\s/.exec(latin1(text.subarray(0, 200)))?.[0];
  if (!heading) return;
  const bytes = Buffer.from(latin1(text.subarray(heading.length)).replace(/\s/g, ''), 'hex');
  if (profile === 'xmp') checkXmp(bytes, findings);
  else if (profile === 'iptc' && hasAt(bytes, 0, '8BIM')) checkPhotoshop(bytes, findings);
  else if (profile === 'iptc') checkIptc(bytes, findings);
  else if (hasAt(bytes, 0, 'Exif\0')) await readTiff(bytesOf(bytes.subarray(6)), findings);
  else if (hasAt(bytes, 0, 'http://ns.adobe.com/xap/')) checkXmp(bytes, findings);
}
