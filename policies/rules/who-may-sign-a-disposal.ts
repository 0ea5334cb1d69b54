/**
 * Who may sign that records are destroyed?
 *
 * For each of the three offices somebody who holds its role at that moment and is active: the department's records
 * officer for its head, the Law Department for the Corporation Counsel, the Department of Records and Information
 * Services for its commissioner. Nobody signs what they proposed, and nobody signs one batch for two offices.
 *
 * Units   none
 * Answers allowed or refused, for everything that is in the way
 * Throws  nothing
 * Source  nyc-1133-f; house-not-your-own-batch
 */
import type { PublishedPolicy } from '../editions/edition.ts';
import { RECORDS_LAW } from '../editions/records-law.ts';
import type { Instant } from '../instant.ts';
import { mayDo, type Role } from '../roles.ts';
import { ruled, unless, type Ruling } from '../ruling.ts';

/** The offices, by the role whose holders sign for each. */
export const DISPOSAL_OFFICES = [
  'records-officer',
  'law-department',
  'records-commissioner',
] as const satisfies readonly Role[];
export type DisposalOffice = (typeof DISPOSAL_OFFICES)[number];

export interface DisposalSigner {
  readonly office: DisposalOffice;
  readonly roles: readonly string[];
  readonly active: boolean;
  readonly personId: string;
  /** Ids of the people who have signed the batch for another office. */
  readonly alreadySigned: readonly string[];
  /** Who proposed the batch; absent when the daily run did. */
  readonly proposedBy?: string;
}

export function whoMaySignADisposal(
  signer: DisposalSigner,
  { house }: Pick<PublishedPolicy, 'house'>,
  _now: Instant,
): Ruling {
  const clause = RECORDS_LAW.approvedDisposal.id;
  const own = house.notYourOwnBatch.id;
  const because = [
    ...unless(DISPOSAL_OFFICES.includes(signer.office), {
      clause,
      field: 'office',
      found: 'no office of the three',
      expected: 'an office that has to approve',
      todo: 'use the link that was sent to you',
    }),
    ...unless(signer.active, {
      clause,
      field: 'signer',
      found: 'a person who is not active',
      expected: 'an active person',
      todo: 'ask whoever holds the office now',
    }),
    ...unless(signer.roles.includes(signer.office) && mayDo(signer.roles, 'sign-disposal'), {
      clause,
      field: 'signer',
      found: 'no role of that office',
      expected: 'a person who signs for that office',
      todo: 'ask whoever holds the office now',
    }),
    ...unless(!signer.alreadySigned.includes(signer.personId), {
      clause: own,
      field: 'signer',
      found: 'a person who signed for another office',
      expected: 'a person for each office',
      todo: 'leave it to another person of that office',
    }),
    ...unless(signer.personId !== signer.proposedBy, {
      clause: own,
      field: 'signer',
      found: 'the person who proposed the batch',
      expected: 'another person',
      todo: 'leave it to another person of that office',
    }),
  ];
  return ruled([clause, own], because);
}
