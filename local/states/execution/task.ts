/**
 * A Task: scheduled with its arguments and limits, called, and settled by what the callee, a token or a timer says.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import type { Field } from '../expression.ts';
import type { Failure, Json } from '../language.ts';
import { integrationOf, type Integration } from '../tasks/integration.ts';
import { perform } from '../tasks/perform.ts';
import { evaluate, isFailure, tooLarge, type Apply, type Scene } from './scene.ts';
import type { Outcome } from './strand.ts';
import { evaluateExit, fail, leave, refuse } from './transition.ts';

/** As long as the service's own, so that what stores tokens is tried with their real size. */
const TOKEN_BYTES = 288;

/** Evaluates the arguments and limits, and schedules the task. */
export async function schedule(scene: Scene): Promise<Apply> {
  const { run, strand, state, host, runner } = scene;
  const integration = integrationOf(state.Resource!);
  if (integration.kind === 'activity' && !runner.activities.exists(integration.arn))
    return refuse(scene, `The activity ${integration.arn} does not exist.`);
  if (integration.waits === 'token' || integration.waits === 'completion')
    strand.token = randomBytes(TOKEN_BYTES).toString('base64');
  const fields: Field[] = [];
  if (state.Arguments !== undefined) fields.push({ location: 'Arguments', template: state.Arguments });
  if (state.TimeoutSeconds !== undefined)
    fields.push({ location: 'TimeoutSeconds', template: state.TimeoutSeconds, expects: 'number' });
  if (state.HeartbeatSeconds !== undefined)
    fields.push({ location: 'HeartbeatSeconds', template: state.HeartbeatSeconds, expects: 'number' });
  const values = await evaluate(scene, fields);
  if (isFailure(values)) return fail(scene, values);
  const valueOf = (location: string): Json | undefined =>
    values[fields.findIndex((field) => field.location === location)];
  const parameters = state.Arguments === undefined ? (JSON.parse(strand.input) as Json) : valueOf('Arguments')!;
  const timeout = valueOf('TimeoutSeconds') as number | undefined;
  const heartbeat = valueOf('HeartbeatSeconds') as number | undefined;

  return () => {
    const limits = {
      ...(timeout === undefined ? {} : { timeoutInSeconds: timeout }),
      ...(heartbeat === undefined ? {} : { heartbeatInSeconds: heartbeat }),
    };
    tellScheduled(scene, integration, parameters, limits);
    strand.call = {
      parameters,
      request: randomUUID(),
      ...(heartbeat === undefined ? {} : { heartbeatSeconds: heartbeat }),
      ...(integration.kind === 'activity' ? { untaken: true } : {}),
    };
    if (timeout !== undefined) run.setDue(strand, 'timeout', host.clock.now() + timeout * 1_000);
    if (integration.kind === 'activity') {
      strand.phase = 'held';
      runner.activities.offer(integration.arn);
    } else {
      if (heartbeat !== undefined) run.setDue(strand, 'heartbeat', host.clock.now() + heartbeat * 1_000);
      if (strand.token !== undefined) runner.keepToken(run, strand);
      strand.phase = 'working';
    }
  };
}

function tellScheduled({ run, strand, host }: Scene, integration: Integration, parameters: Json, limits: object): void {
  if (integration.kind === 'service') {
    const { resource, resourceType } = integration;
    const details = { resourceType, resource, region: host.region, parameters: JSON.stringify(parameters), ...limits };
    run.emit(strand, 'TaskScheduled', ['taskScheduledEventDetails', details]);
    run.emit(strand, 'TaskStarted', ['taskStartedEventDetails', { resourceType, resource }]);
    return;
  }
  const details = {
    resource: integration.arn,
    input: JSON.stringify(parameters),
    inputDetails: { truncated: false },
    ...limits,
  };
  if (integration.kind === 'activity') {
    run.emit(strand, 'ActivityScheduled', ['activityScheduledEventDetails', details]);
    return;
  }
  run.emit(strand, 'LambdaFunctionScheduled', ['lambdaFunctionScheduledEventDetails', details]);
  run.emit(strand, 'LambdaFunctionStarted');
}

/** Makes the call. After a kill it is made again, for the same attempt and with no events of its own. */
export async function work(scene: Scene): Promise<Apply> {
  const { run, strand, state, runner } = scene;
  const integration = integrationOf(state.Resource!);
  const answer = await perform(scene, integration);
  if (!('submitted' in answer)) return settled(scene, integration, answer);
  return () => {
    const { resource, resourceType } = integration as Extract<Integration, { kind: 'service' }>;
    run.emit(strand, 'TaskSubmitted', [
      'taskSubmittedEventDetails',
      { resourceType, resource, output: answer.submitted, outputDetails: { truncated: false } },
    ]);
    if (answer.child !== undefined) {
      strand.call = { ...strand.call!, child: answer.child };
      const ended = runner.outcomeOf(answer.child, integration);
      if (ended) strand.outcome = ended;
    }
    strand.phase = strand.outcome ? 'settling' : 'held';
  };
}

/** Leaves the state with the answer that a token, a worker, a nested execution or a timer gave. */
export function settleTask(scene: Scene): Promise<Apply> {
  return settled(scene, integrationOf(scene.state.Resource!), scene.strand.outcome!);
}

async function settled(scene: Scene, integration: Integration, outcome: Outcome): Promise<Apply> {
  const { state } = scene;
  if ('failure' in outcome) return fail(scene, outcome.failure, () => tellEnded(scene, integration, outcome));
  if (tooLarge(outcome.output)) {
    const subject = integration.kind === 'service' ? integration.service : integration.arn;
    const failure: Failure = {
      error: 'States.DataLimitExceeded',
      cause: `The state/task '${subject}' returned a result with a size exceeding the maximum number of bytes service limit.`,
    };
    return fail(scene, failure, () => tellEnded(scene, integration, { failure }));
  }
  const exit = await evaluateExit(scene, state, { result: JSON.parse(outcome.output) as Json }, outcome.output);
  if ('output' in exit) {
    return () => {
      tellEnded(scene, integration, outcome);
      leave(scene, exit, state.Next);
    };
  }
  const failing = await fail(scene, exit);
  return () => {
    tellEnded(scene, integration, outcome);
    failing();
  };
}

function tellEnded({ run, strand }: Scene, integration: Integration, outcome: Outcome): void {
  const prefix = { service: 'Task', function: 'LambdaFunction', activity: 'Activity' }[integration.kind];
  const about =
    integration.kind === 'service' ? { resourceType: integration.resourceType, resource: integration.resource } : {};
  let ending = 'Succeeded';
  let details: object;
  if ('failure' in outcome) {
    const { error, cause } = outcome.failure;
    ending = error === 'States.Timeout' && outcome.failure.timedOut ? 'TimedOut' : 'Failed';
    details = { ...about, ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) };
  } else {
    details = { ...about, output: outcome.output, outputDetails: { truncated: false } };
  }
  const field = `${prefix[0]!.toLowerCase()}${prefix.slice(1)}${ending}EventDetails`;
  run.emit(strand, `${prefix}${ending}`, [field, details]);
}

/** What a timer makes of a task in flight. */
export function timedOut(due: 'timeout' | 'heartbeat'): Outcome {
  return {
    failure: {
      error: 'States.Timeout',
      timedOut: true,
      ...(due === 'heartbeat' ? { alias: 'States.HeartbeatTimeout' } : {}),
    },
  };
}
