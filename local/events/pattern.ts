/**
 * The pattern language of EventBridge, which rules and event source filters share.
 *
 * A pattern is an object in the shape of the event whose leaves are lists of things to match: any of a list, all of
 * the keys. An array in the event matches if any of its elements does.
 * Source: EventBridge User Guide, "Comparison operators for use in event patterns".
 */
import { BlockList, isIP } from 'node:net';
import { AwsError } from '../contract.ts';

type Json = Readonly<Record<string, unknown>>;

/** Throws InvalidEventPatternException for an operator that EventBridge does not have, or a leaf that is not a list. */
export function matches(pattern: Json, event: unknown): boolean {
  return Object.entries(pattern).every(([key, wanted]) => {
    if (key === '$or') return asList(key, wanted).some((each) => matches(each as Json, event));
    const found = fieldOf(event, key);
    if (Array.isArray(wanted)) return wanted.some((each) => leafMatches(key, each, found));
    if (wanted === null || typeof wanted !== 'object')
      throw invalid(`"${key}" is ${JSON.stringify(wanted)}; write a list or an object`);
    return Array.isArray(found) ? found.some((each) => matches(wanted as Json, each)) : matches(wanted as Json, found);
  });
}

const OPERATORS = ['prefix', 'suffix', 'equals-ignore-case', 'wildcard', 'numeric', 'cidr', 'exists', 'anything-but'];

/** Looks at every leaf, so that a pattern that could never work is refused when it is made. Throws InvalidEventPatternException. */
export function requireValid(pattern: Json): void {
  for (const [key, wanted] of Object.entries(pattern)) {
    if (key === '$or') for (const each of asList(key, wanted)) requireValid(each as Json);
    else if (Array.isArray(wanted)) wanted.forEach((each) => requireOperator(key, each));
    else if (wanted !== null && typeof wanted === 'object') requireValid(wanted as Json);
    else throw invalid(`"${key}" is ${JSON.stringify(wanted)}; write a list or an object`);
  }
}

function requireOperator(key: string, wanted: unknown): void {
  if (wanted === null || typeof wanted !== 'object') return;
  const [operator = ''] = Object.keys(wanted);
  if (!OPERATORS.includes(operator))
    throw invalid(`"${key}" has the operator "${operator}"; EventBridge has ${OPERATORS.join(', ')}`);
  if (operator === 'numeric') numericMatches(key, asList(operator, (wanted as Json)['numeric']), 0);
}

function fieldOf(event: unknown, key: string): unknown {
  return event !== null && typeof event === 'object' && !Array.isArray(event) ? (event as Json)[key] : undefined;
}

function leafMatches(key: string, wanted: unknown, found: unknown): boolean {
  if (wanted !== null && typeof wanted === 'object' && 'exists' in wanted)
    return (
      wanted.exists === (found !== undefined && (found === null || typeof found !== 'object' || Array.isArray(found)))
    );
  if (found === undefined) return false;
  const values: unknown[] = Array.isArray(found) ? found : [found];
  return values.some((value) => valueMatches(key, wanted, value));
}

function valueMatches(key: string, wanted: unknown, value: unknown): boolean {
  if (wanted === null || typeof wanted !== 'object') return wanted === value;
  const [[operator, operand] = ['', undefined]] = Object.entries(wanted);
  switch (operator) {
    case 'prefix':
      return textMatches(operand, value, (text, part) => text.startsWith(part));
    case 'suffix':
      return textMatches(operand, value, (text, part) => text.endsWith(part));
    case 'equals-ignore-case':
      return textMatches({ 'equals-ignore-case': operand }, value, (text, part) => text === part);
    case 'wildcard':
      return typeof value === 'string' && wildcard(String(operand)).test(value);
    case 'numeric':
      return typeof value === 'number' && numericMatches(key, asList(operator, operand), value);
    case 'cidr':
      return typeof value === 'string' && inBlock(String(operand), value);
    case 'anything-but': {
      if (value === null || typeof value === 'object') return false;
      const excluded = Array.isArray(operand) ? operand : [operand];
      return !excluded.some((each) => anyOf(each).some((one) => valueMatches(key, one, value)));
    }
    default:
      requireOperator(key, wanted);
      return false;
  }
}

/** `{ prefix: ['a', 'b'] }`, which anything-but allows, as one matcher per part. */
function anyOf(operand: unknown): unknown[] {
  if (operand === null || typeof operand !== 'object') return [operand];
  return Object.entries(operand).flatMap(([operator, parts]) =>
    [parts].flat().map((part: unknown) => ({ [operator]: part })),
  );
}

function textMatches(operand: unknown, value: unknown, test: (text: string, part: string) => boolean): boolean {
  if (typeof value !== 'string') return false;
  if (typeof operand === 'string') return test(value, operand);
  const ignoringCase = (operand as { 'equals-ignore-case'?: unknown } | null)?.['equals-ignore-case'];
  return typeof ignoringCase === 'string' && test(value.toLowerCase(), ignoringCase.toLowerCase());
}

function numericMatches(key: string, conditions: readonly unknown[], value: number): boolean {
  for (let index = 0; index < conditions.length; index += 2) {
    const limit = Number(conditions[index + 1]);
    const holds = {
      '=': value === limit,
      '<': value < limit,
      '<=': value <= limit,
      '>': value > limit,
      '>=': value >= limit,
    }[String(conditions[index])];
    if (holds === undefined)
      throw invalid(`"${key}" compares with ${JSON.stringify(conditions[index])}; write =, <, <=, > or >=`);
    if (!holds) return false;
  }
  return true;
}

function wildcard(pattern: string): RegExp {
  const escaped = pattern.replace(/\\([*\\])|\*|[.+?^${}()|[\]\\]/g, (found, literal: string | undefined) =>
    literal ? `\\${literal}` : found === '*' ? '[^]*' : `\\${found}`,
  );
  return new RegExp(`^${escaped}$`);
}

function inBlock(block: string, address: string): boolean {
  const [network = '', bits] = block.split('/');
  const kinds = { 4: 'ipv4', 6: 'ipv6' } as const;
  const [kind, ofNetwork] = [isIP(address), isIP(network)] as (4 | 6 | 0)[];
  if (!kind || kind !== ofNetwork) return false;
  const list = new BlockList();
  list.addSubnet(network, Number(bits ?? (kind === 4 ? 32 : 128)), kinds[kind]);
  return list.check(address, kinds[kind]);
}

function asList(name: string, value: unknown): unknown[] {
  if (!Array.isArray(value)) throw invalid(`"${name}" must be a list`);
  return value;
}

function invalid(reason: string): AwsError {
  return new AwsError('InvalidEventPatternException', `Event pattern is not valid. Reason: ${reason}`);
}
