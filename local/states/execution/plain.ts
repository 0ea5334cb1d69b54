/**
 * The states that do nothing outside: Pass, Choice, Wait, Succeed and Fail.
 */
import type { Json } from '../language.ts';
import { evaluate, evaluationFailure, isFailure, runtimeFailure, type Apply, type Scene } from './scene.ts';
import { evaluateExit, fail, leave } from './transition.ts';

/** Leaves the state with its Output and Assign; Succeed has no next state. */
export async function pass(scene: Scene): Promise<Apply> {
  const { state, strand } = scene;
  const exit = await evaluateExit(scene, state, {}, strand.input);
  if (!('output' in exit)) return fail(scene, exit);
  return () => leave(scene, exit, state.Next);
}

export async function choose(scene: Scene): Promise<Apply> {
  const { state, strand } = scene;
  const rules = state.Choices ?? [];
  const conditions = rules.map(({ Condition }, index) => ({
    location: `Choices[${index}]/Condition`,
    template: Condition,
    expects: 'boolean' as const,
  }));
  const values = await evaluate(scene, conditions, {}, true);
  if (isFailure(values)) return fail(scene, values);
  const chosen = values.indexOf(true);
  const rule = chosen === -1 ? undefined : rules[chosen];
  const next = rule?.Next ?? state.Default;
  if (next === undefined) {
    const failure = runtimeFailure(
      strand,
      'Failed to transition out of the state. The state does not point to a next state.',
    );
    return fail(scene, { ...failure, error: 'States.NoChoiceMatched', fatal: false });
  }
  const exit = await evaluateExit(scene, rule ?? state, {}, strand.input);
  if (!('output' in exit)) return fail(scene, exit);
  return () => leave(scene, exit, next);
}

/** The service refuses a wait whose seconds do not fit 31 bits, about 68 years. */
const LONGEST_WAIT_SECONDS = 2 ** 31 - 1;

export async function wait(scene: Scene): Promise<Apply> {
  const { state, strand, run, host } = scene;
  const field = state.Seconds === undefined ? 'Timestamp' : 'Seconds';
  const values = await evaluate(scene, [
    { location: field, template: state[field]!, expects: field === 'Seconds' ? 'number' : 'string' },
  ]);
  if (isFailure(values)) return fail(scene, values);
  const dueAt = field === 'Seconds' ? host.clock.now() + Number(values[0]) * 1_000 : instantOf(String(values[0]));
  if (field === 'Seconds' && !isWholeSeconds(values[0]!))
    return fail(
      scene,
      evaluationFailure(
        strand,
        `The Seconds field must be a whole number from 0 to 99999999 but was: ${JSON.stringify(values[0])}`,
        field,
      ),
    );
  if (dueAt === undefined) {
    const failure = evaluationFailure(
      strand,
      `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${String(values[0])}`,
      field,
    );
    return fail(scene, { ...failure, evaluation: { location: field, afterEntry: true } });
  }
  if (dueAt - host.clock.now() > LONGEST_WAIT_SECONDS * 1_000)
    return fail(scene, runtimeFailure(strand, 'Wait state delay is too long.'));
  if (dueAt <= host.clock.now()) return pass(scene);
  return () => {
    strand.phase = 'waiting';
    run.setDue(strand, 'wait', dueAt);
  };
}

function isWholeSeconds(value: Json): boolean {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 99_999_999;
}

const INSTANT = /^\d{4}-(\d{2})-(\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/** ms since 1970 (UTC), or undefined unless the text is a full date and time with a zone. Digits beyond ms are dropped. */
export function instantOf(text: string): number | undefined {
  if (!INSTANT.test(text)) return undefined;
  const at = Date.parse(text.replace(/(\.\d{3})\d+/, '$1'));
  return Number.isNaN(at) ? undefined : at;
}

export async function giveUp(scene: Scene): Promise<Apply> {
  const { state } = scene;
  const named = (['Error', 'Cause'] as const).filter((field) => state[field] !== undefined);
  const values = await evaluate(
    scene,
    named.map((field) => ({ location: field, template: state[field]!, expects: 'string' as const })),
  );
  if (isFailure(values)) return fail(scene, values);
  const given = Object.fromEntries(named.map((field, index) => [field.toLowerCase(), String(values[index])]));
  return fail(scene, given);
}
