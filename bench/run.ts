/**
 * `npm run bench`: every bench in turn, each in a process of its own, so that none inherits another's memory or warm
 * code. `npm run bench -- <name>` runs one; `--quick` runs few repetitions. Nothing here passes or fails: limits that are
 * held are in test/, without a stopwatch.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { assembly, ROOT } from '../demo/assembly.ts';

const BENCHES = [
  'bundles',
  'transitions',
  'request-to-mail',
  'capacity',
  'ledger',
  'states',
  'sweep',
  'expiry',
  'what-leaves',
] as const;

const asked = process.argv.slice(2);
const names = asked.filter((argument) => argument !== '--quick');
const unknown = names.filter((name) => !(BENCHES as readonly string[]).includes(name));
if (unknown.length > 0) {
  console.error(`no bench is called ${unknown.join(', ')}; there are ${BENCHES.join(', ')}`);
  process.exit(2);
}

assembly(console.error);
const began = performance.now();
const failed: string[] = [];
for (const name of names.length > 0 ? names : BENCHES) {
  const env = { ...process.env, ...(asked.includes('--quick') && { BENCH_QUICK: '1' }) };
  const from = performance.now();
  const { status } = spawnSync(process.execPath, [join(ROOT, 'bench', `${name}.ts`)], {
    cwd: ROOT,
    env,
    stdio: 'inherit',
  });
  if (status !== 0) failed.push(name);
  console.log(`${name}: ${seconds(from)} s`);
}
console.log(`\nall: ${seconds(began)} s`);
if (failed.length > 0) {
  console.error(`did not finish: ${failed.join(', ')}`);
  process.exitCode = 1;
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(0);
}
