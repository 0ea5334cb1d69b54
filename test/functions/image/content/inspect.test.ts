import { describe, expect, it } from 'vitest';
import { bytesOf } from '../../../../functions/image/content/byte-source.ts';
import { inspectBytes } from '../../../../functions/image/content/inspect.ts';
import * as make from '../samples.ts';

const { latin1 } = make;

/** Inspects in pieces of `piece` bytes, as a file comes over a network. */
async function inspected(file: Buffer, piece = 64 * 1024) {
  const pieces = Array.from({ length: Math.ceil(file.length / piece) }, (_, index) =>
    file.subarray(index * piece, (index + 1) * piece),
  );
  const { contentKind, dicos, findings } = await inspectBytes(bytesOf(file), pieces);
  return { contentKind, dicos, found: [...new Set(findings.map(({ kind }) => kind))].toSorted() };
}

describe('what a file is', () => {
  it.each([
    ['a PNG', make.png(), 'png'],
    ['a JPEG', make.jpeg(), 'jpeg'],
    ['a TIFF, low byte first', make.pictureTiff(), 'tiff'],
    ['a TIFF, high byte first', make.pictureTiff([], { little: false }), 'tiff'],
    ['a BigTIFF', make.pictureTiff([], { big: true }), 'tiff'],
    ['a maker’s own file', latin1('ASE-BACKSCATTER\x01\x02\x03 lines of pixels'), 'opaque'],
  ])('%s is known by its content and holds nothing to refuse', async (_, file, contentKind) => {
    expect(await inspected(file)).toEqual({ contentKind, dicos: false, found: [] });
  });

  it('a DICOS file is an opaque original, and is known for one', async () => {
    expect(await inspected(make.dicos())).toEqual({ contentKind: 'opaque', dicos: true, found: [] });
  });

  it.each([
    ['a PNG without its end', make.png([], [])],
    ['a PNG cut in a chunk', make.png().subarray(0, -14)],
    ['a JPEG cut before its end', make.jpeg().subarray(0, -2)],
    ['a JPEG that is only a beginning', Buffer.from([0xff, 0xd8, 0xff, 0xe0])],
    ['a TIFF whose directory is beyond its end', make.pictureTiff().subarray(0, 12)],
    ['an empty file', Buffer.alloc(0)],
  ])('%s is damaged, and said to be', async (_, file) => {
    expect((await inspected(file)).found).toContain('broken');
  });

  it.each([
    ['HEIC, a still picture in a film’s container', make.mp4('heic')],
    ['JPEG 2000', Buffer.concat([latin1('\0\0\0\x0cjP  \r\n\x87\n'), make.mp4('jp2 ')])],
  ])('%s is no film', async (_, file) => {
    expect(await inspected(file)).toMatchObject({ contentKind: 'opaque', found: [] });
  });
});

