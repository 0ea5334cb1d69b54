/**
 * Judges the Condition block of a policy statement against the context of a request.
 *
 * All operators of a block must hold, all keys of an operator must hold, and any one of a key's values may match.
 * A negated operator (StringNotEquals and the like) matches when no value does, and when the key is missing.
 * Source: IAM User Guide, "IAM JSON policy elements: Condition operators" and "multiple keys or values".
 */
import { BlockList, isIP } from 'node:net';

export type ContextValue = string | boolean | number | readonly string[];
export type Context = Readonly<Record<string, ContextValue>>;

type Compare = (wanted: string, found: string) => boolean;

const numeric = (compare: (found: number, wanted: number) => boolean): Compare => {
  return (wanted, found) => compare(Number(found), Number(wanted));
};
const dated = (compare: (found: number, wanted: number) => boolean): Compare => {
  const instant = (text: string): number => (/^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text));
  return (wanted, found) => compare(instant(found), instant(wanted));
};

const COMPARES: Readonly<Record<string, Compare>> = {
  StringEquals: (wanted, found) => wanted === found,
  StringEqualsIgnoreCase: (wanted, found) => wanted.toLowerCase() === found.toLowerCase(),
  StringLike: (wanted, found) => matchesWildcard(wanted, found),
  ArnEquals: (wanted, found) => matchesArn(wanted, found),
  ArnLike: (wanted, found) => matchesArn(wanted, found),
  Bool: (wanted, found) => wanted.toLowerCase() === found.toLowerCase(),
  BinaryEquals: (wanted, found) => wanted === found,
  NumericEquals: numeric((found, wanted) => found === wanted),
  NumericLessThan: numeric((found, wanted) => found < wanted),
  NumericLessThanEquals: numeric((found, wanted) => found <= wanted),
  NumericGreaterThan: numeric((found, wanted) => found > wanted),
  NumericGreaterThanEquals: numeric((found, wanted) => found >= wanted),
  DateEquals: dated((found, wanted) => found === wanted),
  DateLessThan: dated((found, wanted) => found < wanted),
  DateLessThanEquals: dated((found, wanted) => found <= wanted),
  DateGreaterThan: dated((found, wanted) => found > wanted),
  DateGreaterThanEquals: dated((found, wanted) => found >= wanted),
  IpAddress: (wanted, found) => inNetwork(wanted, found),
};

const NEGATED: Readonly<Record<string, string>> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
  NumericNotEquals: 'NumericEquals',
  DateNotEquals: 'DateEquals',
  NotIpAddress: 'IpAddress',
};

/** True if every operator holds. Throws on an operator IAM does not have: a policy must not pass by a typing error. */
export function conditionsHold(block: unknown, context: Context): boolean {
  if (block === undefined) return true;
  const operators = Object.entries(block as Record<string, Record<string, unknown>>);
  return operators.every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) => operatorHolds(operator, wanted, contextValue(key, context), context)),
  );
}

function operatorHolds(operator: string, wanted: unknown, found: ContextValue | undefined, context: Context): boolean {
  const [, quantifier, name, ifExists] =
    /^(?:(ForAnyValue|ForAllValues):)?([A-Za-z]+?)(IfExists)?$/.exec(operator) ?? [];
  const values = [wanted].flat().map((value) => withVariables(String(value), context));
  if (name === 'Null') return (found === undefined) === (values[0]!.toLowerCase() === 'true');
  const negated = NEGATED[name ?? ''];
  const compare = COMPARES[negated ?? name ?? ''];
  if (!compare) throw new Error(`policy condition operator ${operator} is not one IAM has`);
  if (found === undefined)
    return (
      ifExists !== undefined || quantifier === 'ForAllValues' || (negated !== undefined && quantifier !== 'ForAnyValue')
    );
  const one = (value: string): boolean =>
    values.some((candidate) => compare(candidate, value)) !== (negated !== undefined);
  const all = [found].flat().map(String);
  if (quantifier === 'ForAnyValue') return all.some(one);
  return negated === undefined && quantifier === undefined ? all.some(one) : all.every(one);
}

/** Context keys are case-insensitive in IAM. */
function contextValue(key: string, context: Context): ContextValue | undefined {
  const direct = context[key];
  if (direct !== undefined) return direct;
  const wanted = key.toLowerCase();
  return Object.entries(context).find(([name]) => name.toLowerCase() === wanted)?.[1];
}

/** Fills in `${aws:PrincipalArn}` and the like; a variable that has no value and no default matches nothing. */
export function withVariables(pattern: string, context: Context): string {
  return pattern.replace(/\$\{([^}]+)\}/g, (_, expression: string) => {
    if (expression === '*' || expression === '?' || expression === '$')
      return expression === '$' ? '$' : `\u0000${expression}`;
    const [, key, fallback] = /^([^,\s]+)(?:\s*,\s*'([^']*)')?$/.exec(expression.trim()) ?? [];
    return String(contextValue(key ?? expression, context) ?? fallback ?? '\u0001');
  });
}

/** `*` is any run of characters, `?` any one. A NUL before either makes it literal (see withVariables). */
export function matchesWildcard(pattern: string, text: string): boolean {
  let expression = EXPRESSIONS.get(pattern);
  if (!expression) {
    if (EXPRESSIONS.size >= MOST_EXPRESSIONS) EXPRESSIONS.clear();
    EXPRESSIONS.set(pattern, (expression = expressionOf(pattern)));
  }
  return expression.test(text);
}

/** A policy's patterns are few and asked thousands of times; those with a variable filled in are as many as its values. */
const EXPRESSIONS = new Map<string, RegExp>();
const MOST_EXPRESSIONS = 5_000;

function expressionOf(pattern: string): RegExp {
  let source = '';
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at]!;
    if (character === '\u0000') source += `\\${pattern[++at]}`;
    else if (character === '*') source += '[^]*';
    else if (character === '?') source += '[^]';
    else source += character.replace(/[\\^$.|+()[\]{}/-]/, '\\$&');
  }
  return new RegExp(`^${source}$`);
}

/** Compares the six parts of an ARN one by one, so that a `*` does not reach over a colon. */
function matchesArn(pattern: string, arn: string): boolean {
  const parts = (text: string): string[] => {
    const pieces = text.split(':');
    return [...pieces.slice(0, 5), pieces.slice(5).join(':')];
  };
  if (pattern === '*') return true;
  const found = parts(arn);
  return parts(pattern).every((part, index) => matchesWildcard(part, found[index] ?? ''));
}

function inNetwork(network: string, address: string): boolean {
  const [base, bits] = network.split('/');
  const family = isIP(base!) === 6 ? 'ipv6' : 'ipv4';
  if (isIP(address) === 0) return false;
  const block = new BlockList();
  block.addSubnet(base!, Number(bits ?? (family === 'ipv6' ? 128 : 32)), family);
  return block.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}
