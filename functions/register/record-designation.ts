/**
 * Makes a routine designation (nyc-23-1202-c-2-a): which kinds of disclosure to which kinds of recipients are routine,
 * why, and from when. Only whoever holds the privacy office makes one; that it is held is part of the same change.
 */
import { HOUSE } from '../../policies/editions/house.ts';
import { RECIPIENTS, type RecipientKind } from '../../policies/editions/disclosure-grounds.ts';
import { isDisclosureType } from '../../policies/editions/disclosure-types.ts';
import { filedUnder, whatMayBeKeptOnFile } from '../../policies/rules/what-may-be-kept-on-file.ts';
import { keyOf } from '../records/entity.ts';
import { sha256 } from '../records/canonical.ts';
import { designations, type RegisteredDesignation } from './contract.ts';
import { keeperAsSigner, MOST_LONG, MOST_SHORT, refused, tooLong, type Refused, type RegisterNeeds } from './needs.ts';
import { putOnFile, type Filing } from './put-on-file.ts';

export interface DesignationGiven {
  readonly title: string;
  readonly why: string;
  readonly covers: readonly string[];
  readonly recipients: readonly string[];
  readonly from: string;
  readonly until: string;
}

export async function recordDesignation(
  needs: RegisterNeeds,
  { given, ...filing }: Filing & { readonly given: DesignationGiven },
): Promise<{ readonly kind: 'done'; readonly designation: RegisteredDesignation } | Refused> {
  const { title, why } = given;
  const done = await putOnFile(needs, { kind: designations, prefix: 'RD', filing }, async (_id, at) => {
    const { signer, record: officer } = await keeperAsSigner(needs.records, filing.person);
    const ruling = whatMayBeKeptOnFile({ kind: 'routine-designation', ...given, signer }, { house: HOUSE }, at);
    const because = [
      ...tooLong(filedUnder('routine-designation'), { title: [title, MOST_SHORT], why: [why, MOST_LONG] }),
      ...(ruling.kind === 'refused' ? ruling.because : []),
    ];
    if (ruling.kind === 'refused' || because.length > 0 || !officer) return refused(because);
    const covers = [...new Set(given.covers.filter(isDisclosureType))];
    const recipients = [...new Set(given.recipients.filter(isRecipientKind))];
    return {
      kind: 'made',
      record: { title, why, covers, recipients, ...ruling.days },
      tell: {
        act: 'routine designation made',
        clauses: ruling.clauses,
        facts: { covers, recipients, why: sha256(why), office: signer.office, ...ruling.days },
      },
      unchanged: [{ key: keyOf('person', officer.id), version: officer.version }],
    };
  });
  return done.kind === 'done' ? { kind: 'done', designation: done.record } : done;
}

const isRecipientKind = (kind: string): kind is RecipientKind => RECIPIENTS.some((one) => one.kind === kind);
