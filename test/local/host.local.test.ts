/** The whole host: an assembly goes in, and its site and AWS endpoint answer. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { MakePart } from '../../local/contract.ts';
import type { RunningHost } from '../../local/host.ts';
import { API_TO_FUNCTION, functionWithRole, startHost, writeAssembly } from './write-assembly.ts';

let running: RunningHost | undefined;
afterEach(async () => {
  await running?.stop();
  running = undefined;
});

/** A part with one operation, judged by the caller's policies, that answers what it was asked and by whom. */
const machines: MakePart = (host) => ({
  services: [
    {
      signingName: 'states',
      operations: {
        StartExecution: (input: { stateMachineArn: string }, caller) => {
          caller.require('states:StartExecution', input.stateMachineArn);
          return { executionArn: `${input.stateMachineArn}:1`, startDate: host.clock.now() / 1000 };
        },
      },
    },
  ],
  providers: [
    {
      types: ['AWS::StepFunctions::StateMachine'],
      deploy: ({ physicalId }) => ({
        ref: `arn:aws:states:${host.region}:${host.account}:stateMachine:${physicalId}`,
        attributes: { Name: physicalId },
      }),
    },
  ],
});

const STARTS_MACHINE = `
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
const client = new SFNClient();
export async function handler(event) {
  if (event.rawPath === '/page') return { statusCode: 200, headers: { 'content-type': 'text/html' }, body: '<html><body>hello</body></html>' };
  const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn: process.env.MACHINE }));
  return { executionArn, path: event.rawPath, year: new Date().getUTCFullYear() };
}`;

function assemblyThatStartsMachine(statements: readonly object[]): string {
  return writeAssembly({
    app: {
      template: {
        Resources: {
          ...functionWithRole(
            STARTS_MACHINE,
            { Timeout: 20, Environment: { Variables: { MACHINE: { Ref: 'Machine' } } } },
            statements,
          ),
          ...API_TO_FUNCTION,
          Machine: { Type: 'AWS::StepFunctions::StateMachine', Properties: {} },
          Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: {} },
        },
        Outputs: { Url: { Value: { 'Fn::Sub': 'https://${Api}.execute-api.${AWS::Region}.${AWS::URLSuffix}/' } } },
      },
    },
  });
}

describe('the embedded host', () => {
  it('takes a request through the API, the function and a signed call to another part', async () => {
    const data = mkdtempSync(join(tmpdir(), 'host-'));
    running = await startHost(
      assemblyThatStartsMachine([{ Effect: 'Allow', Action: 'states:StartExecution', Resource: '*' }]),
      { parts: [machines], data },
    );
    const response = await fetch(`${running.site}/go`);
    expect(await response.json()).toMatchObject({
      executionArn: expect.stringContaining(':stateMachine:app-Machine-'),
      path: '/go',
    });
    expect(JSON.parse(readFileSync(join(data, 'outputs.json'), 'utf8'))).toEqual({ app: { Url: `${running.site}/` } });
  });

  it('denies a function what its role does not allow', async () => {
    running = await startHost(assemblyThatStartsMachine([]), { parts: [machines] });
    const response = await fetch(`${running.site}/go`);
    expect(response.status).toBe(500);
    const result = await running.host.functions.invoke('subject', '{}');
    expect(JSON.parse(result.payload)).toMatchObject({
      errorType: 'AccessDeniedException',
      errorMessage: expect.stringMatching(
        /^User: arn:aws:sts::000000000000:assumed-role\/app-Role-\w+\/subject is not authorized to perform: states:StartExecution on resource: \S+ because no identity-based policy allows/,
      ),
    });
  });

  it('lets functions see a clock that was moved, and still accepts what they sign', async () => {
    running = await startHost(assemblyThatStartsMachine([{ Effect: 'Allow', Action: 'states:*', Resource: '*' }]), {
      parts: [machines],
    });
    await fetch(`${running.site}/go`);
    await running.host.clock.advance(5 * 366 * 86_400_000);
    const moved = new Date(running.host.clock.now()).getUTCFullYear();
    expect(moved).toBeGreaterThan(new Date().getUTCFullYear() + 3);
    expect(await (await fetch(`${running.site}/go`)).json()).toMatchObject({ year: moved });
  });

  it('keeps its moved clock over a restart, and the same names', async () => {
    const data = mkdtempSync(join(tmpdir(), 'host-'));
    const assembly = assemblyThatStartsMachine([{ Effect: 'Allow', Action: 'states:*', Resource: '*' }]);
    running = await startHost(assembly, { parts: [machines], data });
    const before = (await (await fetch(`${running.site}/go`)).json()) as { executionArn: string };
    await running.host.clock.advance(86_400_000);
    await running.stop();
    running = await startHost(assembly, { parts: [machines], data });
    expect(running.host.clock.now()).toBeGreaterThan(Date.now() + 86_000_000);
    expect(await (await fetch(`${running.site}/go`)).json()).toMatchObject({ executionArn: before.executionArn });
  });

  it('refuses a second host on the same data folder, and a port that is taken', async () => {
    const data = mkdtempSync(join(tmpdir(), 'host-'));
    const assembly = writeAssembly({ app: { template: { Resources: {} } } });
    running = await startHost(assembly, { data });
    await expect(startHost(assembly, { data })).rejects.toThrow(`${data} is in use by another host`);
    const port = Number(new URL(running.site).port);
    await expect(startHost(assembly, { port })).rejects.toThrow(
      `port ${port} is taken by another program; stop it, or choose another port with --port`,
    );
  });

  it('answers to loopback names only', async () => {
    running = await startHost(writeAssembly({ app: { template: { Resources: {} } } }));
    const { request } = await import('node:http');
    const status = await new Promise((resolve) =>
      request(`${running!.site}/_local/health`, { headers: { host: 'rebound.example' } }, (r) =>
        resolve(r.statusCode),
      ).end(),
    );
    expect(status).toBe(403);
  });
});
