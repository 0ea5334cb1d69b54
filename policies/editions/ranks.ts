/**
 * Ranks of uniformed members, lowest first, and the bureaus the policies name.
 *
 * The policies call "executive" a uniformed member in the rank of Captain or above. Civilians have
 * titles and no rank, however senior; a civilian is never an executive in this sense. Ranks above
 * Captain are the department's usual ladder and are not listed in the policies.
 */
export const RANKS = [
  { id: 'police-officer', label: 'Police Officer' },
  { id: 'detective', label: 'Detective' },
  { id: 'sergeant', label: 'Sergeant' },
  { id: 'lieutenant', label: 'Lieutenant' },
  { id: 'captain', label: 'Captain' },
  { id: 'deputy-inspector', label: 'Deputy Inspector' },
  { id: 'inspector', label: 'Inspector' },
  { id: 'deputy-chief', label: 'Deputy Chief' },
  { id: 'assistant-chief', label: 'Assistant Chief' },
  { id: 'bureau-chief', label: 'Bureau Chief' },
  { id: 'chief-of-department', label: 'Chief of Department' },
] as const;

export type Rank = (typeof RANKS)[number]['id'];

/** What a person's record says where a rank would stand, for members who are not uniformed. */
export const CIVILIAN = 'civilian';

/** The lowest rank of an executive (XR26-USE-05, XR21-USE-02). */
export const LOWEST_EXECUTIVE_RANK: Rank = 'captain';

const LADDER: readonly string[] = RANKS.map((rank) => rank.id);

/** Whether one rank is at least another. A text that is not a rank, such as 'civilian', never is. */
export function isAtLeast(rank: string, lowest: Rank): boolean {
  return LADDER.indexOf(rank) >= LADDER.indexOf(lowest);
}

/** The rank as people write it; for a text that is not a rank, the words 'no uniformed rank'. */
export function rankLabel(rank: string): string {
  return RANKS.find((known) => known.id === rank)?.label ?? 'no uniformed rank';
}

/** Bureaus and divisions that a rule asks for by name. A person's record may name others. */
export const BUREAUS = {
  counterterrorism: 'counterterrorism-bureau',
  intelligence: 'intelligence-division',
  legal: 'legal-bureau',
  informationTechnology: 'information-technology-bureau',
  internalAffairs: 'internal-affairs-bureau',
} as const;
