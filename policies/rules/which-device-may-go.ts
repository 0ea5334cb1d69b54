/**
 * Which device may go out to an approved use?
 *
 * One that the edition describes by its maker, that a supervisor has inspected and accounted for in
 * time, that was stored where the public cannot reach it, that is in service, free for the whole use,
 * and not found unsafe. A device nobody has assessed yet, or with too few confirmations, may go and is
 * flagged: the policy asks for both and sets no time.
 *
 * Units   instants are UTC; the interval between inspections is calendar days in New York
 * Answers allowed with the flags and the last day the inspection holds, or refused
 * Throws  nothing
 * Source  XR26-CAP-05, XR26-SAFE-01, XR26-SAFE-02, XR26-HLT-01, XR26-HLT-02, XR26-USE-16 and their 2021
 *         twins; house-days-between-inspections, house-third-parties-confirming
 */
import { daysBetween, plusDays, type CalendarDate } from '../calendar-date.ts';
import { clauseIn, mustSay } from '../clause-in.ts';
import type { Policy } from '../editions/edition.ts';
import { isBefore, nyDate, nyDateText, type Instant } from '../instant.ts';
import { ruled, unless, type Refusal, type Ruling } from '../ruling.ts';
import type { Window } from './request-window.ts';

export interface DeviceFacts {
  readonly deviceId: string;
  /** The maker as registered. */
  readonly manufacturer: string;
  /** Whether an addendum in force describes this maker's device. */
  readonly coveredByAddendum: boolean;
  /** When a supervisor last inspected it and accounted for it. */
  readonly lastInspectedAt?: Instant;
  /** Where it stands when not in use; absent when no place is on record. */
  readonly storage?: { readonly publicCanReach: boolean };
  readonly outOfService: boolean;
  /** The Radiation Safety Officer's latest finding. */
  readonly radiation: 'safe' | 'unsafe' | 'not-assessed';
  /** How many different third-party organizations confirmed compliance. */
  readonly thirdPartyConfirmations: number;
  /** Other uses it is assigned to. */
  readonly assignedTo: readonly Window[];
  /** The use it is to go to. */
  readonly use: Window;
}

export interface DeviceFlag {
  readonly clause: string;
  readonly note: string;
}

export type DeviceStanding = Ruling<{
  readonly flags: readonly DeviceFlag[];
  readonly inspectionHoldsThrough: CalendarDate;
}>;

export function whichDeviceMayGo(device: DeviceFacts, policy: Policy, _now: Instant): DeviceStanding {
  const { edition, house } = policy;
  const day = nyDate(device.use.startsAt);
  const interval = house.daysBetweenInspections;
  const inspectedOn = device.lastInspectedAt && nyDate(device.lastInspectedAt);
  const because = [
    ...whatItIs(device, policy),
    ...inspection(inspectedOn, day, policy),
    ...whetherItIsFit(device, policy),
  ];

  const confirmations = house.thirdPartiesConfirming;
  const flags: readonly DeviceFlag[] = [
    ...(device.radiation === 'not-assessed'
      ? [
          {
            clause: mustSay(edition, 'XR26-HLT-02'),
            note: 'The Radiation Safety Officer has not assessed this device.',
          },
        ]
      : []),
    ...(device.thirdPartyConfirmations < confirmations.count
      ? [
          {
            clause: mustSay(edition, 'XR26-HLT-01'),
            note: `The compliance file is incomplete: ${device.thirdPartyConfirmations} of at least ${confirmations.count} third parties have confirmed.`,
          },
        ]
      : []),
  ];
  const clauses = ['XR26-CAP-05', 'XR26-SAFE-01', 'XR26-SAFE-02', 'XR26-HLT-01', 'XR26-HLT-02']
    .flatMap((id) => clauseIn(edition, id) ?? [])
    .concat(interval.id, confirmations.id);
  return ruled(clauses, because, { flags, inspectionHoldsThrough: plusDays(inspectedOn ?? day, interval.days) });
}

/** The maker, against the edition and its addenda. An edition that names no maker covers them all. */
function whatItIs(device: DeviceFacts, { edition }: Policy): readonly Refusal[] {
  const maker = clauseIn(edition, 'XR26-CAP-05');
  if (!maker) return [];
  const described = edition.manufacturers.some((name) => bareName(name) === bareName(device.manufacturer));
  return unless(described || device.coveredByAddendum, {
    clause: maker,
    field: 'manufacturer',
    found: 'a maker the edition does not describe',
    expected: edition.manufacturers.join(' or '),
    todo: 'use another device until an addendum or a new edition covers this one',
  });
}

function inspection(
  inspectedOn: CalendarDate | undefined,
  day: CalendarDate,
  { edition, house }: Policy,
): readonly Refusal[] {
  const interval = house.daysBetweenInspections;
  const supervisors = mustSay(edition, 'XR26-SAFE-02');
  const age = inspectedOn && daysBetween(inspectedOn, day);
  return [
    ...unless(inspectedOn !== undefined, {
      clause: supervisors,
      field: 'lastInspectedAt',
      found: 'no inspection on record',
      expected: 'an inspection and accounting by a supervisor',
      todo: 'have a supervisor inspect the device and account for it',
    }),
    ...unless(age === undefined || age <= interval.days, {
      clause: interval.id,
      field: 'lastInspectedAt',
      found: `an inspection ${age} days before the use`,
      expected: `one at most ${interval.days} days before ${nyDateText(day)}`,
      todo: 'have a supervisor inspect the device and account for it',
    }),
  ];
}

function whetherItIsFit(device: DeviceFacts, { edition }: Policy): readonly Refusal[] {
  const stored = mustSay(edition, 'XR26-SAFE-01');
  const accounted = mustSay(edition, 'XR26-SAFE-02');
  const busy = device.assignedTo.some(
    (other) => isBefore(other.startsAt, device.use.endsAt) && isBefore(device.use.startsAt, other.endsAt),
  );
  return [
    ...unless(device.storage !== undefined && !device.storage.publicCanReach, {
      clause: stored,
      field: 'storage',
      found: device.storage ? 'a place the public can reach' : 'no place of storage on record',
      expected: 'a secure place the public cannot reach',
      todo: 'store the device in such a place and record it',
    }),
    ...unless(!device.outOfService, {
      clause: accounted,
      field: 'outOfService',
      found: 'a device that is out of service',
      expected: 'a device in service',
      todo: 'assign another device',
    }),
    ...unless(device.radiation !== 'unsafe', {
      clause: mustSay(edition, 'XR26-HLT-02'),
      field: 'radiation',
      found: 'an assessment that found it unsafe',
      expected: 'no such finding',
      todo: 'keep the device in until the Radiation Safety Officer finds it safe',
    }),
    ...unless(!busy, {
      clause: accounted,
      field: 'assignedTo',
      found: 'a device that is out on another use at that time',
      expected: 'a device that is free from start to end',
      todo: 'assign another device, or change the time',
    }),
  ];
}

/** A maker's name without case, dots, commas and the two ways to write "and". */
function bareName(name: string): string {
  return name
    .toLowerCase()
    .replaceAll('&', ' and ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
