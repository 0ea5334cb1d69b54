/**
 * Synthesizes the stack: `npx cdk synth`, with `-c name=value` for what the agency decides (settings.ts).
 *
 * Synthesis fails when an entry point or a workflow is missing, when a step has no function, and on every finding of the
 * two rule packs that is not acknowledged, with its reason, where it arises.
 */
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, NIST80053R5Checks } from 'cdk-nag';
import { Bundles } from './bundles.ts';
import type { Platform } from './platform.ts';
import { PostactStack } from './postact-stack.ts';
import { settingsOf } from './settings.ts';

/** Builds the stack in the app, under the checks that every synthesis must pass. `emulator` as the stack takes it. */
export function addPostact(app: App, codeOf: Platform['codeOf'], emulator?: string): PostactStack {
  const stack = new PostactStack(app, 'Postact', {
    settings: settingsOf(app.node),
    codeOf,
    ...(emulator && { emulator }),
  });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(), new NIST80053R5Checks());
  return stack;
}

if (import.meta.main) {
  const bundles = new Bundles();
  try {
    const app = new App({ analyticsReporting: false });
    // AWS has no one endpoint for all its services: where one is set for this deployment, it is an emulator's.
    addPostact(app, (entry) => bundles.codeOf(entry), process.env.AWS_ENDPOINT_URL);
    bundles.requireAll();
    app.synth();
  } finally {
    bundles.remove();
  }
}