describe('a location in a file', () => {
  it.each([
    ['EXIF of a JPEG', make.jpeg([make.exifSegment(make.exifWithGps())])],
    ['EXIF of a JPEG, high byte first', make.jpeg([make.exifSegment(make.exifWithGps([0, 2], { little: false }))])],
    ['EXIF of a PNG', make.png([make.chunk('eXIf', make.exifWithGps())])],
    [
      'a raw EXIF profile of a PNG',
      make.png([make.rawProfile('exif', Buffer.concat([latin1('Exif\0\0'), make.exifWithGps()]))]),
    ],
    ['a text of a PNG', make.png([make.chunk('tEXt', latin1('exif:GPSLatitude\x0040/1'))])],
    ['a TIFF', make.exifWithGps()],
    ['a BigTIFF', make.exifWithGps([1, 2, 3, 4], { big: true })],
    [
      'a GPS pointer that leads out of the file',
      make.tiff([
        {
          fields: [
            [256, 3, [4]],
            [257, 3, [4]],
            [34853, 4, [9_999_999]],
          ],
        },
      ]),
    ],
    ['a GeoTIFF', make.pictureTiff([[33922, 4, [0, 0, 0, 1, 1, 0]]])],
    [
      'a second TIFF directory',
      make.tiff([
        {
          fields: [
            [256, 3, [1]],
            [257, 3, [1]],
          ],
          next: 1,
        },
        { fields: [], pointers: [[34853, 2]] },
        { fields: [[2, 1, [1]]] },
      ]),
    ],
    ['XMP of a JPEG', make.jpeg([make.xmpSegment('exif:GPSLatitude="40,42.5N"')])],
    ['XMP under another prefix', make.jpeg([make.xmpSegment('zz:GPSLongitude="74,0W"')])],
    [
      'XMP of a PNG, compressed',
      make.png([make.iTxt('XML:com.adobe.xmp', make.xmp('photoshop:City="New York"'), true)]),
    ],
    ['XMP of a TIFF', make.pictureTiff([[700, 1, make.xmp('Iptc4xmpExt:LocationCreated="x"')]])],
    [
      'XMP in UTF-16',
      make.png([make.iTxt('XML:com.adobe.xmp', Buffer.from(make.xmp('exif:GPSLatitude="40"').toString(), 'utf16le'))]),
    ],
    ['XMP cut in two by a segment’s end', extendedXmp('exif:GPSLati', 'tude="40"')],
    [
      'IPTC of a JPEG',
      make.jpeg([
        make.segment(
          0xed,
          Buffer.concat([latin1('Photoshop 3.0\0'), make.photoshop(0x0404, make.iptc(90, 'New York'))]),
        ),
      ]),
    ],
    ['IPTC of a TIFF', make.pictureTiff([[33723, 7, make.iptc(101, 'United States')]])],
    ['a second picture behind the first', make.jpeg([], make.jpeg([make.exifSegment(make.exifWithGps())]))],
    [
      'a picture inside a maker’s own file',
      Buffer.concat([latin1('VENDOR'), Buffer.alloc(3000, 9), make.jpeg([make.exifSegment(make.exifWithGps())])]),
    ],
  ])('is found in %s', async (_, file) => {
    expect((await inspected(file)).found).toEqual(['location']);
  });

  it('is not seen in a GPS block that holds its own version only', async () => {
    expect((await inspected(make.jpeg([make.exifSegment(make.exifWithGps([0]))]))).found).toEqual([]);
  });

  it('is not seen in EXIF, XMP and IPTC that say nothing of a place', async () => {
    const file = make.jpeg([
      make.exifSegment(make.plainExif()),
      make.xmpSegment('xmp:CreatorTool="AS&amp;E Viewer" dc:description="a rack of crates, State of wear: good"'),
      make.segment(
        0xed,
        Buffer.concat([latin1('Photoshop 3.0\0'), make.photoshop(0x0404, make.iptc(120, 'a caption'))]),
      ),
    ]);
    expect((await inspected(file)).found).toEqual([]);
  });
});

function extendedXmp(first: string, second: string): Buffer {
  const part = (text: string) =>
    make.segment(
      0xe1,
      Buffer.concat([
        latin1('http://ns.adobe.com/xmp/extension/\0'),
        latin1('A'.repeat(32)),
        Buffer.alloc(8),
        latin1(text),
      ]),
    );
  return make.jpeg([part(`<rdf:Description ${first}`), part(`${second}/>`)]);
}

