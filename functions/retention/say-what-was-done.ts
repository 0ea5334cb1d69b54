/**
 * Records what somebody did about the differences of a comparison, which takes it off the desk. It is said once; what is
 * found again the next day is a comparison of its own.
 */
import type { Instant } from '../../policies/instant.ts';
import { amountOf, charactersIn, type Refusal } from '../../policies/ruling.ts';
import { sha256 } from '../records/canonical.ts';
import { put } from '../records/change.ts';
import type { Records } from '../records/records.aws.ts';
import { untilWritten } from '../records/until-written.ts';
import { reconciliationKey, reconciliations } from '../reconciliation/contract.ts';

export interface SayNeeds {
  readonly records: Records;
  now(): Instant;
}

export type Said =
  | { readonly kind: 'said' | 'missing' }
  | { readonly kind: 'refused'; readonly because: readonly Refusal[] };

/** A disposal is accounted for by whoever keeps the records; so is what was found to differ. */
const CLAUSE = 'nyc-1133-f';
const LEAST_SAID = 10;
export const MOST_SAID = 2_000;

export function sayWhatWasDone(
  { records, now }: SayNeeds,
  { id, by, text }: { readonly id: string; readonly by: string; readonly text: string },
): Promise<Said> {
  return untilWritten(async (): Promise<Said> => {
    const one = id.length > 100 ? undefined : await records.get(reconciliations, id);
    if (!one) return { kind: 'missing' };
    const because: Refusal[] = [];
    const refuse = (field: string, found: string, expected: string, todo: string) =>
      void because.push({ clause: CLAUSE, field, found, expected, todo });
    const length = charactersIn(text);
    if (length < LEAST_SAID || text.length > MOST_SAID)
      refuse(
        'done',
        amountOf(text),
        `${LEAST_SAID} to ${MOST_SAID} characters`,
        'say what caused it and what was done',
      );
    if (one.state !== 'differs')
      refuse('state', 'a comparison without differences', 'one that differs', 'nothing has to be recorded for it');
    // The same form sent twice has said it.
    if (one.done && one.done.by === by && one.done.text === text) return { kind: 'said' };
    if (one.done) refuse('state', 'one somebody has answered for', 'one nobody has', 'read what was recorded');
    if (because.length > 0) return { kind: 'refused', because };
    const at = now();
    await records.write({
      at,
      by: { kind: 'person', id: by },
      puts: [put(reconciliations, { ...one, done: { by, at, text } })],
      tells: [
        {
          subject: reconciliationKey(id),
          act: 'difference of store and records looked into',
          facts: { differences: one.differences, textSha256: sha256(text) },
        },
      ],
    });
    return { kind: 'said' };
  });
}
