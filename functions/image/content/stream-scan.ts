/**
 * One look at every byte of a file while it streams by for its hash: films and sound hidden inside or behind a picture,
 * and the beginnings of EXIF and XMP wherever they lie, to be read afterwards. It knows no file format, so it sees into
 * second pictures, motion photos and vendors' files alike.
 *
 * A mark counts only with at least eight fixed bytes (or six and a check), so that 500 MB of noise contain one by
 * accident about once in a hundred thousand files.
 */
import { hasAt, latin1 } from './byte-source.ts';
import { Findings, type FindingKind } from './finding.ts';
import { ASF, BIOMETRIC_RECORDS, EBML, isBiometricRecord, isStillBrand } from './media.ts';

/** A block that begins at `offset`, to be read by its own parser. */
export interface Mark {
  readonly kind: 'exif' | 'xmp' | 'photoshop';
  readonly offset: number;
}

interface Needle {
  readonly text: string;
  /** What the bytes around the match say; nothing if it was an accident. */
  readonly says: (window: Uint8Array, at: number) => readonly [FindingKind, string] | Mark['kind'] | undefined;
}

/** Enough on both sides of a match for every `says` below. */
const AROUND = 128;
const MOST_MARKS = 4096;

const always = (kind: FindingKind, where: string) => () => [kind, where] as const;
const textAt = (window: Uint8Array, at: number, length: number) =>
  latin1(window.subarray(Math.max(0, at), at + length));

const NEEDLES: readonly Needle[] = [
  {
    // The four bytes before are the length of the box, a small number.
    text: 'ftyp',
    says: (window, at) =>
      hasAt(window, at - 4, '\0\0') &&
      (window[at - 2] ?? 9) < 4 &&
      /^[a-zA-Z0-9 _]{4}/.test(textAt(window, at + 4, 4)) &&
      !isStillBrand(textAt(window, at + 4, 4))
        ? ['video', 'an embedded MP4 or QuickTime film']
        : undefined,
  },
  {
    text: 'mvhd',
    says: (window, at) => (hasAt(window, at - 8, 'moov') ? ['video', 'an embedded MP4 or QuickTime film'] : undefined),
  },
  {
    text: 'RIFF',
    says: (window, at) => {
      const form = textAt(window, at + 8, 4);
      return form === 'AVI '
        ? ['video', 'an embedded AVI film']
        : form === 'WAVE'
          ? ['audio', 'an embedded WAVE recording']
          : undefined;
    },
  },
  {
    text: EBML,
    says: (window, at) =>
      /matroska|webm/.test(textAt(window, at, 64)) ? ['video', 'an embedded Matroska or WebM film'] : undefined,
  },
  {
    text: 'OggS\0',
    says: (window, at) =>
      /vorbis|OpusHead|theora|Speex|fLaC/.test(textAt(window, at, 64))
        ? ['audio', 'an embedded Ogg stream']
        : undefined,
  },
  { text: 'fLaC\0\0\0\x22', says: always('audio', 'an embedded FLAC recording') },
  { text: ASF, says: always('video', 'an embedded Windows Media file') },
  { text: 'NETSCAPE2.0', says: always('video', 'a GIF animation') },
  {
    text: '#!AMR',
    says: (window, at) =>
      /^#!AMR(-WB)?\n/.test(textAt(window, at, 10)) ? ['audio', 'an embedded AMR recording'] : undefined,
  },
  { text: 'ID3', says: (window, at) => (isId3Tag(window, at) ? ['audio', 'an embedded MP3 recording'] : undefined) },
  {
    text: 'FLIR\0\x01',
    says: (window, at) => (hasAt(window, at - 4, '\xff\xe1') ? ['thermal', 'FLIR thermal block'] : undefined),
  },
  { text: 'NISTBiometricInformationExchangePackage', says: always('biometric', 'an ANSI/NIST biometric record') },
  ...BIOMETRIC_RECORDS.map((text): Needle => ({
    text,
    says: (window, at) =>
      isBiometricRecord(window, at) ? ['biometric', 'an embedded ISO 19794 biometric record'] : undefined,
  })),
  { text: 'Exif\0\0', says: () => 'exif' },
  { text: '<x:xmpmeta', says: () => 'xmp' },
  { text: 'Photoshop 3.0\0', says: () => 'photoshop' },
];

/** An ID3 tag of version 2 to 4: revision 0, a length whose bytes are all below 80 hexadecimal, and a frame's name. */
function isId3Tag(window: Uint8Array, at: number): boolean {
  const [version = 0, revision = 1, , ...length] = window.subarray(at + 3, at + 10);
  return (
    version >= 2 &&
    version <= 4 &&
    revision === 0 &&
    length.length === 4 &&
    length.every((byte) => byte < 0x80) &&
    /^[A-Z][A-Z0-9]{2,3}/.test(textAt(window, at + 10, 4))
  );
}

const COMPILED = NEEDLES.map((needle) => ({ ...needle, bytes: Buffer.from(needle.text, 'latin1') }));

export class StreamScan {
  readonly #findings = new Findings();
  readonly #marks: Mark[] = [];
  /** The end of what came before, so that a mark across two chunks is seen. */
  #window: Buffer = Buffer.alloc(0);
  #windowAt = 0;
  /** Matches before this offset have been looked at. */
  #doneTo = 0;

  take(chunk: Uint8Array): void {
    this.#window = Buffer.concat([this.#window, chunk]);
    this.#look(this.#window.length - AROUND);
    const keepFrom = Math.max(0, this.#window.length - 2 * AROUND);
    this.#window = this.#window.subarray(keepFrom);
    this.#windowAt += keepFrom;
  }

  /** Looks at the last bytes; call once, when the file has ended. */
  finish(): { readonly findings: Findings; readonly marks: readonly Mark[] } {
    this.#look(this.#window.length);
    return { findings: this.#findings, marks: this.#marks };
  }

  /** Looks at matches that begin before `end` of the window and were not looked at before. */
  #look(end: number): void {
    const from = Math.max(0, this.#doneTo - this.#windowAt);
    if (end <= from) return;
    for (const { bytes, says } of COMPILED) {
      for (let at = this.#window.indexOf(bytes, from); at >= 0 && at < end; at = this.#window.indexOf(bytes, at + 1)) {
        const said = says(this.#window, at);
        if (typeof said === 'string')
          this.#mark({ kind: said, offset: this.#windowAt + at + (said === 'xmp' ? 0 : bytes.length) });
        else if (said) this.#findings.add(...said);
      }
    }
    this.#doneTo = this.#windowAt + end;
  }

  #mark(mark: Mark): void {
    if (this.#marks.length < MOST_MARKS) this.#marks.push(mark);
    else this.#findings.add('uncheckable', 'more embedded captions than can be checked');
  }
}
