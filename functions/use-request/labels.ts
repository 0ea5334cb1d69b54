/** The form's choices in the words an officer uses. The values are the ones policies/ judges. */
export const TARGETS = [
  { value: 'motor-vehicle', label: 'Motor vehicle' },
  { value: 'truck', label: 'Truck' },
  { value: 'temporary-enclosed-structure', label: 'Temporary enclosed structure' },
  { value: 'similar-object', label: 'Similar object' },
  { value: 'person', label: 'A person' },
  { value: 'home', label: 'A home' },
  { value: 'building', label: 'A building' },
] as const;

export const PURPOSES = [
  { value: 'law-enforcement', label: 'Law enforcement' },
  { value: 'other-official-business', label: 'Other official business' },
] as const;

export const ENTITY_KINDS = [
  { value: 'federal-agency', label: 'Federal agency' },
  { value: 'state-agency', label: 'State agency' },
  { value: 'city-agency', label: 'City agency' },
  { value: 'other-police', label: 'Another police department' },
  { value: 'event-host', label: 'Host of an event or site' },
] as const;

const labelIn = (choices: readonly { readonly value: string; readonly label: string }[], value: string): string =>
  choices.find((choice) => choice.value === value)?.label ?? value;

export const targetLabel = (value: string): string => labelIn(TARGETS, value);
export const purposeLabel = (value: string): string => labelIn(PURPOSES, value);
export const entityLabel = (value: string): string => labelIn(ENTITY_KINDS, value);

/** The states of a request, as people read them. */
export const STATE_LABELS = {
  submitted: 'Being checked',
  confirming: 'Staff are confirming who asks',
  deciding: 'Waiting for an executive’s decision',
  approved: 'Approved, to be assigned',
  assigned: 'Assigned',
  'under-way': 'Deployment under way',
  refused: 'Refused by policy',
  declined: 'Declined',
  withdrawn: 'Withdrawn',
  lapsed: 'Lapsed undecided or unused',
  closed: 'Closed',
} as const;