describe('sound, film, heat and bodies in a file', () => {
  it.each([
    ['MP4', make.mp4(), 'video'],
    ['QuickTime', Buffer.concat([Buffer.from([0, 0, 0, 9]), latin1('moov'), Buffer.alloc(40)]), 'video'],
    ['AVI', Buffer.concat([latin1('RIFF\x10\0\0\0AVI LIST'), Buffer.alloc(40)]), 'video'],
    ['Matroska', latin1('\x1a\x45\xdf\xa3\x01\0\0\0\0\0\0\x23\x42\x82\x84webm'), 'video'],
    [
      'an MPEG transport stream',
      Buffer.concat(Array.from({ length: 6 }, () => Buffer.concat([Buffer.from([0x47]), Buffer.alloc(187, 1)]))),
      'video',
    ],
    ['an MPEG program stream', Buffer.concat([Buffer.from([0, 0, 1, 0xba]), Buffer.alloc(60, 1)]), 'video'],
    [
      'Windows Media',
      Buffer.concat([latin1('\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa\x00\x62\xce\x6c'), Buffer.alloc(20)]),
      'video',
    ],
    ['a GIF animation', latin1('GIF89a\x01\0\x01\0\0\0\0!\xff\x0bNETSCAPE2.0\x03\x01\0\0\0;'), 'video'],
    ['WAVE', make.wave(), 'audio'],
    ['Ogg', latin1(`OggS\0\x02${'\0'.repeat(20)}\x01\x1e\x01vorbis`), 'audio'],
    ['FLAC', latin1('fLaC\0\0\0\x22abcdefgh'), 'audio'],
    ['MP3 with a tag', latin1('ID3\x03\0\0\0\0\0\x0aTIT2\0\0'), 'audio'],
    ['MP3 without a tag', Buffer.concat([mp3Frame(), mp3Frame()]), 'audio'],
    ['AMR', latin1('#!AMR\n1234'), 'audio'],
    ['a FLIR file', latin1('FFF\0flir header'), 'thermal'],
    ['a finger record of ISO 19794', latin1('FMR\x00 20\x00 and minutiae'), 'biometric'],
    ['an ANSI/NIST record', latin1('1.001:231\x1d1.002:0500\x1d'), 'biometric'],
  ])('%s is found at the head of an original declared opaque', async (_, file, kind) => {
    expect(await inspected(file)).toMatchObject({ contentKind: 'opaque', found: [kind] });
  });

  it.each([
    ['a film behind a JPEG (a motion photo)', make.jpeg([], make.mp4('mp42')), 'video'],
    ['a film behind a PNG', Buffer.concat([make.png(), make.mp4('qt  ')]), 'video'],
    [
      'a recording in a JPEG segment',
      make.jpeg([make.segment(0xe2, Buffer.concat([latin1('FPXR\0'), make.wave()]))]),
      'audio',
    ],
    ['a film inside a DICOS file', make.dicos(make.mp4('isom')), 'video'],
    ['an animated PNG', make.png([make.chunk('acTL', Buffer.alloc(8, 1))]), 'video'],
    ['XMP that says motion photo', make.jpeg([make.xmpSegment('GCamera:MotionPhoto="1"')]), 'video'],
    ['XMP with a sound', make.jpeg([make.xmpSegment('GAudio:Data="UklGRg"')]), 'audio'],
    ['a FLIR block', make.jpeg([make.segment(0xe1, latin1('FLIR\0\x01\0\0 thermal'))]), 'thermal'],
    [
      'a face record behind a picture',
      Buffer.concat([make.png(), latin1('FAC\x00010\x00 and a face'), Buffer.alloc(8)]),
      'biometric',
    ],
    ['a plate in XMP', make.jpeg([make.xmpSegment('anpr:LicensePlate="ABC1234"')]), 'plate'],
  ])('%s is found wherever it hides', async (_, file, kind) => {
    expect((await inspected(file)).found).toEqual([kind]);
  });

  it('XMP that says it is no motion photo is believed', async () => {
    expect((await inspected(make.jpeg([make.xmpSegment('GCamera:MotionPhoto="0"')]))).found).toEqual([]);
  });

  it.each([1, 3, 7, 64, 1000])('is found in pieces of %i bytes as in one', async (piece) => {
    const file = make.jpeg(
      [make.exifSegment(make.exifWithGps())],
      Buffer.concat([Buffer.alloc(500, 3), make.mp4('mp42'), make.wave()]),
    );
    expect((await inspected(file, piece)).found).toEqual(['audio', 'location', 'video']);
  });
});

/** A frame of MPEG-1 layer III, 128 kilobits a second at 44.1 kHz: 417 bytes. */
function mp3Frame(): Buffer {
  const frame = Buffer.alloc(417, 5);
  Buffer.from([0xff, 0xfb, 0x90, 0x00]).copy(frame);
  return frame;
}
