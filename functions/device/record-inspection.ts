/**
 * Records a supervisor's inspection and accounting of one device (XR26-SAFE-02), and where it is stored (XR26-SAFE-01).
 * What is found wrong is recorded, not refused: the device then may not go out until an inspection finds it right.
 */
import type { Instant } from '../../policies/instant.ts';
import { isBlank, unless, type Refusal } from '../../policies/ruling.ts';
import { put } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import type { Records } from '../records/records.aws.ts';
import { untilWritten } from '../records/until-written.ts';
import { devices, inspections, type Inspection } from './contract.ts';

export interface DeviceNeeds {
  readonly records: Records;
  now(): Instant;
  newId(prefix: string): string;
}

export interface InspectionGiven {
  readonly deviceId: string;
  readonly by: string;
  /** Undefined where the form was left open. */
  readonly accountedFor: boolean | undefined;
  readonly storageNonPublic: boolean | undefined;
  readonly storagePlace: string;
  readonly remarks: string;
}

export type DeviceActed =
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly because: readonly Refusal[] }
  | { readonly kind: 'no-such-device' };

/** As much as a page shows well. Engineering, not law. */
export const LONGEST_REMARKS = 2000;

export function recordInspection({ records, now, newId }: DeviceNeeds, given: InspectionGiven): Promise<DeviceActed> {
  return untilWritten(async (): Promise<DeviceActed> => {
    const device = await records.get(devices, given.deviceId);
    if (!device) return { kind: 'no-such-device' };
    const { accountedFor, storageNonPublic, storagePlace, remarks } = given;
    const because = refusalsOf(given);
    if (because.length > 0 || accountedFor === undefined || storageNonPublic === undefined)
      return { kind: 'refused', because };

    const at = now();
    const inspection: Inspection = {
      id: newId('N'),
      version: 0,
      deviceId: device.id,
      at,
      by: given.by,
      accountedFor,
      storageNonPublic,
      remarks,
    };
    const storage = { place: storagePlace, nonPublic: storageNonPublic };
    await records.write({
      at,
      by: { kind: 'person', id: given.by },
      puts: [
        put(inspections, inspection),
        put(devices, { ...device, storage, inspectedAt: at, inspectedBy: given.by, accountedFor }),
      ],
      tells: [
        {
          subject: keyOf('device', device.id),
          act: 'device inspected',
          clauses: ['XR26-SAFE-01', 'XR26-SAFE-02'],
          facts: { inspection: inspection.id, accountedFor, storageNonPublic },
        },
      ],
    });
    return { kind: 'done' };
  });
}

function refusalsOf({ accountedFor, storageNonPublic, storagePlace, remarks }: InspectionGiven): readonly Refusal[] {
  const answered = (field: string, clause: string): Refusal => ({
    clause,
    field,
    found: 'no answer',
    expected: 'yes or no',
    todo: 'choose one',
  });
  const amiss = accountedFor === false || storageNonPublic === false;
  return [
    ...unless(accountedFor !== undefined, answered('accountedFor', 'XR26-SAFE-02')),
    ...unless(storageNonPublic !== undefined, answered('storageNonPublic', 'XR26-SAFE-01')),
    ...unless(!isBlank(storagePlace) && storagePlace.length <= 200, {
      clause: 'XR26-SAFE-01',
      field: 'storagePlace',
      found: isBlank(storagePlace) ? 'no place' : `${storagePlace.length} characters`,
      expected: 'where the device is kept, in at most 200 characters',
      todo: 'write the place',
    }),
    ...unless(!amiss || !isBlank(remarks), {
      clause: 'XR26-SAFE-02',
      field: 'remarks',
      found: 'nothing about what is amiss',
      expected: 'what was found and what is being done about it',
      todo: 'write it in the remarks',
    }),
    ...unless(remarks.length <= LONGEST_REMARKS, {
      clause: 'XR26-SAFE-02',
      field: 'remarks',
      found: `${remarks.length} characters`,
      expected: `at most ${LONGEST_REMARKS}`,
      todo: 'shorten the remarks',
    }),
  ];
}
