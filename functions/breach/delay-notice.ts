/** Puts the notice to people off, on a ground of the statute and no other, and takes that back. */
import { PRIVACY_LAW } from '../../policies/editions/privacy-law.ts';
import { unless } from '../../policies/ruling.ts';
import { sha256 } from '../records/canonical.ts';
import { TOLD } from './acts.ts';
import type { Breach } from './contract.ts';
import { handle, inState, refused, SO_ALREADY } from './handle.ts';
import type { Acted, BreachNeeds, OnBreach } from './needs.ts';
import { said } from './said.ts';

const CLAUSE = PRIVACY_LAW.delay.id;

export interface DelayNotice extends OnBreach {
  readonly ground: NonNullable<Breach['delay']>['ground'];
  readonly why: string;
}

export function delayNotice(needs: BreachNeeds, given: DelayNotice): Promise<Acted> {
  return handle(needs, given, (at) => {
    const { breach, policy, now } = at;
    const { ground, person } = given;
    const why = given.why.trim();
    const because = [
      ...inState(at, ['triaging', 'violation']),
      ...unless(ground !== 'other', {
        clause: CLAUSE,
        field: 'ground',
        found: 'another ground',
        expected:
          'that telling would violate a law on privacy, interfere with an investigation, or compromise public safety',
        todo: 'send the letter now',
      }),
      ...said('why', why, CLAUSE, policy, 'say why the ground holds'),
    ];
    if (because.length > 0) return refused(because);
    const before = breach.delay;
    if (before && !before.liftedAt && before.ground === ground && before.why === why) return SO_ALREADY;
    return {
      kind: 'step',
      breach: { ...breach, delay: { ground, why, by: person.personId, at: now } },
      act: TOLD.noticeDelayed,
      clauses: [CLAUSE],
      facts: { ground, why: sha256(why) },
    };
  });
}

export function liftDelay(needs: BreachNeeds, given: OnBreach): Promise<Acted> {
  return handle(needs, given, (at) => {
    const { breach, now } = at;
    if (!breach.delay || breach.delay.liftedAt) return SO_ALREADY;
    const because = inState(at, ['triaging', 'violation']);
    if (because.length > 0) return refused(because);
    return {
      kind: 'step',
      breach: { ...breach, delay: { ...breach.delay, liftedAt: now } },
      act: TOLD.delayLifted,
      clauses: [CLAUSE],
      facts: { ground: breach.delay.ground },
    };
  });
}
