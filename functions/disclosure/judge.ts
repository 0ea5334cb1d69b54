/**
 * One ruling on a disclosure at a moment, by the edition in force then, and what an officer would be shown at that
 * moment. A release is judged at the instant it happens, never by an older ruling.
 */
import { findings } from '../../policies/disclosure.ts';
import type { PublishedPolicy } from '../../policies/editions/edition.ts';
import { policyInForce } from '../../policies/editions/index.ts';
import { FactMalformed } from '../../policies/faults.ts';
import type { Instant } from '../../policies/instant.ts';
import { isEverythingEnclosed } from '../../policies/rules/is-everything-enclosed.ts';
import { mayThisBeDisclosed, type DisclosureAnswer } from '../../policies/rules/may-this-be-disclosed.ts';
import type { ShownPart } from '../decision/contract.ts';
import { sha256 } from '../records/canonical.ts';
import type { Records } from '../records/records.aws.ts';
import type { Disclosure } from './contract.ts';
import { enclosedFactsOf, factsOf } from './facts.ts';
import { registersOf, type Registers } from './registers-of.ts';
import { shownFor } from './shown.ts';

export interface DisclosureJudgement {
  readonly policy: PublishedPolicy;
  readonly answer: DisclosureAnswer;
  readonly shown: readonly ShownPart[];
  readonly shownHash: string;
  readonly registers: Registers;
}

export function judgeDisclosure(disclosure: Disclosure, registers: Registers, now: Instant): DisclosureJudgement {
  const policy = policyAt(disclosure, now);
  // What an earlier ruling found missing is no part of it: an officer is asked when nothing else is.
  const { needs: _, ...asItIs } = disclosure;
  const shown = shownFor(asItIs, policy.edition, registers);
  const shownHash = sha256(shown);
  const ruled = mayThisBeDisclosed(factsOf(disclosure, registers, shownHash), policy, now);
  const enclosed = isEverythingEnclosed(enclosedFactsOf(disclosure, registers), policy, now);
  return { policy, answer: joined(ruled, enclosed), shown, shownHash, registers };
}

/** The same, with what it names in the registers read first. */
export async function rulingOn(
  records: Pick<Records, 'get'>,
  disclosure: Disclosure,
  now: Instant,
): Promise<DisclosureJudgement> {
  return judgeDisclosure(disclosure, await registersOf(records, disclosure), now);
}

export function policyAt({ id, asked }: Pick<Disclosure, 'id' | 'asked'>, now: Instant): PublishedPolicy {
  const policy = policyInForce(asked.technology, now);
  if (!policy) throw new FactMalformed(`disclosure ${id} is judged at ${now}, when no edition was in force`);
  return policy;
}

/** What the rule refuses stays refused; otherwise what is not enclosed is missing too. */
function joined(ruled: DisclosureAnswer, enclosed: ReturnType<typeof isEverythingEnclosed>): DisclosureAnswer {
  if (ruled.kind === 'refused') return ruled;
  const { needs, clauses } = findings(ruled, enclosed);
  const { contradictions } = ruled;
  return needs.length > 0
    ? { kind: 'needs', needs, clauses, contradictions }
    : { kind: 'allowed', clauses, contradictions };
}
