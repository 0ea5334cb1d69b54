/**
 * What does not fit a shape, told field by field: which, what was found there (its kind or how much, never its words),
 * what is expected, and what to do.
 */
import type * as z from 'zod/mini';
import { amountOf } from '../../policies/ruling.ts';
import type { ProblemError } from './problem.ts';

type Issue = z.core.$ZodIssue;

/** More than anybody corrects at once; the rest shows when these are right. */
const MOST_ERRORS = 50;
const LONGEST_NAME = 80;

export function errorsOf(issues: readonly Issue[], value: unknown): readonly ProblemError[] {
  const errors = issues.flatMap((issue) => errorOf(issue, value));
  // One for each field: whoever corrects it for the first reason has read what it has to be.
  return errors
    .filter(({ field }, place) => errors.findIndex((other) => other.field === field) === place)
    .slice(0, MOST_ERRORS);
}

function errorOf(issue: Issue, value: unknown): readonly ProblemError[] {
  const field = fieldOf(issue.path);
  const there = at(value, issue.path);
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      field: fieldOf([...issue.path, key]),
      found: 'a field that is not known here',
      expected: 'only the fields of the document at /api/v1/openapi.json',
      todo: 'leave it out, or correct its name',
    }));
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    // Of the members of a choice, the one that came closest is told.
    const nearest = issue.errors.toSorted((one, other) => one.length - other.length)[0]!;
    return nearest.flatMap((inner) => errorOf({ ...inner, path: [...issue.path, ...inner.path] }, value));
  }
  const missing = there === undefined;
  return [
    {
      field,
      found: kindOf(there),
      expected: expectedBy(issue),
      todo: missing ? 'say it' : 'correct it',
    },
  ];
}

function expectedBy(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return WORDS[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return `one of: ${issue.values.map(String).join(', ')}`;
    case 'invalid_union':
      return `one of: ${((issue as { options?: readonly string[] }).options ?? []).join(', ')}`;
    case 'too_big':
      return `at most ${issue.maximum} ${UNIT[issue.origin] ?? ''}`.trim();
    case 'too_small':
      return `at least ${issue.minimum} ${UNIT[issue.origin] ?? ''}`.trim();
    case 'invalid_format':
      return FORMATS[issue.format] ?? issue.message;
    default:
      return issue.message;
  }
}

const WORDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};
const UNIT: Readonly<Record<string, string>> = { string: 'characters', array: 'members' };
const FORMATS: Readonly<Record<string, string>> = {
  date: 'a day that exists, as YYYY-MM-DD',
  datetime: 'a moment with its offset, as 2026-11-24T15:05:00-05:00',
};

function kindOf(there: unknown): string {
  if (there === undefined) return 'nothing';
  if (there === null) return 'null';
  if (Array.isArray(there)) return `a list of ${there.length}`;
  if (typeof there === 'string') return there === '' ? 'an empty text' : amountOf(there);
  return typeof there === 'object' ? 'an object' : typeof there === 'number' ? 'a number' : 'true or false';
}

const at = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (inner, name) =>
      inner !== null && typeof inner === 'object' ? (inner as Record<PropertyKey, unknown>)[name] : undefined,
    value,
  );

/** `people.0.bornOn`; the message itself is `message`. */
const fieldOf = (path: readonly PropertyKey[]): string =>
  path.map((name) => String(name).slice(0, LONGEST_NAME)).join('.') || 'message';
