/** What the pages call classes, periods, states and reasons. */
import type { KeepRule, KeptKind, Schedule } from '../../policies/retention.ts';
import type { DifferenceKind } from '../reconciliation/contract.ts';
import type { CardState, RecalculationCause } from './contract.ts';

/** How long, in words: every period is a minimum. */
export function periodText(rule: KeepRule): string {
  switch (rule.kind) {
    case 'permanent':
      return 'permanently';
    case 'until-event':
      return `permanently, until ${rule.event === 'located' ? 'located' : 'recovered or destroyed'}`;
    case 'after-closing':
      return `at least ${years(rule.years)} after the case is closed`;
    case 'child-reaches':
      return `at least until the child is ${rule.age}`;
    case 'juvenile':
      return `at least until the juvenile is ${rule.age}, and ${years(rule.years)} more`;
    case 'personal-file':
      return `${years(rule.yearsAfterDeath)} after death, or ${rule.yearsAfterBirth} years after birth if there was no arrest in the last ${years(rule.yearsWithoutArrest)}; the shorter`;
    case 'with-case':
      return 'as long as its case';
    case 'after-capture':
      return `${years(rule.years)} after it was captured`;
  }
}

const years = (count: number): string => (count === 1 ? 'one year' : `${count} years`);

export const STATES: Readonly<Record<CardState, readonly [words: string, kind: 'plain' | 'waiting' | 'good' | 'bad']>> =
  {
    kept: ['kept', 'good'],
    proposed: ['in a batch to be signed', 'waiting'],
    destroying: ['being destroyed', 'waiting'],
    destroyed: ['destroyed', 'plain'],
  };

export const KINDS: Readonly<Record<KeptKind, string>> = {
  image: 'Image',
  recording: 'Recording',
  'plate-read': 'Plate read',
  'personal-file': 'Personal data file',
  enclosure: 'Enclosed file',
};

export const DIFFERENCES: Readonly<Record<DifferenceKind, string>> = {
  'file-without-record': 'File without a record',
  'record-without-file': 'Record without its file',
  'destroyed-but-there': 'Destroyed, and still there',
  'lock-differs': 'Another lock',
  'tag-differs': 'Another tag',
  'versions-differ': 'Another version',
};

export const CAUSES: Readonly<Record<RecalculationCause, string>> = {
  'case-opened': 'A case was opened',
  'case-closed': 'A case was closed',
  'case-reopened': 'A case was opened again',
  'case-reclassified': 'A case was given another class',
  'case-merged': 'Cases were merged',
  'case-people-changed': 'The people of a case changed',
  'record-linked': 'A record was linked to a case',
  'lock-taken-over': 'The store was found to hold it longer',
  'hold-placed': 'A hold was placed',
  'hold-released': 'A hold was released',
  'schedule-tried': 'A schedule was tried: nothing was changed',
  'schedule-in-force': 'A schedule took effect',
};

/** What stands for having no class, and for being gone. */
const NO_CLASS: Readonly<Record<string, string>> = {
  unclassed: 'No class yet',
  'open-case': 'Case still open',
  destroyed: 'Destroyed',
};

export type ClassTitles = ReadonlyMap<string, string>;

/** The titles of every class of these schedules; the first schedule that has a class names it. */
export const titlesOf = (schedules: readonly Schedule[]): ClassTitles =>
  new Map([
    ...schedules.toReversed().flatMap(({ classes }) => classes.map(({ id, title }) => [id, title] as const)),
    ...Object.entries(NO_CLASS),
  ]);

export const titleOf = (titles: ClassTitles, classId: string): string =>
  titles.get(classId) ?? classId.replaceAll('-', ' ');

/** `2027-03` as `March 2027`. */
export function monthText(month: string): string {
  const [year = '', number = ''] = month.split('-');
  return `${MONTHS[Number(number) - 1] ?? number} ${year}`;
}
export const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const;

/** `1234567` as `1.2 MB`. */
export function bytesText(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${power === 0 ? bytes : (bytes / 1000 ** power).toFixed(1)} ${UNITS[power]}`;
}

export const countText = (count: number): string => count.toLocaleString('en-US');

/** Whether it names a clause of a policy, a law or the house, which has a page; a loaded schedule names its own items. */
export const isClause = (id: string): boolean =>
  /^(?:[A-Z]{2,3}\d{2}-[A-Z]+-\d+[a-z]?|(?:nyc|nysa|house)-[a-z0-9-]+)$/.test(id);
