/**
 * Sound and film by the first bytes of a file, and thermal and biometric formats the same way. A still picture in one of
 * their containers (HEIC, JPEG 2000) is no film.
 *
 * Sources  ISO/IEC 14496-12 (ftyp), RFC 9559 (Matroska), RFC 3533 (Ogg), RFC 9639 (FLAC), ISO/IEC 11172-3 and 13818
 *          (MPEG), the ID3v2 specification, ISO/IEC 19794 parts 2, 4, 5 and 6, ANSI/NIST-ITL 1
 */
import { hasAt, latin1 } from './byte-source.ts';
import type { Findings } from './finding.ts';

/** How much of a file's head `checkHead` wants to see. */
export const HEAD_BYTES = 8192;

/** Brands of ISO base media files that are still pictures. Their moving kin (hevc, msf1, avis, mjp2) are not here. */
const STILL_BRANDS: ReadonlySet<string> = new Set([
  'heic',
  'heix',
  'heim',
  'heis',
  'mif1',
  'mif2',
  'avif',
  'jp2 ',
  'jpx ',
  'jpm ',
  'jph ',
  'crx ',
]);
export const isStillBrand = (brand: string): boolean => STILL_BRANDS.has(brand);

/** The 16 bytes that begin an ASF file (WMV, WMA). */
export const ASF = '\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa\x00\x62\xce\x6c';
export const EBML = '\x1a\x45\xdf\xa3';

/** Formats known by fixed bytes at a fixed place. */
const FIXED: readonly {
  readonly at: number;
  readonly text: string;
  readonly kind: 'audio' | 'video' | 'thermal';
  readonly where: string;
}[] = [
  { at: 0, text: EBML, kind: 'video', where: 'a Matroska or WebM film' },
  { at: 0, text: ASF, kind: 'video', where: 'a Windows Media file' },
  { at: 0, text: 'FLV\x01', kind: 'video', where: 'a Flash film' },
  { at: 0, text: '\x00\x00\x01\xba', kind: 'video', where: 'an MPEG program stream' },
  { at: 0, text: '\x00\x00\x01\xb3', kind: 'video', where: 'an MPEG film' },
  { at: 0, text: '.RMF', kind: 'video', where: 'a RealMedia file' },
  { at: 0, text: '\x8aMNG', kind: 'video', where: 'an MNG animation' },
  { at: 4, text: 'moov', kind: 'video', where: 'a QuickTime film' },
  { at: 4, text: 'mdat', kind: 'video', where: 'a QuickTime film' },
  { at: 0, text: 'OggS', kind: 'audio', where: 'an Ogg stream' },
  { at: 0, text: 'fLaC', kind: 'audio', where: 'a FLAC recording' },
  { at: 0, text: 'ID3', kind: 'audio', where: 'an MP3 recording' },
  { at: 0, text: '#!AMR', kind: 'audio', where: 'an AMR recording' },
  { at: 0, text: '.snd', kind: 'audio', where: 'an AU recording' },
  { at: 0, text: 'caff', kind: 'audio', where: 'a Core Audio file' },
  { at: 0, text: 'MThd', kind: 'audio', where: 'a MIDI file' },
  { at: 0, text: 'wvpk', kind: 'audio', where: 'a WavPack recording' },
  { at: 8, text: 'AIFF', kind: 'audio', where: 'an AIFF recording' },
  { at: 8, text: 'AIFC', kind: 'audio', where: 'an AIFF recording' },
  { at: 0, text: 'FFF\0', kind: 'thermal', where: 'a FLIR thermal file' },
  { at: 0, text: 'AFF\0', kind: 'thermal', where: 'a FLIR thermal file' },
];

