/**
 * The editions with their retention clauses only: what the rules of retention are asked under. Apart from the whole
 * editions, so that a function that works out dates carries no other clause, and every other function none of these.
 */
import { FactMalformed } from '../faults.ts';
import { nyDate, type Instant } from '../instant.ts';
import type { Refusal } from '../ruling.ts';
import type { PublishedEdition, PublishedEditionId, PublishedPolicy, Section, Technology } from './edition.ts';
import {
  DIGITAL_CAMERA_2026_HEAD,
  PLATE_READER_2026_HEAD,
  PORTABLE_DEVICE_2026_HEAD,
  XRAY_2021_HEAD,
  XRAY_2026_HEAD,
} from './heads.ts';
import { HOUSE } from './house.ts';
import { isInForce } from './published.ts';
import {
  DIGITAL_CAMERA_2026_RETENTION,
  PLATE_READER_2026_RETENTION,
  PORTABLE_DEVICE_2026_RETENTION,
} from './retention/other-technologies-2026.ts';
import { XRAY_2021_RETENTION } from './retention/xray-2021.ts';
import { XRAY_2026_RETENTION } from './retention/xray-2026.ts';

/** Of one technology, oldest first. Their only section is that of retention. */
export const RETENTION_EDITIONS: readonly PublishedEdition[] = [
  { ...XRAY_2021_HEAD, sections: [XRAY_2021_RETENTION] },
  { ...XRAY_2026_HEAD, sections: [XRAY_2026_RETENTION] },
  { ...PORTABLE_DEVICE_2026_HEAD, sections: [PORTABLE_DEVICE_2026_RETENTION] },
  { ...DIGITAL_CAMERA_2026_HEAD, sections: [DIGITAL_CAMERA_2026_RETENTION] },
  { ...PLATE_READER_2026_HEAD, sections: [PLATE_READER_2026_RETENTION] },
];

/** The retention section of an edition. */
export const retentionSectionOf = (id: PublishedEditionId): Section | undefined =>
  RETENTION_EDITIONS.find((edition) => edition.id === id)?.sections[0];

/** What rules of retention are asked under, for a technology at a moment. Undefined before the first edition. */
export function retentionPolicyInForce(technology: Technology, at: Instant): PublishedPolicy | undefined {
  const on = nyDate(at);
  const edition = RETENTION_EDITIONS.find((one) => one.technology === technology && isInForce(one, on));
  return edition && { edition, house: HOUSE };
}

/**
 * By which clauses an act on a case, a hold or a schedule is judged: every technology's policy says the same of them, and
 * that of mobile x-ray was the first. Throws FactMalformed before it.
 */
export function retentionPolicyAt(at: Instant): PublishedPolicy {
  const policy = retentionPolicyInForce('mobile-x-ray', at);
  if (!policy) throw new FactMalformed(`no edition of the mobile x-ray policy was in force at ${at}; check the clock`);
  return policy;
}

/** What is kept of a technology is kept under its policy; before that is published nothing is taken in. */
export const noPolicyYet = (technology: Technology): Refusal => ({
  clause: 'XR26-RET-05',
  field: 'technology',
  found: technology,
  expected: 'a technology whose policy is in force',
  todo: 'wait until its policy is published',
});
