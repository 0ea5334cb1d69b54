/**
 * What a ruling means for the disclosure: refused, to be completed, put to the privacy office, or free to be released.
 * That it may be released is written by the release itself, which judges again.
 */
import { decisions, type Decision } from '../decision/contract.ts';
import { HOUSE } from '../../policies/editions/house.ts';
import { plusMs, type Instant } from '../../policies/instant.ts';
import type { Refusal } from '../../policies/ruling.ts';
import { whoMaySignOff } from '../../policies/rules/who-may-sign-off.ts';
import { put, type Change } from '../records/change.ts';
import { FIRST_STEP_MS } from '../records/deadlines.ts';
import { keyOf } from '../records/entity.ts';
import type { Told } from '../records/ledger.ts';
import { privacyOffice, signerFrom } from '../records/privacy-office.ts';
import type { Onward } from './check-disclosure.ts';
import type { Disclosure } from './contract.ts';
import { plusDays24, secondsLeft } from './due.ts';
import { NobodyToSignOff } from './faults.ts';
import { immigrationStop, refuseForImmigration } from './immigration-stop.ts';
import { rulingOn, type DisclosureJudgement } from './judge.ts';
import type { StepNeeds } from './needs.ts';
import { BY_WORKFLOW, endedAs, mailToRequester } from './settle-disclosure.ts';
import { changed } from './tending.ts';

export async function goOn(needs: StepNeeds, disclosure: Disclosure, now: Instant): Promise<Onward> {
  const judgement = await rulingOn(needs.records, disclosure, now);
  const { answer, policy } = judgement;
  const at: Ruled = { needs, disclosure: { ...disclosure, edition: policy.edition.id }, now, judgement };
  if (answer.kind === 'refused') {
    const stop = immigrationStop(disclosure.asked, policy, now);
    if (!stop) return refuse(at, answer.because);
    await refuseForImmigration(needs, at.disclosure, stop, BY_WORKFLOW);
    return { kind: 'refused' };
  }
  if (answer.kind === 'needs') {
    const onlyOfficer = answer.needs.every(({ need }) => need === 'officer-approval');
    return onlyOfficer ? openDecision(at) : complete(at);
  }
  return { kind: 'release' };
}

const CHECK = 'Check disclosure against policy';

interface Ruled {
  readonly needs: StepNeeds;
  readonly disclosure: Disclosure;
  readonly now: Instant;
  readonly judgement: DisclosureJudgement;
}

function write(
  { needs, now }: Ruled,
  next: Disclosure,
  told: Omit<Told, 'subject' | 'edition'>,
  more: Partial<Pick<Change, 'puts' | 'mails'>> = {},
): Promise<void> {
  return needs.records.write(changed(next, BY_WORKFLOW, now, told, more));
}

async function refuse(ruled: Ruled, because: readonly Refusal[]): Promise<Onward> {
  const { disclosure, now } = ruled;
  const clauses = [...new Set(because.map(({ clause }) => clause))];
  const next = endedAs(disclosure, 'refused', now, { refusals: because, clauses });
  const told = { act: 'disclosure refused', clauses, facts: { fields: because.map(({ field }) => field) } };
  await write(ruled, next, told, { mails: [mailToRequester(disclosure, 'disclosure-refused')] });
  return { kind: 'refused' };
}

/** Something only the requester can supply is missing. */
async function complete(ruled: Ruled): Promise<Onward> {
  const { disclosure, judgement, now } = ruled;
  if (judgement.answer.kind !== 'needs') return { kind: 'release' };
  const { needs: missing, clauses } = judgement.answer;
  const lapsesAt = plusDays24(now, HOUSE.daysToCompleteDisclosure.days);
  const next: Disclosure = {
    ...disclosure,
    state: 'completing',
    needs: missing,
    clauses,
    step: CHECK,
    lapsesAt,
    dueAt: plusMs(now, FIRST_STEP_MS),
  };
  await write(ruled, next, {
    act: 'disclosure incomplete',
    clauses: [...new Set(missing.map(({ clause }) => clause))],
    facts: { needs: missing.map(({ need }) => need) },
  });
  return { kind: 'complete', seconds: secondsLeft(lapsesAt, now) };
}

/** Nothing but the officer's approval is missing: the privacy office is asked, the officer first. */
async function openDecision(ruled: Ruled): Promise<Onward> {
  const { needs, disclosure, judgement, now } = ruled;
  const { policy, shown, shownHash, answer } = judgement;
  const { technology, basis } = disclosure.asked;
  if (answer.kind !== 'needs' || !basis) return complete(ruled);
  const on = keyOf('disclosure', disclosure.id);
  const matter = {
    question: 'disclosure',
    disclosureId: disclosure.id,
    requesterId: disclosure.requesterId,
    ...(disclosure.preparedBy && { preparedBy: disclosure.preparedBy }),
    ground: basis.ground,
    technology,
  } as const;
  const office = await privacyOffice(needs.records, now);
  const askInOrder = office
    .filter((person) => whoMaySignOff({ ...matter, signer: signerFrom(person) }, policy, now).kind === 'allowed')
    .map(({ id }) => id);
  if (askInOrder.length === 0) {
    throw new NobodyToSignOff(
      `disclosure ${disclosure.id} has nobody of the privacy office to ask; record who holds the office; the workflow asks again`,
    );
  }
  const { days } = HOUSE.daysToSignOff;
  const lapsesAt = plusDays24(now, days);
  const decision: Decision = {
    id: needs.newId('D'),
    version: 0,
    matter,
    on,
    state: 'waiting',
    edition: policy.edition.id,
    askInOrder,
    asked: [],
    openedAt: now,
    lapsesAt,
    goodUntil: plusDays24(lapsesAt, days),
    shown,
    shownHash,
    links: [],
    dueAt: plusMs(now, FIRST_STEP_MS),
  };
  const { refusals: _, lapsesAt: __, ...open } = disclosure;
  const next: Disclosure = {
    ...open,
    state: 'deciding',
    needs: answer.needs,
    clauses: answer.clauses,
    decisionId: decision.id,
    step: 'Ask a privacy officer to sign off',
    dueAt: lapsesAt,
  };
  const told = {
    act: 'sign-off asked',
    clauses: [...new Set(answer.needs.map(({ clause }) => clause))],
    facts: { decision: decision.id, shown: shownHash, askInOrder },
  };
  await write(ruled, next, told, { puts: [put(decisions, decision)] });
  return { kind: 'sign-off', decisionId: decision.id };
}
