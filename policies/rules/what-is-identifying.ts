/**
 * What of a disclosure is identifying information?
 *
 * Everything a surveillance system of the police recorded is, by the definition itself: every kept x-ray
 * image, plate read, camera image and recording, and a redacted copy of it too. Nobody is asked whether
 * someone can be recognised. Only a count that is anonymized is not.
 *
 * Units   none
 * Answers identifying or not, with the kinds of information in it
 * Throws  nothing
 * Source  nyc-23-1201-identifying
 */
import type { PublishedPolicy, Technology } from '../editions/edition.ts';
import { PRIVACY_LAW } from '../editions/privacy-law.ts';
import type { Instant } from '../instant.ts';

export type InformationKind =
  | 'surveillance-system'
  | 'photograph'
  | 'license-plate'
  | 'vehicle'
  | 'location'
  | 'contact'
  | 'height-weight'
  | 'victim-or-witness'
  | 'immigration-status'
  | 'arrest-record'
  | 'address'
  | 'release-from-custody';

export interface Identifying {
  readonly identifying: boolean;
  /** Kinds it has by its nature; what a particular image shows may add others. */
  readonly kinds: readonly InformationKind[];
  readonly clause: string;
}

const BY_NATURE: Readonly<Record<Technology, readonly InformationKind[]>> = {
  'mobile-x-ray': ['surveillance-system', 'photograph', 'vehicle'],
  'portable-electronic-device': ['surveillance-system', 'photograph'],
  'digital-camera': ['surveillance-system', 'photograph'],
  'license-plate-reader': ['surveillance-system', 'license-plate', 'vehicle', 'location'],
};

export function whatIsIdentifying(
  { content }: { readonly content: 'original' | 'redacted-copy' | 'anonymized-count' },
  { edition }: PublishedPolicy,
  _now: Instant,
): Identifying {
  const identifying = content !== 'anonymized-count';
  return { identifying, kinds: identifying ? BY_NATURE[edition.technology] : [], clause: PRIVACY_LAW.identifying.id };
}
