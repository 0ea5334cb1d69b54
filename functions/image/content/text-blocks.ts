/**
 * The two kinds of caption that image files carry beside EXIF: XMP (XML) and IPTC (numbered datasets, often inside
 * Photoshop's image resources). Both can hold where a picture was taken.
 *
 * Sources  XMP Specification parts 1 and 2; IPTC-IIM 4.2 record 2; Adobe Photoshop File Formats, image resources
 */
import { hasAt, latin1 } from './byte-source.ts';
import type { Findings } from './finding.ts';

/** A caption is at most this long; a longer one cannot be checked and is not kept. */
export const LONGEST_TEXT_BYTES = 16 * 1024 * 1024;

// Names of properties after their prefix, whatever the prefix is; a prefix may be bound to any namespace.
const XMP_LOCATION =
  /:(GPS[A-Z]\w*|LocationCreated|LocationShown|Sublocation|City|State|ProvinceState|Country|CountryCode|CountryName|WorldRegion|Location)(\s*[>=/]|\s+[\w:]+\s*=)/;
const XMP_POINT = /[:<\s](geo:lat|geo:long|lat_long|GeoPoint)\s*[>=]/i;
const XMP_MOTION = /(MotionPhoto|MicroVideo|VideoDuration|videoFrameRate)\s*(=\s*["'](?!0["'])|>(?!\s*0\s*<))/;
const XMP_MOTION_ITEM = /Mime\s*=\s*["'](video|audio)\//i;
const XMP_AUDIO = /[:<\s](GAudio:Data|audioSampleRate|audioChannelType)\s*[>=]/;
const XMP_PLATE = /[:<\s]\w*(licen[cs]e_?plate|plate_?number)\w*\s*[>=]/i;
const XMP_BIOMETRIC = /[:<\s]\w*(faceprint|biometric|fingerprint_?template)\w*\s*[>=]/i;

/** Looks through one XMP packet, in any of UTF-8, UTF-16 and UTF-32: the names it looks for are ASCII. */
export function checkXmp(packet: Uint8Array, findings: Findings): void {
  if (!findings.mayLookAt(packet.length)) return;
  const text = latin1(packet).replaceAll('\0', '');
  if (XMP_LOCATION.test(text) || XMP_POINT.test(text)) findings.add('location', 'XMP location');
  if (XMP_MOTION.test(text) || XMP_MOTION_ITEM.test(text)) findings.add('video', 'XMP motion picture');
  if (XMP_AUDIO.test(text)) findings.add('audio', 'XMP sound');
  if (XMP_PLATE.test(text)) findings.add('plate', 'XMP plate');
  if (XMP_BIOMETRIC.test(text)) findings.add('biometric', 'XMP biometric data');
}

/** Content location code and name, city, sublocation, province, country code and name. */
const IPTC_LOCATION: ReadonlySet<number> = new Set([26, 27, 90, 92, 95, 100, 101]);
/** Audio type, rate, resolution and duration. */
const IPTC_AUDIO: ReadonlySet<number> = new Set([150, 151, 152, 153, 154]);

/** Looks through IPTC datasets: 1C, record, dataset, length in two bytes (or, with the top bit, in as many as it says). */
export function checkIptc(datasets: Uint8Array, findings: Findings): void {
  if (!findings.mayLookAt(datasets.length)) return;
  let at = 0;
  while (at + 5 <= datasets.length && datasets[at] === 0x1c) {
    const [record, dataset, high, low] = [datasets[at + 1]!, datasets[at + 2]!, datasets[at + 3]!, datasets[at + 4]!];
    if (record === 2 && IPTC_LOCATION.has(dataset)) findings.add('location', 'IPTC location');
    if (record === 2 && IPTC_AUDIO.has(dataset)) findings.add('audio', 'IPTC sound');
    at += 5;
    if (high < 0x80) {
      at += high * 256 + low;
      continue;
    }
    const lengthBytes = (high & 0x7f) * 256 + low;
    if (lengthBytes > 4) return;
    let length = 0;
    for (let index = 0; index < lengthBytes; index++) length = length * 256 + (datasets[at + index] ?? 0);
    at += lengthBytes + length;
  }
}

const RESOURCE_IPTC = 0x0404;
const RESOURCE_XMP = 0x0424;

/** Looks through Photoshop's image resources: `8BIM`, id, padded name, length, padded data. */
export function checkPhotoshop(resources: Uint8Array, findings: Findings): void {
  if (!findings.mayLookAt(resources.length)) return;
  const view = new DataView(resources.buffer, resources.byteOffset, resources.length);
  let at = 0;
  while (at + 12 <= resources.length && hasAt(resources, at, '8BIM')) {
    const id = view.getUint16(at + 4);
    const nameLength = resources[at + 6]! + 1;
    const lengthAt = at + 6 + nameLength + (nameLength % 2);
    if (lengthAt + 4 > resources.length) return;
    const length = view.getUint32(lengthAt);
    const data = resources.subarray(lengthAt + 4, lengthAt + 4 + length);
    if (id === RESOURCE_IPTC) checkIptc(data, findings);
    if (id === RESOURCE_XMP) checkXmp(data, findings);
    at = lengthAt + 4 + length + (length % 2);
  }
}
