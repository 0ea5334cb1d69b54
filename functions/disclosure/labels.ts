/** A disclosure's choices and states in the words an officer uses. The values are the ones policies/ judges. */
import {
  EXIGENT_EXEMPTIONS,
  GROUNDS,
  IMMIGRATION_PURPOSES,
  PROCEEDINGS,
  PUBLIC_PURPOSES,
  RECIPIENTS,
  type GroundId,
  type RecipientKind,
} from '../../policies/editions/disclosure-grounds.ts';
import { DISCLOSURE_TYPES } from '../../policies/editions/disclosure-types.ts';
import type { Technology } from '../../policies/editions/edition.ts';
import type { RequestingAgency } from '../../policies/rules/quarterly-compilation.ts';
import type { TagKind } from '../edge/fields.tsx';
import type { DisclosureState } from './contract.ts';

interface Offered<Value extends string> {
  readonly value: Value;
  readonly label: string;
}

const offered = <Id extends string>(choices: readonly { readonly id: Id; readonly label: string }[]) =>
  choices.map(({ id, label }): Offered<Id> => ({ value: id, label }));

export const TECHNOLOGIES: readonly Offered<Technology>[] = [
  { value: 'mobile-x-ray', label: 'Mobile x-ray' },
  { value: 'portable-electronic-device', label: 'Portable electronic devices' },
  { value: 'digital-camera', label: 'Digital cameras' },
  { value: 'license-plate-reader', label: 'License plate readers' },
];

export const TYPES = offered(DISCLOSURE_TYPES);
export const GROUND_CHOICES = offered(GROUNDS);
export const PROCEEDING_CHOICES: readonly Offered<(typeof PROCEEDINGS)[number]['id'] | 'other'>[] = [
  ...offered(PROCEEDINGS),
  { value: 'other', label: 'Something else' },
];
export const PURPOSE_CHOICES: readonly Offered<(typeof PUBLIC_PURPOSES)[number]['id'] | 'other'>[] = [
  ...offered(PUBLIC_PURPOSES),
  { value: 'other', label: 'Something else' },
];
export const EXEMPTIONS = offered(EXIGENT_EXEMPTIONS);
export const IMMIGRATION_CHOICES: readonly Offered<'no' | (typeof IMMIGRATION_PURPOSES)[number]['id']>[] = [
  { value: 'no', label: 'No' },
  ...IMMIGRATION_PURPOSES.map(({ id, label }) => ({ value: id, label: `Yes: ${lower(label)}` })),
];

export const AGENCIES: readonly Offered<RequestingAgency>[] = [
  { value: 'federal', label: 'Federal' },
  { value: 'state', label: 'State' },
  { value: 'other-local', label: 'Local' },
  { value: 'foreign', label: 'Of another country' },
];

export const PATHS = [
  { value: 'their-request', label: 'They asked for it, under a law, regulation or policy' },
  { value: 'our-offer', label: 'We offer it to them as a partner in a proceeding' },
] as const;

export const CAPACITIES = [
  { value: 'adult', label: 'An adult who can consent' },
  { value: 'minor', label: 'A minor' },
  { value: 'not-competent', label: 'Not legally competent' },
] as const;

export const SIGNERS = [
  { value: 'person', label: 'The person' },
  { value: 'parent-or-guardian', label: 'A parent or legal guardian' },
] as const;

export const WELFARE_ABOUT = [
  { value: 'minor', label: 'A minor' },
  { value: 'not-competent', label: 'Someone not legally competent' },
  { value: 'other', label: 'Someone or something else' },
] as const;

export const SEARCHES = [
  { value: 'one-complete-plate', label: 'One complete plate' },
  { value: 'partial-plate', label: 'Part of a plate' },
  { value: 'several-plates', label: 'Several plates' },
  { value: 'area', label: 'All plates of an area' },
  { value: 'reader', label: 'All plates of one reader' },
  { value: 'associates', label: 'Plates seen with another' },
] as const;

export const SEARCHED_THROUGH = [
  { value: 'plate-search', label: 'The plate search' },
  { value: 'domain-awareness-system', label: 'The Domain Awareness System' },
] as const;

export const VENDOR_CHECKS = [
  { value: 'approvedVendor', label: 'It is an approved vendor' },
  { value: 'noMoreThanNeeded', label: 'It gets no more than this duty needs' },
  { value: 'responsibilityDetermined', label: 'Its responsibility was determined' },
  { value: 'integrityReviewed', label: 'Its integrity was reviewed' },
  { value: 'sensitive', label: 'What it supplies is sensitive' },
  { value: 'backgroundChecked', label: 'Its people passed a background check (needed when sensitive)' },
  { value: 'boundToConfidentiality', label: 'It is bound to confidentiality in writing' },
] as const;

export const WAYS = [
  {
    value: 'page',
    label: 'On a page of ours',
    hint: 'A link by mail, a one-time code, and each file opens for five minutes.',
  },
  {
    value: 'sealed-package',
    label: 'As a sealed package',
    hint: 'One file with the originals, their SHA-256 list, the extract of the ledger, and how to verify them.',
  },
] as const;

export const CONFIRMED = [
  { value: 'confirmed', label: 'Confirmed' },
  { value: 'not-confirmed', label: 'It could not be confirmed' },
] as const;

export const LAWFUL = [
  { value: 'lawful', label: 'Lawful' },
  { value: 'unlawful', label: 'Not lawful' },
] as const;

export const YES_NO = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
] as const;

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** The label of a value that one of these lists holds; another value as it is. */
export const labelIn = (choices: readonly Offered<string>[], value: string): string =>
  choices.find((choice) => choice.value === value)?.label ?? value;

export const recipientLabel = (kind: RecipientKind): string => RECIPIENTS.find((one) => one.kind === kind)!.label;

/** With its number, where the policies print one: 'Ground 2: The law requires it'. */
export function groundLabel(id: GroundId): string {
  const { number, label } = GROUNDS.find((ground) => ground.id === id)!;
  return number ? `Ground ${number}: ${lower(label)}` : label;
}

/** The states of a disclosure, as people read them. */
export const STATES: Readonly<Record<DisclosureState, readonly [label: string, kind: TagKind]>> = {
  preparing: ['Being prepared', 'waiting'],
  checking: ['Being checked', 'waiting'],
  completing: ['Waits for its requester', 'waiting'],
  deciding: ['Waits for the privacy officer', 'waiting'],
  released: ['Released, not yet received', 'waiting'],
  received: ['Received', 'good'],
  'not-collected': ['Released, receipt not confirmed in time', 'bad'],
  revoked: ['Revoked', 'bad'],
  refused: ['Refused by policy or law', 'bad'],
  declined: ['Declined by the privacy officer', 'bad'],
  withdrawn: ['Withdrawn', 'plain'],
  lapsed: ['Lapsed', 'bad'],
};
