/**
 * Puts a batch whose grace is over to the three offices: one decision each, all about the same list by its hash, all in one
 * transaction. Who is asked of an office is decided now; who may sign is judged when they answer.
 */
import { HOUSE } from '../../policies/editions/house.ts';
import { retentionPolicyInForce } from '../../policies/editions/retention-clauses.ts';
import { RECORDS_LAW } from '../../policies/editions/records-law.ts';
import { nyDateText, plusHours, plusMs, type Instant } from '../../policies/instant.ts';
import { whoMaySignADisposal } from '../../policies/rules/who-may-sign-a-disposal.ts';
import { decisions, type Decision, type ShownPart } from '../decision/contract.ts';
import { sha256 } from '../records/canonical.ts';
import { put } from '../records/change.ts';
import { FIRST_STEP_MS } from '../records/deadlines.ts';
import { keyOf } from '../records/entity.ts';
import { schedules, type ScheduleRecord } from '../retention/contract.ts';
import { SIGNING_OFFICES, type Disposition } from './contract.ts';
import { NobodyToSign, noPolicyFor } from './faults.ts';
import { bytesText, TECHNOLOGIES } from './labels.ts';
import { peopleOf } from './officers.ts';
import { changed, type StepNeeds } from './steps.ts';

export async function openSigning(needs: StepNeeds, disposition: Disposition, now: Instant): Promise<Disposition> {
  const { records } = needs;
  const policy = retentionPolicyInForce(disposition.technology, now) ?? noPolicyFor(disposition);
  const schedule = await records.get(schedules, disposition.scheduleId);
  const shown = shownOf(disposition, schedule);
  const signingEndsAt = plusHours(now, HOUSE.daysToSignDisposal.days * 24);
  const ids = SIGNING_OFFICES.map((office) => ({ office, decisionId: needs.newId('D') }));
  const opened = await Promise.all(
    ids.map(async ({ office, decisionId }): Promise<Decision> => {
      const people = (await peopleOf(records, office)).filter(
        ({ id: personId, roles, active }) =>
          whoMaySignADisposal({ office, roles, active, personId, alreadySigned: [] }, policy, now).kind === 'allowed',
      );
      if (people.length === 0)
        throw new NobodyToSign(
          `disposition ${disposition.id} has nobody of the ${office} to sign it; give somebody the role`,
        );
      return {
        id: decisionId,
        version: 0,
        matter: {
          question: 'disposition',
          dispositionId: disposition.id,
          office,
          technology: disposition.technology,
          listSha256: disposition.list.sha256,
          others: ids.filter((other) => other.office !== office).map((other) => other.decisionId),
        },
        on: keyOf('disposition', disposition.id),
        state: 'waiting',
        edition: policy.edition.id,
        askInOrder: people.map(({ id }) => id),
        asked: [],
        openedAt: now,
        lapsesAt: signingEndsAt,
        goodUntil: signingEndsAt,
        shown,
        shownHash: sha256(shown),
        links: [],
        dueAt: plusMs(now, FIRST_STEP_MS),
      };
    }),
  );
  const next: Disposition = {
    ...disposition,
    state: 'signing',
    decisions: ids,
    signingEndsAt,
    step: 'At the same time: three offices sign',
    lateAt: plusMs(signingEndsAt, FIRST_STEP_MS),
  };
  await records.write(
    changed(
      next,
      now,
      {
        act: 'offices asked to sign',
        edition: policy.edition.id,
        clauses: [RECORDS_LAW.approvedDisposal.id, HOUSE.daysToSignDisposal.id],
        facts: { list: disposition.list.sha256, decisions: ids.map(({ decisionId }) => decisionId), signingEndsAt },
      },
      { puts: opened.map((decision) => put(decisions, decision)) },
    ),
  );
  return next;
}

/** What each office signs, word for word. Counts, classes, dates and hashes: it names nobody and no case. */
function shownOf(disposition: Disposition, record: ScheduleRecord | undefined): readonly ShownPart[] {
  const { classId, records, leftOut, bytes, list } = disposition;
  const schedule = record?.schedule;
  const of = schedule?.classes.find(({ id }) => id === classId);
  const range = (from: Disposition['capturedFrom'], until: Disposition['capturedUntil']): string =>
    from && until ? `${nyDateText(from)} to ${nyDateText(until)}` : 'not known';
  return [
    {
      heading: 'What would be destroyed',
      lines: [
        { label: 'Records', text: `${records - leftOut} of ${records} on the list` },
        ...(leftOut > 0 ? [{ label: 'Taken out by objection', text: String(leftOut) }] : []),
        { label: 'Technology', text: TECHNOLOGIES[disposition.technology] },
        { label: 'Files', text: bytesText(bytes) },
        { label: 'Captured', text: range(disposition.capturedFrom, disposition.capturedUntil) },
        { label: 'Kept as long as asked until', text: range(disposition.eligibleFrom, disposition.eligibleUntil) },
        {
          label: 'To be destroyed by',
          text: nyDateText(disposition.disposeBy),
          clause: RECORDS_LAW.approvedDisposal.id,
        },
      ],
    },
    {
      heading: 'By which schedule',
      lines: [
        { label: 'Class', text: of ? `${of.title} (${classId})` : classId, ...clauseOf(of?.clause) },
        { label: 'Schedule', text: schedule ? `${schedule.title} (${schedule.id})` : disposition.scheduleId },
        { label: 'Source', text: schedule?.source ?? 'not on file' },
        ...(schedule?.approvals ?? []).map(({ office, reference, on }) => ({
          label: `Approved by ${OFFICES[office]}`,
          text: `${reference}, ${nyDateText(on)}`,
        })),
      ],
    },
    {
      heading: 'The list',
      lines: [{ label: 'SHA-256', text: list.sha256, clause: HOUSE.shownIsDecided.id }],
    },
  ];
}

const OFFICES = { 'law-department': 'the Law Department', 'records-department': 'the Department of Records' } as const;

/** A class that a schedule adds is cited by its item number, which is no clause of ours. */
const clauseOf = (clause: string | undefined) => (clause && /^[A-Z]{2,3}\d\d-/.test(clause) ? { clause } : {});
