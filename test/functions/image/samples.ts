/** Makes small files of the kinds that intake meets, byte by byte, so that each test says what is in its file. */
import { deflateSync, crc32 } from 'node:zlib';

export const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

/** A field of a TIFF directory: tag, type, and its values as numbers (types 3 and 4) or as bytes. */
export type Field = readonly [tag: number, type: number, values: readonly number[] | Buffer];

/** What a directory may hold besides values: the offset of a directory further on, by its place in the list. */
export interface Directory {
  readonly fields: readonly Field[];
  /** Tags whose value is the offset of `directories[index]`. */
  readonly pointers?: readonly (readonly [tag: number, index: number])[];
  /** The directory that follows; none when absent. */
  readonly next?: number;
}

/** A TIFF with these directories; the first is the one the header points to. */
export function tiff(
  directories: readonly Directory[],
  { little = true, big = false }: { little?: boolean; big?: boolean } = {},
): Buffer {
  const word = (value: number, bytes: number): Buffer => {
    const out = Buffer.alloc(bytes);
    for (let index = 0; index < bytes; index++)
      out[little ? index : bytes - 1 - index] = Math.floor(value / 256 ** index) % 256;
    return out;
  };
  const [countBytes, offsetBytes] = big ? [8, 8] : [2, 4];
  const fieldBytes = big ? 20 : 12;
  const sizeOf = (directory: Directory): number =>
    countBytes + (directory.fields.length + (directory.pointers?.length ?? 0)) * fieldBytes + offsetBytes;
  const headerBytes = big ? 16 : 8;
  const starts: number[] = [];
  let at = headerBytes;
  for (const directory of directories) {
    starts.push(at);
    at += sizeOf(directory);
  }
  const heap: Buffer[] = [];
  const body = directories.map(({ fields, pointers = [], next }) => {
    const rows = [
      ...fields.map(([tag, type, values]) => {
        const width = type === 3 ? 2 : type === 4 ? 4 : 1;
        const bytes = Buffer.isBuffer(values) ? values : Buffer.concat(values.map((value) => word(value, width)));
        const count = Buffer.isBuffer(values) ? values.length : values.length;
        let value: Buffer;
        if (bytes.length <= offsetBytes) value = Buffer.concat([bytes, Buffer.alloc(offsetBytes - bytes.length)]);
        else {
          value = word(at, offsetBytes);
          heap.push(bytes);
          at += bytes.length;
        }
        return { tag, row: Buffer.concat([word(tag, 2), word(type, 2), word(count, big ? 8 : 4), value]) };
      }),
      ...pointers.map(([tag, index]) => ({
        tag,
        row: Buffer.concat([
          word(tag, 2),
          word(big ? 18 : 4, 2),
          word(1, big ? 8 : 4),
          word(starts[index] ?? 0, offsetBytes),
        ]),
      })),
    ].toSorted((a, b) => a.tag - b.tag);
    return Buffer.concat([
      word(rows.length, countBytes),
      ...rows.map(({ row }) => row),
      word(next === undefined ? 0 : (starts[next] ?? 0), offsetBytes),
    ]);
  });
  const order = latin1(little ? 'II' : 'MM');
  const header = big
    ? [order, word(43, 2), word(8, 2), word(0, 2), word(headerBytes, 8)]
    : [order, word(42, 2), word(headerBytes, 4)];
  return Buffer.concat([...header, ...body, ...heap]);
}

const PICTURE_FIELDS: readonly Field[] = [
  [256, 3, [4]],
  [257, 3, [4]],
  [258, 3, [8]],
  [259, 3, [1]],
];

/** A TIFF of one picture, with further fields. */
export const pictureTiff = (fields: readonly Field[] = [], form: { little?: boolean; big?: boolean } = {}): Buffer =>
  tiff([{ fields: [...PICTURE_FIELDS, ...fields] }], form);

/** An EXIF block whose GPS directory has the given tags (0 is only a version, 2 a latitude). */
export const exifWithGps = (tags: readonly number[] = [0, 2], form: { little?: boolean; big?: boolean } = {}): Buffer =>
  tiff([{ fields: PICTURE_FIELDS, pointers: [[34853, 1]] }, { fields: tags.map((tag): Field => [tag, 1, [2]]) }], form);

