/** The tests that need a deployed stack. They synthesize and deploy nothing; docs/cloud-test.md says how they are run. */
import { defineConfig } from 'vitest/config';
import { whatIsMissing } from './needs.ts';

const missing = whatIsMissing(process.env);
if (missing) {
  console.error(missing);
  process.exit(1);
}

export default defineConfig({
  test: {
    include: ['test/cloud/**/*.cloud.test.ts'],
    setupFiles: ['test/cloud/localhost-names.ts'],
    reporters: ['verbose', './test/reporter.ts'],
    pool: 'forks',
    // The steps of one job are in order: what follows a step that failed would only say so again.
    bail: 1,
    testTimeout: 240_000,
    hookTimeout: 120_000,
  },
});
