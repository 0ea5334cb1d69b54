/**
 * The whole table: each edition, recipient, ground and state of evidence against what the clauses say, written
 * down by hand in expected-disclosure.ts. What becomes of each in the workflow is in
 * test/workflows/every-disclosure.test.ts.
 */
import { describe, expect, it } from 'vitest';
import { EVIDENCE, everyDisclosure } from '../../../policies/data/every-disclosure.ts';
import { GROUNDS, RECIPIENTS } from '../../../policies/editions/disclosure-grounds.ts';
import { PUBLISHED_EDITIONS } from '../../../policies/editions/index.ts';
import { HOUSE } from '../../../policies/editions/house.ts';
import { mayThisBeDisclosed, type DisclosureAnswer } from '../../../policies/rules/may-this-be-disclosed.ts';
import { factsOf, momentOf } from '../disclosure-facts.ts';
import { COLUMNS, expected, named, needing, WITH_EVERYTHING, type Outcome } from './expected-disclosure.ts';

const outcomeOf = (answer: DisclosureAnswer): Outcome =>
  answer.kind === 'needs'
    ? needing(answer.needs.map(({ need }) => need))
    : answer.kind === 'refused' && answer.stop === 'immigration'
      ? 'stopped'
      : answer.kind;

const cases = everyDisclosure();

describe('every disclosure', () => {
  it('is each edition with each recipient, ground or none, and state of evidence, once', () => {
    const all = PUBLISHED_EDITIONS.length * RECIPIENTS.length * (GROUNDS.length + 1) * EVIDENCE.length;
    expect(cases).toHaveLength(all);
    expect(new Set(cases.map(named)).size).toBe(2700);
  });

  it('the table written by hand has a line for each ground and a column for each recipient', () => {
    expect(Object.keys(WITH_EVERYTHING)).toEqual([...GROUNDS.map(({ id }) => id), 'none']);
    expect(COLUMNS).toEqual(RECIPIENTS.map(({ kind }) => kind));
    for (const line of Object.values(WITH_EVERYTHING)) expect(line).toHaveLength(COLUMNS.length);
  });

  it.each(PUBLISHED_EDITIONS.map(({ id }) => id))('under %s comes out as the clauses say, all of them', (id) => {
    const wrong = cases
      .filter(({ edition }) => edition.id === id)
      .map((one) => {
        const answer = mayThisBeDisclosed(factsOf(one), { edition: one.edition, house: HOUSE }, momentOf(id));
        return { case: named(one), found: outcomeOf(answer), expected: expected(one) };
      })
      .filter(({ found, expected: wanted }) => found !== wanted);
    expect(wrong).toEqual([]);
  });

  it('under the 2021 and the 2026 x-ray edition comes out the same (XR21-EXT-03)', () => {
    const of = (id: string) =>
      cases
        .filter(({ edition }) => edition.id === id)
        .map((one) =>
          outcomeOf(mayThisBeDisclosed(factsOf(one), { edition: one.edition, house: HOUSE }, momentOf(id))),
        );
    expect(of('xray-2021')).toEqual(of('xray-2026'));
  });
});
