/** Files that lie: random bytes, and honest files with bytes changed. Whatever they hold, intake answers, and soon. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOf, partOf, sparing, type ByteSource } from '../../../../functions/image/content/byte-source.ts';
import { inspectBytes } from '../../../../functions/image/content/inspect.ts';
import * as make from '../samples.ts';

const HONEST: readonly Buffer[] = [
  make.png([
    make.chunk('eXIf', make.exifWithGps()),
    make.iTxt('XML:com.adobe.xmp', make.xmp('photoshop:City="x"'), true),
    make.rawProfile('exif', make.exifWithGps()),
  ]),
  make.jpeg(
    [
      make.exifSegment(make.exifWithGps()),
      make.xmpSegment('a:b="c"'),
      make.segment(0xed, Buffer.concat([make.latin1('Photoshop 3.0\0'), make.photoshop(0x0404, make.iptc(90, 'x'))])),
    ],
    make.mp4(),
  ),
  make.exifWithGps([0, 2]),
  make.exifWithGps([0, 2], { little: false, big: true }),
  make.pictureTiff([
    [700, 1, make.xmp('a:b="c"')],
    [33723, 7, make.iptc(90, 'New York')],
    [34377, 7, make.photoshop(0x0404, make.iptc(90, 'x'))],
  ]),
  make.dicos(make.jpeg([make.exifSegment(make.plainExif())])),
  make.wave(),
];

const KINDS = ['png', 'jpeg', 'tiff', 'opaque'];

const BOMB = make.iTxt('XML:com.adobe.xmp', Buffer.alloc(4_000_000, 58), true);

/** Reads are counted, so that a file cannot send its reader round in circles. */
function counted(file: Uint8Array): ByteSource & { reads: number; bytes: number } {
  const inner = bytesOf(file);
  const source = {
    size: file.length,
    reads: 0,
    bytes: 0,
    async read(offset: number, length: number) {
      const read = await inner.read(offset, length);
      source.reads += 1;
      source.bytes += read.length;
      return read;
    },
  };
  return source;
}

