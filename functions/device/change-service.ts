/** Takes a device out of service or puts it back. A device out of service cannot be assigned to a use. */
import { put } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import { untilWritten } from '../records/until-written.ts';
import { devices } from './contract.ts';
import type { DeviceActed, DeviceNeeds } from './record-inspection.ts';

/** Asking for what already is so changes nothing. */
export function changeService(
  { records, now }: DeviceNeeds,
  given: { readonly deviceId: string; readonly by: string; readonly inService: boolean },
): Promise<DeviceActed> {
  return untilWritten(async (): Promise<DeviceActed> => {
    const device = await records.get(devices, given.deviceId);
    if (!device) return { kind: 'no-such-device' };
    if (device.inService === given.inService) return { kind: 'done' };
    await records.write({
      at: now(),
      by: { kind: 'person', id: given.by },
      puts: [put(devices, { ...device, inService: given.inService })],
      tells: [
        {
          subject: keyOf('device', device.id),
          act: given.inService ? 'device put in service' : 'device taken out of service',
          clauses: ['XR26-SAFE-02'],
        },
      ],
    });
    return { kind: 'done' };
  });
}
