/**
 * The acts on schedules: loading one, trying what it would change, and putting it in force by a second person. Loading and
 * trying change no date. Putting it in force has every date worked out anew; until that is whole nothing is destroyed, and
 * what falls due by a shorter period is proposed and signed for like everything else.
 *
 * Answers done, or refused
 * Faults  RecordsBusy, ChangedMeanwhile (after the last try; retry)
 */
import { schedules as printed } from '../../policies/editions/schedules/index.ts';
import type { PublishedPolicy } from '../../policies/editions/edition.ts';
import type { Refusal, Refused } from '../../policies/ruling.ts';
import { scheduleClause } from '../../policies/rules/how-long-is-it-kept.ts';
import { isAScheduleSound } from '../../policies/rules/is-a-schedule-sound.ts';
import { mayAScheduleTakeEffect } from '../../policies/rules/may-a-schedule-take-effect.ts';
import { statement } from '../../policies/rules/statement.ts';
import { sha256 } from '../records/canonical.ts';
import { put } from '../records/change.ts';
import { untilWritten } from '../records/until-written.ts';
import {
  everyFence,
  fencePuts,
  recalculationOwed,
  recalculations,
  schedules,
  type ScheduleRecord,
} from './contract.ts';
import type { ScheduleNeeds } from './needs.ts';
import { notInState, refused, scheduleIn, scheduleKey, standing } from './schedule-standing.ts';

export type ScheduleDone = { readonly kind: 'done'; readonly schedule: ScheduleRecord } | Refused;

/** Loads a schedule from its JSON text. The same text again is the same schedule; another under its id is refused. */
export function loadSchedule(
  needs: ScheduleNeeds,
  { text, by }: { readonly text: string; readonly by: string },
): Promise<ScheduleDone> {
  return untilWritten(async (): Promise<ScheduleDone> => {
    const { now, policy, barred, unchanged } = await standing(needs, by);
    const ruling = isAScheduleSound(valueOf(text), policy, now);
    const because = [...barred, ...(ruling.kind === 'refused' ? ruling.because : [])];
    if (because.length > 0 || ruling.kind === 'refused') return { kind: 'refused', because };
    const { schedule, clauses } = ruling;
    const there = await needs.records.get(schedules, schedule.id);
    if (there && sha256(there.schedule) === sha256(schedule)) return { kind: 'done', schedule: there };
    if (there || printed.some(({ id }) => id === schedule.id)) return refused(idTaken(policy));
    const record: ScheduleRecord = {
      id: schedule.id,
      version: 0,
      schedule,
      state: 'draft',
      loadedBy: by,
      loadedAt: now,
    };
    await needs.records.write({
      at: now,
      by: { kind: 'person', id: by },
      puts: [put(schedules, record)],
      tells: [
        {
          subject: scheduleKey(record.id),
          act: 'schedule loaded',
          edition: policy.edition.id,
          clauses,
          facts: { sha256: sha256(schedule), classes: schedule.classes.length, from: schedule.from },
        },
      ],
      unchanged,
    });
    return { kind: 'done', schedule: { ...record, version: 1 } };
  });
}

/** Counts what it would change, over every record. While one such run is under way another is not begun. */
export function tryOutSchedule(
  needs: ScheduleNeeds,
  { id, by }: { readonly id: string; readonly by: string },
): Promise<ScheduleDone> {
  return untilWritten(async (): Promise<ScheduleDone> => {
    const { now, policy, barred, unchanged } = await standing(needs, by);
    const schedule = await scheduleIn(needs, id);
    const because = [...barred, ...notInState(schedule, ['draft', 'tried'], policy)];
    if (because.length > 0) return refused(...because);
    const before = schedule.dryRunId ? await needs.records.get(recalculations, schedule.dryRunId) : undefined;
    if (before?.state === 'owed' || before?.state === 'running') return { kind: 'done', schedule };
    const owed = recalculationOwed({
      cause: 'schedule-tried',
      scope: { kind: 'all', scheduleId: id },
      subject: scheduleKey(id),
      by,
      at: now,
      newId: needs.newId,
      dryRun: true,
    });
    const next: ScheduleRecord = { ...schedule, state: 'draft', dryRunId: owed.record.id };
    await needs.records.write({
      at: now,
      by: { kind: 'person', id: by },
      puts: [put(schedules, next), ...owed.puts],
      tells: [
        {
          subject: scheduleKey(id),
          act: 'schedule being tried',
          edition: policy.edition.id,
          clauses: [policy.house.twoPeopleOnSchedule.id],
          facts: { recalculation: owed.record.id },
        },
      ],
      notes: owed.notes,
      unchanged,
    });
    return { kind: 'done', schedule: { ...next, version: next.version + 1 } };
  });
}

