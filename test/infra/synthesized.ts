/** Synthesizes the stack with settings of a test: the context of cdk.json, no bundles, in a temporary folder of its own. */
import { App, Validations } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addPostact } from '../../infra/app.ts';
import { templateOf, type Template } from './template.ts';

export interface Synthesized extends Template {
  /** The entry points whose bundles were asked for. */
  readonly entries: readonly string[];
  /** Every acknowledged finding of the rule packs, and where. */
  readonly acknowledged: readonly { readonly path: string; readonly id: string; readonly reason: string }[];
}

const CONTEXT = (
  JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8')) as { context: Record<string, unknown> }
).context;

/** Throws what `cdk synth` would throw, findings of the rule packs included. */
export function synthesize(context: Readonly<Record<string, unknown>>, emulator?: string): Synthesized {
  const outdir = mkdtempSync(join(tmpdir(), 'postact-infra-'));
  const entries: string[] = [];
  try {
    const app = new App({ outdir, analyticsReporting: false, context: { ...CONTEXT, ...context } });
    const stack = addPostact(
      app,
      (entry) => {
        entries.push(entry);
        return Code.fromInline('// not bundled');
      },
      emulator,
    );
    return {
      ...templateOf(app.synth().getStackByName('Postact').template as object),
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
    };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
