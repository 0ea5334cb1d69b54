/**
 * Records how a charge ended. A conviction or a plea gives the class, by the offense convicted of or pleaded to; recorded
 * again, it corrects what was recorded before, such as an appeal that is over.
 */
import type { CalendarDate } from '../../policies/calendar-date.ts';
import type { DispositionOutcome, FinalDisposition } from '../../policies/retention.ts';
import { canonical } from '../records/canonical.ts';
import type { CaseActor } from './contract.ts';
import { judged } from './judge-case.ts';
import { keepCase, SO_ALREADY } from './keep-case.ts';
import { CLASSED_BY, refused, type CaseAnswer, type CaseNeeds, type OnCase } from './needs.ts';
import { notAhead } from './said.ts';
import { scheduleNow } from './schedule-now.ts';
import { TOLD } from './told.ts';

export interface DisposeCharge extends OnCase {
  readonly chargeId: string;
  readonly outcome: DispositionOutcome;
  readonly on: CalendarDate;
  /** Of a conviction or plea: the class of the offense, of the schedule in force. */
  readonly classId?: string | undefined;
  readonly appeal?: 'none' | 'pending' | 'exhausted' | undefined;
}

export function disposeCharge(needs: CaseNeeds, given: DisposeCharge, by: CaseActor): Promise<CaseAnswer> {
  return keepCase(needs, given, by, async (at) => {
    const { one, now } = at;
    const charge = one.dispositions.find(({ id }) => id === given.chargeId);
    if (!charge)
      return refused([
        {
          clause: CLASSED_BY,
          field: 'chargeId',
          found: 'no charge of that id in this case',
          expected: 'a charge that is on file',
          todo: 'add the charge first',
        },
      ]);
    const disposition: FinalDisposition = {
      id: charge.id,
      charged: charge.charged,
      outcome: given.outcome,
      on: given.on,
      ...(given.classId && { classId: given.classId }),
      ...(given.appeal && { appeal: given.appeal }),
    };
    if (canonical(disposition) === canonical(charge)) return SO_ALREADY;
    const schedule = await scheduleNow(needs.records);
    const named = { disposition, schedule, on: given.on, ...(given.classId && { classId: given.classId }) };
    const { because, clauses } = judged(at, 'dispose', named, notAhead('on', given.on, CLASSED_BY, now));
    if (because.length > 0) return refused(because);
    return {
      kind: 'step',
      case: { ...one, dispositions: one.dispositions.map((each) => (each === charge ? disposition : each)) },
      act: TOLD.disposed,
      clauses,
      facts: {
        charge: charge.id,
        outcome: given.outcome,
        on: given.on,
        ...(given.classId && { class: given.classId, schedule: schedule.id }),
        ...(given.appeal && { appeal: given.appeal }),
      },
      cause: 'case-reclassified',
    };
  });
}
