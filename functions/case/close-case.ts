/**
 * Closes a case investigation on one of the four grounds (XR26-RET-07): from that day the clocks of its class run. Refused
 * while an appeal is pending.
 */
import type { CalendarDate } from '../../policies/calendar-date.ts';
import { mayACaseBeClosed } from '../../policies/rules/may-a-case-be-closed.ts';
import { factsOf, type CaseActor, type ClosureGround } from './contract.ts';
import { mergedAway } from './judge-case.ts';
import { actorId, keepCase, SO_ALREADY } from './keep-case.ts';
import { CLOSED_WHEN, refused, type CaseAnswer, type CaseNeeds, type OnCase } from './needs.ts';
import { notAhead, once } from './said.ts';
import { TOLD } from './told.ts';

export interface CloseCase extends OnCase {
  readonly on: CalendarDate;
  readonly ground: ClosureGround;
}

export function closeCase(needs: CaseNeeds, { on, ground, ...given }: CloseCase, by: CaseActor): Promise<CaseAnswer> {
  return keepCase(needs, given, by, ({ one, policy, now }) => {
    if (one.state === 'closed' && one.closed?.on === on && one.closed.ground === ground) return SO_ALREADY;
    const merged = mergedAway(one, 'on');
    if (merged.length > 0) return refused(merged);
    const ruling = mayACaseBeClosed({ case: factsOf(one), on, ground }, policy, now);
    const ruled = ruling.kind === 'refused' ? ruling.because : [];
    const because = once([...ruled, ...notAhead('on', on, CLOSED_WHEN, now)]);
    if (because.length > 0) return refused(because);
    return {
      kind: 'step',
      case: { ...one, state: 'closed', closed: { on, ground, by: actorId(by), at: now } },
      act: TOLD.closed,
      clauses: ruling.kind === 'allowed' ? ruling.clauses : [],
      facts: { on, ground },
      cause: 'case-closed',
    };
  });
}
