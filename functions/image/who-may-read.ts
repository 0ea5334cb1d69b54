/**
 * Who may read the record of an image: its uploader, those who oversee every request, and those whose role opens images
 * when its case is their duty. Opening the image itself is judged again, with a purpose (open-view.ts).
 */
import { mustSay } from '../../policies/clause-in.ts';
import type { Instant } from '../../policies/instant.ts';
import { mayDo, type Role } from '../../policies/roles.ts';
import type { Refusal } from '../../policies/ruling.ts';
import { reachesEveryCase, whoMayReadACase } from '../../policies/rules/who-may-read-a-case.ts';
import type { Records } from '../records/records.aws.ts';
import { dutyLine, type Image } from './contract.ts';
import { xrayPolicyAt } from './judge-file.ts';

export interface Reader {
  readonly personId: string;
  readonly roles: readonly Role[];
}

/** The cases that are a person's duty. */
export async function dutyCasesOf(records: Records, { personId, roles }: Reader): Promise<readonly string[] | 'all'> {
  return reachesEveryCase(roles) ? 'all' : records.linesOf(dutyLine(personId));
}

/** Undefined when this person may read the record; otherwise why not. */
export async function whyNotRead(
  records: Records,
  reader: Reader,
  image: Image,
  at: Instant,
): Promise<Refusal | undefined> {
  if (image.uploaderId === reader.personId || mayDo(reader.roles, 'read-all-requests')) return undefined;
  if (!mayDo(reader.roles, 'view-image'))
    return notForYou('XR26-SAFE-08', 'no role that opens images', 'a role that does', at);
  // What is left of a destroyed image names nobody and no case.
  if (image.state === 'destroyed') return undefined;
  return whyNotCase(await dutyCasesOf(records, reader), image.filed.caseNumber, at);
}

export function whyNotCase(duties: readonly string[] | 'all', caseNumber: string, at: Instant): Refusal | undefined {
  if (duties === 'all') return undefined;
  const ruling = whoMayReadACase({ roles: [], dutyCases: duties, caseNumber }, xrayPolicyAt(at), at);
  return ruling.kind === 'refused' ? ruling.because[0] : undefined;
}

function notForYou(clause: string, found: string, expected: string, at: Instant): Refusal {
  return {
    clause: mustSay(xrayPolicyAt(at).edition, clause),
    field: 'viewer',
    found,
    expected,
    todo: 'ask your supervisor, stating the need',
  };
}
