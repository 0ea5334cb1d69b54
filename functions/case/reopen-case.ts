/** Opens a closed case again, with a reason: no clock of it runs any more, and what its closing was stays on file. */
import { sha256 } from '../records/canonical.ts';
import type { CaseActor } from './contract.ts';
import { judged } from './judge-case.ts';
import { actorId, keepCase, SO_ALREADY } from './keep-case.ts';
import { CLOSED_WHEN, MOST, refused, type CaseAnswer, type CaseNeeds, type OnCase } from './needs.ts';
import { hasRoom, reasonSaid } from './said.ts';
import { TOLD } from './told.ts';

export interface ReopenCase extends OnCase {
  readonly reason: string;
}

export function reopenCase(needs: CaseNeeds, given: ReopenCase, by: CaseActor): Promise<CaseAnswer> {
  return keepCase(needs, given, by, (at) => {
    const { one, policy, now } = at;
    const reason = given.reason.trim();
    if (one.state === 'open' && one.reopened.at(-1)?.reason === reason) return SO_ALREADY;
    const { because, clauses } = judged(at, 'reopen', { reason }, [
      ...reasonSaid(reason, CLOSED_WHEN, policy, 'say why it is opened again'),
      ...hasRoom('reason', one.reopened.length, MOST.reopenings, CLOSED_WHEN),
    ]);
    if (because.length > 0) return refused(because);
    const { closed: closing, ...rest } = one;
    if (!closing)
      return refused([
        {
          clause: CLOSED_WHEN,
          field: 'reason',
          found: 'a case that is not closed',
          expected: 'a closed case',
          todo: 'look at the case again',
        },
      ]);
    return {
      kind: 'step',
      case: { ...rest, state: 'open', reopened: [...one.reopened, { closing, by: actorId(by), at: now, reason }] },
      act: TOLD.reopened,
      clauses,
      facts: { closedOn: closing.on, ground: closing.ground, reason: sha256(reason) },
      cause: 'case-reopened',
    };
  });
}
