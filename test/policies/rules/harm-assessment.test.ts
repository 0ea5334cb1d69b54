import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FactMalformed } from '../../../policies/faults.ts';
import { CONSEQUENCES, HARM_LEVELS, harmAssessment, type HarmFacts } from '../../../policies/rules/harm-assessment.ts';
import { under } from '../disclosure-facts.ts';
import { NOW } from '../facts.ts';

const harmless: HarmFacts = {
  breachId: 'B-1',
  kinds: ['surveillance-system', 'vehicle'],
  minorOrNotCompetent: false,
  people: 1,
  reached: 'one-known-recipient',
  contained: true,
  consequences: [],
};
const assessed = (change: Partial<HarmFacts>) => harmAssessment({ ...harmless, ...change }, under('xray-2026'), NOW);

describe('the assessment of harm', () => {
  it.each<[string, Partial<HarmFacts>]>([
    ['none', {}],
    ['none', { people: 9 }],
    ['some', { people: 10 }],
    ['some', { contained: false }],
    ['some', { minorOrNotCompetent: true }],
    ['some', { kinds: ['location'] }],
    ['some', { consequences: ['embarrassment'] }],
    ['serious', { reached: 'the-public' }],
    ['serious', { consequences: ['violence-or-retaliation'] }],
    ['serious', { kinds: ['address'], contained: false, reached: 'unknown-recipients' }],
    ['serious', { raisedTo: { level: 'serious', why: 'the person lives next door' } }],
    ['none', { raisedTo: { level: 'serious', why: '' } }],
  ])('nyc-23-1203-6, house-harm-levels: is %s with %j', (level, change) => {
    expect(assessed(change)).toMatchObject({
      level,
      potentialRisk: level !== 'none',
      recorded: { ...harmless, ...change },
    });
  });

  it('XR26-EXT-21: gives its reasons and clauses, and cannot be lowered by a person', () => {
    const answer = assessed({ reached: 'the-public', raisedTo: { level: 'none', why: 'nobody will look there' } });
    expect(answer.level).toBe('serious');
    expect(answer.reasons).toContain('extent: it is in public');
    expect(answer.clauses).toEqual([
      'XR26-EXT-21',
      'nyc-23-1203-6',
      'house-harm-levels',
      'house-people-of-wide-extent',
    ]);
  });

  it('is never less with one more consequence or one more person', () => {
    const rank = (facts: Partial<HarmFacts>) => HARM_LEVELS.indexOf(assessed(facts).level);
    const some = fc.record({
      consequences: fc.subarray([...CONSEQUENCES]),
      people: fc.integer({ min: 1, max: 30 }),
      contained: fc.boolean(),
    });
    fc.assert(
      fc.property(some, fc.constantFrom(...CONSEQUENCES), (facts, more) => {
        const worse = { ...facts, people: facts.people + 1, consequences: [...facts.consequences, more] };
        expect(rank(worse)).toBeGreaterThanOrEqual(rank(facts));
      }),
    );
  });

  it.each([0, -1, 1.5])('cannot be about %d people', (people) => {
    expect(() => assessed({ people })).toThrow(FactMalformed);
  });
});
