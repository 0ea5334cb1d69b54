/**
 * Ends what is on file, with a reason: from that moment nothing new rests on it. Its dates stay as they were, and so does
 * what was released under it. Ending what was ended already changes nothing.
 */
import { HOUSE } from '../../policies/editions/house.ts';
import { mayDo } from '../../policies/roles.ts';
import { mayThisBeEnded } from '../../policies/rules/may-this-be-ended.ts';
import { filedUnder, type Entry } from '../../policies/rules/what-may-be-kept-on-file.ts';
import { sha256 } from '../records/canonical.ts';
import { put } from '../records/change.ts';
import { keyOf, type Entity } from '../records/entity.ts';
import { untilWritten } from '../records/until-written.ts';
import { agreements, designations, preApprovals, standingAccesses, type OnFile } from './contract.ts';
import { MOST_LONG, refused, tooLong, type Keeper, type Refused, type RegisterNeeds } from './needs.ts';
import { NOT_A_KEEPER } from './put-on-file.ts';

export type FiledKind = Entry['kind'];

/** Where each kind of entry is kept. What an act reads of one is what every entry has. */
export const ENTRIES = {
  agreement: agreements,
  'pre-approval': preApprovals,
  'routine-designation': designations,
  'standing-access': standingAccesses,
} as const;

export function endOnFile(
  { records, now }: RegisterNeeds,
  {
    kind,
    id,
    person,
    why,
  }: { readonly kind: FiledKind; readonly id: string; readonly person: Keeper; readonly why: string },
): Promise<{ readonly kind: 'done'; readonly onFile: OnFile } | Refused | { readonly kind: 'missing' }> {
  const entries = ENTRIES[kind] as unknown as Entity<OnFile>;
  return untilWritten(async () => {
    if (!person.active || !mayDo(person.roles, 'keep-registers')) return refused([NOT_A_KEEPER]);
    const before = await records.get(entries, id);
    if (!before) return { kind: 'missing' };
    if (before.ended) return { kind: 'done', onFile: before };
    const at = now();
    const ruling = mayThisBeEnded({ kind, why, ...(before.until && { until: before.until }) }, { house: HOUSE }, at);
    const because = [
      ...tooLong(filedUnder(kind), { why: [why, MOST_LONG] }),
      ...(ruling.kind === 'refused' ? ruling.because : []),
    ];
    if (ruling.kind === 'refused' || because.length > 0) return refused(because);
    const after: OnFile = { ...before, ended: { by: person.personId, at, why } };
    await records.write({
      at,
      by: { kind: 'person', id: person.personId },
      puts: [put(entries, after)],
      tells: [
        {
          subject: keyOf(entries.noun, id),
          act: `${ENDED[kind]} ended`,
          clauses: ruling.clauses,
          facts: { why: sha256(why) },
        },
      ],
    });
    return { kind: 'done', onFile: { ...after, version: before.version + 1 } };
  });
}

const ENDED: Readonly<Record<FiledKind, string>> = {
  agreement: 'agreement',
  'pre-approval': 'approval in advance',
  'routine-designation': 'routine designation',
  'standing-access': 'standing access',
};
