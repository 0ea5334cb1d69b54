/** How a device stands today: whether the rule would let it go out now, for the list of devices and its own page. */
import type { Policy } from '../../policies/editions/edition.ts';
import type { Instant } from '../../policies/instant.ts';
import { whichDeviceMayGo, type DeviceStanding } from '../../policies/rules/which-device-may-go.ts';
import type { Device } from './contract.ts';

/** Judged for a use that begins now. Whether it is booked is the diary's matter and not looked at here. */
export function standingOf(device: Device, policy: Policy, now: Instant): DeviceStanding {
  const {
    id,
    manufacturer,
    inspectedAt,
    accountedFor,
    storage,
    inService,
    radiationAssessment,
    thirdPartyConfirmations = 0,
  } = device;
  return whichDeviceMayGo(
    {
      deviceId: id,
      manufacturer,
      coveredByAddendum: false,
      // An inspection that could not account for the device is none.
      ...(inspectedAt && accountedFor && { lastInspectedAt: inspectedAt }),
      storage: { publicCanReach: !storage.nonPublic },
      outOfService: !inService,
      radiation: radiationAssessment?.outcome ?? 'not-assessed',
      thirdPartyConfirmations,
      assignedTo: [],
      use: { startsAt: now, endsAt: now },
    },
    policy,
    now,
  );
}
