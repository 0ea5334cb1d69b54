import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHARACTERISTICS } from '../../../policies/editions/protected-characteristics.ts';
import { biasIn, type Basis, type SuspectDescription } from '../../../policies/rules/bias.ts';
import { UNDER_2021, UNDER_2026 } from '../facts.ts';

const described: SuspectDescription = {
  specificAndReliable: true,
  source: 'a witness',
  details: ['race', 'age', 'gender', 'clothing'],
};
const clauses = (basis: Partial<Basis>, edition = UNDER_2026.edition) =>
  biasIn({ basisCharacteristics: [], otherReason: true, ...basis }, edition).map((refusal) => refusal.clause);

describe('the reasons of an act', () => {
  it.each(CHARACTERISTICS.filter((one) => one.barsPoliceAction).map((one) => one.id))(
    'XR26-USE-14: %s is none, even beside other reasons',
    (id) => {
      expect(clauses({ basisCharacteristics: [id] })).toContain('XR26-USE-14');
    },
  );

  it.each(['race', 'color', 'ethnicity', 'national-origin'])(
    'XR26-DSP-05: %s is none even in part, in either edition',
    (id) => {
      expect(clauses({ basisCharacteristics: [id] })).toContain('XR26-DSP-05');
      expect(clauses({ basisCharacteristics: [id] }, UNDER_2021.edition)).toContain('XR21-DSP-03');
    },
  );

  it('XR26-DSP-05: ethnicity is on the profiling list only', () => {
    expect(clauses({ basisCharacteristics: ['ethnicity'] })).toEqual(['XR26-DSP-05']);
  });

  it('XR21-USE-04: age beside another reason stands under 2021, and as the sole one does not', () => {
    expect(clauses({ basisCharacteristics: ['age'] }, UNDER_2021.edition)).toEqual([]);
    expect(clauses({ basisCharacteristics: ['age'], otherReason: false }, UNDER_2021.edition)).toEqual(['XR21-USE-04']);
  });

  it('XR26-DSP-05: a specific and reliable description with a further detail lets ethnicity stand', () => {
    expect(clauses({ basisCharacteristics: ['ethnicity'], suspectDescription: described })).toEqual([]);
  });

  it.each<[string, Partial<SuspectDescription>]>([
    ['race, age and gender only', { details: ['race', 'age', 'gender'] }],
    ['no details', { details: [] }],
    ['a blank detail', { details: ['race', ' '] }],
    ['no source', { source: ' ' }],
    ['no reliability', { specificAndReliable: false }],
  ])('XR26-DSP-05: a description with %s does not', (_what, change) => {
    expect(clauses({ basisCharacteristics: ['ethnicity'], suspectDescription: { ...described, ...change } })).toEqual([
      'XR26-DSP-05',
    ]);
  });

  it('XR26-USE-14: a description does not lift the bar on police action', () => {
    expect(clauses({ basisCharacteristics: ['race'], suspectDescription: described })).toEqual(['XR26-USE-14']);
  });

  it.each([
    [UNDER_2026.edition, 'no listed characteristic among the reasons'],
    [UNDER_2021.edition, 'another reason than a listed characteristic'],
  ])('XR26-USE-14, XR21-USE-04: says what $id expects', (edition, expected) => {
    expect(biasIn({ basisCharacteristics: ['age'], otherReason: false }, edition)).toMatchObject([{ expected }]);
  });

  it('XR26-USE-14: an unknown characteristic is not let through', () => {
    expect(clauses({ basisCharacteristics: ['hair'] })).toEqual(['XR26-USE-14']);
    expect(clauses({ basisCharacteristics: ['hair'] }, UNDER_2021.edition)).toEqual(['XR21-USE-04']);
  });

  it('2021 never refuses a basis that 2026 lets stand', () => {
    const basis = fc.record({
      basisCharacteristics: fc.subarray(CHARACTERISTICS.map((one) => one.id)),
      otherReason: fc.boolean(),
    });
    fc.assert(
      fc.property(basis, (facts) => {
        if (clauses(facts).length === 0) expect(clauses(facts, UNDER_2021.edition)).toEqual([]);
      }),
    );
  });
});
