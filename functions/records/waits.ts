/** Where workflows that wait leave their task tokens. */
import type { Instant } from '../../policies/instant.ts';
import { put, type Put } from './change.ts';
import { entity, type Kept } from './entity.ts';
import type { Waiting } from './notes.ts';

/** The task token of a workflow that waits. Kept apart from the record so that no page ever loads it. */
export interface Wait extends Kept {
  readonly token: string;
  readonly since: Instant;
  /**
   * Tokens left before it, latest first. Of an earlier stage they are dead, and answering them is harmless; of another
   * run (the sweep starts one for a workflow that seems lost) they are alive, and that run waits for the same answer.
   */
  readonly earlier?: readonly string[];
}

export const waits = entity<Wait>('wait');

export const waitId = (waiting: Waiting): string => `${waiting.on}/${waiting.for}`;

/** More than the stages and tries that two runs at once leave behind. */
const EARLIER_TOKENS = 12;

/** A wait with one more token, over what was found there. */
export function waitWith(waiting: Waiting, found: Wait | undefined, token: string, since: Instant): Put {
  const earlier = tokensOf(found)
    .filter((one) => one !== token)
    .slice(0, EARLIER_TOKENS);
  return put(waits, {
    id: waitId(waiting),
    version: found?.version ?? 0,
    token,
    since,
    ...(earlier.length > 0 && { earlier }),
  });
}

/** Every token of a wait, latest first. */
export const tokensOf = (wait: Wait | undefined): readonly string[] =>
  wait ? [wait.token, ...(wait.earlier ?? [])] : [];
