/**
 * Puts an approval in advance of the City's Chief Privacy Officer on file (nyc-23-1202-c-2-b): its reference, the day it
 * was given, and what it covers: kinds of disclosure, or single ones by their number.
 */
import { HOUSE } from '../../policies/editions/house.ts';
import { isDisclosureType } from '../../policies/editions/disclosure-types.ts';
import { nyStartOfDay } from '../../policies/instant.ts';
import { filedUnder, whatMayBeKeptOnFile } from '../../policies/rules/what-may-be-kept-on-file.ts';
import { disclosures } from '../disclosure/contract.ts';
import { preApprovals, type RegisteredPreApproval } from './contract.ts';
import { MOST_SHORT, refused, tooLong, type Refused, type RegisterNeeds } from './needs.ts';
import { putOnFile, type Filing } from './put-on-file.ts';

export interface PreApprovalGiven {
  readonly reference: string;
  /** The day the Chief Privacy Officer gave it. */
  readonly approvedOn: string;
  readonly until: string;
  readonly kinds: readonly string[];
  /** Numbers of single disclosures, apart from each other by blanks or commas. */
  readonly single: string;
}

/** More numbers than one approval names; each is looked up. */
const MOST_SINGLE = 50;

export async function recordPreApproval(
  needs: RegisterNeeds,
  { given, ...filing }: Filing & { readonly given: PreApprovalGiven },
): Promise<{ readonly kind: 'done'; readonly preApproval: RegisteredPreApproval } | Refused> {
  const { reference, approvedOn, until } = given;
  const single = [...new Set(given.single.split(/[\s,;]+/).filter(Boolean))];
  const done = await putOnFile(needs, { kind: preApprovals, prefix: 'PA', filing }, async (_id, at) => {
    const known = await Promise.all(single.slice(0, MOST_SINGLE).map((id) => needs.records.get(disclosures, id)));
    const unknown =
      single.length - known.filter(Boolean).length + given.kinds.filter((kind) => !isDisclosureType(kind)).length;
    const covers = [...new Set(given.kinds), ...single];
    const ruling = whatMayBeKeptOnFile(
      { kind: 'pre-approval', reference, covers, unknown, from: approvedOn, until },
      { house: HOUSE },
      at,
    );
    const because = [
      ...tooLong(filedUnder('pre-approval'), { reference: [reference, MOST_SHORT] }),
      ...(ruling.kind === 'refused' ? ruling.because : []),
    ];
    if (ruling.kind === 'refused' || because.length > 0) return refused(because);
    return {
      kind: 'made',
      record: { reference, covers, approvedAt: nyStartOfDay(ruling.days.from), ...ruling.days },
      tell: { act: 'approval in advance put on file', clauses: ruling.clauses, facts: { covers, ...ruling.days } },
    };
  });
  return done.kind === 'done' ? { kind: 'done', preApproval: done.record } : done;
}
