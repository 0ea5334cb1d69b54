/**
 * Is everything there that would leave?
 *
 * Something leaves, and it is what the officer is shown: each file has arrived and is kept unchanged, and each is
 * of a kind its technology has. What an agent of New Jersey is given is the result of the search that was made.
 *
 * Units   none
 * Answers what is missing, and the clauses
 * Throws  nothing
 * Source  XR26-EXT-08, LPR26-EXT-01 and their twins; house-shown-is-decided
 */
import { mustSay } from '../clause-in.ts';
import type { Findings, Need } from '../disclosure.ts';
import type { RecipientKind } from '../editions/disclosure-grounds.ts';
import type { PublishedPolicy } from '../editions/edition.ts';
import type { Instant } from '../instant.ts';

export interface EnclosedFacts {
  readonly recipient: RecipientKind;
  /** Without what was left out. `there`: a number, or a file that is kept in the version that is named. */
  readonly enclosed: readonly {
    readonly kind: 'image' | 'redacted-copy' | 'record' | 'count';
    readonly there: boolean;
  }[];
}

export function isEverythingEnclosed(
  { recipient, enclosed }: EnclosedFacts,
  { edition, house }: PublishedPolicy,
  _now: Instant,
): Findings {
  const clause = mustSay(edition, 'XR26-EXT-08');
  const shown = house.shownIsDecided.id;
  const own = edition.technology === 'mobile-x-ray' ? 'image' : 'record';
  const foreign = enclosed.filter(({ kind }) => (kind === 'image' || kind === 'record') && kind !== own).length;
  const away = enclosed.filter(({ there }) => !there).length;
  const result = enclosed.some(({ kind }) => kind === 'record' || kind === 'redacted-copy');
  const searched = recipient === 'new-jersey-agent' && edition.technology === 'license-plate-reader';
  const missing = (holds: boolean, found: string, expected: string, todo: string, by = clause): Need[] =>
    holds ? [] : [{ need: 'enclosure', clause: by, field: 'enclosures', found, expected, todo }];
  return {
    needs: [
      ...missing(enclosed.length > 0, 'nothing', 'what would leave', 'enclose what is to be disclosed', shown),
      ...missing(
        away === 0,
        `${away} whose file is not there`,
        'each file as it was shown',
        'send the file, or leave it out',
        shown,
      ),
      ...missing(
        foreign === 0,
        `${foreign} of another technology`,
        'what this technology made',
        'leave it out, and ask for it in a disclosure of its own',
      ),
      ...missing(
        !searched || enclosed.length === 0 || result,
        'no result of the search',
        'the record the search found',
        'enclose the result of the search',
        edition.directAccess.clause,
      ),
    ],
    because: [],
    clauses: [clause, shown],
  };
}
