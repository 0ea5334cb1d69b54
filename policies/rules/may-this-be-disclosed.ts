/**
 * May this be disclosed?
 *
 * Whatever the ground: it is not for immigration enforcement; who asks and for whom is confirmed; the release
 * was found lawful; and the recipient may have it for what it is wanted for. If it identifies people and goes
 * outside the department, one ground is met too, with the agreement the statute asks for. What refuses comes
 * before what is missing: nobody is sent for an approval that could not help.
 *
 * Units   instants are UTC; `now` is the moment of the release
 * Answers allowed, with the clauses to record; needs, with everything that is still missing; or refused, which
 *         says whether it is the immigration stop, to be recorded under 10-178(d). Contradictions between
 *         policy and law that bear on the answer come with it
 * Throws  FactMalformed when a confirmation, a consent or a decision lies in the future
 * Source  XR26-SAFE-16, XR26-EXT-06, EXT-08, LPR26-EXT-01 and their twins; nyc-10-178-d;
 *         the rules this one is made of name the rest
 */
import { mustSay } from '../clause-in.ts';
import { findings, type DisclosureFacts, type Findings, type Need } from '../disclosure.ts';
import { CONTRADICTIONS, type Contradiction } from '../editions/disclosure-contradictions.ts';
import type { PublishedPolicy } from '../editions/edition.ts';
import { FactMalformed } from '../faults.ts';
import { isAfter, type Instant } from '../instant.ts';
import { isBlank, type Allowed, type Refusal, type Refused } from '../ruling.ts';
import { isItImmigrationEnforcement } from './is-it-immigration-enforcement.ts';
import { isTheGroundMet } from './is-the-ground-met.ts';
import { agreementFor, mayThisRecipientHaveIt } from './may-this-recipient-have-it.ts';
import { whatIsIdentifying } from './what-is-identifying.ts';

interface Shown {
  readonly contradictions: readonly Contradiction[];
}

export type DisclosureAnswer =
  | Allowed<Shown>
  | ({ readonly kind: 'needs'; readonly needs: readonly Need[]; readonly clauses: readonly string[] } & Shown)
  | (Refused & Shown & { readonly stop: 'immigration' | 'none' });

export function mayThisBeDisclosed(facts: DisclosureFacts, policy: PublishedPolicy, now: Instant): DisclosureAnswer {
  const immigration = isItImmigrationEnforcement(facts.immigration, policy, now);
  if (immigration.kind === 'stop') {
    return {
      kind: 'refused',
      because: immigration.because,
      stop: 'immigration',
      contradictions: [CONTRADICTIONS.immigrationWide],
    };
  }
  const needsGround = leavesIdentifying(facts, policy, now);
  const { because, needs, clauses } = findings(
    immigration,
    confirmed(facts, policy, now),
    mayThisRecipientHaveIt(facts, policy, now),
    needsGround ? isTheGroundMet(facts, policy, now) : {},
    needsGround ? agreementFor(facts, policy, now) : {},
  );
  const contradictions = needsGround ? contradictionsOf(facts) : [];
  if (because.length > 0) return { kind: 'refused', because, stop: 'none', contradictions };
  if (needs.length > 0) return { kind: 'needs', needs, clauses, contradictions };
  return { kind: 'allowed', clauses, contradictions };
}

/** Whether it identifies people and goes outside the department: only then a ground is asked for. */
function leavesIdentifying(facts: DisclosureFacts, policy: PublishedPolicy, now: Instant): boolean {
  return facts.recipient.kind !== 'agency-unit' && whatIsIdentifying(facts, policy, now).identifying;
}

function confirmed(facts: DisclosureFacts, { edition }: PublishedPolicy, now: Instant): Partial<Findings> {
  const clause = mustSay(edition, 'XR26-SAFE-16');
  const needs: Need[] = [];
  const because: Refusal[] = [];
  for (const field of ['identity', 'affiliation'] as const) {
    const given = facts[field];
    if (given) requirePast(facts.disclosureId, given.at, now);
    const about = { clause, field, expected: `the ${field} of whoever asks, confirmed, and how` };
    if (given?.outcome === 'not-confirmed') {
      because.push({ ...about, found: 'it could not be confirmed', todo: 'give out nothing' });
    } else if (!given || isBlank(given.how)) {
      needs.push({
        ...about,
        need: field,
        found: given ? 'no word on how' : 'nothing',
        todo: 'confirm it, and say how',
      });
    }
  }
  const { lawfulness } = facts;
  if (lawfulness) requirePast(facts.disclosureId, lawfulness.at, now);
  const about = { clause, field: 'lawfulness', expected: 'a determination that the release is lawful, and why' };
  if (lawfulness?.outcome === 'unlawful') {
    because.push({ ...about, found: 'a determination that it is not lawful', todo: 'give out nothing' });
  } else if (!lawfulness || isBlank(lawfulness.because)) {
    needs.push({
      ...about,
      need: 'lawfulness',
      found: lawfulness ? 'no reason' : 'nothing',
      todo: 'determine it, and say why',
    });
  }
  return { needs, because, clauses: [clause] };
}

/** What pulls apart about such a disclosure, whatever of it is kept. */
export function contradictionsOf({
  basis,
  recipient,
}: Pick<DisclosureFacts, 'basis' | 'recipient'>): readonly Contradiction[] {
  const minorInIt = basis?.ground === 'consent' && basis.people.some(({ capacity }) => capacity !== 'adult');
  return [
    ...(basis?.ground === 'city-interest' ? [CONTRADICTIONS.cityAgenciesOnly] : []),
    ...(basis?.ground === 'exigent' ? [CONTRADICTIONS.exigentNotPrinted] : []),
    ...(minorInIt ? [CONTRADICTIONS.guardianOnly] : []),
    ...(recipient.kind === 'new-jersey-agent' ? [CONTRADICTIONS.newJerseySearches] : []),
  ];
}

function requirePast(disclosureId: string, at: Instant, now: Instant): void {
  if (isAfter(at, now)) {
    throw new FactMalformed(
      `disclosure ${disclosureId} has a confirmation of ${at}, which is after now (${now}); correct the record`,
    );
  }
}
