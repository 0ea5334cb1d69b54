/**
 * The frame of every act on a case that is on file: reads it, judges whether whoever acts may, lets the act say what
 * becomes of it, and writes that as one change. Where what the rules of retention are told changes a date, the change
 * owes a recalculation and the case names it: until that is whole, no date of the case counts.
 *
 * Faults  RecordsBusy, ChangedMeanwhile (after the last try; retry)
 */
import type { PublishedPolicy } from '../../policies/editions/edition.ts';
import { retentionPolicyAt } from '../../policies/editions/retention-clauses.ts';
import type { Instant } from '../../policies/instant.ts';
import type { Refusal, Refused } from '../../policies/ruling.ts';
import { caseNumberOf, dutyLine } from '../image/contract.ts';
import { canonical } from '../records/canonical.ts';
import { put, type Change, type Put } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import type { Actor, Told } from '../records/ledger.ts';
import { persons, type Person } from '../records/standing.ts';
import { untilWritten } from '../records/until-written.ts';
import { recalculationOwed, type RecalculationCause } from '../retention/contract.ts';
import { caseKey, cases, factsOf, type Case, type CaseActor } from './contract.ts';
import { alsoWritten, refused, type CaseAnswer, type CaseNeeds, type OnCase } from './needs.ts';
import { whyNotKeep } from './who-may-read.ts';

export interface Handling {
  readonly one: Case;
  readonly policy: PublishedPolicy;
  readonly now: Instant;
}

/** What becomes of the case, and what the ledger is told of it. */
export interface Step extends Pick<Change, 'lines' | 'endedLines'> {
  readonly kind: 'step';
  readonly case: Case;
  readonly act: string;
  readonly clauses: readonly string[];
  readonly facts?: Told['facts'];
  /** Why dates are worked out anew, if this changes what they follow from. */
  readonly cause: RecalculationCause;
  /** Set where more follows this case from now on than its own facts tell. */
  readonly moves?: true;
  /** Other records of the same change, such as a case that is merged into this one, and what is told of them. */
  readonly puts?: readonly Put[];
  readonly tells?: readonly Told[];
  readonly unchanged?: Change['unchanged'];
}

/** Nothing to do: it is so already, because the same was sent twice or somebody else did it. */
export const SO_ALREADY = { kind: 'so-already' } as const;

export type Outcome = Step | Refused | typeof SO_ALREADY;

export const actorId = (by: CaseActor): string => ('personId' in by ? by.personId : by.system);

export const actorOf = (by: CaseActor): Actor =>
  'personId' in by ? { kind: 'person', id: by.personId } : { kind: 'external', id: by.system };

/** Whether whoever acts may keep this case: the refusal if not, and the person's record that was judged. */
export async function judgedKeeper(
  { records }: CaseNeeds,
  by: CaseActor,
  caseNumbers: readonly string[],
  at: Instant,
): Promise<{ readonly because: readonly Refusal[]; readonly person?: Person }> {
  // The case-management system is let in by its own door, and has every case.
  if (!('personId' in by)) return { because: [] };
  const [person, duties] = await Promise.all([
    records.get(persons, by.personId),
    records.linesOf(dutyLine(by.personId)),
  ]);
  const roles = person?.active ? person.roles : [];
  const because = caseNumbers.flatMap((caseNumber) => whyNotKeep(roles, duties, caseNumber, at) ?? []);
  return { because: because.slice(0, 1), ...(person && { person }) };
}

/** A write is on condition that the person is still who was judged: a transfer in the same moment counts. */
export const stillJudged = (person: Person | undefined): NonNullable<Change['unchanged']> =>
  person ? [{ key: keyOf('person', person.id), version: person.version }] : [];

export function keepCase(
  needs: CaseNeeds,
  given: OnCase,
  by: CaseActor,
  act: (at: Handling) => Outcome | Promise<Outcome>,
): Promise<CaseAnswer> {
  return untilWritten(async (): Promise<CaseAnswer> => {
    const one = await needs.records.get(cases, caseNumberOf(given.caseNumber));
    if (!one) return { kind: 'missing' };
    const now = needs.now();
    const { because, person } = await judgedKeeper(needs, by, [one.id], now);
    if (because.length > 0) return refused(because);
    const outcome = await act({ one, policy: retentionPolicyAt(now), now });
    if (outcome.kind === 'refused') return outcome;
    if (outcome.kind === 'so-already') return { kind: 'done', case: one, changed: false };
    return written(needs, { before: one, step: outcome, by, now, person, given });
  });
}

interface Writing {
  readonly before: Case;
  readonly step: Step;
  readonly by: CaseActor;
  readonly now: Instant;
  readonly person: Person | undefined;
  readonly given: OnCase;
}

async function written(
  { records, newId }: CaseNeeds,
  { before, step, by, now, person, given }: Writing,
): Promise<CaseAnswer> {
  const owed =
    step.moves || movesDates(before, step.case)
      ? recalculationOwed({
          cause: step.cause,
          scope: { kind: 'case', caseNumber: step.case.id },
          subject: caseKey(step.case.id),
          by: actorId(by),
          at: now,
          newId,
        })
      : undefined;
  const after: Case = { ...step.case, changedAt: now, ...(owed && { recalculationId: owed.record.id }) };
  const also = await alsoWritten(given, after);
  const facts = { ...step.facts, ...(owed && { recalculation: owed.record.id }), ...also.facts };
  await records.write({
    at: now,
    by: actorOf(by),
    puts: [put(cases, after), ...(step.puts ?? []), ...(owed?.puts ?? []), ...also.puts],
    tells: [
      {
        subject: caseKey(after.id),
        act: step.act,
        clauses: step.clauses,
        ...(Object.keys(facts).length > 0 && { facts }),
      },
      ...(step.tells ?? []),
    ],
    ...(owed && { notes: owed.notes }),
    ...(step.lines && { lines: step.lines }),
    ...(step.endedLines && { endedLines: step.endedLines }),
    unchanged: [...stillJudged(person), ...(step.unchanged ?? [])],
  });
  return { kind: 'done', case: { ...after, version: after.version + 1 }, changed: true };
}

/** A case that was open and stays so keeps everything, whatever else is known of it. */
const movesDates = (before: Case, after: Case): boolean =>
  [before, after].some((one) => factsOf(one).state === 'closed') &&
  canonical(factsOf(before)) !== canonical(factsOf(after));
