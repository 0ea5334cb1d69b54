/** What pages and sign-offs call things. */
import type { Technology } from '../../policies/editions/edition.ts';
import type { DispositionState, SigningOffice } from './contract.ts';

export const TECHNOLOGIES: Readonly<Record<Technology, string>> = {
  'mobile-x-ray': 'Mobile x-ray',
  'portable-electronic-device': 'Portable electronic devices',
  'digital-camera': 'Digital cameras',
  'license-plate-reader': 'License plate readers',
};

export const STATES: Readonly<
  Record<DispositionState, readonly [words: string, kind: 'plain' | 'waiting' | 'good' | 'bad']>
> = {
  proposed: ['open to objection', 'waiting'],
  signing: ['waiting for signatures', 'waiting'],
  destroying: ['being destroyed', 'waiting'],
  destroyed: ['destroyed', 'good'],
  declined: ['declined, records kept', 'bad'],
  lapsed: ['not signed in time, records kept', 'plain'],
  emptied: ['nothing left in it', 'plain'],
};

export const OFFICE_TITLES: Readonly<Record<SigningOffice, string>> = {
  'records-officer': 'Records officer of the department',
  'law-department': 'Law Department',
  'records-commissioner': 'Department of Records',
};

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const;

/** Decimal, as disks count. */
export function bytesText(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  return power === 0 ? `${bytes} bytes` : `${(bytes / 1000 ** power).toFixed(1)} ${UNITS[power]}`;
}
