/** Ends the run with one plain line that any machine can read: `N passed, N failed, N skipped`. */
import type { Reporter, TestModule } from 'vitest/node';

export default class PlainSummary implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const count = { passed: 0, failed: 0, skipped: 0, pending: 0 };
    for (const module of modules) {
      let failed = 0;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        count[state]++;
        if (state === 'failed') failed++;
      }
      // A file that did not load, or a hook that failed, has no failed test of its own.
      if (module.state() === 'failed' && failed === 0) count.failed++;
    }
    const line = `\n${count.passed} passed, ${count.failed + errors.length} failed, ${count.skipped + count.pending} skipped\n`;
    // After every other reporter's last word.
    process.once('exit', () => process.stdout.write(line));
  }
}
