/**
 * What an officer's answer does to the disclosure. It is read from the decision's record, which the answer was written to
 * in one transaction; an approval of less leaves the rest out, and a question asked back goes to the requester.
 */
import { FactMalformed } from '../../policies/faults.ts';
import { HOUSE } from '../../policies/editions/house.ts';
import { plusMs, type Instant } from '../../policies/instant.ts';
import { decisions, type Decision } from '../decision/contract.ts';
import { sha256 } from '../records/canonical.ts';
import type { Change } from '../records/change.ts';
import { FIRST_STEP_MS } from '../records/deadlines.ts';
import { keyOf } from '../records/entity.ts';
import { RecordMissing } from '../records/faults.ts';
import type { Told } from '../records/ledger.ts';
import type { Onward } from './check-disclosure.ts';
import type { Approval, Disclosure, Enclosure } from './contract.ts';
import { plusDays24, secondsLeft } from './due.ts';
import { goOn } from './go-on.ts';
import type { StepNeeds } from './needs.ts';
import { BY_WORKFLOW, endedAs, lapseDisclosure, mailToRequester } from './settle-disclosure.ts';
import { changed, written } from './tending.ts';

export async function applyDecision(needs: StepNeeds, disclosure: Disclosure, now: Instant): Promise<Onward> {
  const decision = await needs.records.get(decisions, disclosure.decisionId ?? '');
  if (!decision)
    throw new RecordMissing(`disclosure ${disclosure.id} is decided by a decision that is not in the table`);
  const unchanged = [{ key: keyOf('decision', decision.id), version: decision.version }];
  const facts = { decision: decision.id };
  switch (decision.state) {
    case 'waiting':
      return { kind: 'sign-off', decisionId: decision.id };
    case 'lapsed':
      return lapseDisclosure(needs, disclosure, now, HOUSE.daysToSignOff.id, unchanged);
    case 'withdrawn':
      // Withdrawn by itself it decided nothing: what is still missing is asked for again.
      return checkedAnew(needs, disclosure, now, { act: 'decision found withdrawn', facts }, unchanged);
    case 'answered':
      return answered(needs, disclosure, decision, now);
  }
}

async function answered(needs: StepNeeds, disclosure: Disclosure, decision: Decision, now: Instant): Promise<Onward> {
  const { answer } = decision;
  if (!answer) throw new FactMalformed(`decision ${decision.id} is answered and holds no answer; look at its ledger`);
  const unchanged = [{ key: keyOf('decision', decision.id), version: decision.version }];
  const facts = { decision: decision.id, by: answer.by, shown: answer.shownHash };
  if (answer.answer === 'ask-back') {
    const lapsesAt = plusDays24(now, HOUSE.daysToCompleteDisclosure.days);
    const next: Disclosure = {
      ...disclosure,
      state: 'completing',
      askedBack: { question: answer.reason, by: answer.by, at: answer.at },
      step: 'Check disclosure against policy',
      lapsesAt,
      dueAt: plusMs(now, FIRST_STEP_MS),
    };
    const told = { act: 'officer asked back', facts: { ...facts, question: sha256(answer.reason) } };
    await needs.records.write(changed(next, BY_WORKFLOW, now, told, { unchanged }));
    return { kind: 'complete', seconds: secondsLeft(lapsesAt, now) };
  }
  const approval = approvalFrom(decision, answer);
  if (answer.answer === 'decline') {
    const next = endedAs(disclosure, 'declined', now, { approval, outcomeReason: answer.reason });
    const told = { act: 'disclosure declined', clauses: answer.clauses, facts };
    const mails = [mailToRequester(disclosure, 'disclosure-declined')];
    await needs.records.write(changed(next, BY_WORKFLOW, now, told, { unchanged, mails }));
    return { kind: 'declined' };
  }
  const next: Disclosure = {
    ...disclosure,
    approval,
    enclosures: narrowed(disclosure.enclosures, answer, answer.kept),
  };
  const told = { act: 'sign-off taken', facts: { ...facts, ...(answer.kept && { kept: answer.kept }) } };
  return checkedAnew(needs, next, now, told, unchanged);
}

/** The answer is written first; then what it changed of the ruling. */
async function checkedAnew(
  needs: StepNeeds,
  disclosure: Disclosure,
  now: Instant,
  told: Omit<Told, 'subject' | 'edition'>,
  unchanged: Change['unchanged'] = [],
): Promise<Onward> {
  const step = 'Check disclosure against policy';
  const { needs: _, ...open } = disclosure;
  const next: Disclosure = { ...open, state: 'checking', step, dueAt: plusMs(now, FIRST_STEP_MS) };
  await needs.records.write(changed(next, BY_WORKFLOW, now, told, { unchanged }));
  return goOn(needs, written(next), now);
}

type Given = NonNullable<Decision['answer']>;

function approvalFrom({ id, matter }: Decision, { answer, at, shownHash, signer, reason, kept }: Given): Approval {
  if (matter.question !== 'disclosure' || !signer || answer === 'ask-back')
    throw new FactMalformed(`decision ${id} was answered as no sign-off of a disclosure; look at its ledger`);
  return { decisionId: id, answer, at, ground: matter.ground, shownHash, signer, reason, ...(kept && { kept }) };
}

/** What was not kept is left out by the officer; what was left out before stays so. */
function narrowed(enclosures: readonly Enclosure[], { by, at }: Given, kept: readonly string[] | undefined) {
  if (!kept) return enclosures;
  return enclosures.map((one) => (one.leftOut || kept.includes(one.id) ? one : { ...one, leftOut: { by, at } }));
}
