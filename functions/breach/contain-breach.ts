/**
 * Containment: what somebody is asked to do so that a wrongful disclosure goes no further. Who is asked gets a mail and
 * an entry on the desk; they, or an officer, record what came of it.
 */
import type { PublishedPolicy } from '../../policies/editions/edition.ts';
import type { Instant } from '../../policies/instant.ts';
import { sha256 } from '../records/canonical.ts';
import { keyOf } from '../records/entity.ts';
import { directoryLine, persons, type Person } from '../records/standing.ts';
import { TOLD } from './acts.ts';
import { policyOf } from './clock-of.ts';
import { breaches, containmentOf, type Breach, type ContainmentTask } from './contract.ts';
import { handle, inState, refused, SO_ALREADY, written, type Handling, type Outcome } from './handle.ts';
import type { Acted, BreachNeeds, OnBreach } from './needs.ts';
import { said, tooMany } from './said.ts';

export interface AskContainment extends OnBreach {
  readonly what: string;
  /** The directory name of whoever is asked. */
  readonly askedOf: string;
}

export function askContainment(needs: BreachNeeds, { what, askedOf, ...on }: AskContainment): Promise<Acted> {
  return handle(needs, on, async (at) => {
    const person = await personCalled(needs, askedOf.trim());
    return asked(needs, at, what.trim(), person, on.person.personId);
  });
}

function asked(needs: BreachNeeds, at: Handling, what: string, whom: Person | undefined, by: string): Outcome {
  const { breach, policy, now, clause } = at;
  const because = [
    ...inState(at, ['triaging', 'violation']),
    ...said('what', what, clause, policy, 'say what is to be done'),
    ...tooMany(clause, 'what', breach.containment.length),
    ...(whom?.active
      ? []
      : [
          {
            clause,
            field: 'askedOf',
            found: 'a name that no active member has',
            expected: 'the directory name of a member',
            todo: 'look the name up in the directory',
          },
        ]),
  ];
  if (because.length > 0 || !whom) return refused(because);
  // The same form sent twice asks once.
  const isOpen = (task: ContainmentTask) => !task.done && task.what === what && task.askedOf === whom.id;
  if (breach.containment.some(isOpen)) return SO_ALREADY;

  const task: ContainmentTask = { id: needs.newId('C'), what, askedOf: whom.id, by, at: now };
  const about = keyOf('breach', breach.id);
  return {
    kind: 'step',
    breach: { ...breach, containment: [...breach.containment, task] },
    act: TOLD.containmentAsked,
    clauses: [clause],
    facts: { task: task.id, asks: whom.id, what: sha256(what) },
    mails: [{ kind: 'containment-asked', to: { personId: whom.id }, about, subject: about }],
    lines: [{ from: containmentOf(whom.id), to: `${breach.id}/${task.id}` }],
  };
}

async function personCalled({ records }: BreachNeeds, name: string): Promise<Person | undefined> {
  const [id] = name ? await records.linesOf(directoryLine(name)) : [];
  return id ? records.get(persons, id) : undefined;
}

export interface DoneContainment extends OnBreach {
  readonly taskId: string;
  readonly outcome: string;
}

/** By whoever was asked, or by an officer. */
export async function doneContainment(needs: BreachNeeds, given: DoneContainment): Promise<Acted> {
  const breach = await needs.records.get(breaches, given.breachId);
  const task = breach?.containment.find(({ id }) => id === given.taskId);
  if (!breach || !task) return { kind: 'missing' };
  if (task.askedOf !== given.person.personId)
    return handle(needs, given, (at) => outcomeOf(at.breach, at.policy, given, at.now));
  const now = needs.now();
  const outcome = outcomeOf(breach, policyOf(breach), given, now);
  if (outcome.kind === 'so-already') return { kind: 'done', breach };
  if (outcome.kind === 'refused') return outcome;
  return written(needs, outcome, given.person.personId, now);
}

function outcomeOf(breach: Breach, policy: PublishedPolicy, given: DoneContainment, at: Instant): Outcome {
  const task = breach.containment.find(({ id }) => id === given.taskId);
  if (!task || task.done) return SO_ALREADY;
  const { clause } = policy.edition.breachReport;
  const outcome = given.outcome.trim();
  const because = [
    ...inState({ breach, clause }, ['triaging', 'violation']),
    ...said('outcome', outcome, clause, policy, 'say what was done and what came of it'),
  ];
  if (because.length > 0) return refused(because);
  const done = { by: given.person.personId, at, outcome };
  return {
    kind: 'step',
    breach: { ...breach, containment: breach.containment.map((one) => (one.id === task.id ? { ...one, done } : one)) },
    act: TOLD.containmentDone,
    clauses: [clause],
    facts: { task: task.id, outcome: sha256(outcome) },
    endedLines: [{ from: containmentOf(task.askedOf), to: `${breach.id}/${task.id}` }],
  };
}
