/** Mobile x-ray devices, their inspections, and the training of those who operate them. */
import type { CalendarDate, Instant } from '../../policies/instant.ts';
import { entity, keyOf, type Kept } from '../records/entity.ts';

export interface Device extends Kept {
  readonly label: string;
  readonly manufacturer: string;
  readonly inService: boolean;
  readonly storage: { readonly place: string; readonly nonPublic: boolean };
  /** The last supervisor's inspection and accounting. */
  readonly inspectedAt?: Instant;
  readonly inspectedBy?: string;
  readonly accountedFor?: boolean;
  /** How many different third parties have confirmed compliance (XR26-HLT-01). */
  readonly thirdPartyConfirmations?: number;
  readonly radiationAssessment?: { readonly outcome: 'safe' | 'unsafe'; readonly on: CalendarDate };
}

export const devices = entity<Device>('device', (device) => ({ subject: ['devices', device.label] }));

export interface Inspection extends Kept {
  readonly deviceId: string;
  readonly at: Instant;
  readonly by: string;
  readonly accountedFor: boolean;
  readonly storageNonPublic: boolean;
  readonly remarks: string;
}

export const inspections = entity<Inspection>('inspection', (inspection) => ({
  subject: [keyOf('device', inspection.deviceId), inspection.at],
}));