/** Puts it in force, in place of the one before, on every copy of the fence, and owes the working-out of everything. */
export function approveSchedule(
  needs: ScheduleNeeds,
  { id, by, reason }: { readonly id: string; readonly by: string; readonly reason: string },
): Promise<ScheduleDone> {
  return untilWritten(async (): Promise<ScheduleDone> => {
    const { records } = needs;
    const { now, policy, barred, unchanged } = await standing(needs, by);
    const schedule = await scheduleIn(needs, id);
    // The same approval sent twice.
    if (schedule.state === 'in-force' && schedule.approvedBy === by) return { kind: 'done', schedule };
    const copies = await everyFence(records);
    const inForce = copies[0]?.scheduleId ? await records.get(schedules, copies[0].scheduleId) : undefined;
    const trial = schedule.dryRunId ? await records.get(recalculations, schedule.dryRunId) : undefined;
    const counted = trial?.state === 'whole' && trial.startedAt >= schedule.loadedAt ? trial.counts : undefined;
    const ruling = mayAScheduleTakeEffect(
      {
        schedule: schedule.schedule,
        ...(inForce && { current: inForce.schedule }),
        loadedBy: schedule.loadedBy,
        approverId: by,
        ...(counted && { dryRun: counted }),
        reason,
      },
      policy,
      now,
    );
    const because = [
      ...barred,
      ...notInState(schedule, ['draft', 'tried'], policy),
      ...(ruling.kind === 'refused' ? ruling.because : []),
    ];
    if (because.length > 0 || ruling.kind === 'refused') return { kind: 'refused', because };
    const owed = recalculationOwed({
      cause: 'schedule-in-force',
      scope: { kind: 'all', scheduleId: id },
      subject: scheduleKey(id),
      by,
      at: now,
      newId: needs.newId,
    });
    const next: ScheduleRecord = {
      ...schedule,
      state: 'in-force',
      approvedBy: by,
      approvedAt: now,
      reason: reason.trim(),
    };
    const edition = policy.edition.id;
    await records.write({
      at: now,
      by: { kind: 'person', id: by },
      puts: [
        put(schedules, next),
        ...(inForce ? [put(schedules, { ...inForce, state: 'replaced' as const })] : []),
        ...fencePuts(copies, (copy) => ({ ...copy, scheduleId: id, recalculationId: owed.record.id })),
        ...owed.puts,
      ],
      tells: [
        {
          subject: scheduleKey(id),
          act: 'schedule put in force',
          edition,
          clauses: ruling.clauses,
          facts: {
            recalculation: owed.record.id,
            loadedBy: schedule.loadedBy,
            reason: sha256(next.reason),
            sha256: sha256(schedule.schedule),
            ...counted,
            ...(inForce && { instead: inForce.id }),
          },
        },
        ...(inForce
          ? [{ subject: scheduleKey(inForce.id), act: 'schedule replaced', edition, facts: { by: id } }]
          : []),
      ],
      notes: owed.notes,
      unchanged,
    });
    return { kind: 'done', schedule: { ...next, version: next.version + 1 } };
  });
}

/** Takes back one that was loaded and is not in force: with a mistake in it, or overtaken. Its number is not used again. */
export function withdrawSchedule(
  needs: ScheduleNeeds,
  { id, by, reason }: { readonly id: string; readonly by: string; readonly reason: string },
): Promise<ScheduleDone> {
  return untilWritten(async (): Promise<ScheduleDone> => {
    const { now, policy, barred, unchanged } = await standing(needs, by);
    const schedule = await scheduleIn(needs, id);
    const clause = scheduleClause(policy.edition);
    const because = [
      ...barred,
      ...notInState(schedule, ['draft', 'tried'], policy),
      ...statement('reason', reason, clause, policy, 'say why it is withdrawn'),
    ];
    if (because.length > 0) return refused(...because);
    const next: ScheduleRecord = {
      ...schedule,
      state: 'withdrawn',
      withdrawnBy: by,
      withdrawnAt: now,
      reason: reason.trim(),
    };
    await needs.records.write({
      at: now,
      by: { kind: 'person', id: by },
      puts: [put(schedules, next)],
      tells: [
        {
          subject: scheduleKey(id),
          act: 'schedule withdrawn',
          edition: policy.edition.id,
          clauses: [clause],
          facts: { reason: sha256(next.reason), sha256: sha256(schedule.schedule) },
        },
      ],
      unchanged,
    });
    return { kind: 'done', schedule: { ...next, version: next.version + 1 } };
  });
}

/** What is not JSON is no schedule; the rule says so. */
function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const idTaken = ({ edition }: PublishedPolicy): Refusal => ({
  clause: scheduleClause(edition),
  field: 'id',
  found: 'the id of another schedule',
  expected: 'an id of its own for each version',
  todo: 'give the new version a new id, and load it again',
});
