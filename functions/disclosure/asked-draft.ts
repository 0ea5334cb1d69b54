/**
 * What the form gives, and how it becomes what is asked: who confirmed something and when is written here, and stays as
 * it was while the words are the same.
 */
import type { Confirmation, LawfulnessDetermination } from '../../policies/disclosure.ts';
import { RECIPIENTS } from '../../policies/editions/disclosure-grounds.ts';
import { isDisclosureType } from '../../policies/editions/disclosure-types.ts';
import { policyInForce } from '../../policies/editions/index.ts';
import { HOUSE } from '../../policies/editions/house.ts';
import type { Instant } from '../../policies/instant.ts';
import type { Refusal } from '../../policies/ruling.ts';
import type { DisclosureAsked } from './contract.ts';

export interface DisclosureAskedDraft extends Omit<DisclosureAsked, 'identity' | 'affiliation' | 'lawfulness'> {
  readonly identity?: Pick<Confirmation, 'outcome' | 'how'>;
  readonly affiliation?: Pick<Confirmation, 'outcome' | 'how'>;
  readonly lawfulness?: Pick<LawfulnessDetermination, 'outcome' | 'because'>;
}

export function askedFrom(
  draft: DisclosureAskedDraft,
  before: DisclosureAsked | undefined,
  byId: string,
  at: Instant,
): DisclosureAsked {
  const { identity, affiliation, lawfulness, ...rest } = draft;
  const confirmed = (
    given: DisclosureAskedDraft['identity'],
    was: Confirmation | undefined,
  ): Confirmation | undefined =>
    given && (was && was.outcome === given.outcome && was.how === given.how ? was : { ...given, byId, at });
  const was = before?.lawfulness;
  const lawful =
    lawfulness &&
    (was && was.outcome === lawfulness.outcome && was.because === lawfulness.because
      ? was
      : { ...lawfulness, byId, at });
  const [who, forWhom] = [confirmed(identity, before?.identity), confirmed(affiliation, before?.affiliation)];
  return {
    ...rest,
    ...(who && { identity: who }),
    ...(forWhom && { affiliation: forWhom }),
    ...(lawful && { lawfulness: lawful }),
  };
}

/** The longest text of one field; a record stays far below the table's 400 kB. */
export const MOST_CHARACTERS = 4000;
const MOST_PEOPLE = 100;
/** All texts of one disclosure together, enclosures left aside. */
const MOST_OF_ALL = 60_000;

/** What no act can take, whichever page or program sent it. */
export function unreadable(draft: DisclosureAskedDraft, now: Instant): readonly Refusal[] {
  const clause = HOUSE.kindsOfDisclosure.id;
  const because: Refusal[] = [];
  const refuse = (holds: boolean, field: string, found: string, expected: string) => {
    if (!holds) because.push({ clause, field, found, expected, todo: 'correct it' });
  };
  refuse(policyInForce(draft.technology, now) !== undefined, 'technology', 'another', 'a technology with a policy');
  refuse(isDisclosureType(draft.disclosureType), 'disclosureType', 'another', 'a kind of disclosure on the list');
  const isKind = RECIPIENTS.some(({ kind }) => kind === draft.recipient.kind);
  refuse(isKind, 'recipient', 'another', 'a kind of recipient on the list');
  refuse(draft.way === 'page' || draft.way === 'sealed-package', 'way', 'another', 'a page or a sealed package');
  const texts = textsIn(draft);
  for (const [field, text] of texts) {
    refuse(text.length <= MOST_CHARACTERS, field, `${text.length} characters`, `at most ${MOST_CHARACTERS}`);
  }
  const all = texts.reduce((sum, [, text]) => sum + text.length, 0);
  refuse(all <= MOST_OF_ALL, 'about', `${all} characters in all`, `at most ${MOST_OF_ALL}`);
  const people = draft.basis?.ground === 'consent' ? draft.basis.people : [];
  refuse(people.length <= MOST_PEOPLE, 'consent', `${people.length} people`, `at most ${MOST_PEOPLE}`);
  refuse(!people.some(({ consent }) => consent && consent.at > now), 'consent', 'a time to come', 'a time in the past');
  return because;
}

/** Every text with the name of its field. */
function textsIn(value: unknown, field = ''): [string, string][] {
  if (typeof value === 'string') return [[field, value]];
  if (!value || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, one]) => textsIn(one, Array.isArray(value) ? field : name));
}
