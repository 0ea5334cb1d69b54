/**
 * What every edition has apart from its clauses: which it is, whose, since when. Holds no text of clauses, so that a part
 * of an edition, such as its retention clauses, can stand under the same head as the whole.
 */
import { calendarDate } from '../calendar-date.ts';
import type { PublishedEdition, SectionOf } from './edition.ts';

type Head = Omit<PublishedEdition, 'sections'>;

const since2026 = calendarDate('2026-02-04');
const xray2021 = { from: calendarDate('2021-04-11'), until: calendarDate('2026-02-03') };

/** How the clauses of an edition cite it, and when they bind. */
const of = ({ title, from, until }: Head, dated: string): SectionOf => ({
  document: `${title}, ${dated}`,
  from,
  ...(until && { until }),
});

export const XRAY_2021_HEAD = {
  id: 'xray-2021',
  technology: 'mobile-x-ray',
  title: 'Mobile X-Ray Technology: Impact and Use Policy',
  document: '001_fea93e512b1fb4a3.txt',
  ...xray2021,
  breachReport: { within: 'as-soon-as-practicable', clause: 'XR21-EXT-08' },
  directAccess: { to: 'agencies-by-agreement', clause: 'XR21-EXT-04' },
} as const satisfies Head;
/** The first day of the first edition that is run here: nothing was kept or asked under a policy before. */
export const FIRST_DAY = XRAY_2021_HEAD.from;
export const XRAY_2021_OF = of(XRAY_2021_HEAD, 'April 11, 2021');

export const XRAY_2026_HEAD = {
  id: 'xray-2026',
  technology: 'mobile-x-ray',
  title: 'Mobile X-Ray Technology: Impact and Use Policy',
  document: '000_d08d6afc30c2d434.txt',
  from: since2026,
  breachReport: { within: 'hours', hours: 24, clause: 'XR26-EXT-20' },
  directAccess: { to: 'nobody', clause: 'XR26-EXT-01' },
} as const satisfies Head;
export const XRAY_2026_OF = of(XRAY_2026_HEAD, 'updated February 4, 2026');

export const PORTABLE_DEVICE_2026_HEAD = {
  id: 'portable-device-2026',
  technology: 'portable-electronic-device',
  title: 'Portable Electronic Devices: Impact and Use Policy',
  document: '002_162b24b5c68c6c29.txt',
  from: since2026,
  breachReport: { within: 'hours', hours: 24, clause: 'PED26-EXT-06' },
  directAccess: { to: 'nobody', clause: 'PED26-EXT-01' },
} as const satisfies Head;
export const PORTABLE_DEVICE_2026_OF = of(PORTABLE_DEVICE_2026_HEAD, 'updated February 4, 2026');

export const DIGITAL_CAMERA_2026_HEAD = {
  id: 'digital-camera-2026',
  technology: 'digital-camera',
  title: 'Digital Cameras: Impact and Use Policy',
  document: '003_e60051c9c19d5fa5.txt',
  from: since2026,
  breachReport: { within: 'hours', hours: 24, clause: 'CAM26-EXT-06' },
  directAccess: { to: 'nobody', clause: 'CAM26-EXT-01' },
} as const satisfies Head;
export const DIGITAL_CAMERA_2026_OF = of(DIGITAL_CAMERA_2026_HEAD, 'updated February 4, 2026');

export const PLATE_READER_2026_HEAD = {
  id: 'plate-reader-2026',
  technology: 'license-plate-reader',
  title: 'License Plate Readers: Impact and Use Policy',
  document: '004_9a74bf714f5bda63.txt',
  from: since2026,
  breachReport: { within: 'hours', hours: 24, clause: 'LPR26-EXT-07' },
  directAccess: { to: 'new-jersey-plate-search', clause: 'LPR26-EXT-01' },
} as const satisfies Head;
export const PLATE_READER_2026_OF = of(PLATE_READER_2026_HEAD, 'updated February 4, 2026');
