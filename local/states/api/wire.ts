/**
 * What the operations have in common on the wire: times in seconds, pages, and the words for members that are wrong.
 */
import { AwsError } from '../../contract.ts';

export function seconds(ms: number): number {
  return ms / 1_000;
}

export function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}

export function constraint(value: unknown, member: string, rule: string): AwsError {
  return invalid(
    `1 validation error detected: Value '${String(value)}' at '${member}' failed to satisfy constraint: ${rule}`,
  );
}

/** Throws `ValidationException` unless a member is text. */
export function requireText(value: unknown, member: string): asserts value is string {
  if (typeof value !== 'string')
    throw invalid(
      `1 validation error detected: Value ${JSON.stringify(value) ?? 'null'} at '${member}' failed to satisfy constraint: Member must be a string`,
    );
}

export interface PageRequest {
  readonly maxResults?: number;
  readonly nextToken?: string;
}

const LARGEST_PAGE = 1_000;
const DEFAULT_PAGE = 100;

/** Cuts one page out of a list. A token says where the next page begins and what it was asked of. */
export function page<T>(
  all: readonly T[],
  { maxResults = 0, nextToken }: PageRequest,
  about: string,
  longestToken = 1_024,
): { readonly members: readonly T[]; readonly nextToken?: string } {
  if (maxResults > LARGEST_PAGE)
    throw constraint(maxResults, 'maxResults', `Member must have value less than or equal to ${LARGEST_PAGE}`);
  if (nextToken !== undefined && nextToken.length > longestToken)
    throw constraint(nextToken, 'nextToken', `Member must have length less than or equal to ${longestToken}`);
  const from = nextToken === undefined ? 0 : readToken(nextToken, about);
  const to = from + (maxResults || DEFAULT_PAGE);
  return {
    members: all.slice(from, to),
    ...(to < all.length ? { nextToken: Buffer.from(JSON.stringify([about, to])).toString('base64') } : {}),
  };
}

function readToken(token: string, about: string): number {
  try {
    const [of, from] = JSON.parse(Buffer.from(token, 'base64').toString()) as [string, number];
    if (of === about && Number.isInteger(from)) return from;
  } catch {
    // Falls through to the refusal: the token is not one of ours.
  }
  throw new AwsError('InvalidToken', `Invalid Token: 'Invalid token'`);
}

export interface Tag {
  readonly key: string;
  readonly value: string;
}
