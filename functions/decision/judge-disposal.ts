/**
 * Judges the answer of an office on a batch of records that is to be destroyed. Who signs is read from the person's record
 * at this moment, and so are the answers of the other offices: nobody signs for two. All of it is named, so that what
 * changes at the same moment has the answer judged again.
 */
import { HOUSE } from '../../policies/editions/house.ts';
import { RECORDS_LAW } from '../../policies/editions/records-law.ts';
import { nyText, plusMs, type Instant } from '../../policies/instant.ts';
import { ruled, unless, type Refusal, type Ruling } from '../../policies/ruling.ts';
import { statement } from '../../policies/rules/statement.ts';
import { whoMaySignADisposal } from '../../policies/rules/who-may-sign-a-disposal.ts';
import { dispositions, withDue, type Disposition } from '../disposition/contract.ts';
import { FIRST_STEP_MS } from '../records/deadlines.ts';
import { keyOf } from '../records/entity.ts';
import { RecordMissing } from '../records/faults.ts';
import type { Records } from '../records/records.aws.ts';
import { persons } from '../records/standing.ts';
import type { Answering } from './answer-decision.ts';
import { decisions, type Answer, type Decision, type DispositionMatter } from './contract.ts';
import { namedIn } from './named.ts';
import { policyOf } from './stage.ts';
import { tooLong } from './too-long.ts';

/** What the records say at the moment of signing, and each record that says it. */
export interface DisposalSigner {
  readonly personId: string;
  readonly active: boolean;
  /** Those that the record and this session both have. */
  readonly roles: readonly string[];
  readonly alreadySigned: readonly string[];
  /** Whether the batch is still to be signed, and its list is the one that is shown. */
  readonly listStands: boolean;
  /** The person's record, by its version. */
  readonly person: { readonly key: string; readonly version: number };
  /** The decisions of the other offices. */
  readonly others: readonly Decision[];
  /** The batch, while it is to be signed. */
  readonly batch?: Disposition;
}

export async function disposalSignerNow(
  records: Pick<Records, 'get'>,
  matter: DispositionMatter,
  session: { readonly personId: string; readonly roles: readonly string[]; readonly active: boolean },
): Promise<DisposalSigner> {
  const [person, disposition, ...others] = await Promise.all([
    records.get(persons, session.personId),
    records.get(dispositions, matter.dispositionId),
    ...matter.others.map((id) => records.get(decisions, id)),
  ]);
  if (!person)
    throw new RecordMissing(`person ${session.personId} is not in the table; import the people, then answer again`);
  const siblings = others.filter((other) => other !== undefined);
  return {
    personId: person.id,
    active: person.active && session.active,
    roles: person.roles.filter((role) => session.roles.includes(role)),
    alreadySigned: siblings.flatMap(({ answer }) => (answer ? [answer.by] : [])),
    listStands: disposition?.state === 'signing' && disposition.list.sha256 === matter.listSha256,
    person: { key: keyOf('person', person.id), version: person.version },
    others: siblings,
    ...(disposition?.state === 'signing' && { batch: disposition }),
  };
}

/**
 * The batch with the moment it is looked at again, once nothing more is to be waited for: an office that declines ends it,
 * and the last to sign lets it be destroyed. A workflow that does not go on from there is started anew then, not when the
 * time to sign is over.
 */
export function batchOnceAnswered(
  given: Answer,
  { batch, others }: DisposalSigner,
  now: Instant,
): Disposition | undefined {
  const isLast = given === 'decline' || others.every(({ state }) => state !== 'waiting');
  return batch && isLast ? withDue({ ...batch, lateAt: plusMs(now, FIRST_STEP_MS) }) : undefined;
}

export function judgeDisposal(
  decision: Decision,
  matter: DispositionMatter,
  given: Answering,
  signer: DisposalSigner,
  now: Instant,
): Ruling {
  const policy = policyOf(decision);
  const clause = RECORDS_LAW.approvedDisposal.id;
  const may = maySeeDisposal(decision, matter, signer, now);
  const because: readonly Refusal[] = [
    ...(may.kind === 'refused' ? may.because : []),
    ...unless(signer.personId === namedIn(decision, given), {
      clause,
      field: 'signer',
      found: 'someone the decision does not name',
      expected: 'whom it was put to',
      todo: 'use the link that was sent to you; a link works for nobody else',
    }),
    ...unless(decision.state === 'waiting' && signer.listStands, {
      clause,
      field: 'state',
      found:
        decision.state === 'waiting'
          ? 'a batch that is no longer to be signed'
          : `a sign-off that is ${decision.state}`,
      expected: 'a batch that waits to be signed',
      todo: 'look at the batch; it was settled before',
    }),
    ...unless(now < decision.lapsesAt, {
      clause: HOUSE.daysToSignDisposal.id,
      field: 'lapsesAt',
      found: `a batch whose time to be signed ended ${nyText(decision.lapsesAt)}`,
      expected: 'an answer before the time is over',
      todo: 'leave it; its records are kept and are proposed again later',
    }),
    ...unless(given.answer !== 'ask-back', {
      clause,
      field: 'answer',
      found: 'a question back',
      expected: 'to approve or to decline',
      todo: 'approve what the list says, or decline and say why',
    }),
    ...statement('reason', given.reason, clause, policy, 'say why it is approved or declined'),
    ...tooLong(given.reason, clause),
    ...unless(given.shownHash === decision.shownHash, {
      clause: HOUSE.shownIsDecided.id,
      field: 'shown',
      found: 'an answer to something else than what is asked now',
      expected: 'an answer to what the page shows',
      todo: 'open the link again, read what it shows and decide on that',
    }),
  ];
  return ruled([...(may.kind === 'allowed' ? may.clauses : []), HOUSE.shownIsDecided.id], because);
}

/** Whether a person may be shown the sign-off now: only who could give it. */
export const maySeeDisposal = (
  decision: Decision,
  { office, proposedBy }: DispositionMatter,
  { personId, active, roles, alreadySigned }: DisposalSigner,
  now: Instant,
): Ruling =>
  whoMaySignADisposal(
    { office, roles, active, personId, alreadySigned, ...(proposedBy && { proposedBy }) },
    policyOf(decision),
    now,
  );
