/** Closes a breach about which nothing is owed any more. Its records stay. */
import { sha256 } from '../records/canonical.ts';
import { TOLD } from './acts.ts';
import { reportsOf } from './clock-of.ts';
import { nextStepOf } from './contract.ts';
import { handle, inState, refused, SO_ALREADY } from './handle.ts';
import type { Acted, BreachNeeds, OnBreach } from './needs.ts';
import { said } from './said.ts';
import { closingOf } from './what-is-owed.ts';

export interface CloseBreach extends OnBreach {
  readonly because: string;
}

export function closeBreach(needs: BreachNeeds, given: CloseBreach): Promise<Acted> {
  return handle(needs, given, async (at) => {
    const { breach, policy, now, clause } = at;
    if (breach.state === 'closed') return SO_ALREADY;
    const words = given.because.trim();
    const state = inState(at, ['violation']);
    const closing = closingOf(breach, await reportsOf(needs.records, breach), policy, now);
    const because = [
      ...state,
      ...(state.length > 0 ? [] : closing.because),
      ...said('because', words, clause, policy, 'say why it is closed'),
    ];
    if (because.length > 0) return refused(because);
    const { dueAt: _, ...open } = breach;
    return {
      kind: 'step',
      breach: {
        ...open,
        state: 'closed',
        step: 'Breach closed',
        closing: { because: words, by: given.person.personId, at: now },
      },
      act: TOLD.closed,
      clauses: [...new Set(closing.owed.map((owed) => owed.clause))],
      facts: { because: sha256(words) },
      notes: [{ kind: 'look-again', waiting: nextStepOf(breach.id) }],
    };
  });
}
