/**
 * JPEG up to its first scan: the segments in which cameras write EXIF, XMP, IPTC and thermal data. What lies behind the
 * scan (a second picture, a film) is found by the stream scan, which looks at every byte.
 *
 * Sources  ITU-T T.81 annex B; EXIF 2.32 section 4.5; XMP part 3 section 1.1.3
 */
import { bytesOf, hasAt, latin1, type ByteSource } from './byte-source.ts';
import type { Findings } from './finding.ts';
import { checkPhotoshop, checkXmp, LONGEST_TEXT_BYTES } from './text-blocks.ts';
import { readTiff } from './tiff.ts';

const MOST_SEGMENTS = 10_000;
const TAIL_BYTES = 64 * 1024;

const EXIF = 'Exif\0';
const XMP = 'http://ns.adobe.com/xap/1.0/\0';
const XMP_MORE = 'http://ns.adobe.com/xmp/extension/\0';
/** After its name an extension block has a digest of 32 letters, the whole length and its own offset. */
const XMP_MORE_HEADER_BYTES = XMP_MORE.length + 40;
const PHOTOSHOP = 'Photoshop 3.0\0';

/** Markers that stand alone: TEM and the restart markers. */
const standsAlone = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);
/** Start-of-frame markers: C0 to CF without the tables DHT, JPG and DAC. */
const startsFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

/** Reads a JPEG; answers whether it has a frame, a scan and an end. Never throws. */
export async function readJpeg(source: ByteSource, findings: Findings): Promise<boolean> {
  const more: Uint8Array[] = [];
  let moreBytes = 0;
  let framed = false;
  let at = 2;
  for (let segments = 0; ; segments++) {
    if (segments > MOST_SEGMENTS) {
      findings.add('uncheckable', 'more JPEG segments than can be checked');
      return false;
    }
    const head = await source.read(at, 4);
    if (head.length < 4 || head[0] !== 0xff) return false;
    const marker = head[1]!;
    if (marker === 0xff) {
      at += 1; // Fill bytes may stand before any marker.
      continue;
    }
    if (standsAlone(marker)) {
      at += 2;
      continue;
    }
    if (marker === 0xda) break;
    const length = head[2]! * 256 + head[3]!;
    if (length < 2 || marker === 0xd9 || marker === 0xd8) return false;
    framed ||= startsFrame(marker);
    if (marker >= 0xe0 && marker <= 0xef) {
      const payload = await source.read(at + 4, length - 2);
      await lookAtSegment(marker, payload, findings);
      if (marker === 0xe1 && hasAt(payload, 0, XMP_MORE)) {
        moreBytes += payload.length;
        if (moreBytes <= LONGEST_TEXT_BYTES) more.push(payload.subarray(XMP_MORE_HEADER_BYTES));
        else findings.add('uncheckable', 'a caption longer than can be checked');
      }
    }
    at += 2 + length;
  }
  // An extension's blocks follow each other; a property may be cut in two by a segment's end.
  if (more.length > 0) checkXmp(Buffer.concat(more), findings);
  return framed && (await endsAfter(source, at));
}

async function lookAtSegment(marker: number, payload: Uint8Array, findings: Findings): Promise<void> {
  if (marker === 0xe1 && hasAt(payload, 0, EXIF)) await readTiff(bytesOf(payload.subarray(EXIF.length + 1)), findings);
  if (marker === 0xe1 && hasAt(payload, 0, XMP)) checkXmp(payload.subarray(XMP.length), findings);
  if (marker === 0xe1 && hasAt(payload, 0, 'FLIR\0')) findings.add('thermal', 'FLIR thermal block');
  if (marker === 0xed && hasAt(payload, 0, PHOTOSHOP)) checkPhotoshop(payload.subarray(PHOTOSHOP.length), findings);
}

/** Whether an end marker stands behind the scan that begins at `scan`; a file that was cut short has none. */
async function endsAfter(source: ByteSource, scan: number): Promise<boolean> {
  const from = Math.max(scan, source.size - TAIL_BYTES);
  return latin1(await source.read(from, source.size - from)).includes('\xff\xd9');
}
