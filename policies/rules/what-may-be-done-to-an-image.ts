/**
 * What may be done to a kept image?
 *
 * It may be looked at and copied out unchanged. Nothing may change it: it is not overwritten, cropped
 * or written on, and no correction is made in place. Nothing is read off it either: no plates, no
 * faces, no biometrics, whoever asks and whatever for.
 *
 * Units   none
 * Answers allowed or refused
 * Throws  nothing
 * Source  XR26-CAP-04, XR21-CAP-02, XR26-DSP-02 and its 2021 twin
 */
import { mustSay } from '../clause-in.ts';
import type { Policy } from '../editions/edition.ts';
import type { Instant } from '../instant.ts';
import { ruled, unless, type Ruling } from '../ruling.ts';

const HARMLESS = ['view', 'download', 'hash', 'render-preview'] as const;
const CHANGES = ['overwrite', 'crop', 'annotate', 'redact-in-place', 'rotate'] as const;
const RECOGNISES = ['read-plates', 'match-faces', 'analyse-biometrics'] as const;

export type ImageOperation = (typeof HARMLESS)[number] | (typeof CHANGES)[number] | (typeof RECOGNISES)[number];

export function whatMayBeDoneToAnImage(
  { operation }: { readonly operation: ImageOperation },
  { edition }: Policy,
  _now: Instant,
): Ruling {
  const unchanged = mustSay(edition, 'XR26-DSP-02');
  const among = (operations: readonly string[]) => operations.includes(operation);
  const because = [
    ...unless(!among(RECOGNISES), {
      clause: edition.noRecognition,
      field: 'operation',
      found: operation,
      expected: 'no reading of plates, faces or biometrics',
      todo: 'do not go on; the attempt is on record',
    }),
    ...unless(among(RECOGNISES) || among(HARMLESS), {
      clause: unchanged,
      field: 'operation',
      found: operation,
      expected: 'an operation that leaves the image as it is',
      todo: 'work on a rendering and mark it as one; the original stays',
    }),
  ];
  return ruled([unchanged, edition.noRecognition], because);
}
