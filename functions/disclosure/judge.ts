/** One ruling on a disclosure at a moment, by the edition in force then. */
import type { PublishedPolicy } from '../../policies/editions/edition.ts';
import type { Instant } from '../../policies/instant.ts';
import type { DisclosureAnswer } from '../../policies/rules/may-this-be-disclosed.ts';
import type { ShownPart } from '../decision/contract.ts';
import type { Disclosure } from './contract.ts';
import type { Registers } from './registers-of.ts';

export interface DisclosureJudgement {
  readonly policy: PublishedPolicy;
  readonly answer: DisclosureAnswer;
  readonly shown: readonly ShownPart[];
  readonly shownHash: string;
}

export function judgeDisclosure(_disclosure: Disclosure, _registers: Registers, _now: Instant): DisclosureJudgement {
  throw new Error('not yet');
}
