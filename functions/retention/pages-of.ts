/** A listing page by page, to its end. */
import type { Entity, Kept } from '../records/entity.ts';
import type { Records } from '../records/records.aws.ts';

const MOST_AT_ONCE = 1000;

export async function* pagesOf<T extends Kept>(
  records: Pick<Records, 'ofSubject'>,
  kind: Entity<T>,
  subject: string,
): AsyncIterable<readonly T[]> {
  let from: string | undefined;
  do {
    const page = await records.ofSubject(kind, subject, { most: MOST_AT_ONCE, ...(from && { from }) });
    yield page.records;
    from = page.next;
  } while (from);
}
