/**
 * Classes that follow a status and not how a charge ended: an active warrant, a missing person, a stolen or missing
 * firearm. Set, they are permanent; when the status ends (located, recovered or destroyed) they stay so until the class is
 * set again, with a reason (XR21-RET-04).
 */
import type { CalendarDate } from '../../policies/calendar-date.ts';
import { nyDate } from '../../policies/instant.ts';
import { unless, type Refusal } from '../../policies/ruling.ts';
import { sha256 } from '../records/canonical.ts';
import type { Case, CaseActor, StatusClass } from './contract.ts';
import { judged } from './judge-case.ts';
import { keepCase, SO_ALREADY, type Handling, type Outcome } from './keep-case.ts';
import { CLASSED_BY, MOST, refused, type CaseAnswer, type CaseNeeds, type OnCase } from './needs.ts';
import { hasRoom, notAhead, reasonSaid } from './said.ts';
import { scheduleNow } from './schedule-now.ts';
import { TOLD } from './told.ts';

export interface SetStatusClass extends OnCase {
  readonly classId: string;
  readonly since: CalendarDate;
}

export function classByStatus(needs: CaseNeeds, given: SetStatusClass, by: CaseActor): Promise<CaseAnswer> {
  return keepCase(needs, given, by, async (at) => {
    const { one, now } = at;
    // One that began on the same day is the same one, also when it has ended meanwhile.
    const isThis = ({ endedOn, since }: StatusClass): boolean => !endedOn || since === given.since;
    if (lastOf(one, given.classId, isThis)) return SO_ALREADY;
    const schedule = await scheduleNow(needs.records);
    const { because, clauses } = judged(at, 'class-by-status', { classId: given.classId, schedule, on: given.since }, [
      ...notAhead('since', given.since, CLASSED_BY, now),
      ...hasRoom('classId', one.statusClasses.length, MOST.statuses, CLASSED_BY),
    ]);
    if (because.length > 0) return refused(because);
    return {
      kind: 'step',
      case: { ...one, statusClasses: [...one.statusClasses, { classId: given.classId, since: given.since }] },
      act: TOLD.statusSet,
      clauses,
      facts: { class: given.classId, since: given.since, schedule: schedule.id },
      cause: 'case-reclassified',
    };
  });
}

export interface EndStatus extends OnCase {
  readonly classId: string;
  /** When the person was located, the firearm recovered or destroyed, or the warrant no longer active. */
  readonly on: CalendarDate;
}

export function endStatus(needs: CaseNeeds, given: EndStatus, by: CaseActor): Promise<CaseAnswer> {
  return keepCase(needs, given, by, (at) => {
    const running = lastOf(at.one, given.classId, ({ endedOn }) => !endedOn);
    if (!running && lastOf(at.one, given.classId, ({ endedOn }) => endedOn === given.on)) return SO_ALREADY;
    if (!running) return refused([noSuchStatus('on', 'a status of that class that has not ended')]);
    const { because, clauses } = judged(at, 'end-status', { classId: given.classId, on: given.on }, [
      ...notAhead('on', given.on, CLASSED_BY, at.now),
      ...unless(given.on >= running.since, {
        clause: CLASSED_BY,
        field: 'on',
        found: 'a day before the status began',
        expected: `${running.since} or later`,
        todo: 'correct the day',
      }),
    ]);
    if (because.length > 0) return refused(because);
    return changed(at, running, { ...running, endedOn: given.on }, TOLD.statusEnded, clauses, { on: given.on });
  });
}

export interface Reclass extends OnCase {
  /** The class of the status that ended. */
  readonly classId: string;
  /** The class it is set to; absent where how a charge ended or a finding gives the class. */
  readonly reclassTo?: string | undefined;
  readonly reason: string;
}

export function reclass(needs: CaseNeeds, given: Reclass, by: CaseActor): Promise<CaseAnswer> {
  return keepCase(needs, given, by, async (at) => {
    const ended = lastOf(at.one, given.classId, ({ endedOn, reclassedOn }) => Boolean(endedOn && !reclassedOn));
    if (!ended && lastOf(at.one, given.classId, ({ reclassedOn }) => reclassedOn !== undefined)) return SO_ALREADY;
    if (!ended) return refused([noSuchStatus('classId', 'a status of that class that has ended')]);
    const reason = given.reason.trim();
    const on = nyDate(at.now);
    const { reclassTo } = given;
    const schedule = await scheduleNow(needs.records);
    const { because, clauses } = judged(
      at,
      'reclass',
      { classId: given.classId, reason, schedule, ...(reclassTo && { reclassTo }) },
      reasonSaid(reason, CLASSED_BY, at.policy, 'say why the status no longer classes the case'),
    );
    if (because.length > 0) return refused(because);
    const after = { ...ended, reclassedOn: on, ...(reclassTo && { reclassedTo: reclassTo }), reason };
    const facts = { on, ...(reclassTo && { to: reclassTo, schedule: schedule.id }), reason: sha256(reason) };
    return changed(at, ended, after, TOLD.reclassed, clauses, facts);
  });
}

const lastOf = ({ statusClasses }: Case, classId: string, is: (status: StatusClass) => boolean) =>
  statusClasses.findLast((status) => status.classId === classId && is(status));

function changed(
  { one }: Handling,
  before: StatusClass,
  after: StatusClass,
  act: string,
  clauses: readonly string[],
  facts: Readonly<Record<string, string>>,
): Outcome {
  return {
    kind: 'step',
    case: { ...one, statusClasses: one.statusClasses.map((each) => (each === before ? after : each)) },
    act,
    clauses,
    facts: { class: before.classId, ...facts },
    cause: 'case-reclassified',
  };
}

const noSuchStatus = (field: string, expected: string): Refusal => ({
  clause: CLASSED_BY,
  field,
  found: 'none in this case',
  expected,
  todo: 'look at the case again',
});
