/**
 * An officer or a deputy reads what was reported: the office is aware from that moment, or from an earlier one that they
 * state, and the clock runs. It never moves later: who reads it afterwards changes nothing, and a correction can only
 * make it earlier.
 */
import { HOUSE } from '../../policies/editions/house.ts';
import { policyInForce } from '../../policies/editions/index.ts';
import { isBefore, type Instant } from '../../policies/instant.ts';
import type { Refusal } from '../../policies/ruling.ts';
import { sha256 } from '../records/canonical.ts';
import { TOLD } from './acts.ts';
import { BREACH_ENDS, nextStepOf } from './contract.ts';
import { awareAs, handle, inState, refused, SO_ALREADY, type Handling, type Outcome } from './handle.ts';
import type { Acted, BreachNeeds, OnBreach } from './needs.ts';
import { awarenessRefusals } from './report-breach.ts';
import { said } from './said.ts';

export interface ReadBreach extends OnBreach {
  /** The moment the office knew, when that was before this one; absent: now. */
  readonly awareSince?: Instant;
  /** How it came to know then. */
  readonly howEarlier?: string;
}

export function readBreach(needs: BreachNeeds, given: ReadBreach): Promise<Acted> {
  return handle(needs, given, (at) => (at.breach.awareAt ? correction(at, given) : reading(at, given)));
}

function reading(at: Handling, { awareSince, howEarlier = '' }: ReadBreach): Outcome {
  const { breach, now } = at;
  const earlier = awareSince !== undefined && isBefore(awareSince, now);
  const because = awareSince ? statedRefusals(at, awareSince, earlier ? howEarlier : undefined) : [];
  if (because.length > 0) return refused(because);

  const awareAt = awareSince ?? now;
  const { edition } = policyInForce(breach.given.technology, awareAt)!;
  return {
    kind: 'step',
    breach: {
      ...breach,
      state: 'triaging',
      awareAt,
      aware: awareAs(at.handler, now, earlier ? howEarlier.trim() : undefined),
      edition: edition.id,
    },
    act: TOLD.read,
    clauses: [edition.breachReport.clause, HOUSE.firstToKnow.id],
    facts: { awareAt, ...(earlier && { how: sha256(howEarlier.trim()) }) },
    notes: [{ kind: 'look-again', waiting: nextStepOf(breach.id) }],
  };
}

function correction(at: Handling, { awareSince, howEarlier = '' }: ReadBreach): Outcome {
  const { breach } = at;
  const was = breach.awareAt!;
  if (!awareSince || awareSince === was) return SO_ALREADY;
  const later: readonly Refusal[] = isBefore(awareSince, was)
    ? []
    : [
        {
          clause: HOUSE.firstToKnow.id,
          field: 'awareSince',
          found: 'a later moment than the one on record',
          expected: 'an earlier one',
          todo: 'leave it: the time to report never begins later than it did',
        },
      ];
  const open = ['triaging', 'violation'] as const;
  const because = [...inState(at, open), ...later, ...statedRefusals(at, awareSince, howEarlier)];
  if (because.length > 0) return refused(because);

  const { edition } = policyInForce(breach.given.technology, awareSince)!;
  return {
    kind: 'step',
    breach: {
      ...breach,
      awareAt: awareSince,
      aware: { ...breach.aware!, howEarlier: howEarlier.trim() },
      edition: edition.id,
    },
    act: TOLD.awareEarlier,
    clauses: [edition.breachReport.clause, HOUSE.firstToKnow.id],
    facts: { awareAt: awareSince, was, how: sha256(howEarlier.trim()) },
    notes: BREACH_ENDS.includes(breach.state) ? [] : [{ kind: 'look-again', waiting: nextStepOf(breach.id) }],
  };
}

/** `how` is left undefined where nothing has to be explained: the stated moment is this one. */
function statedRefusals({ breach, policy, now }: Handling, awareSince: Instant, how: string | undefined) {
  const todo = 'say how the office came to know then';
  return [
    ...awarenessRefusals(breach.given, awareSince, now),
    ...(how === undefined ? [] : said('howEarlier', how, HOUSE.firstToKnow.id, policy, todo)),
  ];
}
