/**
 * Who may take custody of a device?
 *
 * Department personnel, and no one else: whoever asked for the use, custody and control never pass to
 * an outside entity, not even for a moment.
 *
 * Units   none
 * Answers allowed or refused
 * Throws  nothing
 * Source  XR26-EXT-03, XR26-SAFE-03 and their 2021 twins
 */
import { mustSay } from '../clause-in.ts';
import type { Policy } from '../editions/edition.ts';
import type { Instant } from '../instant.ts';
import { ruled, unless, type Ruling } from '../ruling.ts';

export interface CustodyTransfer {
  readonly deviceId: string;
  readonly to: { readonly kind: 'member'; readonly active: boolean } | { readonly kind: 'external' };
}

export function whoMayTakeCustody({ to }: CustodyTransfer, { edition }: Policy, _now: Instant): Ruling {
  const never = mustSay(edition, 'XR26-EXT-03');
  const access = mustSay(edition, 'XR26-SAFE-03');
  const because = [
    ...unless(to.kind === 'member', {
      clause: never,
      field: 'custodian',
      found: 'someone of an outside entity',
      expected: 'department personnel',
      todo: 'keep the device; custody and control never leave the department',
    }),
    ...unless(to.kind === 'external' || to.active, {
      clause: access,
      field: 'custodian',
      found: 'a member who is not active',
      expected: 'an active member',
      todo: 'hand the device to an active member',
    }),
  ];
  return ruled([never, access], because);
}
