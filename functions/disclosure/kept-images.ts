/** The kept images that a person may enclose: those of the cases that are their duty (XR26-SAFE-07). */
import type { Role } from '../../policies/roles.ts';
import { reachesEveryCase } from '../../policies/rules/who-may-read-a-case.ts';
import { caseLine, caseNumberOf, dutyLine, images, type Image } from '../image/contract.ts';
import type { Records } from '../records/records.aws.ts';

export interface Chosen {
  /** The cases that are their duty; `all` when their role reaches every case. */
  readonly cases: readonly string[] | 'all';
  /** What was searched for, as cases are written. */
  readonly caseNumber: string;
  /** The kept images of that case; none when it is not their duty. */
  readonly found: readonly Image[];
  readonly isDuty: boolean;
}

export async function keptImagesFor(
  records: Pick<Records, 'get' | 'linesOf'>,
  { personId, roles }: { readonly personId: string; readonly roles: readonly Role[] },
  asked: string,
): Promise<Chosen> {
  const cases = reachesEveryCase(roles) ? ('all' as const) : await records.linesOf(dutyLine(personId));
  const caseNumber = caseNumberOf(asked.slice(0, 200));
  const isDuty = cases === 'all' || cases.includes(caseNumber);
  const ids = caseNumber && isDuty ? await records.linesOf(caseLine(caseNumber)) : [];
  const found = await Promise.all(ids.map((id) => records.get(images, id)));
  return { cases, caseNumber, isDuty, found: found.filter((image) => image?.state === 'kept') as Image[] };
}
