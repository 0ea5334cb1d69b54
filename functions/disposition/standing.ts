/**
 * What the destruction of many records has in common, read once and not once a record: the batch and its signatures, the
 * copies of the fence, the schedule in force, cases and holds. Each is named with its version in the destroying
 * transaction, so what has changed since it was read is never destroyed by; `forget` has it read again.
 */
import { caseKey, casesBehind, factsBehind, type Case } from '../case/contract.ts';
import type { CaseFacts, HoldFacts, Schedule } from '../../policies/retention.ts';
import { nyDate } from '../../policies/instant.ts';
import { decisions } from '../decision/contract.ts';
import { holds } from '../hold/contract.ts';
import { keyOf, type Entity, type Kept } from '../records/entity.ts';
import type { Records } from '../records/records.aws.ts';
import { fences, schedules, type Fence } from '../retention/contract.ts';
import { dispositions, type Disposition, type SigningOffice } from './contract.ts';

export interface Named {
  readonly key: string;
  readonly version: number;
}

/** How an office answered, as the rules are told of it. */
export interface Signature {
  readonly office: SigningOffice;
  readonly decisionId: string;
  readonly personId: string;
  readonly at: NonNullable<Case['closed']>['at'];
  readonly answer: 'approve' | 'decline' | 'ask-back';
  readonly listSha256: string;
}

export interface Standing {
  disposition(id: string): Promise<Disposition | undefined>;
  signatures(one: Disposition): Promise<readonly Signature[]>;
  fence(copy: string): Promise<Fence | undefined>;
  schedule(id: string): Promise<Schedule | undefined>;
  /** What is told of a case, its holds, whether its dates are being worked out, and every record that says so. */
  caseOf(caseNumber: string): Promise<{
    readonly facts: CaseFacts;
    readonly holdIds: readonly string[];
    readonly beingWorkedOut: boolean;
    readonly named: readonly Named[];
  }>;
  hold(id: string): Promise<HoldFacts | undefined>;
  forget(): void;
}

export function standingIn(records: Pick<Records, 'get'>): Standing {
  const read = new Map<string, Promise<unknown>>();
  const once = <T extends Kept>(kind: Entity<T>, id: string): Promise<T | undefined> => {
    const key = keyOf(kind.noun, id);
    const found = read.get(key) ?? records.get(kind, id);
    read.set(key, found);
    return found as Promise<T | undefined>;
  };
  const caseOf: Standing['caseOf'] = async (caseNumber) => {
    const behind = await casesBehind({ get: once }, caseNumber);
    return {
      facts: factsBehind(caseNumber, behind),
      holdIds: behind.flatMap(({ holdIds }) => holdIds),
      beingWorkedOut: behind.some(({ recalculationId }) => recalculationId !== undefined),
      named: behind.map(({ id, version }) => ({ key: caseKey(id), version })),
    };
  };
  return {
    caseOf,
    disposition: (id) => once(dispositions, id),
    fence: (copy) => once(fences, copy),
    schedule: async (id) => (await once(schedules, id))?.schedule,
    async signatures(one) {
      const found = await Promise.all(
        one.decisions.map(async ({ office, decisionId }) => {
          const decision = await once(decisions, decisionId);
          const { answer, matter } = decision ?? {};
          if (!answer || matter?.question !== 'disposition') return undefined;
          const { by: personId, at } = answer;
          return { office, decisionId, personId, at, answer: answer.answer, listSha256: matter.listSha256 };
        }),
      );
      return found.filter((signature) => signature !== undefined);
    },
    async hold(id) {
      const hold = await once(holds, id);
      if (!hold) return undefined;
      const released = hold.state === 'released' && hold.release;
      return {
        holdId: id,
        kind: hold.kind,
        placedOn: nyDate(hold.placedAt),
        ...(released && { releasedOn: released.endedOn }),
      };
    },
    forget: () => read.clear(),
  };
}
