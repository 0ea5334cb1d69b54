/**
 * Which edition was in force on a day. Every clause by its id is in all-clauses.ts, which only pages ask for.
 *
 * Editions of one technology never overlap and leave no gap; before the first there is none, and an
 * act of that time cannot be judged here.
 */
import type { CalendarDate } from '../calendar-date.ts';
import { nyDate, type Instant } from '../instant.ts';
import { DIGITAL_CAMERA_2026 } from './digital-camera-2026.ts';
import type { Edition, Policy, PublishedEdition, PublishedPolicy, Technology } from './edition.ts';
import { HOUSE } from './house.ts';
import { PLATE_READER_2026 } from './plate-reader-2026.ts';
import { PORTABLE_DEVICE_2026 } from './portable-device-2026.ts';
import { isInForce } from './published.ts';
import { XRAY_EDITIONS } from './x-ray.ts';

export { clausesOf, isInForce } from './published.ts';

/** The editions of mobile x-ray, oldest first. */
export const EDITIONS: readonly Edition[] = XRAY_EDITIONS;

/** The editions of every technology; of one technology, oldest first. */
export const PUBLISHED_EDITIONS: readonly PublishedEdition[] = [
  ...EDITIONS,
  PORTABLE_DEVICE_2026,
  DIGITAL_CAMERA_2026,
  PLATE_READER_2026,
];

/** The edition that governs a technology on a day in New York; undefined before the first one held here. */
export function editionInForce(technology: 'mobile-x-ray', on: CalendarDate): Edition | undefined;
export function editionInForce(technology: Technology, on: CalendarDate): PublishedEdition | undefined;
export function editionInForce(technology: Technology, on: CalendarDate): PublishedEdition | undefined {
  return PUBLISHED_EDITIONS.find((edition) => edition.technology === technology && isInForce(edition, on));
}

/** The edition in force at a moment, with the house numbers: what rules are asked under. */
export function policyInForce(technology: 'mobile-x-ray', at: Instant): Policy | undefined;
export function policyInForce(technology: Technology, at: Instant): PublishedPolicy | undefined;
export function policyInForce(technology: Technology, at: Instant): PublishedPolicy | undefined {
  const edition = editionInForce(technology, nyDate(at));
  return edition && { edition, house: HOUSE };
}
