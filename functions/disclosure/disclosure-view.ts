/** All that the page of a disclosure shows, read in as few rounds as it takes. */
import type { Instant } from '../../policies/instant.ts';
import type { Visitor } from '../edge/visitor.ts';
import type { Records } from '../records/records.aws.ts';
import { disclosureSeen, type DisclosureSeen } from './disclosure-seen.ts';
import { judgeDisclosure, type DisclosureJudgement } from './judge.ts';
import { isToBeExplained } from './release-disclosure.ts';

export { isOpenToChange, isOwn, isTended } from './disclosure-seen.ts';

export interface DisclosureView extends DisclosureSeen {
  /** What the rules say of it now. */
  readonly judgement: DisclosureJudgement;
}

/** Undefined when there is none, or the visitor has nothing to do with it: both look the same from outside. */
export async function disclosureView(
  records: Records,
  id: string,
  visitor: Visitor,
  now: Instant,
): Promise<DisclosureView | undefined> {
  const seen = await disclosureSeen(records, id, visitor, now);
  return seen && { ...seen, judgement: judgeDisclosure(seen.disclosure, seen.registers, now) };
}

/**
 * Whether the Chief Privacy Officer has yet to be told of an exigent release. A report that came back was not made.
 */
export const isOwed = ({ disclosure, report }: Pick<DisclosureView, 'disclosure' | 'report'>): boolean =>
  disclosure.release !== undefined && isToBeExplained(disclosure) && (!report || report.undeliverableAt !== undefined);
