/**
 * Judges the privacy office's answer on a disclosure. Who signs is read from the person's record at this moment: an
 * office that ended a minute ago, or a naming as deputy that did, counts.
 */
import type { Signer } from '../../policies/disclosure.ts';
import type { Instant } from '../../policies/instant.ts';
import { ruled } from '../../policies/ruling.ts';
import { mayThisSignOffStand, type SignOffStanding } from '../../policies/rules/may-this-sign-off-stand.ts';
import { signOffClause, whoMaySignOff } from '../../policies/rules/who-may-sign-off.ts';
import { RecordMissing } from '../records/faults.ts';
import type { Records } from '../records/records.aws.ts';
import { persons } from '../records/standing.ts';
import type { Answering } from './answer-decision.ts';
import type { Decision, DisclosureMatter } from './contract.ts';
import { namedIn } from './named.ts';
import { policyOf } from './stage.ts';
import { tooLong } from './too-long.ts';

/** Who would sign, and the version of the record that says so. Roles are those that the record and this session both have. */
export async function signerNow(
  records: Pick<Records, 'get'>,
  session: { readonly personId: string; readonly roles: readonly string[]; readonly active: boolean },
): Promise<{ readonly signer: Signer; readonly version: number }> {
  const person = await records.get(persons, session.personId);
  if (!person)
    throw new RecordMissing(`person ${session.personId} is not in the table; import the people, then answer again`);
  const { privacyOffice: office } = person;
  const signer: Signer = {
    personId: person.id,
    active: person.active && session.active,
    roles: person.roles.filter((role) => session.roles.includes(role)),
    bureau: person.bureau,
    office: office?.office ?? 'none',
    ...(office && { heldFrom: office.heldFrom }),
    ...(office?.heldUntil && { heldUntil: office.heldUntil }),
  };
  return { signer, version: person.version };
}

/** Ids of the parts that may be left out, as they were shown. */
export const partsOf = ({ shown }: Pick<Decision, 'shown'>): readonly string[] =>
  shown.flatMap(({ id }) => (id === undefined ? [] : [id]));

export function judgeSignOff(
  decision: Decision,
  matter: DisclosureMatter,
  given: Answering,
  signer: Signer,
  now: Instant,
): SignOffStanding {
  const policy = policyOf(decision);
  const parts = partsOf(decision);
  const standing = mayThisSignOffStand(
    {
      disclosureId: matter.disclosureId,
      requesterId: matter.requesterId,
      ...(matter.preparedBy && { preparedBy: matter.preparedBy }),
      ground: matter.ground,
      signer,
      state: decision.state,
      lapsesAt: decision.lapsesAt,
      namedId: namedIn(decision, given),
      answer: given.answer,
      reason: given.reason,
      parts,
      kept: given.kept ?? parts,
      shownHash: decision.shownHash,
      answeredHash: given.shownHash,
    },
    policy,
    now,
  );
  const more = tooLong(given.reason, signOffClause(policy.edition, matter.ground));
  return more.length === 0
    ? standing
    : ruled([], [...(standing.kind === 'refused' ? standing.because : []), ...more], {});
}

/** Whether a person may be shown a sign-off now: only who could sign it. Judged without an answer, at every opening. */
export const maySeeSignOff = (decision: Decision, matter: DisclosureMatter, signer: Signer, now: Instant) =>
  whoMaySignOff({ ...matter, signer }, policyOf(decision), now);
