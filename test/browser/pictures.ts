/** Small real pictures, made here so that none is checked in. */
import { crc32, deflateSync } from 'node:zlib';

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** A gray gradient with a dark block in it. `seed` makes the bytes another picture's. */
export function grayPng(width: number, height: number, seed = 0): Buffer {
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const inBlock = x > width * 0.4 && x < width * 0.6 && y > height * 0.4 && y < height * 0.7;
      rows[y * (width + 1) + 1 + x] = inBlock ? 30 : ((x * 255) / width + seed) % 256;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A gray TIFF of one uncompressed strip: little-endian header, one directory, then the pixels. */
export function grayTiff(width: number, height: number): Buffer {
  const SHORT = 3;
  const LONG = 4;
  const tags = [
    [256, LONG, width],
    [257, LONG, height],
    [258, SHORT, 8],
    [259, SHORT, 1],
    [262, SHORT, 1],
    [273, LONG, 8 + 2 + 9 * 12 + 4],
    [277, SHORT, 1],
    [278, LONG, height],
    [279, LONG, width * height],
  ] as const;
  const head = Buffer.alloc(8 + 2 + tags.length * 12 + 4);
  head.write('II*\0', 'latin1');
  head.writeUInt32LE(8, 4);
  head.writeUInt16LE(tags.length, 8);
  for (const [index, [tag, type, value]] of tags.entries()) {
    const at = 10 + index * 12;
    head.writeUInt16LE(tag, at);
    head.writeUInt16LE(type, at + 2);
    head.writeUInt32LE(1, at + 4);
    head.writeUInt32LE(value, at + 8);
  }
  return Buffer.concat([
    head,
    Buffer.from(Array.from({ length: width * height }, (_, index) => ((index % width) * 255) / width)),
  ]);
}
