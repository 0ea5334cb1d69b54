/**
 * Resolves CloudFormation's intrinsic functions and conditions in a template's values.
 *
 * Limits: `Fn::Transform`, `Fn::Cidr` and the language-extension functions are refused by name.
 * Source: AWS CloudFormation User Guide, "Intrinsic function reference".
 */
import { AssemblyRefused, type Template } from './cloud-assembly.ts';

/** What references resolve to while one stack is deployed. */
export interface Scope {
  readonly template: Template;
  /** A pseudo parameter, parameter or deployed resource. */
  ref(name: string): unknown;
  attribute(logicalId: string, name: string): unknown;
  importValue(name: string): unknown;
  readonly region: string;
}

/** What `AWS::NoValue` resolves to: the member or element that holds it is left out. */
const NO_VALUE = Symbol('AWS::NoValue');

type Resolver = (argument: unknown, scope: Scope) => unknown;

/** Returns `value` with every intrinsic function in it replaced by what it yields. */
export function resolveValue(value: unknown, scope: Scope): unknown {
  const resolved = resolve(value, scope);
  return resolved === NO_VALUE ? undefined : resolved;
}

/** Whether a named condition of the template holds. */
export function conditionHolds(name: string, scope: Scope, path: readonly string[] = []): boolean {
  const condition = scope.template.Conditions?.[name];
  if (condition === undefined) throw new AssemblyRefused(`condition ${name} is not in the template`);
  if (path.includes(name))
    throw new AssemblyRefused(`conditions refer to each other in a circle: ${[...path, name].join(' -> ')}`);
  return judge(condition, scope, [...path, name]);
}

/** The one member of an intrinsic call, or nothing for plain data. */
export function intrinsicOf(value: unknown): readonly [name: string, argument: unknown] | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const entries = Object.entries(value);
  const [first] = entries;
  if (entries.length !== 1 || !first) return undefined;
  return first[0] === 'Ref' || first[0].startsWith('Fn::') ? first : undefined;
}

/** The `${Name}` and `${LogicalId.Attribute}` of a Fn::Sub text that its own variables do not define. */
export function namesInSub(argument: unknown): string[] {
  const [text, variables] = Array.isArray(argument)
    ? (argument as [string, Record<string, unknown>])
    : [String(argument), {}];
  return [...text.matchAll(SUB_NAME)].map(([, name]) => name!).filter((name) => !(name in variables));
}

const SUB_NAME = /\$\{(?!!)\s*([^}\s]+)\s*\}/g;

function resolve(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value))
    return value.map((element) => resolve(element, scope)).filter((element) => element !== NO_VALUE);
  if (typeof value !== 'object' || value === null) return value;
  const intrinsic = intrinsicOf(value);
  if (intrinsic) {
    const resolver = RESOLVERS[intrinsic[0]];
    if (!resolver) throw new AssemblyRefused(`${intrinsic[0]} is not served by this host; resolve it at synth time`);
    return resolver(intrinsic[1], scope);
  }
  const resolved: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    const inner = resolve(member, scope);
    if (inner !== NO_VALUE) resolved[name] = inner;
  }
  return resolved;
}

