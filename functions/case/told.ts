/** What the ledger tells of a case, in its own fixed words. */
export const TOLD = {
  opened: 'case opened',
  charged: 'charge added',
  disposed: 'charge disposed of',
  found: 'finding recorded',
  statusSet: 'class by status set',
  statusEnded: 'status ended',
  reclassed: 'class set again',
  personAdded: 'person added to case',
  personChanged: 'person in case corrected',
  movedAway: 'record moved to another case',
  movedHere: 'record moved here from another case',
  closed: 'case closed',
  reopened: 'case reopened',
  tookIn: 'another case merged into this one',
  merged: 'case merged into another',
} as const;
