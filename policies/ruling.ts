/**
 * What every rule answers. A refusal is a value, never an exception, and it tells everything that is
 * in the way at once, so nobody corrects a form five times.
 */

/** One condition that does not hold. Names ids and kinds only: never a person, a plate or a place. */
export interface Refusal {
  /** Id of the clause that is not met. */
  readonly clause: string;
  /** The form field, or the field of the facts, that the condition looked at. */
  readonly field: string;
  readonly found: string;
  readonly expected: string;
  /** What the reader can do about it. */
  readonly todo: string;
}

export interface Refused {
  readonly kind: 'refused';
  readonly because: readonly Refusal[];
}

/** Ids of the clauses the facts were judged by, and whatever else the rule can say when they hold. */
export type Allowed<More extends object = object> = {
  readonly kind: 'allowed';
  readonly clauses: readonly string[];
} & More;

export type Ruling<More extends object = object> = Allowed<More> | Refused;

/** Allowed by these clauses when nothing is in the way, otherwise refused for all of it. */
export function ruled<More extends object>(
  clauses: readonly string[],
  because: readonly Refusal[],
  more: More,
): Ruling<More>;
export function ruled(clauses: readonly string[], because: readonly Refusal[]): Ruling;
export function ruled(clauses: readonly string[], because: readonly Refusal[], more: object = {}): Ruling {
  return because.length > 0
    ? { kind: 'refused', because }
    : { kind: 'allowed', clauses: [...new Set(clauses)], ...more };
}

/** The refusal when a condition does not hold, otherwise nothing; for building a list with spread. */
export function unless(holds: boolean, refusal: Refusal): readonly Refusal[] {
  return holds ? [] : [refusal];
}

/** What no reader sees: a text of nothing else says nothing, however long it is. */
const UNSEEN = /(?!\s)[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}\u2800]/gu;

/** How many characters of a text a reader sees, without blanks at either end. */
export const charactersIn = (text: string | undefined): number => text?.replaceAll(UNSEEN, '').trim().length ?? 0;

/** How much was written, for `found`: never the words themselves, which may name a person or a place. */
export function amountOf(text: string | undefined): string {
  const length = charactersIn(text);
  return length === 0 ? 'nothing' : `${length} character${length === 1 ? '' : 's'}`;
}

export const isBlank = (text: string | undefined): boolean => charactersIn(text) === 0;
