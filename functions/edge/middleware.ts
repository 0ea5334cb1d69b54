/**
 * The two steps around every act: its event is read as the shape it expects, and its end is logged. The event itself is
 * never logged, because it can name people.
 */
import type { MiddlewareObj } from '@middy/core';
import * as z from 'zod/mini';
import { FactMalformed, Fault } from '../../policies/faults.ts';

export type Log = (line: Readonly<Record<string, unknown>>) => void;

export const logLine: Log = (line) => console.log(JSON.stringify(line));

/** Turns the event into the type the act expects, or throws FactMalformed before the act runs. */
export const parsedAs = <T>(shape: z.ZodMiniType<T>): MiddlewareObj<T> => ({
  before: (request) => {
    const half = halfCharacterIn(request.event, 'event');
    if (half) throw new FactMalformed(`event does not fit: ${half} holds half a character; send text as whole UTF-8`);
    const parsed = z.safeParse(shape, request.event);
    if (!parsed.success) {
      const where = parsed.error.issues
        .map((issue) => `${issue.path.join('.') || 'event'}: ${issue.message}`)
        .join('; ');
      throw new FactMalformed(`event does not fit: ${where}`);
    }
    request.event = parsed.data;
  },
});

/** Where JSON brought a lone surrogate: no store takes it as it is, so it would be read back as something else. */
function halfCharacterIn(value: unknown, at: string): string | undefined {
  if (typeof value === 'string') return value.isWellFormed() ? undefined : at;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, member] of Object.entries(value)) {
    const half = halfCharacterIn(member, `${at}.${name}`);
    if (half) return half;
  }
  return undefined;
}

/** Logs the end of each call: the act's name, and on failure the fault. */
export const loggedAs = (act: string, log: Log = logLine): MiddlewareObj => ({
  after: () => log({ act, outcome: 'done' }),
  onError: ({ error }) => log({ act, outcome: 'fault', ...faultLine(error) }),
});

/**
 * What may be said of an error in a log: its name and where in the code it arose. Its message is left out unless it is
 * one of our faults, whose messages hold ids only; a library's may quote what a person typed.
 */
export function faultLine(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { fault: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '));
  return {
    fault: error.name,
    retryable: error instanceof Fault && error.retryable,
    ...(error instanceof Fault && { message: error.message }),
    at: frames.slice(0, 4).map((line) => line.trim()),
  };
}