/** Adds what the head of a file says it is, where the policy does not let that in. */
export function checkHead(head: Uint8Array, findings: Findings): void {
  for (const { at, text, kind, where } of FIXED) if (hasAt(head, at, text)) findings.add(kind, where);
  if (hasAt(head, 0, 'RIFF') || hasAt(head, 0, 'RF64'))
    checkRiff(latin1(head.subarray(8, 12)), head[20] ?? 0, findings);
  if (hasAt(head, 4, 'ftyp') && !isStillBrand(latin1(head.subarray(8, 12))))
    findings.add('video', 'an MP4 or QuickTime film');
  if (isTransportStream(head)) findings.add('video', 'an MPEG transport stream');
  if (isMpegAudio(head)) findings.add('audio', 'an MPEG recording');
  if (isNistRecord(head)) findings.add('biometric', 'an ANSI/NIST biometric record');
  if (isBiometricRecord(head, 0)) findings.add('biometric', 'an ISO 19794 biometric record');
}

const WEBP_ANIMATED = 0x02;

function checkRiff(form: string, flags: number, findings: Findings): void {
  if (form === 'AVI ') findings.add('video', 'an AVI film');
  if (form === 'WAVE') findings.add('audio', 'a WAVE recording');
  if (form === 'WEBP' && (flags & WEBP_ANIMATED) !== 0) findings.add('video', 'a WebP animation');
}

/** Packets of 188 bytes (192 on disc), each beginning with 47. */
function isTransportStream(head: Uint8Array): boolean {
  return [188, 192].some((packet) =>
    [0, 1, 2, 3, 4].every((index) => head[(packet === 192 ? 4 : 0) + index * packet] === 0x47),
  );
}

/** MPEG audio (MP3) or AAC in ADTS frames without a tag: two frames, the second where the first ends. */
function isMpegAudio(head: Uint8Array): boolean {
  const first = frameBytes(head, 0);
  return first > 0 && frameBytes(head, first) > 0;
}

/** Kilobits a second of MPEG-1 and MPEG-2 layer III. */
const KBPS = {
  one: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  two: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
} as const;
const HERTZ = [44_100, 48_000, 32_000] as const;

/** Length in bytes of the audio frame at `at`, 0 if none is there. */
function frameBytes(head: Uint8Array, at: number): number {
  const [sync, second, third, fourth] = [head[at], head[at + 1] ?? 0, head[at + 2] ?? 0, head[at + 3] ?? 0];
  if (sync !== 0xff || (second & 0xe0) !== 0xe0) return 0;
  if ((second & 0xf6) === 0xf0) {
    const adts = ((fourth & 3) << 11) | ((head[at + 4] ?? 0) << 3) | ((head[at + 5] ?? 0) >> 5);
    return adts > 7 ? adts : 0;
  }
  const version = (second >> 3) & 3;
  const layerThree = ((second >> 1) & 3) === 1;
  const hertz = HERTZ[(third >> 2) & 3];
  const kbps = (version === 3 ? KBPS.one : KBPS.two)[third >> 4];
  if (version === 1 || !layerThree || !hertz || !kbps) return 0;
  const samples = version === 3 ? 144 : 72;
  const rate = version === 3 ? hertz : version === 2 ? hertz / 2 : hertz / 4;
  return Math.floor((samples * kbps * 1000) / rate) + ((third >> 1) & 1);
}

/** A transaction record of type 1: field 1.001 (its length) first, then 1.002 (the version). */
function isNistRecord(head: Uint8Array): boolean {
  const fields = latin1(head.subarray(0, 64)).split('\x1d');
  return /^1\.0{0,7}1:\d{1,9}$/.test(fields[0]!) && /^1\.0{0,7}2:/.test(fields[1] ?? '');
}

const BIOMETRIC_NAMES = ['FMR\0', 'FIR\0', 'IIR\0', 'FAC\0'] as const;
export const BIOMETRIC_RECORDS: readonly string[] = BIOMETRIC_NAMES;

/** A finger, iris or face record: its name, then three figures of version and a zero byte. */
export function isBiometricRecord(bytes: Uint8Array, at: number): boolean {
  return (
    BIOMETRIC_NAMES.some((name) => hasAt(bytes, at, name)) &&
    /^[ 0][0-9]{2}\0/.test(latin1(bytes.subarray(at + 4, at + 8)))
  );
}
