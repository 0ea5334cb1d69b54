/**
 * The recorded decision whether what was reported violates the law, either way. That it does stands once it is made; that
 * it does not can be taken back, and then everything is owed from the moment the office became aware.
 */
import { clauseById } from '../../policies/editions/all-clauses.ts';
import { plusMs } from '../../policies/instant.ts';
import { unless, type Refusal } from '../../policies/ruling.ts';
import type { BreachCause } from '../../policies/rules/quarterly-compilation.ts';
import { sha256 } from '../records/canonical.ts';
import { DELIVERY_GRACE_MS } from '../records/deadlines.ts';
import { TOLD } from './acts.ts';
import { containmentOf, nextStepOf, type Breach } from './contract.ts';
import { handle, inState, refused, SO_ALREADY, type Handling, type Outcome, type Step } from './handle.ts';
import type { Acted, BreachNeeds, OnBreach } from './needs.ts';
import { FIRST_STEP, startOf } from './report-breach.ts';
import { said } from './said.ts';

export interface TriageBreach extends OnBreach {
  readonly violates: boolean;
  readonly because: string;
  /** Ids of the clauses it broke; for a violation at least one. */
  readonly broken: readonly string[];
  readonly cause?: BreachCause;
}

export function triageBreach(needs: BreachNeeds, given: TriageBreach): Promise<Acted> {
  return handle(needs, given, (at) => decision(at, given));
}

function decision(at: Handling, given: TriageBreach): Outcome {
  const { breach, policy, now, clause } = at;
  const { violates, person, cause } = given;
  const because = given.because.trim();
  const before = breach.triage;
  if (before?.violates === violates && before.because === because && before.by === person.personId) return SO_ALREADY;
  const broken = violates ? [...new Set(given.broken)] : [];
  const refusals = [
    ...inState(at, violates ? ['triaging', 'no-violation'] : ['triaging']),
    ...said('because', because, clause, policy, 'say why, in words that name nobody'),
    ...brokenRefusals(broken, violates, clause),
  ];
  if (refusals.length > 0) return refused(refusals);

  const triage = { violates, because, broken, ...(violates && cause && { cause }), by: person.personId, at: now };
  const step: Omit<Step, 'breach' | 'notes'> = {
    kind: 'step',
    act: violates ? TOLD.violation : TOLD.noViolation,
    clauses: [clause, ...broken],
    facts: { because: sha256(because), ...(violates && cause && { cause }) },
  };
  if (!violates) return { ...step, ...ended(breach, triage) };
  if (breach.state === 'triaging') return { ...step, breach: { ...breach, state: 'violation', triage } };
  // Its workflow has ended with the other answer: a new run takes it up.
  return {
    ...step,
    breach: { ...breach, state: 'violation', triage, step: FIRST_STEP, dueAt: plusMs(now, DELIVERY_GRACE_MS) },
    notes: [startOf(breach.id, `${breach.id}-r${breach.version}`)],
  };
}

/** Nothing is asked of anybody any more: what was to be contained leaves the desks too. */
function ended(breach: Breach, triage: NonNullable<Breach['triage']>): Pick<Step, 'breach' | 'notes' | 'endedLines'> {
  const { dueAt: _, ...open } = breach;
  return {
    breach: { ...open, state: 'no-violation', triage, step: 'Report closed' },
    notes: [{ kind: 'look-again', waiting: nextStepOf(breach.id) }],
    endedLines: breach.containment
      .filter(({ done }) => !done)
      .map(({ id, askedOf }) => ({ from: containmentOf(askedOf), to: `${breach.id}/${id}` })),
  };
}

function brokenRefusals(broken: readonly string[], violates: boolean, clause: string): readonly Refusal[] {
  const about = { clause, field: 'broken', todo: 'choose the clauses from the list' };
  return [
    ...unless(!violates || broken.length > 0, { ...about, found: 'no clause', expected: 'the clauses it broke' }),
    ...unless(
      broken.every((id) => clauseById(id) !== undefined),
      { ...about, found: 'an id that no clause has', expected: 'clauses of the policy or the law' },
    ),
  ];
}
