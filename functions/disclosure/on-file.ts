/** What of the registers is valid today and may be picked in a form. */
import { isInForce } from '../../policies/editions/published.ts';
import { isThirdParty, type RecipientKind } from '../../policies/editions/disclosure-grounds.ts';
import { nyDate, type Instant } from '../../policies/instant.ts';
import type { Entity, Kept } from '../records/entity.ts';
import type { Records } from '../records/records.aws.ts';
import {
  agreements,
  designations,
  preApprovals,
  type RegisteredAgreement,
  type RegisteredDesignation,
  type RegisteredPreApproval,
} from '../register/contract.ts';
import { labelIn, TYPES } from './labels.ts';

export interface Offer {
  readonly value: string;
  readonly label: string;
}

export interface OnFile {
  readonly agreements: readonly Offer[];
  readonly preApprovals: readonly Offer[];
  readonly designations: readonly Offer[];
}

type Filed = RegisteredAgreement | RegisteredPreApproval | RegisteredDesignation;

export async function onFileFor(
  records: Pick<Records, 'ofSubject'>,
  kind: RecipientKind,
  now: Instant,
): Promise<OnFile> {
  const valid = async <T extends Filed>(of: Entity<T>, subject: string, may: boolean): Promise<readonly T[]> =>
    may ? (await every(records, of, subject)).filter((one) => !one.ended && isInForce(one, nyDate(now))) : [];
  const [agreed, approved, designated] = await Promise.all([
    valid(agreements, 'agreements', isThirdParty(kind)),
    valid(preApprovals, 'pre-approvals', kind === 'city-agency'),
    valid(designations, 'routine-designations', kind !== 'agency-unit'),
  ]);
  const kinds = (covers: readonly string[]): string => covers.map((one) => labelIn(TYPES, one)).join(', ');
  return {
    agreements: agreed.map(({ id, title, with: other, reference }) => ({
      value: id,
      label: `${title}, with ${other} (${reference})`,
    })),
    preApprovals: approved.map(({ id, reference, covers }) => ({ value: id, label: `${reference}: ${kinds(covers)}` })),
    designations: designated
      .filter(({ recipients }) => recipients.includes(kind))
      .map(({ id, title, covers }) => ({ value: id, label: `${title}: ${kinds(covers)}` })),
  };
}

async function every<T extends Kept>(
  records: Pick<Records, 'ofSubject'>,
  of: Entity<T>,
  subject: string,
): Promise<readonly T[]> {
  const found: T[] = [];
  let from: string | undefined;
  do {
    const page = await records.ofSubject(of, subject, { newestFirst: true, ...(from && { from }) });
    found.push(...page.records);
    from = page.next;
  } while (from);
  return found;
}
