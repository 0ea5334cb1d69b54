/** The words of a compilation: what each part counts, by what, and its categories. */
import { IMMIGRATION_PURPOSES, RECIPIENTS } from '../../policies/editions/disclosure-grounds.ts';
import { HOUSE } from '../../policies/editions/house.ts';
import type { CompiledPart } from '../../policies/rules/quarterly-compilation.ts';

export interface PartWords {
  readonly heading: string;
  /** What one unit of it is. */
  readonly counts: string;
}

export const PART_WORDS: Readonly<Record<CompiledPart['about'], PartWords>> = {
  breaches: {
    heading: 'Disclosures that violated the law',
    counts:
      'Each disclosure that was judged to violate the law, in the quarter in which the Chief Privacy Officer was first told of it.',
  },
  'exigent-disclosures': {
    heading: 'Exigent disclosures',
    counts:
      'Each disclosure released in exigent circumstances in the quarter, but for those the law exempts from being explained.',
  },
  'immigration-requests': {
    heading: 'Requests for help with immigration enforcement',
    counts: 'Each request of an agency in the quarter. The answer was the same to all: it was refused.',
  },
};

const BY: Readonly<Record<string, string>> = {
  technology: 'By technology',
  recipient: 'By who received it',
  cause: 'By cause',
  notice: 'By whether the people in it were told',
  agency: 'By agency that asked',
  purpose: 'By purpose',
};

const CATEGORIES: Readonly<Record<string, string>> = {
  'mobile-x-ray': 'Mobile x-ray',
  'portable-electronic-device': 'Portable electronic devices',
  'digital-camera': 'Digital cameras',
  'license-plate-reader': 'License plate readers',
  ...Object.fromEntries(RECIPIENTS.map(({ kind, label }) => [kind, label])),
  unknown: 'Not known',
  'wrong-recipient': 'Went to the wrong recipient',
  'no-ground': 'Had no ground',
  'beyond-approval': 'Went beyond what was approved',
  'unauthorized-access': 'Unauthorized access',
  'lost-or-stolen': 'Lost or stolen',
  'technical-fault': 'Technical fault',
  other: 'Another cause',
  'people-told': 'They were told, or enough attempts to reach them failed',
  'not-owed': 'No notice was owed',
  pending: 'Not settled yet',
  federal: 'Federal',
  state: 'Of the State',
  'other-local': 'Local, but not of the City',
  foreign: 'Foreign',
  ...Object.fromEntries(IMMIGRATION_PURPOSES.map(({ id, label }) => [id, label])),
  'not-stated': 'Not stated',
};

export const byLabel = (by: string): string => BY[by] ?? by;
export const categoryLabel = (category: string): string => CATEGORIES[category] ?? category;

export const OTHERS = 'All other categories together';

const LEAST = HOUSE.smallestCountShown.count;

export const SMALL = `fewer than ${LEAST}, but not none`;

export interface LeftOut {
  readonly what: string;
  readonly why: string;
}

/** What a compilation does not say, and why: the same for every quarter, so that it gives nothing away itself. */
export const LEFT_OUT: readonly LeftOut[] = [
  {
    what: 'Names, places, plates, numbers of records and days',
    why: 'The compilation is anonymized.',
  },
  {
    what: `Counts from 1 to ${LEAST - 1}`,
    why: 'A small count could point at a person. Categories with few or none stand in one row with their sum, which does not say which of them are empty; where the sum would give one away, the next smallest join it. Where the whole is small, only that is said.',
  },
  {
    what: 'The breakdown of what has changed since an earlier sending',
    why: 'Two compilations side by side would tell the difference, which may be one person’s. The new total is told where it lies far enough from the earlier one, and otherwise only between which bounds.',
  },
  {
    what: 'Suspected disclosures that did not violate the law, and reports that reached nobody',
    why: 'They are on record with the decision. A report that came back counts in the quarter in which it is sent again.',
  },
  {
    what: 'Exigent disclosures that need no explanation, and requests on immigration of who is no agency',
    why: 'The law does not ask for them. They are on record all the same.',
  },
];
