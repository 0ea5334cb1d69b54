/**
 * Whether a hold takes in one kept record. What is not known of a record never leaves it out: a hold on a device takes in
 * what no device is known of, and a hold on days takes in what was captured nobody knows when.
 */
import { fenceTakesIn, type RetentionCard } from '../retention/contract.ts';
import type { HoldScope } from './contract.ts';

export type CardInScope = Pick<RetentionCard, 'id' | 'caseNumbers' | 'technology' | 'capturedAt' | 'deviceId'>;

export function takesIn(scope: HoldScope, card: CardInScope): boolean {
  switch (scope.kind) {
    case 'records':
      return scope.ids.includes(card.id);
    case 'cases':
      return scope.caseNumbers.some((number) => card.caseNumbers.includes(number));
    case 'matching':
      return fenceTakesIn({ holdId: '', matching: scope.matching }, card, card.caseNumbers);
  }
}
