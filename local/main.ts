/**
 * Runs the embedded host from the command line.
 *
 *   node local/main.ts --assembly cdk.out [--data .postact] [--port 8080] [--aws-port 4566] [--stack NAME]
 *
 * Ctrl-C or SIGTERM stops it and everything it started; a second Ctrl-C does not wait.
 */
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { HostSettings } from './host.ts';

const USAGE = 'usage: node local/main.ts --assembly DIR [--data DIR] [--port N] [--aws-port N] [--stack NAME]';

function readSettings(): Omit<HostSettings, 'parts'> {
  const { values } = parseArgs({
    options: {
      assembly: { type: 'string' },
      data: { type: 'string', default: '.postact' },
      port: { type: 'string', default: '8080' },
      'aws-port': { type: 'string', default: '4566' },
      stack: { type: 'string' },
    },
  });
  if (values.assembly === undefined) throw new Error(`--assembly is missing; ${USAGE}`);
  const region = process.env['AWS_REGION'];
  return {
    assembly: values.assembly,
    data: values.data,
    port: portOf('--port', values.port),
    awsPort: portOf('--aws-port', values['aws-port']),
    ...(values.stack === undefined ? {} : { stackName: values.stack }),
    ...(region ? { region } : {}),
  };
}

function portOf(flag: string, text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`${flag}: found ${text}, expected a port from 0 to 65535`);
  return port;
}

try {
  const settings = readSettings();
  // Loaded late, so that the host's own code comes compiled from the cache: a third of the start otherwise.
  enableCompileCache(join(settings.data, 'compile-cache'));
  const [{ createHost }, { allParts }] = await Promise.all([import('./host.ts'), import('./parts.ts')]);
  const running = await createHost({ ...settings, parts: allParts });
  let stopping = false;
  const stop = (): void => {
    if (stopping) process.exit(130);
    stopping = true;
    void running.stop().finally(() => process.exit(0));
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  console.log(`site          ${running.site}\ninbox         ${running.site}/mail\nAWS endpoint  ${running.endpoint}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
