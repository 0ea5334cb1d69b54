/** What the officer is shown. */
import type { PublishedEdition } from '../../policies/editions/edition.ts';
import type { ShownPart } from '../decision/contract.ts';
import type { Disclosure } from './contract.ts';
import type { Registers } from './registers-of.ts';

export function shownFor(_disclosure: Disclosure, _edition: PublishedEdition, _registers: Registers): readonly ShownPart[] {
  throw new Error('not yet');
}
