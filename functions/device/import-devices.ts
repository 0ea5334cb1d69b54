/**
 * Brings the devices on record in step with the inventory. Safe to run again: only what differs is written, one change
 * for each device. What inspections and assessments found is theirs and stays. A maker the edition does not describe is
 * recorded all the same: the inventory is a fact, and the rule keeps such a device in (XR26-CAP-05).
 *
 * Throws  FactMalformed naming the index and the field; nothing is written then
 */
import * as z from 'zod/mini';
import { FactMalformed } from '../../policies/faults.ts';
import { isCalendarDate, type CalendarDate } from '../../policies/calendar-date.ts';
import { isInstant, type Instant } from '../../policies/instant.ts';
import { canonical } from '../records/canonical.ts';
import { put } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import { untilWritten } from '../records/until-written.ts';
import { devices, type Device } from './contract.ts';
import type { DeviceNeeds } from './record-inspection.ts';

const text = z.string().check(z.trim(), z.minLength(1), z.maxLength(200));

const DeviceInput = z.strictObject({
  /** The id on record, or the inventory's own; devices are known by it for good. */
  deviceId: z
    .string()
    .check(z.regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,39}$/, 'is no id: letters, digits and hyphens, at most 40')),
  label: text,
  manufacturer: text,
  inService: z.boolean(),
  /** Where it is kept. Counts until an inspection says otherwise. */
  storage: z.strictObject({ place: text, nonPublic: z.boolean() }),
  thirdPartyConfirmations: z.optional(z.int().check(z.minimum(0))),
  /** What was on record elsewhere before. Counts only while nothing newer is on record here. */
  lastInspection: z.optional(
    z.strictObject({
      at: z.string().check(z.refine(isInstant, 'is no instant written as 2026-11-24T20:05:00.000Z')),
      by: text,
      accountedFor: z.boolean(),
    }),
  ),
  radiationAssessment: z.optional(
    z.strictObject({
      outcome: z.enum(['safe', 'unsafe']),
      on: z.string().check(z.refine(isCalendarDate, 'is no date written as YYYY-MM-DD')),
    }),
  ),
});
type DeviceInput = z.infer<typeof DeviceInput>;

export const DeviceImport = z.strictObject({ devices: z.array(DeviceInput).check(z.maxLength(2000)), by: text });
export type DeviceImport = z.infer<typeof DeviceImport>;

export interface DevicesImported {
  readonly recorded: number;
  readonly changed: number;
  readonly unchanged: number;
}

export async function importDevices(
  needs: Pick<DeviceNeeds, 'records' | 'now'>,
  { devices: listed, by }: DeviceImport,
): Promise<DevicesImported> {
  listed.forEach(({ deviceId }, index) => {
    const first = listed.findIndex((other) => other.deviceId === deviceId);
    if (first !== index)
      throw new FactMalformed(
        `devices.${index}.deviceId: is the same as in devices.${first}; each device is listed once`,
      );
  });
  const done = { recorded: 0, changed: 0, unchanged: 0 };
  for (const input of listed) done[await recordDevice(needs, input, by)]++;
  return done;
}

function recordDevice(
  { records, now }: Pick<DeviceNeeds, 'records' | 'now'>,
  input: DeviceInput,
  by: string,
): Promise<keyof DevicesImported> {
  return untilWritten(async () => {
    const before = await records.get(devices, input.deviceId);
    const after = deviceOf(before, input);
    if (before && canonical(before) === canonical(after)) return 'unchanged';
    await records.write({
      at: now(),
      by: { kind: 'external', id: by },
      puts: [put(devices, after)],
      tells: [
        {
          subject: keyOf('device', after.id),
          act: before ? 'device changed' : 'device recorded',
          clauses: ['XR26-CAP-05', 'XR26-SAFE-02'],
          facts: { inService: after.inService, storageNonPublic: after.storage.nonPublic },
        },
      ],
    });
    return before ? 'changed' : 'recorded';
  });
}

function deviceOf(
  before: Device | undefined,
  { deviceId, storage, thirdPartyConfirmations, lastInspection, radiationAssessment, ...input }: DeviceInput,
): Device {
  return {
    ...(lastInspection && {
      inspectedAt: lastInspection.at as Instant,
      inspectedBy: lastInspection.by,
      accountedFor: lastInspection.accountedFor,
    }),
    ...(radiationAssessment && {
      radiationAssessment: { outcome: radiationAssessment.outcome, on: radiationAssessment.on as CalendarDate },
    }),
    ...before,
    ...input,
    id: deviceId,
    version: before?.version ?? 0,
    storage: before?.inspectedAt ? before.storage : storage,
    ...(thirdPartyConfirmations !== undefined && { thirdPartyConfirmations }),
  };
}
