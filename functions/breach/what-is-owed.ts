/** What is still owed about a breach, as its page lists it and as its close is judged. The rule is in policies/. */
import type { PublishedPolicy } from '../../policies/editions/edition.ts';
import type { Instant } from '../../policies/instant.ts';
import { mayABreachBeClosed, type Closing, type ClosingItem } from '../../policies/rules/may-a-breach-be-closed.ts';
import type { Report } from '../mail/contract.ts';
import { timesOf } from './clock-of.ts';
import type { Breach } from './contract.ts';
import { noticeFactsOf } from './notice-of.ts';

export type OwedId = ClosingItem;

export interface OwedItem {
  readonly id: OwedId;
  /** In the words of the page: 'Report to the Chief Privacy Officer'. */
  readonly what: string;
  readonly clause: string;
  readonly done: boolean;
  /** What is there and what is to be done; absent once it is done. */
  readonly open?: { readonly found: string; readonly todo: string };
  /** The part of the breach's page that does it: '#' and the item's id. */
  readonly href: string;
}

const WHAT: Readonly<Record<OwedId, string>> = {
  triage: 'Decide whether it violates the law',
  report: 'Report to the Chief Privacy Officer',
  containment: 'Contain it',
  harm: 'Assess the harm',
  security: 'Judge it by the City’s law on breaches of security',
  'cyber-command': 'Tell Cyber Command and the technology office',
  consultations: 'Consult the Chief Privacy Officer and the Law Department',
  notice: 'Tell the people affected',
};

/** Everything a breach has to have before it may be closed, done or not, in the order it is done. */
export function whatIsOwed(
  breach: Breach,
  reports: readonly Report[],
  policy: PublishedPolicy,
  now: Instant,
): readonly OwedItem[] {
  return closingOf(breach, reports, policy, now).owed.map(({ item, clause, open }) => ({
    id: item,
    what: WHAT[item],
    clause,
    done: !open,
    ...(open && { open: { found: open.found, todo: open.todo } }),
    href: `#${item}`,
  }));
}

export function closingOf(breach: Breach, reports: readonly Report[], policy: PublishedPolicy, now: Instant): Closing {
  const { triage, security, containment, consultations } = breach;
  return mayABreachBeClosed(
    {
      times: timesOf(breach, reports),
      ...(triage && { violates: triage.violates }),
      openContainments: containment.filter(({ done }) => !done).length,
      notice: noticeFactsOf(breach),
      ...(security && { security: security.answer }),
      cyberCommandTold: consultations.some((one) => one.with === 'cyber-command'),
    },
    policy,
    now,
  );
}
