/** Who answers for the six months of a batch: passed on by a records officer to another. */
import { RECORDS_LAW } from '../../policies/editions/records-law.ts';
import type { Instant } from '../../policies/instant.ts';
import { ruled, unless, type Refusal } from '../../policies/ruling.ts';
import { put } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import type { Records } from '../records/records.aws.ts';
import { dispositions, isOpen } from './contract.ts';
import { peopleOf } from './officers.ts';

export async function passOn(
  needs: { readonly records: Pick<Records, 'get' | 'write' | 'linesOf'>; readonly now: () => Instant },
  given: { readonly dispositionId: string; readonly ownerId: string; readonly by: string },
): Promise<{ readonly kind: 'passed-on' } | { readonly kind: 'refused'; readonly because: readonly Refusal[] }> {
  const { records, now } = needs;
  const { dispositionId, ownerId, by } = given;
  const [disposition, officers] = await Promise.all([
    records.get(dispositions, dispositionId),
    peopleOf(records, 'records-officer'),
  ]);
  const clause = RECORDS_LAW.approvedDisposal.id;
  const ruling = ruled(
    [clause],
    [
      ...unless(disposition !== undefined && isOpen(disposition), {
        clause,
        field: 'state',
        found: disposition ? `a batch that is ${disposition.state}` : 'no such batch',
        expected: 'a batch that has not ended',
        todo: 'leave it; nothing is owed for it any more',
      }),
      ...unless(
        officers.some(({ id }) => id === ownerId),
        {
          clause,
          field: 'ownerId',
          found: 'nobody who is a records officer now',
          expected: 'an active records officer',
          todo: 'choose one of the list',
        },
      ),
    ],
  );
  if (ruling.kind === 'refused') return ruling;
  if (disposition!.ownerId === ownerId) return { kind: 'passed-on' };
  await records.write({
    at: now(),
    by: { kind: 'person', id: by },
    puts: [put(dispositions, { ...disposition!, ownerId })],
    tells: [
      {
        subject: keyOf('disposition', dispositionId),
        act: 'batch passed on',
        clauses: ruling.clauses,
        facts: { from: disposition!.ownerId ?? '', to: ownerId },
      },
    ],
  });
  return { kind: 'passed-on' };
}
