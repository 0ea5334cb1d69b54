/**
 * What a file is and what in it the policy does not let in: the structure of the picture, read where it lies, together
 * with what the stream scan saw at every byte. Reads only; the original is never changed (XR26-DSP-02).
 *
 * Limits  makers' private EXIF notes are not decoded, and data hidden in the pixels is not looked for
 */
import { hasAt, partOf, sparing, type ByteSource } from './byte-source.ts';
import type { ContentKind, Finding, Findings } from './finding.ts';
import { readJpeg } from './jpeg.ts';
import { checkHead, HEAD_BYTES } from './media.ts';
import { readPng } from './png.ts';
import { StreamScan, type Mark } from './stream-scan.ts';
import { checkPhotoshop, checkXmp } from './text-blocks.ts';
import { looksLikeTiff, readTiff } from './tiff.ts';

/** `dicos`: DICOM or DICOS, known by its mark; kept as an opaque original. */
export interface Inspection {
  readonly contentKind: ContentKind;
  readonly dicos: boolean;
  readonly findings: readonly Finding[];
}

/** A segment of JPEG ends after 64 KB; XMP elsewhere is longer, and its end is looked for. */
const BLOCK_BYTES = 64 * 1024;
const XMP_BYTES = 1024 * 1024;

/** What the first bytes say. */
export function kindOf(head: Uint8Array): ContentKind {
  if (hasAt(head, 0, '\x89PNG\r\n\x1a\n')) return 'png';
  if (hasAt(head, 0, '\xff\xd8\xff')) return 'jpeg';
  return looksLikeTiff(head) ? 'tiff' : 'opaque';
}

const isDicos = (head: Uint8Array): boolean => hasAt(head, 128, 'DICM');

/** Inspects a file: `scanned` is what a StreamScan that took all of it has seen. Never throws for what a file holds. */
export async function inspect(file: ByteSource, scanned: ReturnType<StreamScan['finish']>): Promise<Inspection> {
  const source = sparing(file);
  const { findings, marks } = scanned;
  const head = await source.read(0, HEAD_BYTES);
  const contentKind = kindOf(head);
  checkHead(head, findings);

  if (file.size === 0) findings.add('broken', 'an empty file');
  else if (!(await readAs(contentKind, source, findings)))
    findings.add('broken', `a ${contentKind.toUpperCase()} that is damaged or incomplete`);
  let xmpSeenTo = 0;
  for (const mark of marks) {
    // What begins inside a packet that was looked through has been looked through.
    if (mark.kind === 'xmp' && mark.offset < xmpSeenTo) continue;
    const seen = await lookAtMark(source, mark, findings);
    if (mark.kind === 'xmp') xmpSeenTo = mark.offset + seen;
  }
  if (source.spent()) findings.add('uncheckable', 'a structure that sends its reader to and fro');
  return { contentKind, dicos: isDicos(head), findings: findings.list() };
}

function readAs(kind: ContentKind, source: ByteSource, findings: Findings): Promise<boolean> {
  if (kind === 'png') return readPng(source, findings);
  if (kind === 'jpeg') return readJpeg(source, findings);
  if (kind === 'tiff') return readTiff(source, findings);
  return Promise.resolve(true);
}

/** Reads the block at a mark; answers how many bytes of it were looked through. */
async function lookAtMark(source: ByteSource, { kind, offset }: Mark, findings: Findings): Promise<number> {
  if (kind === 'exif') await readTiff(partOf(source, offset, BLOCK_BYTES), findings);
  if (kind === 'photoshop') checkPhotoshop(await source.read(offset, BLOCK_BYTES), findings);
  if (kind !== 'xmp') return 0;
  const packet = await source.read(offset, XMP_BYTES);
  const end = Buffer.from(packet.buffer, packet.byteOffset, packet.length).indexOf('</x:xmpmeta');
  const text = end < 0 ? packet.subarray(0, BLOCK_BYTES) : packet.subarray(0, end);
  checkXmp(text, findings);
  return text.length;
}

/** Inspects bytes at hand. */
export async function inspectBytes(source: ByteSource, chunks: Iterable<Uint8Array>): Promise<Inspection> {
  const scan = new StreamScan();
  for (const chunk of chunks) scan.take(chunk);
  return inspect(source, scan.finish());
}
