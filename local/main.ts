/**
 * Runs the embedded host from the command line.
 *
 *   node local/main.ts --assembly cdk.out [--data .postact] [--port 8080] [--aws-port 4566] [--stack NAME]
 *     [--drill 'NAME=PATH']…
 *
 * A drill is a program that the clock bar offers to run against the host (drills/drills.ts).
 *
 * Ctrl-C or SIGTERM stops it and everything it started; a second Ctrl-C does not wait.
 */
import { existsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Drill } from './drills/drills.ts';
import type { HostSettings } from './host.ts';

const USAGE =
  "usage: node local/main.ts --assembly DIR [--data DIR] [--port N] [--aws-port N] [--stack NAME] [--drill 'NAME=PATH']…";

function readSettings(): Omit<HostSettings, 'parts'> {
  const { values } = parseArgs({
    options: {
      assembly: { type: 'string' },
      data: { type: 'string', default: '.postact' },
      port: { type: 'string', default: '8080' },
      'aws-port': { type: 'string', default: '4566' },
      stack: { type: 'string' },
      drill: { type: 'string', multiple: true, default: [] },
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
    drills: values.drill.map(drillOf),
  };
}

function portOf(flag: string, text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`${flag}: found ${text}, expected a port from 0 to 65535`);
  return port;
}

function drillOf(text: string): Drill {
  const [, name, path] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (!name || !path || !existsSync(path))
    throw new Error(`--drill: found ${text}, expected NAME=PATH with the path of a module that is there`);
  return { name, path: resolve(path) };
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
