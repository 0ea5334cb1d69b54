/**
 * `npm run drill:breach`: plays a breach from its report to its close, 24 hours of it in about a minute, against the host
 * of `npm start` if it runs and otherwise one of its own. Every mail is in the inbox afterwards.
 *
 *   npm run drill:breach [-- --late] [-- --site http://127.0.0.1:8080]
 *
 * It prints a timeline, then a table of what was expected and what was found, and ends with 1 if anything is missing.
 */
import { parseArgs } from 'node:util';
import { checksOf, tableOf } from './drill-checks.ts';
import { drillHost } from './drill-host.ts';
import { DrillStage } from './drill-stage.ts';
import { playBreach } from './drill-steps.ts';

const { values } = parseArgs({ options: { late: { type: 'boolean', default: false }, site: { type: 'string' } } });

async function main(): Promise<boolean> {
  const began = Date.now();
  const host = await drillHost(values.site);
  try {
    console.log(
      `Breach drill${values.late ? ', reported late' : ''}: against the host at ${host.site}, ${host.how}.\n`,
    );
    const stage = new DrillStage(host, (line) => console.log(line));
    const played = await playBreach(stage, values.late);
    const checks = await checksOf(stage, played);
    console.log(`\n${tableOf(checks).join('\n')}\n`);
    const missing = checks.filter(({ ok }) => !ok).length;
    const seconds = Math.round((Date.now() - began) / 1000);
    console.log(
      missing === 0
        ? `Everything was found, ${checks.length} of ${checks.length}, in ${seconds} seconds.`
        : `${missing} of ${checks.length} are not as expected.`,
    );
    return missing === 0;
  } finally {
    await host.stop();
  }
}

try {
  process.exitCode = (await main()) ? 0 : 1;
} catch (error) {
  console.error(`The drill could not go on: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
