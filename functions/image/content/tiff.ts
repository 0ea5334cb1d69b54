/**
 * TIFF and BigTIFF, and EXIF, which is a TIFF inside another file: directories of numbered fields that point to further
 * directories. Every directory is read once, however the pointers loop, and their number is bounded.
 *
 * Sources  TIFF 6.0; BigTIFF (libtiff); EXIF 2.32 tables 4 and 15; GeoTIFF 1.1; Adobe TIFF technical notes
 */
import type { ByteSource } from './byte-source.ts';
import type { Findings } from './finding.ts';
import { checkIptc, checkPhotoshop, checkXmp, LONGEST_TEXT_BYTES } from './text-blocks.ts';

const MOST_DIRECTORIES = 1024;
const MOST_FIELDS = 4096;
const MOST_SUBDIRECTORIES = 256;
/** Directories found and not yet read; many may point to the same few. */
const MOST_WAITING = 4096;

/** Bytes of one value, by field type; 0 for types that do not exist. */
const TYPE_BYTES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8];

const TAG = {
  width: 256,
  height: 257,
  subdirectories: 330,
  xmp: 700,
  iptc: 33723,
  photoshop: 34377,
  exif: 34665,
  gps: 34853,
} as const;
/** GeoTIFF's tie points, transformation and keys: they tie pixels to the ground. */
const GROUND_TAGS: ReadonlySet<number> = new Set([33922, 34264, 34735]);
/** In a GPS directory everything from the latitude on; field 0 is only the version of the block. */
const FIRST_GPS_FACT = 1;

interface Form {
  readonly little: boolean;
  readonly big: boolean;
}

interface Field {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  /** Where the values lie: in the field itself if they fit, else where it points. */
  readonly valuesAt: number;
  readonly bytes: number;
}

interface ToRead {
  readonly at: number;
  readonly as: 'picture' | 'exif' | 'gps';
}

/** Whether these bytes begin a TIFF or BigTIFF. */
export function looksLikeTiff(head: Uint8Array): boolean {
  return formOf(head) !== undefined;
}

/**
 * Reads all directories from the header at offset 0 of `source`. Answers whether a picture's directory (one with a
 * width and a height) could be read; findings are added as they are met. Never throws.
 */
export async function readTiff(source: ByteSource, findings: Findings): Promise<boolean> {
  const header = await source.read(0, 16);
  const form = formOf(header);
  if (!form) return false;
  const first = form.big ? whole(header, 8, 8, form) : whole(header, 4, 4, form);
  const queue: ToRead[] = [{ at: first, as: 'picture' }];
  const seen = new Set<number>();
  let pictureRead = false;
  for (let next = queue.shift(); next; next = queue.shift()) {
    if (next.at === 0 || seen.has(next.at)) continue;
    seen.add(next.at);
    if (seen.size > MOST_DIRECTORIES) {
      findings.add('uncheckable', 'more TIFF directories than can be checked');
      break;
    }
    const fields = await fieldsAt(source, next.at, form, findings);
    if (!fields) {
      // A location that cannot be read is still a location: the pointer says that one was written.
      if (next.as === 'gps') findings.add('location', 'EXIF GPS block');
      continue;
    }
    if (next.as === 'gps') {
      if (fields.list.some(({ tag }) => tag >= FIRST_GPS_FACT)) findings.add('location', 'EXIF GPS block');
      continue;
    }
    const tags = new Set(fields.list.map(({ tag }) => tag));
    if (tags.has(TAG.width) && tags.has(TAG.height)) pictureRead = true;
    for (const field of fields.list) await look(source, field, form, findings, queue);
    if (next.as === 'picture') queue.push({ at: fields.next, as: 'picture' });
  }
  return pictureRead;
}

