/** The template to test: the one in cdk.out, which is synthesized before all tests (test/global-setup.ts). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ASSEMBLY } from '../../demo/assembly.ts';

export interface Resource {
  readonly id: string;
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly DependsOn?: string | readonly string[];
}

export interface Template {
  readonly text: string;
  readonly outputs: readonly string[];
  /** Every resource of a type, such as `AWS::S3::Bucket`. */
  of(type: string): readonly Resource[];
  /** The one resource of a type whose logical id starts so. */
  only(type: string, idStart: string): Resource;
}

export function templateOf(json: object): Template {
  const template = json as { Resources: Record<string, Omit<Resource, 'id'>>; Outputs: object };
  const resources = Object.entries(template.Resources).map(([id, resource]) => ({ id, ...resource }));
  const of = (type: string): readonly Resource[] => resources.filter((resource) => resource.Type === type);
  return {
    text: JSON.stringify(template),
    outputs: Object.keys(template.Outputs),
    of,
    only(type, idStart) {
      const [found, ...others] = of(type).filter(({ id }) => id.startsWith(idStart));
      if (!found || others.length > 0)
        throw new Error(`expected one ${type} with an id from ${idStart}, found ${(found ? 1 : 0) + others.length}`);
      return found;
    },
  };
}

export const assembled = (): Template =>
  templateOf(JSON.parse(readFileSync(join(ASSEMBLY, 'Postact.template.json'), 'utf8')) as object);

export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Principal?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export const statementsOf = (policy: Resource): readonly Statement[] => {
  const { PolicyDocument, KeyPolicy } = policy.Properties as {
    PolicyDocument?: { Statement: Statement[] };
    KeyPolicy?: { Statement: Statement[] };
  };
  return (PolicyDocument ?? KeyPolicy)?.Statement ?? [];
};

export const listOf = <T>(value: T | readonly T[]): readonly T[] =>
  Array.isArray(value) ? (value as readonly T[]) : [value as T];
