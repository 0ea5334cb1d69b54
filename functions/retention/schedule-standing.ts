/** Who may act on a schedule, and in which state it has to be. */
import type { PublishedPolicy } from '../../policies/editions/edition.ts';
import { retentionPolicyAt } from '../../policies/editions/retention-clauses.ts';
import { FactMalformed } from '../../policies/faults.ts';
import type { Instant } from '../../policies/instant.ts';
import { mayDo } from '../../policies/roles.ts';
import { unless, type Refusal, type Refused } from '../../policies/ruling.ts';
import { scheduleClause } from '../../policies/rules/how-long-is-it-kept.ts';
import type { Change } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import { persons } from '../records/standing.ts';
import { schedules, type ScheduleRecord } from './contract.ts';
import type { ScheduleNeeds } from './needs.ts';

export const scheduleKey = (id: string): string => keyOf('schedule', id);

export interface Standing {
  readonly now: Instant;
  readonly policy: PublishedPolicy;
  readonly barred: readonly Refusal[];
  readonly unchanged: NonNullable<Change['unchanged']>;
}

/** Who acts, as they are on record now; what they do holds on condition that this has not changed. */
export async function standing({ records, now }: ScheduleNeeds, by: string): Promise<Standing> {
  const at = now();
  const policy = retentionPolicyAt(at);
  const person = await records.get(persons, by);
  const may = person?.active === true && mayDo(person.roles, 'manage-records');
  return {
    now: at,
    policy,
    barred: unless(may, {
      clause: scheduleClause(policy.edition),
      field: 'person',
      found: 'no role that answers for schedules',
      expected: 'a records officer',
      todo: 'ask a records officer to do it',
    }),
    unchanged: person ? [{ key: keyOf('person', by), version: person.version }] : [],
  };
}

export async function scheduleIn({ records }: ScheduleNeeds, id: string): Promise<ScheduleRecord> {
  const found = await records.get(schedules, id);
  if (!found) throw new FactMalformed(`${scheduleKey(id)} is not on record; load it first`);
  return found;
}

export const refused = (...because: readonly Refusal[]): Refused => ({ kind: 'refused', because });

export const notInState = (
  { state }: ScheduleRecord,
  allowed: readonly ScheduleRecord['state'][],
  { house }: PublishedPolicy,
): readonly Refusal[] =>
  unless(allowed.includes(state), {
    clause: house.twoPeopleOnSchedule.id,
    field: 'schedule',
    found: `a schedule that is ${state}`,
    expected: `one that is ${allowed.join(' or ')}`,
    todo: 'open its page to see where it stands',
  });
