/**
 * Words in a request that a decider should look at twice, by the clause they may touch.
 *
 * Words prove nothing and refuse nothing: a street vendor sells ice and people stand behind barriers.
 * Words in capitals are matched in capitals only; all others in any case, as whole words.
 */
export type ScreenedField =
  | 'graveRisk'
  | 'lawEnforcementReason'
  | 'event'
  | 'location'
  | 'publicKeptOutHow'
  | 'similarObjectDescription';

export interface ScreeningTopic {
  readonly topic: 'immigration' | 'political-activity' | 'people' | 'homes-and-buildings' | 'remote-or-covert-use';
  readonly clause: string;
  /** Fields in which the words would be out of place. */
  readonly fields: readonly ScreenedField[];
  readonly words: readonly string[];
  readonly why: string;
}

const EVERYWHERE: readonly ScreenedField[] = [
  'graveRisk',
  'lawEnforcementReason',
  'event',
  'location',
  'publicKeptOutHow',
  'similarObjectDescription',
];
/** Where the object is named: not where it stands, nor how people are kept away from it. */
const ABOUT_THE_TARGET: readonly ScreenedField[] = ['graveRisk', 'lawEnforcementReason', 'similarObjectDescription'];

export const SCREENING_TOPICS: readonly ScreeningTopic[] = [
  {
    topic: 'immigration',
    clause: 'nyc-10-178-c',
    fields: EVERYWHERE,
    words: [
      'ICE',
      'ERO',
      'CBP',
      'HSI',
      'USCIS',
      'immigration',
      'immigrant',
      'immigrants',
      'migrant',
      'migrants',
      'deport',
      'deported',
      'deportation',
      'removal order',
      'undocumented',
      'illegal alien',
      'illegal aliens',
      'visa overstay',
      'border patrol',
      'detainer',
      'administrative warrant',
      'citizenship',
    ],
    why: 'No City resources go to immigration enforcement: make sure that this use does not serve it.',
  },
  {
    topic: 'political-activity',
    clause: 'XR26-USE-12',
    fields: EVERYWHERE,
    words: [
      'protest',
      'protests',
      'protester',
      'protesters',
      'protestor',
      'protestors',
      'rally',
      'rallies',
      'demonstration',
      'demonstrations',
      'demonstrator',
      'demonstrators',
      'march',
      'marchers',
      'picket',
      'activist',
      'activists',
      'political',
      'campaign',
      'petition',
      'sit-in',
      'vigil',
      'boycott',
      'union meeting',
    ],
    why: 'The technology is not used to investigate political activity. Securing the place of an event is something else: make sure which it is.',
  },
  {
    topic: 'people',
    clause: 'XR26-USE-03',
    fields: ABOUT_THE_TARGET,
    words: [
      'person',
      'persons',
      'people',
      'pedestrian',
      'pedestrians',
      'crowd',
      'crowds',
      'passenger',
      'passengers',
      'occupant',
      'occupants',
      'individual',
      'individuals',
      'attendees',
      'bystander',
      'bystanders',
    ],
    why: 'The device is never used to screen people: make sure that nobody is in or behind the object.',
  },
  {
    topic: 'homes-and-buildings',
    clause: 'XR26-USE-03',
    fields: ABOUT_THE_TARGET,
    words: [
      'apartment',
      'apartments',
      'house',
      'houses',
      'home',
      'homes',
      'residence',
      'dwelling',
      'building',
      'buildings',
      'storefront',
      'warehouse',
      'office',
      'hotel',
      'room',
      'rooms',
      'mobile home',
      'trailer home',
      'RV',
    ],
    why: 'The device is not used on homes or buildings: make sure that the object is neither.',
  },
  {
    topic: 'remote-or-covert-use',
    clause: 'XR26-USE-16',
    fields: ['graveRisk', 'lawEnforcementReason', 'similarObjectDescription'],
    words: ['covert', 'covertly', 'undercover', 'surveil', 'surveillance', 'track', 'tracking', 'drone', 'remotely'],
    why: 'The policy describes screening objects openly at a place. A use it does not describe needs an addendum first.',
  },
];
