/**
 * Something that could not be done. A refusal is not a fault: rules return refusals as values.
 *
 * `name` is a promise to workflows/, which match on it in `ErrorEquals`. It is written out in each
 * class because a bundler may rename the class. Messages carry record ids and clause ids, never a
 * person, a plate or a place.
 */
export abstract class Fault extends Error {
  abstract override readonly name: string;
  /** True only when the same call, made again, could succeed. */
  abstract readonly retryable: boolean;
}

/** A record, a form or an event says something that cannot be so. Trying again will not help. */
export class FactMalformed extends Fault {
  override readonly name = 'FactMalformed';
  readonly retryable = false;
}
