/**
 * Does what is due about a breach now (asks, reminds, hands on) and leaves the task token where the next change finds it.
 *
 * Each stage is one change: the breach with the stage on record, and its mails. The token is written with a new version
 * of the breach, so whatever happens to it at the same moment meets a changed record and one of the two runs again:
 * nothing that moves the stages is left without a waiting workflow to wake.
 */
import { isBefore, plusMs, type Instant } from '../../policies/instant.ts';
import { put, type MailOwed, type Put } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import type { MailKind } from '../records/mail-owed.ts';
import type { NoteTask } from '../records/notes.ts';
import { waitId, waits, waitWith } from '../records/waits.ts';
import { TOLD } from './acts.ts';
import { breachOf, TIME_TO_ASK_SECONDS, type StepNeeds } from './check-breach.ts';
import { policyOf, reportsOf } from './clock-of.ts';
import { breaches, BREACH_ENDS, nextStepOf, type Breach } from './contract.ts';
import { NobodyAnswers } from './faults.ts';
import { privacyOfficeOf, type PrivacyOffice } from './privacy-office.ts';
import { isReadByDeputy, planOf, type DueStage, type Stage } from './stage.ts';

export const STEP = 'Ask for the next step';
const BY = { kind: 'system', id: 'breach' } as const;

const ACTS: Readonly<Record<Stage, string>> = {
  'ask-officer-to-read': TOLD.officerAskedToRead,
  'ask-deputies-to-read': TOLD.deputiesAskedToRead,
  'ask-chief-to-read': TOLD.chiefToldUnread,
  'ask-again-to-read': TOLD.everyoneAskedAgain,
  remind: TOLD.officerReminded,
  'ask-deputies': TOLD.deputiesAsked,
  'tell-chief': TOLD.chiefTold,
  'tell-overdue': TOLD.toldOverdue,
  'remind-of-report': TOLD.openReminded,
  'remind-of-open': TOLD.openReminded,
};

export interface AskForNextStep {
  readonly breachId: string;
  readonly token: string;
  /** How long the workflow is going to wait, as the check before this step reckoned it. */
  readonly seconds: number;
}

export async function askForNextStep(needs: StepNeeds, { breachId, token, seconds }: AskForNextStep): Promise<void> {
  const waiting = nextStepOf(breachId);
  const [found, wait] = await Promise.all([breachOf(needs, breachId), needs.records.get(waits, waitId(waiting))]);
  const now = needs.now();
  const held = waitWith(waiting, wait, token, now);
  const subject = keyOf('breach', breachId);
  if (BREACH_ENDS.includes(found.state)) {
    await needs.records.write({
      at: now,
      by: BY,
      puts: [put(breaches, found), held],
      tells: [{ subject, act: TOLD.foundEnded, edition: found.edition }],
      notes: [{ kind: 'look-again', waiting }],
    });
    return;
  }
  const policy = policyOf(found);
  const [reports, office] = await Promise.all([
    reportsOf(needs.records, found),
    privacyOfficeOf(needs.records, breachId, policy, now),
  ]);
  const { due, until } = planOf(found, reports, policy, now, office.officers.length === 0);
  if (due.length > 0) requireSomebody(breachId, office);
  // Something changed since the check, and the wait it reckoned is too long: the workflow is to reckon again.
  const tooLong = isBefore(plusMs(until, (TIME_TO_ASK_SECONDS + 1) * 1000), plusMs(now, seconds * 1000));
  const notes = tooLong ? [{ kind: 'look-again', waiting } as const] : [];

  let { version } = found;
  for (const [place, one] of due.entries()) {
    const isLast = place === due.length - 1;
    await write(needs, { ...one.after, version }, one, office, now, until, isLast ? [held] : [], isLast ? notes : []);
    version += 1;
  }
  if (due.length > 0) return;
  await needs.records.write({
    at: now,
    by: BY,
    puts: [put(breaches, { ...found, step: STEP, dueAt: until }), held],
    tells: [{ subject, act: TOLD.waitedFor, edition: found.edition, facts: { until } }],
    notes,
  });
}

async function write(
  needs: StepNeeds,
  after: Breach,
  { stage, because, place }: DueStage,
  office: PrivacyOffice,
  now: Instant,
  dueAt: Instant,
  held: readonly Put[],
  notes: readonly NoteTask[],
): Promise<void> {
  const subject = keyOf('breach', after.id);
  const mails = mailsOf(stage, after, office).map(([personId, kind]): MailOwed => ({
    kind,
    to: { personId },
    about: subject,
    subject,
  }));
  const asked = [...new Set(mails.flatMap(({ to }) => ('personId' in to ? [to.personId] : [])))];
  const readersAsked = after.awareAt
    ? after.readersAsked
    : [...after.readersAsked, ...asked.map((personId) => ({ personId, at: now }))];
  await needs.records.write({
    at: now,
    by: BY,
    puts: [put(breaches, { ...after, readersAsked, step: STEP, dueAt }), ...held],
    tells: [
      {
        subject,
        act: ACTS[stage],
        edition: after.edition,
        clauses: [because],
        facts: { asks: asked, ...(place !== undefined && { place }) },
      },
    ],
    mails,
    notes,
  });
}

/** Whom a stage writes to, and which mail. */
function mailsOf(stage: Stage, breach: Breach, office: PrivacyOffice): readonly (readonly [string, MailKind])[] {
  const { officers, deputies, chiefs } = office;
  const each = (people: readonly string[], kind: MailKind) => people.map((id) => [id, kind] as const);
  const deputyWhoRead = isReadByDeputy(breach) ? deputies.filter((id) => id === breach.aware!.by) : [];
  const everyone = [...officers, ...deputies, ...chiefs];
  switch (stage) {
    case 'ask-officer-to-read':
      return each(officers, 'breach-to-read');
    case 'ask-again-to-read':
      return [
        ...each(officers, 'breach-to-read'),
        ...each(deputies, 'breach-deputies-asked'),
        ...each(chiefs, 'breach-chief-told'),
      ];
    case 'ask-deputies-to-read':
    case 'ask-deputies':
      return each(deputies, 'breach-deputies-asked');
    case 'ask-chief-to-read':
    case 'tell-chief':
      return each(chiefs, 'breach-chief-told');
    case 'remind':
      // Mail to an officer whom none reaches would only come back again.
      return each([...(breach.officerUnreachableAt ? [] : officers), ...deputyWhoRead], 'breach-to-report');
    case 'tell-overdue':
      return each(everyone, 'breach-overdue');
    case 'remind-of-report':
      return each(everyone, 'breach-to-report');
    case 'remind-of-open':
      return each([...officers, ...deputyWhoRead], 'breach-still-open');
  }
}

function requireSomebody(breachId: string, { officers, deputies, chiefs }: PrivacyOffice): void {
  if (officers.length + deputies.length + chiefs.length > 0) return;
  throw new NobodyAnswers(
    `breach ${breachId} has nobody to be put to: no officer, deputy or chief of the Legal Bureau is on record; record one, and the workflow goes on by itself`,
  );
}
