import { describe, expect, it } from 'vitest';
import { plusHours } from '../../../policies/instant.ts';
import { whichDeviceMayGo, type DeviceFacts } from '../../../policies/rules/which-device-may-go.ts';
import { at, NOW, refusals, UNDER_2021, UNDER_2026 } from '../facts.ts';

const startsAt = at('2026-11-25T08:00:00-05:00');
const use = { startsAt, endsAt: plusHours(startsAt, 6) };
const device: DeviceFacts = {
  deviceId: 'D-1',
  manufacturer: 'American Science & Engineering, Inc.',
  coveredByAddendum: false,
  lastInspectedAt: at('2026-11-20T10:00:00-05:00'),
  storage: { publicCanReach: false },
  outOfService: false,
  radiation: 'safe',
  thirdPartyConfirmations: 3,
  assignedTo: [],
  use,
};
const sent = (change: Partial<DeviceFacts>) => whichDeviceMayGo({ ...device, ...change }, UNDER_2026, NOW);
const without = (field: 'lastInspectedAt' | 'storage'): DeviceFacts => {
  const { [field]: _dropped, ...rest } = device;
  return rest as DeviceFacts;
};

describe('a device that may go', () => {
  it('XR26-SAFE-02: is inspected, stored and fit', () => {
    expect(sent({})).toMatchObject({ kind: 'allowed', flags: [], inspectionHoldsThrough: '2026-12-20' });
  });

  it.each(['American Science and Engineering Inc', 'AMERICAN SCIENCE & ENGINEERING, INC.'])(
    'XR26-CAP-05: is made by %s, however it is written',
    (manufacturer) => {
      expect(sent({ manufacturer }).kind).toBe('allowed');
    },
  );

  it('XR26-CAP-05, XR26-USE-16: is made by another maker once an addendum covers it', () => {
    expect(sent({ manufacturer: 'Another Maker', coveredByAddendum: true }).kind).toBe('allowed');
  });

  it('XR21-CAP-02: could be of any maker under 2021, which names none', () => {
    expect(whichDeviceMayGo({ ...device, manufacturer: 'Another Maker' }, UNDER_2021, NOW).kind).toBe('allowed');
  });

  it('XR26-HLT-02: is flagged while the Radiation Safety Officer has not assessed it', () => {
    expect(sent({ radiation: 'not-assessed' })).toMatchObject({ kind: 'allowed', flags: [{ clause: 'XR26-HLT-02' }] });
  });

  it.each([
    [0, 1],
    [1, 1],
    [2, 0],
  ])('XR26-HLT-01: with %i third parties confirming carries %i flags', (thirdPartyConfirmations, flags) => {
    const ruling = sent({ thirdPartyConfirmations });
    expect(ruling.kind === 'allowed' && ruling.flags.map((flag) => flag.clause)).toEqual(
      Array(flags).fill('XR26-HLT-01'),
    );
  });

  it('is free when its other uses only touch this one', () => {
    const assignedTo = [
      { startsAt: plusHours(use.startsAt, -4), endsAt: use.startsAt },
      { startsAt: use.endsAt, endsAt: plusHours(use.endsAt, 4) },
    ];
    expect(sent({ assignedTo }).kind).toBe('allowed');
  });
});

describe('a device that stays in', () => {
  it.each<[string, DeviceFacts, string]>([
    [
      'XR26-CAP-05: is made by a maker the edition does not describe',
      { ...device, manufacturer: 'Another Maker' },
      'XR26-CAP-05 manufacturer',
    ],
    ['XR26-CAP-05: has no maker on record', { ...device, manufacturer: '' }, 'XR26-CAP-05 manufacturer'],
    ['XR26-SAFE-02: was never inspected', without('lastInspectedAt'), 'XR26-SAFE-02 lastInspectedAt'],
    ['XR26-SAFE-01: has no place of storage', without('storage'), 'XR26-SAFE-01 storage'],
    [
      'XR26-SAFE-01: stands where the public can reach it',
      { ...device, storage: { publicCanReach: true } },
      'XR26-SAFE-01 storage',
    ],
    ['XR26-SAFE-02: is out of service', { ...device, outOfService: true }, 'XR26-SAFE-02 outOfService'],
    ['XR26-HLT-02: was found unsafe', { ...device, radiation: 'unsafe' }, 'XR26-HLT-02 radiation'],
    [
      'XR26-SAFE-02: is out on another use',
      { ...device, assignedTo: [{ startsAt: plusHours(use.startsAt, 5), endsAt: plusHours(use.startsAt, 9) }] },
      'XR26-SAFE-02 assignedTo',
    ],
  ])('%s', (_name, facts, because) => {
    expect(refusals(whichDeviceMayGo(facts, UNDER_2026, NOW))).toEqual([because]);
  });

  it.each([
    ['2026-10-26T08:00:00-04:00', []],
    ['2026-10-26T00:00:01-04:00', []],
    ['2026-10-25T23:59:59-04:00', ['house-days-between-inspections lastInspectedAt']],
  ])('house-days-between-inspections: when it was inspected at %s, by calendar days', (inspected, because) => {
    expect(refusals(sent({ lastInspectedAt: at(inspected) }))).toEqual(because);
  });

  it('names everything that is in the way at once', () => {
    expect(
      refusals(sent({ manufacturer: '', storage: { publicCanReach: true }, outOfService: true, radiation: 'unsafe' })),
    ).toEqual([
      'XR26-CAP-05 manufacturer',
      'XR26-SAFE-01 storage',
      'XR26-SAFE-02 outOfService',
      'XR26-HLT-02 radiation',
    ]);
  });
});
