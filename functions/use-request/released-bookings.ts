/** The records as they are once a request no longer needs its operator and device: deployment cancelled, diaries free. */
import { deployments, diaries, diaryOf } from '../deployment/contract.ts';
import { put, type Put } from '../records/change.ts';
import type { Records } from '../records/records.aws.ts';
import type { UseRequest } from './contract.ts';

export async function releasedBookings(records: Pick<Records, 'get'>, request: UseRequest): Promise<Put[]> {
  const deployment = request.deploymentId ? await records.get(deployments, request.deploymentId) : undefined;
  if (!deployment || deployment.state !== 'assigned') return [];
  const taken = await Promise.all([
    records.get(diaries, diaryOf('device', deployment.deviceId)),
    records.get(diaries, diaryOf('person', deployment.operatorId)),
  ]);
  return [
    put(deployments, { ...deployment, state: 'cancelled' }),
    ...taken.flatMap((diary) =>
      diary
        ? [put(diaries, { ...diary, bookings: diary.bookings.filter(({ requestId }) => requestId !== request.id) })]
        : [],
    ),
  ];
}