const RESOLVERS: Readonly<Record<string, Resolver>> = {
  Ref: (name, scope) => (name === 'AWS::NoValue' ? NO_VALUE : scope.ref(String(name))),
  'Fn::GetAtt': (argument, scope) => {
    const [logicalId, ...attribute] = Array.isArray(argument) ? argument : String(argument).split('.');
    return scope.attribute(
      String(logicalId),
      text(resolve(attribute.length === 1 ? attribute[0] : attribute.join('.'), scope)),
    );
  },
  'Fn::Join': (argument, scope) => {
    const [delimiter, parts] = pair(argument, 'Fn::Join');
    return list(resolve(parts, scope), 'Fn::Join').map(text).join(String(delimiter));
  },
  'Fn::Sub': (argument, scope) => {
    const [template, variables] = Array.isArray(argument)
      ? (argument as [string, Record<string, unknown>])
      : [String(argument), {}];
    return template
      .replace(SUB_NAME, (_, name: string) => {
        if (name in variables) return text(resolve(variables[name], scope));
        const dot = name.indexOf('.');
        return text(dot < 0 ? scope.ref(name) : scope.attribute(name.slice(0, dot), name.slice(dot + 1)));
      })
      .replaceAll('${!', '${');
  },
  'Fn::Select': (argument, scope) => {
    const [index, from] = pair(argument, 'Fn::Select');
    const choices = list(resolve(from, scope), 'Fn::Select');
    const chosen = choices[Number(resolve(index, scope))];
    if (chosen === undefined)
      throw new AssemblyRefused(`Fn::Select: no element ${text(resolve(index, scope))} in a list of ${choices.length}`);
    return chosen;
  },
  'Fn::Split': (argument, scope) => {
    const [delimiter, source] = pair(argument, 'Fn::Split');
    return text(resolve(source, scope)).split(String(delimiter));
  },
  'Fn::If': (argument, scope) => {
    const [name, yes, no] = list(argument, 'Fn::If');
    return resolve(conditionHolds(String(name), scope) ? yes : no, scope);
  },
  'Fn::Equals': (argument, scope) => judge({ 'Fn::Equals': argument }, scope, []),
  'Fn::And': (argument, scope) => judge({ 'Fn::And': argument }, scope, []),
  'Fn::Or': (argument, scope) => judge({ 'Fn::Or': argument }, scope, []),
  'Fn::Not': (argument, scope) => judge({ 'Fn::Not': argument }, scope, []),
  'Fn::FindInMap': (argument, scope) => {
    const [map, first, second] = list(argument, 'Fn::FindInMap')
      .slice(0, 3)
      .map((key) => text(resolve(key, scope)));
    const found = scope.template.Mappings?.[map!]?.[first!]?.[second!];
    if (found === undefined) throw new AssemblyRefused(`Fn::FindInMap: no entry ${map}.${first}.${second} in Mappings`);
    return found;
  },
  'Fn::ImportValue': (argument, scope) => scope.importValue(text(resolve(argument, scope))),
  'Fn::Base64': (argument, scope) => Buffer.from(text(resolve(argument, scope))).toString('base64'),
  'Fn::GetAZs': (argument, scope) => {
    const region = text(resolve(argument, scope)) || scope.region;
    return ['a', 'b', 'c'].map((zone) => region + zone);
  },
};

function judge(condition: unknown, scope: Scope, path: readonly string[]): boolean {
  const entry = typeof condition === 'object' && condition !== null ? Object.entries(condition)[0] : undefined;
  if (!entry)
    throw new AssemblyRefused(
      `a condition is ${JSON.stringify(condition)}; expected Fn::Equals, Fn::And, Fn::Or, Fn::Not or Condition`,
    );
  const [name, argument] = entry as [string, unknown];
  const parts = (): boolean[] => list(argument, name).map((part) => judge(part, scope, path));
  switch (name) {
    case 'Condition':
      return conditionHolds(String(argument), scope, path);
    case 'Fn::Equals': {
      const [left, right] = pair(argument, name).map((side) => JSON.stringify(resolve(side, scope)));
      return left === right;
    }
    case 'Fn::And':
      return parts().every(Boolean);
    case 'Fn::Or':
      return parts().some(Boolean);
    case 'Fn::Not':
      return !parts()[0];
    default:
      throw new AssemblyRefused(`${name} is not a condition function this host knows`);
  }
}

function list(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new AssemblyRefused(`${what}: expected a list, found ${JSON.stringify(value)}`);
  return value;
}

function pair(value: unknown, what: string): readonly [unknown, unknown] {
  const both = list(value, what);
  if (both.length !== 2) throw new AssemblyRefused(`${what}: expected two elements, found ${both.length}`);
  return [both[0], both[1]];
}

function text(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.map(text).join(',');
  if (value === undefined || value === null) return '';
  throw new AssemblyRefused(`expected a text, found ${JSON.stringify(value)}`);
}
