/** Every card there is, by the index of records by class: under each class of every schedule, printed or loaded, and none. */
import { schedules as printed } from '../../policies/editions/schedules/index.ts';
import { OPEN_CASE, UNCLASSED } from '../../policies/retention.ts';
import type { Records } from '../records/records.aws.ts';
import { classSubject, retentionCards, schedules, type RetentionCard } from './contract.ts';
import { pagesOf } from './pages-of.ts';

type Lists = Pick<Records, 'ofSubject'>;

/** Page by page, those that are destroyed left out. One may come twice if its class changes meanwhile. */
export async function* everyCard(records: Lists): AsyncIterable<readonly RetentionCard[]> {
  const classIds = new Set([UNCLASSED, OPEN_CASE, ...printed.flatMap(({ classes }) => classes.map(({ id }) => id))]);
  for await (const page of pagesOf(records, schedules, 'schedules'))
    for (const { schedule } of page) for (const { id } of schedule.classes) classIds.add(id);
  for (const classId of classIds) yield* pagesOf(records, retentionCards, classSubject(classId));
}
