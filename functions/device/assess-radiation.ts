/** Records what the Radiation Safety Officer found (XR26-HLT-02). A device found unsafe stays in. */
import { isCalendarDate } from '../../policies/calendar-date.ts';
import { nyDate } from '../../policies/instant.ts';
import { put } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import { untilWritten } from '../records/until-written.ts';
import { devices } from './contract.ts';
import type { DeviceActed, DeviceNeeds } from './record-inspection.ts';

const CLAUSE = 'XR26-HLT-02';

/** `on` as the form has it: YYYY-MM-DD. `outcome` is '' where the form was left open. */
export interface AssessmentGiven {
  readonly deviceId: string;
  readonly by: string;
  readonly outcome: string;
  readonly on: string;
}

export function assessRadiation(
  { records, now }: DeviceNeeds,
  { deviceId, by, outcome, on }: AssessmentGiven,
): Promise<DeviceActed> {
  return untilWritten(async (): Promise<DeviceActed> => {
    const device = await records.get(devices, deviceId);
    if (!device) return { kind: 'no-such-device' };
    const at = now();
    if (outcome !== 'safe' && outcome !== 'unsafe') {
      return {
        kind: 'refused',
        because: [
          { clause: CLAUSE, field: 'outcome', found: 'no finding', expected: 'safe or unsafe', todo: 'choose one' },
        ],
      };
    }
    if (!isCalendarDate(on) || on > nyDate(at)) {
      return {
        kind: 'refused',
        because: [
          {
            clause: CLAUSE,
            field: 'on',
            found: on ? 'a day to come, or no day' : 'no day',
            expected: 'the day of the assessment',
            todo: 'enter today or an earlier day',
          },
        ],
      };
    }
    await records.write({
      at,
      by: { kind: 'person', id: by },
      puts: [put(devices, { ...device, radiationAssessment: { outcome, on } })],
      tells: [
        {
          subject: keyOf('device', device.id),
          act: 'radiation safety assessed',
          clauses: [CLAUSE],
          facts: { outcome, on },
        },
      ],
    });
    return { kind: 'done' };
  });
}