describe('a file of garbage', () => {
  it('is inspected to an answer, whatever its bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 4096 }), async (bytes) => {
        const { contentKind } = await inspectBytes(bytesOf(bytes), [bytes]);
        expect(KINDS).toContain(contentKind);
      }),
      { numRuns: 300 },
    );
  });

  it('is inspected to an answer when an honest file is cut or has bytes changed', async () => {
    const damage = fc.record({
      file: fc.constantFrom(...HONEST),
      changes: fc.array(fc.record({ at: fc.nat(), to: fc.constantFrom(0, 1, 2, 0x7f, 0x80, 0xd8, 0xda, 0xe1, 0xff) }), {
        maxLength: 12,
      }),
      cut: fc.option(fc.nat()),
    });
    await fc.assert(
      fc.asyncProperty(damage, async ({ file, changes, cut }) => {
        const bytes = Buffer.from(file);
        for (const { at, to } of changes) bytes[at % bytes.length] = to;
        const damaged = cut === null ? bytes : bytes.subarray(0, cut % bytes.length);
        const source = counted(damaged);
        const { contentKind } = await inspectBytes(source, [damaged]);
        expect(KINDS).toContain(contentKind);
        expect(source.reads).toBeLessThanOrEqual(2);
      }),
      { numRuns: 1500 },
    );
  });

  it('is inspected once, though its directories lead in circles', async () => {
    const file = make.tiff([
      {
        fields: [
          [256, 3, [1]],
          [257, 3, [1]],
        ],
        pointers: [
          [330, 0],
          [34665, 1],
        ],
        next: 1,
      },
      { fields: [[256, 3, [1]]], pointers: [[34853, 0]], next: 0 },
    ]);
    const { contentKind } = await inspectBytes(bytesOf(file), [file]);
    expect(contentKind).toBe('tiff');
  });

  it('is refused as too long to check when its directories are more than any honest file has', async () => {
    const fields = make.tiff(
      Array.from({ length: 1500 }, (_, index) => ({
        fields: [
          [256, 3, [1]],
          [257, 3, [1]],
        ] as const,
        ...(index < 1499 && { next: index + 1 }),
      })),
    );
    const { findings } = await inspectBytes(bytesOf(fields), [fields]);
    expect(findings).toContainEqual({ kind: 'uncheckable', where: 'more TIFF directories than can be checked' });
  });

  it('is refused as too long to check when a caption unpacks to more than memory should hold', async () => {
    const bomb = make.png([make.iTxt('XML:com.adobe.xmp', Buffer.alloc(20 * 1024 * 1024, 32), true)]);
    const { findings } = await inspectBytes(bytesOf(bomb), [bomb]);
    expect(findings.map(({ kind }) => kind)).toEqual(['uncheckable']);
  });

  it.each([
    [
      'directories that all point to each other',
      () => {
        const crowded = make.tiff([
          {
            fields: Array.from({ length: 4000 }, (): make.Field => [
              330,
              4,
              Array.from({ length: 200 }, (_, index) => 8 + index * 2),
            ]),
          },
        ]);
        return Buffer.concat([
          make.pictureTiff(),
          ...Array.from({ length: 40 }, () => Buffer.concat([make.latin1('Exif\0\0'), crowded.subarray(0, 65_000)])),
        ]);
      },
    ],
    ['captions inside captions', () => make.latin1(`${'<x:xmpmeta '.repeat(80_000)}</x:xmpmeta>`)],
    ['captions without an end', () => make.latin1('<x:xmpmeta '.repeat(200_000))],
    ['hundreds of captions that unpack to megabytes', () => make.png(Array.from({ length: 200 }, () => BOMB))],
  ])('is inspected in seconds, though it is made of %s', async (_, craft) => {
    const file = craft();
    const begun = performance.now();
    await inspectBytes(bytesOf(file), [file]);
    expect(performance.now() - begun).toBeLessThan(10_000);
  });

  it('is searched for captions in a moment, however its blanks are laid out', async () => {
    const blanks = make.png([
      make.iTxt('XML:com.adobe.xmp', make.latin1(`:Location${' '.repeat(2_000_000)}:City${' a'.repeat(500_000)}`)),
      make.rawProfile('exif', Buffer.alloc(0)),
      make.chunk('tEXt', make.latin1(`Raw profile type exif\0\n exif ${' '.repeat(500_000)}x`)),
    ]);
    const begun = performance.now();
    await inspectBytes(bytesOf(blanks), [blanks]);
    expect(performance.now() - begun).toBeLessThan(2000);
  });
});

describe('a source that is read sparingly', () => {
  it('asks for each block once, however often its bytes are read', async () => {
    const source = counted(Buffer.alloc(3_000_000, 1));
    const spare = sparing(source);
    for (let at = 0; at < 2_000_000; at += 1000) await spare.read(at, 2000);
    expect(source.reads).toBe(2);
  });

  it('gives up, and says so, when it has been sent to and fro for more than it may read', async () => {
    const spare = sparing(bytesOf(Buffer.alloc(40 * 1024 * 1024)), 20 * 1024 * 1024);
    for (let round = 0; round < 40; round++) await spare.read(round * 1024 * 1024, 10);
    expect(spare.spent()).toBe(true);
    expect(await spare.read(0, 10)).toHaveLength(0);
  });

  it('reads across blocks what lies across them', async () => {
    const bytes = Buffer.from(Array.from({ length: 2_200_000 }, (_, index) => index % 251));
    const spare = sparing(bytesOf(bytes));
    expect(Buffer.from(await spare.read(1_048_570, 20)).equals(bytes.subarray(1_048_570, 1_048_590))).toBe(true);
  });

  it.each([
    [-1, 4],
    [10, 4],
    [Number.NaN, 4],
    [0, -5],
    [2 ** 60, 8],
  ])('has nothing at %d for %d bytes beyond its end', async (offset, length) => {
    const source = bytesOf(Buffer.alloc(10, 1));
    expect(await source.read(offset, length)).toHaveLength(0);
    expect(await partOf(source, 2, 4).read(offset, length)).toHaveLength(0);
    expect(await sparing(source).read(offset, length)).toHaveLength(0);
  });
});
