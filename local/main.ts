/**
 * Runs the embedded host from the command line.
 *
 *   node local/main.ts --assembly cdk.out [--data .postact] [--port 8080] [--aws-port 4566] [--stack NAME]
 *
 * Ctrl-C or SIGTERM stops it and everything it started; a second Ctrl-C does not wait.
 */
import { parseArgs } from 'node:util';
import { AssemblyRefused } from './assembly/cloud-assembly.ts';
import { createHost, type HostSettings } from './host.ts';
import { allParts } from './parts.ts';

const USAGE = 'usage: node local/main.ts --assembly DIR [--data DIR] [--port N] [--aws-port N] [--stack NAME]';

function readSettings(): HostSettings {
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
    parts: allParts,
    ...(values.stack === undefined ? {} : { stackName: values.stack }),
    ...(region ? { region } : {}),
  };
}

function portOf(flag: string, text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`${flag}: found ${text}, expected a port from 0 to 65535`);
  return port;
}

try {
  const running = await createHost(readSettings());
  let stopping = false;
  const stop = (): void => {
    if (stopping) process.exit(130);
    stopping = true;
    void running.stop().finally(() => process.exit(0));
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  console.log(`site          ${running.site}\ninbox         ${running.site}/mail\nAWS endpoint  ${running.endpoint}`);
} catch (error) {
  console.error(error instanceof AssemblyRefused || error instanceof Error ? error.message : error);
  process.exit(1);
}
