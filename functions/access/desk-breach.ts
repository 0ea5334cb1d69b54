/** What breaches ask of people: the privacy office to act, and whoever was asked to contain something to do it. */
import { policyInForce } from '../../policies/editions/index.ts';
import { earlierOf, type Instant } from '../../policies/instant.ts';
import { breachClock } from '../../policies/rules/breach-clock.ts';
import { breaches, containmentOf, type Breach } from '../breach/contract.ts';
import type { Records } from '../records/records.aws.ts';
import type { Waiting } from './desk.ts';

const hrefOf = ({ id }: Breach): string => `/breaches/${encodeURIComponent(id)}`;

/** On the desk of the privacy office. */
export function breachWaiting(breach: Breach, whose: string): Waiting {
  const what = {
    reported: 'Read what was reported as a wrongful disclosure',
    triaging: 'Decide whether a disclosure violates the law, and report it',
    violation: 'Do what is still owed about a wrongful disclosure',
  } as const;
  return {
    what: breach.state in what ? what[breach.state as keyof typeof what] : what.violation,
    about: `Breach ${breach.id}${whose}`,
    href: hrefOf(breach),
    by: reportDueAt(breach) ?? breach.dueAt ?? breach.reportedAt,
    ...(reportDueAt(breach) && { inHours: true }),
  };
}

/** Until a report is ordered it is what the desk is ordered by; after that, when somebody is reminded. */
function reportDueAt({ id, given, awareAt, reportIds }: Breach): Instant | undefined {
  const policy = awareAt && reportIds.length === 0 && policyInForce(given.technology, awareAt);
  if (!policy) return undefined;
  const clock = breachClock({ breachId: id, discoveredAt: given.discoveredAt, awareAt }, policy, awareAt);
  return clock.state === 'running' ? clock.dueAt : undefined;
}

/** What this person was asked to contain. As soon as can be: it stands before the report is due. */
export async function containmentWaiting(
  records: Pick<Records, 'linesOf' | 'get'>,
  personId: string,
): Promise<readonly Waiting[]> {
  const lines = await records.linesOf(containmentOf(personId));
  const found = await Promise.all(
    lines.map(async (line) => {
      const [breachId, taskId] = line.split('/') as [string, string];
      const breach = await records.get(breaches, breachId);
      const task = breach?.containment.find(({ id }) => id === taskId);
      if (!breach || !task || task.done) return undefined;
      const due = reportDueAt(breach);
      return {
        what: 'Contain a wrongful disclosure: do what you were asked',
        about: `Breach ${breachId}`,
        href: `${hrefOf(breach)}/containment/${encodeURIComponent(task.id)}`,
        by: due ? earlierOf(due, task.at) : task.at,
      };
    }),
  );
  return found.filter((waiting) => waiting !== undefined);
}
