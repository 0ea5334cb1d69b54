import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CIVILIAN, isAtLeast, rankLabel, RANKS } from '../../../policies/editions/ranks.ts';

describe('the ladder of ranks', () => {
  it.each([
    'captain',
    'deputy-inspector',
    'inspector',
    'deputy-chief',
    'assistant-chief',
    'bureau-chief',
    'chief-of-department',
  ])('XR26-USE-05: %s is Captain or above', (rank) => {
    expect(isAtLeast(rank, 'captain')).toBe(true);
  });

  it.each(['lieutenant', 'sergeant', 'detective', 'police-officer', CIVILIAN, 'Captain', 'deputy-commissioner', ''])(
    'XR26-USE-05: %j is not',
    (rank) => {
      expect(isAtLeast(rank, 'captain')).toBe(false);
    },
  );

  it('orders any two ranks one way only', () => {
    const rank = fc.constantFrom(...RANKS.map((each) => each.id));
    fc.assert(
      fc.property(rank, rank, (one, other) => {
        expect(isAtLeast(one, other) && isAtLeast(other, one)).toBe(one === other);
      }),
    );
  });

  it('never writes out a text it does not know', () => {
    expect(rankLabel('lieutenant')).toBe('Lieutenant');
    expect(rankLabel('someone')).toBe('no uniformed rank');
  });
});
