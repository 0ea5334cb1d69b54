/** The nouns that have records, spelled as in the glossary. */
export const NOUNS = [
  'use-request',
  'decision',
  'deployment',
  'image',
  'device',
  'diary',
  'training',
  'inspection',
  'person',
  'session',
  'sign-in',
  'mail',
  'note',
  'wait',
  'role',
  'case',
  'view',
  'ledger',
  'digest',
  'sweep',
  'refused-request',
] as const;

export type Noun = (typeof NOUNS)[number];
