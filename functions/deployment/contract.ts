/** One deployment of a device under an approved request: who operates, who has custody, what happened. */
import type { Instant } from '../../policies/instant.ts';
import { entity, keyOf, type Kept } from '../records/entity.ts';

export interface CustodySpell {
  readonly custodianId: string;
  readonly from: Instant;
  readonly to?: Instant;
}

export interface Deployment extends Kept {
  readonly requestId: string;
  readonly state: 'assigned' | 'under-way' | 'closed' | 'cancelled';
  readonly operatorId: string;
  readonly deviceId: string;
  /** The bureau commander responsible for proper use (XR26-USE-10). */
  readonly commanderId: string;
  readonly assignedBy: string;
  readonly assignedAt: Instant;
  readonly window: { readonly from: Instant; readonly to: Instant };
  readonly custody: readonly CustodySpell[];
  readonly startedAt?: Instant;
  readonly endedAt?: Instant;
  /** How the public was kept out, as it was in fact done. */
  readonly publicKeptOut?: string;
  readonly scans?: number;
  /** The highest sequence number the display showed; images not downloaded are overwritten first in, first out. */
  readonly imagesDownloaded?: number;
  readonly notes?: string;
  readonly properUse?: {
    readonly confirmed: boolean;
    readonly statement: string;
    readonly misuseReportId?: string;
    readonly by: string;
    readonly at: Instant;
  };
  readonly closedAt?: Instant;
}

/** Assigned or under way it waits on the operator's desk; ended but not confirmed, on the commander's. The request keeps its time. */
export const deployments = entity<Deployment>('deployment', (deployment) => ({
  subject: [keyOf('use-request', deployment.requestId), deployment.assignedAt],
  ...((deployment.state === 'assigned' || (deployment.state === 'under-way' && !deployment.endedAt)) && {
    desk: [keyOf('person', deployment.operatorId), deployment.window.from] as const,
  }),
  ...(deployment.state === 'under-way' &&
    deployment.endedAt && { desk: [keyOf('person', deployment.commanderId), deployment.window.to] as const }),
}));

/**
 * When a device or an operator is taken. A booking goes when its deployment is closed or its request ends, not before:
 * a device that is late is not free. One diary a thing, written on condition of its version: of two bookings made
 * at the same moment one is written, the other reads again and finds the time taken.
 */
export interface Diary extends Kept {
  readonly bookings: readonly { readonly requestId: string; readonly from: Instant; readonly to: Instant }[];
}

export const diaries = entity<Diary>('diary');
export const diaryOf = (noun: 'device' | 'person', id: string): string => `${noun}#${id}`;
