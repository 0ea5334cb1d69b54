/**
 * states:startExecution: begins another execution, and with `.sync` waits until it has ended.
 */
import { AwsError } from '../../contract.ts';
import type { Scene } from '../execution/scene.ts';
import type { Outcome } from '../execution/strand.ts';
import type { Json, JsonObject } from '../language.ts';
import type { ExecutionRow } from '../store.ts';
import type { Integration } from './integration.ts';
import { refusedBy, sdkMetadata, type ErrorNames } from './metadata.ts';
import type { TaskAnswer } from './perform.ts';

const NAMES: ErrorNames = {
  prefix: 'StepFunctions',
  service: 'AWSStepFunctions',
  other: 'AWSStepFunctionsException',
  sdk: false,
};

export async function startNested(
  scene: Scene,
  integration: Extract<Integration, { kind: 'service' }>,
  parameters: JsonObject,
): Promise<TaskAnswer> {
  const { host, runner, run, strand } = scene;
  const { StateMachineArn, Input, Name } = parameters;
  const request = strand.call!.request;
  try {
    if (typeof StateMachineArn !== 'string')
      throw new AwsError(
        'ValidationException',
        `states:startExecution needs StateMachineArn as text, found ${JSON.stringify(StateMachineArn)}`,
      );
    host.identities.asRole(run.revision.role).require('states:StartExecution', StateMachineArn);
    const started = runner.start({
      machineArn: StateMachineArn,
      // Without a name, the request names it: made again after a kill, the call finds what it began.
      name: typeof Name === 'string' ? Name : request,
      input: typeof Input === 'string' ? Input : JSON.stringify(Input ?? {}),
      link: { execution: run.row.id, strand: strand.id, request },
    });
    const answered = { ExecutionArn: started.arn };
    const length = Buffer.byteLength(JSON.stringify(answered)) + 40;
    const metadata = sdkMetadata(
      request,
      { connection: 'keep-alive', 'Content-Length': String(length), 'Content-Type': 'application/x-amz-json-1.0' },
      host.clock.now(),
    );
    const output = JSON.stringify({ ...answered, ...metadata, StartDate: started.started });
    if (integration.waits === 'answer') return { output };
    return { submitted: output, ...(integration.waits === 'completion' ? { child: started.arn } : {}) };
  } catch (error) {
    return refusedBy(error, NAMES, request);
  }
}

/** What an ended execution is to the task that waited for it. */
export function outcomeOfNested(row: ExecutionRow, parsed: boolean): Outcome {
  const shown = (text: string): Json => (parsed ? (JSON.parse(text) as Json) : text);
  const described = {
    ...(row.cause === null ? {} : { Cause: row.cause }),
    ...(row.error === null ? {} : { Error: row.error }),
    ExecutionArn: row.arn,
    Input: row.status === 'SUCCEEDED' ? shown(row.input) : row.input,
    InputDetails: { Included: true },
    Name: row.name,
    ...(row.output === null ? {} : { Output: shown(row.output), OutputDetails: { Included: true } }),
    StartDate: row.started,
    StateMachineArn: row.machine,
    Status: row.status,
    StopDate: row.stopped,
  };
  if (row.status === 'SUCCEEDED') return { output: JSON.stringify(described) };
  return { failure: { error: 'States.TaskFailed', cause: JSON.stringify(described) } };
}
