/**
 * Every combination a disclosure can be asked in: each edition with its technology, each kind of recipient,
 * each ground or none, and how far its evidence has come. A test compares the rules with a table written by
 * hand from the clauses, and the workflow can be walked through the same list.
 */
import { GROUNDS, RECIPIENTS, type GroundId, type RecipientKind } from '../editions/disclosure-grounds.ts';
import type { PublishedEdition } from '../editions/edition.ts';
import { PUBLISHED_EDITIONS } from '../editions/index.ts';

/**
 * What is there: everything; everything but the officer's decision; everything but the evidence of the ground;
 * everything but who asks being confirmed; everything but what the recipient wants it for; or everything, and
 * it is for immigration enforcement.
 */
export const EVIDENCE = [
  'complete',
  'no-decision',
  'no-evidence',
  'not-confirmed',
  'no-purpose',
  'immigration',
] as const;
export type Evidence = (typeof EVIDENCE)[number];

export interface DisclosureCase {
  readonly edition: PublishedEdition;
  readonly recipient: RecipientKind;
  readonly ground: GroundId | 'none';
  readonly evidence: Evidence;
}

/** All of them, in a fixed order: by edition, recipient, ground and evidence. */
export function everyDisclosure(): readonly DisclosureCase[] {
  const grounds = [...GROUNDS.map(({ id }) => id), 'none'] as const;
  return PUBLISHED_EDITIONS.flatMap((edition) =>
    RECIPIENTS.flatMap(({ kind: recipient }) =>
      grounds.flatMap((ground) => EVIDENCE.map((evidence) => ({ edition, recipient, ground, evidence }))),
    ),
  );
}
