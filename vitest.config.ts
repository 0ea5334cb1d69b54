import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    exclude: ['test/cloud/**', 'node_modules/**'],
    globalSetup: ['test/global-setup.ts'],
    reporters: ['default', './test/reporter.ts'],
    pool: 'forks',
    // A quarter of the time a file waits for a browser, a host or a clock: three fill two cores.
    maxWorkers: 3,
    testTimeout: 30_000,
    hookTimeout: 120_000,
    // Real hosts, browsers and kills share two cores there: one more try tells a busy moment from a fault.
    retry: process.env.CI ? 1 : 0,
  },
});
