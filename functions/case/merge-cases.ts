/**
 * Merges a case into another: what is kept under its number follows the other from now on, by the line of cases that
 * `casesBehind` walks, and so does whatever is filed under the old number later. The other takes over its charges, people,
 * statuses and finding, and the later closing of the two, because whatever kept a record long keeps it as long still.
 * Nothing undoes a merge.
 */
import { unless, type Refusal } from '../../policies/ruling.ts';
import { caseNumberOf } from '../image/contract.ts';
import { sha256 } from '../records/canonical.ts';
import { put } from '../records/change.ts';
import { caseKey, cases, type Case, type CaseActor } from './contract.ts';
import { judged } from './judge-case.ts';
import { judgedKeeper, keepCase, SO_ALREADY, type Handling, type Outcome } from './keep-case.ts';
import { CLOSED_WHEN, MOST, refused, type CaseAnswer, type CaseNeeds, type OnCase } from './needs.ts';
import { once, reasonSaid } from './said.ts';
import { TOLD } from './told.ts';

export interface MergeCases extends OnCase {
  /** The case that goes on. */
  readonly into: string;
  readonly reason: string;
}

export async function mergeCases(needs: CaseNeeds, given: MergeCases, by: CaseActor): Promise<CaseAnswer> {
  const from = caseNumberOf(given.caseNumber);
  const into = caseNumberOf(given.into);
  if (!(await needs.records.get(cases, from))) return { kind: 'missing' };
  if (from === into) return refused([atInto('the same case', 'another case')]);
  const answer = await keepCase(needs, { caseNumber: into, also: given.also }, by, (at) =>
    merging(needs, at, from, given, by),
  );
  return answer.kind === 'missing' ? refused([atInto('no case of that number', 'a case that is on file')]) : answer;
}

async function merging(
  needs: CaseNeeds,
  at: Handling,
  fromNumber: string,
  given: MergeCases,
  by: CaseActor,
): Promise<Outcome> {
  const { one: into, policy, now } = at;
  const from = (await needs.records.get(cases, fromNumber))!;
  // A second merge before the first is worked out would come back to where it began: nothing is merged into itself.
  if (from.mergedInto === into.id) return SO_ALREADY;
  const reason = given.reason.trim();
  const { because: barred } = await judgedKeeper(needs, by, [from.id], now);
  const ruling = judged({ one: from, policy, now }, 'merge', { into, reason }, [
    ...barred,
    ...reasonSaid(reason, CLOSED_WHEN, policy, 'say why the two are one case'),
    ...unless(into.state !== 'merged', {
      ...atInto('a case that was merged into another', 'a case of its own'),
      todo: 'merge into the case it was merged into',
    }),
    ...unless(from.state !== 'open' || into.state !== 'closed', {
      ...atInto('a closed case, and this one is open', 'an open case, or this one closed too'),
      todo: 'open the other case again first, or close this one',
    }),
    ...unless(!from.finding || !into.finding || from.finding === into.finding, {
      ...atInto('another finding than this case has', 'the same finding, or none in one of them'),
      todo: 'settle first what the investigation found',
    }),
    ...roomFor(from, into),
  ]);
  if (ruling.because.length > 0) return refused(once(ruling.because));

  // What was being worked out for it alone is not named any more: it is worked out with the other.
  const { recalculationId: _, ...rest } = from;
  const facts = { from: from.id, into: into.id, reason: sha256(reason) };
  return {
    kind: 'step',
    case: taking(into, from),
    act: TOLD.tookIn,
    clauses: ruling.clauses,
    facts,
    cause: 'case-merged',
    moves: true,
    puts: [put(cases, { ...rest, state: 'merged', mergedInto: into.id, changedAt: now })],
    tells: [{ subject: caseKey(from.id), act: TOLD.merged, clauses: ruling.clauses, facts }],
  };
}

/** The case that goes on, with what it takes over. Ids that both have used tell where they come from. */
function taking(into: Case, from: Case): Case {
  const own = <T extends { readonly id: string }>(there: readonly T[], taken: readonly T[]): readonly T[] => [
    ...there,
    ...taken.map((one) => (there.some(({ id }) => id === one.id) ? { ...one, id: `${from.id}/${one.id}` } : one)),
  ];
  return {
    ...into,
    dispositions: own(into.dispositions, from.dispositions),
    people: own(into.people, from.people),
    statusClasses: [...into.statusClasses, ...from.statusClasses],
    mergedFrom: [...into.mergedFrom, from.id, ...from.mergedFrom],
    ...(from.finding && { finding: from.finding }),
    ...(into.closed && from.closed && from.closed.on > into.closed.on && { closed: from.closed }),
  };
}

function roomFor(from: Case, into: Case): readonly Refusal[] {
  const fits =
    into.dispositions.length + from.dispositions.length <= MOST.charges &&
    into.people.length + from.people.length <= MOST.people &&
    into.statusClasses.length + from.statusClasses.length <= MOST.statuses &&
    into.mergedFrom.length + from.mergedFrom.length < MOST.mergers;
  return unless(fits, {
    ...atInto('more charges, people or cases than one case has room for', 'fewer'),
    todo: 'ask a records officer which of them belong to the case',
  });
}

const atInto = (found: string, expected: string): Refusal => ({
  clause: CLOSED_WHEN,
  field: 'into',
  found,
  expected,
  todo: 'enter the number of the case that goes on',
});
