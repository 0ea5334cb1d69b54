/**
 * Where policies and law pull apart about what leaves the department. Both are shown; the narrower or safer
 * decides (docs/adr/0008-contradictions.md).
 */
import { PRIVACY_LAW } from './privacy-law.ts';

export interface Contradiction {
  readonly id: string;
  /** The clauses that pull apart; those of policies by their 2026 x-ray id. */
  readonly clauses: readonly string[];
  /** What each says, and what is done here. */
  readonly text: string;
}

const contradiction = (id: string, clauses: readonly string[], text: string): Contradiction => ({ id, clauses, text });

export const CONTRADICTIONS = {
  cityAgenciesOnly: contradiction(
    'city-agencies-only',
    ['XR26-EXT-12', PRIVACY_LAW.cityInterest.id],
    'Ground 4 of the policies names no recipient; the statute lets the Chief Privacy Officer approve beforehand only what goes to another City agency. The statute is followed.',
  ),
  exigentNotPrinted: contradiction(
    'exigent-not-printed',
    ['XR26-EXT-08', PRIVACY_LAW.exigent.id],
    'The policies allow disclosure on seven grounds only; the statute also knows exigent circumstances. The statute is followed, with its explanation afterwards.',
  ),
  newJerseySearches: contradiction(
    'new-jersey-searches',
    ['LPR26-EXT-01', 'LPR26-EXT-05'],
    'The plate reader policy lets agents of New Jersey search for a plate, and lets identifying information out on seven grounds only. Both are asked for: the search, and a ground.',
  ),
  guardianOnly: contradiction(
    'guardian-only',
    ['XR26-EXT-09', PRIVACY_LAW.approval.id],
    'For a minor or incompetent person the policies accept a parent or legal guardian; the statute also another person with legal authority to consent. The policies are followed.',
  ),
  immigrationWide: contradiction(
    'immigration-wide',
    ['XR26-EXT-06', 'nyc-10-178-c'],
    'The policies bar immigration enforcement without a definition; the law of January 2026 reaches beyond civil provisions. The law is followed.',
  ),
} as const satisfies Record<string, Contradiction>;
