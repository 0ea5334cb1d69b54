/**
 * The frame of every act of the privacy office on a breach: reads it, judges whether this person may, lets the act say
 * what becomes of it, and writes that as one change. The office may end in the same moment: the change is on condition
 * that the person's record is still the one that was judged.
 */
import type { Signer } from '../../policies/disclosure.ts';
import type { PublishedPolicy } from '../../policies/editions/edition.ts';
import type { Instant } from '../../policies/instant.ts';
import type { Refusal, Refused } from '../../policies/ruling.ts';
import { whoMayHandleABreach } from '../../policies/rules/who-may-handle-a-breach.ts';
import { put, type Change } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import { persons, type Person } from '../records/standing.ts';
import type { Told } from '../records/ledger.ts';
import { policyOf } from './clock-of.ts';
import { breaches, type Breach, type BreachState } from './contract.ts';
import type { Acted, BreachNeeds, Doer, OnBreach } from './needs.ts';

export interface Handling {
  readonly breach: Breach;
  readonly policy: PublishedPolicy;
  readonly now: Instant;
  /** Whoever acts, in the office they hold. */
  readonly handler: Signer;
  /** The clause under which a breach is reported, for refusals that have no better one. */
  readonly clause: string;
}

/** What becomes of the breach, and what the ledger is told of it. */
export interface Step extends Pick<Change, 'mails' | 'notes' | 'lines' | 'endedLines'> {
  readonly kind: 'step';
  readonly breach: Breach;
  readonly act: string;
  readonly clauses: readonly string[];
  readonly facts?: Told['facts'];
  readonly puts?: Change['puts'];
}

export const refused = (because: readonly Refusal[]): Refused => ({ kind: 'refused', because });

/** Nothing to do: it is so already, because the form was sent twice or somebody else did it. */
export const SO_ALREADY = { kind: 'so-already' } as const;

export type Outcome = Step | Refused | typeof SO_ALREADY;

const STATE_WORDS: Readonly<Record<BreachState, string>> = {
  reported: 'a breach that nobody of the privacy office has read',
  triaging: 'a breach that is not judged yet',
  violation: 'a breach that violates the law',
  'no-violation': 'a breach that was found to violate nothing',
  closed: 'a breach that is closed',
};

export function inState(
  { breach, clause }: Pick<Handling, 'breach' | 'clause'>,
  states: readonly BreachState[],
): readonly Refusal[] {
  if (states.includes(breach.state)) return [];
  return [
    {
      clause,
      field: 'state',
      found: STATE_WORDS[breach.state],
      expected: states.map((state) => STATE_WORDS[state]).join(', or '),
      todo: breach.state === 'reported' ? 'read what was reported first' : 'load the page again',
    },
  ];
}

export async function handle(
  needs: BreachNeeds,
  { breachId, person }: OnBreach,
  act: (at: Handling) => Outcome | Promise<Outcome>,
): Promise<Acted> {
  const [breach, record] = await Promise.all([
    needs.records.get(breaches, breachId),
    needs.records.get(persons, person.personId),
  ]);
  if (!breach || !record) return { kind: 'missing' };
  const now = needs.now();
  const policy = policyOf(breach);
  const handler = handlerOf(person, record);
  const ruling = whoMayHandleABreach({ breachId, handler }, policy, now);
  if (ruling.kind === 'refused') return ruling;
  const outcome = await act({ breach, policy, now, handler, clause: policy.edition.breachReport.clause });
  if (outcome.kind === 'so-already') return { kind: 'done', breach };
  if (outcome.kind === 'refused') return outcome;
  return written(needs, outcome, person.personId, now, record);
}

/** Writes a step as this person's act. `judged` is the record of the person it was judged by. */
export async function written(
  needs: BreachNeeds,
  { breach, act, clauses, facts, puts, mails, notes, lines, endedLines }: Step,
  personId: string,
  now: Instant,
  judged?: Person,
): Promise<Acted> {
  await needs.records.write({
    at: now,
    by: { kind: 'person', id: personId },
    puts: [put(breaches, breach), ...(puts ?? [])],
    tells: [{ subject: keyOf('breach', breach.id), act, edition: breach.edition, clauses, ...(facts && { facts }) }],
    ...(mails && { mails }),
    ...(notes && { notes }),
    ...(lines && { lines }),
    ...(endedLines && { endedLines }),
    ...(judged && { unchanged: [{ key: keyOf('person', judged.id), version: judged.version }] }),
  });
  return { kind: 'done', breach: { ...breach, version: breach.version + 1 } };
}

/** How whoever became aware did: in which office, when they read it here, and how they say they knew before. */
export const awareAs = ({ personId, office }: Signer, readAt: Instant, howEarlier?: string) => ({
  by: personId,
  readAt,
  ...(office !== 'none' && { as: office }),
  ...(howEarlier && { howEarlier }),
});

/** Whoever acts, with the office the records give them. */
export function handlerOf(person: Doer, { privacyOffice, active, bureau }: Person): Signer {
  return {
    personId: person.personId,
    active: person.active && active,
    roles: person.roles,
    bureau,
    office: privacyOffice?.office ?? 'none',
    ...(privacyOffice && { heldFrom: privacyOffice.heldFrom }),
    ...(privacyOffice?.heldUntil && { heldUntil: privacyOffice.heldUntil }),
  };
}
