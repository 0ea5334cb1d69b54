/**
 * What workers and callbacks say: activities, and the answers to task tokens.
 */
import { AwsError, type Caller, type Host } from '../../contract.ts';
import { invalidArn, readArn, requireName, statesArn } from '../arn.ts';
import type { Run } from '../execution/run.ts';
import type { Runner } from '../execution/runner.ts';
import { tooLarge } from '../execution/scene.ts';
import type { Strand } from '../execution/strand.ts';
import { readJson } from '../json.ts';
import type { Store } from '../store.ts';
import { page, requireText, seconds, type PageRequest, type Tag } from './wire.ts';

interface ActivityRow {
  readonly arn: string;
  readonly name: string;
  readonly created: number;
}

interface FailureRequest {
  readonly taskToken: string;
  readonly error?: string;
  readonly cause?: string;
}

export class Tasks {
  readonly #host: Host;
  readonly #store: Store;
  readonly #runner: Runner;

  constructor(host: Host, store: Store, runner: Runner) {
    this.#host = host;
    this.#store = store;
    this.#runner = runner;
  }

  readonly operations = {
    CreateActivity: (input: { name: string; tags?: readonly Tag[] }, caller: Caller) =>
      this.createActivity(input, caller),
    DescribeActivity: (input: { activityArn: string }, caller: Caller) =>
      this.#describeActivity(input.activityArn, caller),
    ListActivities: (input: PageRequest, caller: Caller) => this.#listActivities(input, caller),
    DeleteActivity: (input: { activityArn: string }, caller: Caller) => this.#deleteActivity(input.activityArn, caller),
    GetActivityTask: (input: { activityArn: string; workerName?: string }, caller: Caller) =>
      this.#takeTask(input, caller),
    SendTaskSuccess: (input: { taskToken: string; output: string }, caller: Caller) => this.#succeed(input, caller),
    SendTaskFailure: (input: FailureRequest, caller: Caller) => this.#fail(input, caller),
    SendTaskHeartbeat: (input: { taskToken: string }, caller: Caller) => this.#heartbeat(input.taskToken, caller),
  };

  /** Without a caller it is the host that deploys. */
  createActivity(
    { name, tags = [] }: { name: string; tags?: readonly Tag[] },
    caller?: Caller,
  ): { activityArn: string; creationDate: number } {
    requireName(name);
    const arn = statesArn(this.#host, 'activity', name);
    caller?.require('states:CreateActivity', arn);
    this.#store.journal.run(
      'INSERT INTO states_activities VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
      arn,
      name,
      this.#host.clock.now(),
      JSON.stringify(tags),
    );
    return { activityArn: arn, creationDate: seconds(this.#activity(arn).created) };
  }

  #describeActivity(arn: string, caller: Caller): object {
    caller.require('states:DescribeActivity', arn);
    const { name, created } = this.#activity(arn);
    return {
      activityArn: arn,
      name,
      creationDate: seconds(created),
      encryptionConfiguration: { type: 'AWS_OWNED_KEY' },
    };
  }

  #listActivities(request: PageRequest, caller: Caller): object {
    caller.require('states:ListActivities', '*');
    const { members, ...next } = page(
      this.#store.journal.all<ActivityRow>('SELECT * FROM states_activities ORDER BY name'),
      request,
      'activities',
    );
    return {
      activities: members.map(({ arn, name, created }) => ({ activityArn: arn, name, creationDate: seconds(created) })),
      ...next,
    };
  }

  #deleteActivity(arn: string, caller: Caller): object {
    requireActivityArn(arn);
    caller.require('states:DeleteActivity', arn);
    this.#store.journal.run('DELETE FROM states_activities WHERE arn = ?', arn);
    return {};
  }

  async #takeTask(
    { activityArn, workerName }: { activityArn: string; workerName?: string },
    caller: Caller,
  ): Promise<object> {
    this.#activity(activityArn);
    caller.require('states:GetActivityTask', activityArn);
    return (await this.#runner.activities.wait(activityArn, workerName)) ?? {};
  }

  #succeed({ taskToken, output }: { taskToken: string; output: string }, caller: Caller): object {
    requireText(output, 'output');
    try {
      readJson(output);
    } catch (error) {
      throw new AwsError('InvalidOutput', `Invalid Output: '${(error as Error).message}'`);
    }
    if (tooLarge(output))
      throw new AwsError('InvalidOutput', `Invalid Output: 'Output exceeds the maximum number of bytes'`);
    const { run, strand } = this.#holder(taskToken, 'states:SendTaskSuccess', caller);
    this.#runner.answer(run, strand, { output });
    return {};
  }

  #fail({ taskToken, error, cause }: FailureRequest, caller: Caller): object {
    const { run, strand } = this.#holder(taskToken, 'states:SendTaskFailure', caller);
    this.#runner.answer(run, strand, {
      failure: { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) },
    });
    return {};
  }

  #heartbeat(taskToken: string, caller: Caller): object {
    const { run, strand } = this.#holder(taskToken, 'states:SendTaskHeartbeat', caller);
    if (strand.call?.heartbeatSeconds !== undefined) {
      run.setDue(strand, 'heartbeat', this.#host.clock.now() + strand.call.heartbeatSeconds * 1_000);
      this.#runner.commit(run);
    }
    return {};
  }

  /** The task of a token. Throws InvalidToken for what is no token of ours, TaskTimedOut when the task is no more. */
  #holder(token: string, action: string, caller: Caller): { run: Run; strand: Strand } {
    requireText(token, 'taskToken');
    const row = this.#store.token(token);
    if (!row) throw new AwsError('InvalidToken', `Invalid Token: 'Invalid token'`);
    caller.require(action, this.#store.executionById(row.execution)?.machine ?? '*');
    const holder = this.#runner.holderOf(token);
    if (!holder) throw new AwsError('TaskTimedOut', `Task Timed Out: 'Provided task does not exist anymore'`);
    return holder;
  }

  #activity(arn: string): ActivityRow {
    requireActivityArn(arn);
    const row = this.#store.journal.get<ActivityRow>('SELECT * FROM states_activities WHERE arn = ?', arn);
    if (!row) throw new AwsError('ActivityDoesNotExist', `Activity Does Not Exist: '${arn}'`);
    return row;
  }
}

function requireActivityArn(arn: string): void {
  requireText(arn, 'activityArn');
  const kind = readArn(arn)[5];
  if (kind !== 'activity') throw invalidArn(`Resource type not valid in this context: ${kind ?? ''}`);
}