async function look(source: ByteSource, field: Field, form: Form, findings: Findings, queue: ToRead[]): Promise<void> {
  if (GROUND_TAGS.has(field.tag)) findings.add('location', 'GeoTIFF ground reference');
  if (field.tag === TAG.gps || field.tag === TAG.exif || field.tag === TAG.subdirectories) {
    const size = TYPE_BYTES[field.type] || 4;
    if (field.count > MOST_SUBDIRECTORIES || queue.length > MOST_WAITING)
      findings.add('uncheckable', 'more TIFF directories than can be checked');
    const pointers = await source.read(field.valuesAt, Math.min(field.count, MOST_SUBDIRECTORIES) * size);
    const as = field.tag === TAG.gps ? 'gps' : field.tag === TAG.exif ? 'exif' : 'picture';
    for (let at = 0; at + size <= pointers.length && queue.length <= MOST_WAITING; at += size)
      queue.push({ at: whole(pointers, at, size, form), as });
  }
  if (field.tag === TAG.xmp) checkXmp(await textOf(source, field, findings), findings);
  if (field.tag === TAG.iptc) checkIptc(await textOf(source, field, findings), findings);
  if (field.tag === TAG.photoshop) checkPhotoshop(await textOf(source, field, findings), findings);
}

async function textOf(source: ByteSource, field: Field, findings: Findings): Promise<Uint8Array> {
  if (field.bytes > LONGEST_TEXT_BYTES) findings.add('uncheckable', 'a caption longer than can be checked');
  return source.read(field.valuesAt, Math.min(field.bytes, LONGEST_TEXT_BYTES));
}

/** The fields of one directory and the offset of the next; undefined where no directory can lie. */
async function fieldsAt(
  source: ByteSource,
  at: number,
  form: Form,
  findings: Findings,
): Promise<{ list: readonly Field[]; next: number } | undefined> {
  const [countBytes, fieldBytes, inlineBytes] = form.big ? [8, 20, 8] : [2, 12, 4];
  const countAt = await source.read(at, countBytes);
  if (countAt.length < countBytes) return undefined;
  const count = whole(countAt, 0, countBytes, form);
  if (count === 0) return undefined;
  if (count > MOST_FIELDS) {
    findings.add('uncheckable', 'a TIFF directory longer than can be checked');
    return undefined;
  }
  if (!findings.mayLookAt(count * fieldBytes)) return undefined;
  const bytes = await source.read(at + countBytes, count * fieldBytes + inlineBytes);
  if (bytes.length < count * fieldBytes) return undefined;
  const list = Array.from({ length: count }, (_, index): Field => {
    const from = index * fieldBytes;
    const type = whole(bytes, from + 2, 2, form);
    const values = whole(bytes, from + 4, form.big ? 8 : 4, form);
    const size = values * (TYPE_BYTES[type] ?? 0);
    const inlineAt = from + fieldBytes - inlineBytes;
    const valuesAt = size <= inlineBytes ? at + countBytes + inlineAt : whole(bytes, inlineAt, inlineBytes, form);
    return { tag: whole(bytes, from, 2, form), type, count: values, valuesAt, bytes: size };
  });
  const next =
    bytes.length >= count * fieldBytes + inlineBytes ? whole(bytes, count * fieldBytes, inlineBytes, form) : 0;
  return { list, next };
}

function formOf(head: Uint8Array): Form | undefined {
  if (head.length < 8) return undefined;
  const little = head[0] === 0x49 && head[1] === 0x49;
  if (!little && !(head[0] === 0x4d && head[1] === 0x4d)) return undefined;
  const form = { little, big: false };
  const magic = whole(head, 2, 2, form);
  if (magic === 42) return form;
  return magic === 43 && whole(head, 4, 2, form) === 8 && head.length >= 16 ? { little, big: true } : undefined;
}

/** An unsigned number of 1, 2, 4 or 8 bytes. Beyond 2^53 it is no offset of any file, and reads from it find nothing. */
function whole(bytes: Uint8Array, at: number, size: number, { little }: Form): number {
  let value = 0;
  for (let index = 0; index < size; index++)
    value = value * 256 + (bytes[little ? at + size - 1 - index : at + index] ?? 0);
  return value;
}
