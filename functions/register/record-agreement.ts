/** Puts an agreement about the use of what is disclosed on file (nyc-23-1203-3). The signed paper is where it says. */
import { HOUSE } from '../../policies/editions/house.ts';
import type { Technology } from '../../policies/editions/edition.ts';
import { filedUnder, whatMayBeKeptOnFile } from '../../policies/rules/what-may-be-kept-on-file.ts';
import { agreements, type RegisteredAgreement } from './contract.ts';
import { isTechnology } from './labels.ts';
import { MOST_SHORT, refused, tooLong, type Refused, type RegisterNeeds } from './needs.ts';
import { putOnFile, type Filing } from './put-on-file.ts';

/** As the form has it; days as YYYY-MM-DD, or empty. */
export interface AgreementGiven {
  readonly title: string;
  readonly with: string;
  readonly reference: string;
  readonly technologies: readonly string[];
  readonly from: string;
  readonly until: string;
}

export async function recordAgreement(
  needs: RegisterNeeds,
  { given, ...filing }: Filing & { readonly given: AgreementGiven },
): Promise<{ readonly kind: 'done'; readonly agreement: RegisteredAgreement } | Refused> {
  const { title, reference } = given;
  const technologies = given.technologies.filter(isTechnology);
  const done = await putOnFile(needs, { kind: agreements, prefix: 'AG', filing }, async (_id, at) => {
    const ruling = whatMayBeKeptOnFile({ kind: 'agreement', ...given, technologies }, { house: HOUSE }, at);
    const because = [
      ...tooLong(filedUnder('agreement'), {
        title: [title, MOST_SHORT],
        with: [given.with, MOST_SHORT],
        reference: [reference, MOST_SHORT],
      }),
      ...(ruling.kind === 'refused' ? ruling.because : []),
    ];
    if (ruling.kind === 'refused' || because.length > 0) return refused(because);
    const of: readonly Technology[] = [...new Set(technologies)];
    return {
      kind: 'made',
      record: { title, with: given.with, reference, technologies: of, ...ruling.days },
      tell: {
        act: 'agreement put on file',
        clauses: ruling.clauses,
        facts: { technologies: of, ...ruling.days },
      },
    };
  });
  return done.kind === 'done' ? { kind: 'done', agreement: done.record } : done;
}
