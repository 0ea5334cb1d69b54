/**
 * The editions of mobile x-ray, and which was in force. Apart from the other technologies, so that a function that
 * judges only the use of the device carries no clause of theirs.
 */
import { nyDate, type Instant } from '../instant.ts';
import type { Edition, EditionId, Policy } from './edition.ts';
import { HOUSE } from './house.ts';
import { isInForce } from './published.ts';
import { XRAY_2021 } from './xray-2021.ts';
import { XRAY_2026 } from './xray-2026.ts';

/** Oldest first. */
export const XRAY_EDITIONS: readonly Edition[] = [XRAY_2021, XRAY_2026];

/** The edition in force at a moment, with the house numbers: what rules are asked under. Undefined before the first. */
export function xrayPolicyInForce(at: Instant): Policy | undefined {
  const edition = XRAY_EDITIONS.find((one) => isInForce(one, nyDate(at)));
  return edition && { edition, house: HOUSE };
}

export function xrayEditionById(id: EditionId): Edition | undefined {
  return XRAY_EDITIONS.find((edition) => edition.id === id);
}