export const plainExif = (): Buffer =>
  tiff([{ fields: PICTURE_FIELDS, pointers: [[34665, 1]] }, { fields: [[36864, 7, latin1('0232')]] }]);

export function chunk(type: string, data: Uint8Array = new Uint8Array(0)): Buffer {
  const body = Buffer.concat([latin1(type), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

const IHDR = Buffer.from([0, 0, 0, 2, 0, 0, 0, 2, 8, 0, 0, 0, 0]);

/** A grey picture of two by two pixels. */
export function png(extra: readonly Buffer[] = [], end: readonly Buffer[] = [chunk('IEND')]): Buffer {
  const pixels = deflateSync(Buffer.from([0, 10, 20, 0, 30, 40]));
  return Buffer.concat([latin1('\x89PNG\r\n\x1a\n'), chunk('IHDR', IHDR), ...extra, chunk('IDAT', pixels), ...end]);
}

export const iTxt = (keyword: string, text: Uint8Array, compressed = false): Buffer =>
  chunk(
    'iTXt',
    Buffer.concat([
      latin1(`${keyword}\0`),
      Buffer.from([compressed ? 1 : 0, 0]),
      latin1('\0\0'),
      compressed ? deflateSync(text) : text,
    ]),
  );

export const rawProfile = (name: string, bytes: Buffer): Buffer =>
  chunk(
    'zTXt',
    Buffer.concat([
      latin1(`Raw profile type ${name}\0\0`),
      deflateSync(latin1(`\n${name}\n      ${bytes.length}\n${bytes.toString('hex').replace(/(.{72})/g, '$1\n')}\n`)),
    ]),
  );

export function segment(marker: number, data: Uint8Array): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
}

/** A JPEG with a frame, a scan and an end; further segments stand first. */
export function jpeg(segments: readonly Buffer[] = [], trailer: Uint8Array = new Uint8Array(0)): Buffer {
  const frame = segment(0xc0, Buffer.from([8, 0, 1, 0, 1, 1, 1, 0x11, 0]));
  const scan = segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0]));
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    ...segments,
    frame,
    scan,
    Buffer.from([1, 2, 3, 0xff, 0, 4]),
    Buffer.from([0xff, 0xd9]),
    trailer,
  ]);
}

export const exifSegment = (block: Buffer): Buffer => segment(0xe1, Buffer.concat([latin1('Exif\0\0'), block]));
export const xmp = (inner: string): Buffer =>
  latin1(`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description ${inner}/></rdf:RDF></x:xmpmeta>`);
export const xmpSegment = (inner: string): Buffer =>
  segment(0xe1, Buffer.concat([latin1('http://ns.adobe.com/xap/1.0/\0'), xmp(inner)]));

/** An IPTC dataset of record 2. */
export const iptc = (dataset: number, text: string): Buffer =>
  Buffer.concat([Buffer.from([0x1c, 2, dataset, 0, text.length]), latin1(text)]);
export function photoshop(id: number, data: Buffer): Buffer {
  const head = Buffer.concat([latin1('8BIM'), Buffer.from([id >> 8, id & 255, 0, 0, 0, 0, 0, data.length])]);
  return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
}

export const mp4 = (brand = 'isom'): Buffer =>
  Buffer.concat([
    Buffer.from([0, 0, 0, 16]),
    latin1(`ftyp${brand}\0\0\x02\0`),
    Buffer.from([0, 0, 0, 8]),
    latin1('mdat'),
  ]);
export const wave = (): Buffer =>
  Buffer.concat([latin1('RIFF'), Buffer.from([36, 0, 0, 0]), latin1('WAVEfmt '), Buffer.alloc(28)]);

/** A DICOM or DICOS file: an empty preamble, the mark, and some bytes. */
export const dicos = (more: Uint8Array = Buffer.alloc(64, 7)): Buffer =>
  Buffer.concat([Buffer.alloc(128), latin1('DICM'), more]);
