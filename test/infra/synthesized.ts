/** The synthesized template for tests of infra/: with the context of cdk.json, without bundles, in its own temporary folder. */
import { App, Validations } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addPostact } from '../../infra/app.ts';

export interface Resource {
  readonly id: string;
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly DependsOn?: string | readonly string[];
}

export interface Synthesized {
  readonly text: string;
  readonly outputs: readonly string[];
  /** The entry points whose bundles were asked for. */
  readonly entries: readonly string[];
  /** Every acknowledged finding of the rule packs, and where. */
  readonly acknowledged: readonly { readonly path: string; readonly id: string; readonly reason: string }[];
  /** Every resource of a type, such as `AWS::S3::Bucket`. */
  of(type: string): readonly Resource[];
}

const CONTEXT = (
  JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8')) as { context: Record<string, unknown> }
).context;

/** Throws what `cdk synth` would throw, findings of the rule packs included. */
export function synthesize(context: Readonly<Record<string, unknown>> = {}): Synthesized {
  const outdir = mkdtempSync(join(tmpdir(), 'postact-infra-'));
  const entries: string[] = [];
  try {
    const app = new App({ outdir, analyticsReporting: false, context: { ...CONTEXT, ...context } });
    const stack = addPostact(app, (entry) => {
      entries.push(entry);
      return Code.fromInline('// not bundled');
    });
    const template = app.synth().getStackByName('Postact').template as {
      Resources: Record<string, Omit<Resource, 'id'>>;
      Outputs: object;
    };
    const resources = Object.entries(template.Resources).map(([id, resource]) => ({ id, ...resource }));
    return {
      text: JSON.stringify(template),
      outputs: Object.keys(template.Outputs),
      entries,
      acknowledged: stack.node
        .findAll()
        .flatMap(({ node }) =>
          node.metadata
            .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
            .flatMap(({ data }) =>
              Object.entries(data as Record<string, string>).map(([id, reason]) => ({ path: node.path, id, reason })),
            ),
        ),
      of: (type) => resources.filter((resource) => resource.Type === type),
    };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

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
