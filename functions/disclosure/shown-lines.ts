/** One line of what an officer is shown: left out when there is nothing to say, or set off as a warning. */
import type { ShownPart } from '../decision/contract.ts';

export type Line = ShownPart['lines'][number];

export const line = (label: string, text: string | undefined, clause?: string): Line[] =>
  text ? [{ label, text, ...(clause && { clause }) }] : [];

export const warning = (label: string, text: string, clause?: string): Line => ({
  label,
  text,
  warning: true,
  ...(clause && { clause }),
});
