/**
 * Executions: started, described, listed, stopped, and read event by event.
 */
import { AwsError, type Caller, type Host } from '../../contract.ts';
import { invalidArn, readArn } from '../arn.ts';
import type { Runner } from '../execution/runner.ts';
import type { EventRow, ExecutionRow, Store } from '../store.ts';
import type { Machines } from './machines.ts';
import { constraint, invalid, page, requireText, seconds, type PageRequest } from './wire.ts';

interface StartRequest {
  readonly stateMachineArn: string;
  readonly name?: string;
  readonly input?: string;
  readonly traceHeader?: string;
}

interface HistoryRequest extends PageRequest {
  readonly executionArn: string;
  readonly reverseOrder?: boolean;
  readonly includeExecutionData?: boolean;
}

interface ListRequest extends PageRequest {
  readonly stateMachineArn?: string;
  readonly mapRunArn?: string;
  readonly statusFilter?: string;
  readonly redriveFilter?: string;
}

const STATUSES = ['SUCCEEDED', 'TIMED_OUT', 'PENDING_REDRIVE', 'ABORTED', 'FAILED', 'RUNNING'];
const LONGEST_EXECUTION_TOKEN = 3_096;

export class Executions {
  readonly #host: Host;
  readonly #store: Store;
  readonly #runner: Runner;
  readonly #machines: Machines;

  constructor(host: Host, store: Store, runner: Runner, machines: Machines) {
    this.#host = host;
    this.#store = store;
    this.#runner = runner;
    this.#machines = machines;
  }

  readonly operations = {
    StartExecution: (input: StartRequest, caller: Caller) => this.#start(input, caller),
    StartSyncExecution: (input: StartRequest, caller: Caller) => this.#startSync(input, caller),
    DescribeExecution: (input: { executionArn: string }, caller: Caller) => this.#describe(input.executionArn, caller),
    DescribeStateMachineForExecution: (input: { executionArn: string }, caller: Caller) =>
      this.#describeMachine(input.executionArn, caller),
    ListExecutions: (input: ListRequest, caller: Caller) => this.#list(input, caller),
    StopExecution: (input: { executionArn: string; error?: string; cause?: string }, caller: Caller) =>
      this.#stop(input, caller),
    GetExecutionHistory: (input: HistoryRequest, caller: Caller) => this.#history(input, caller),
  };

  #start({ stateMachineArn, name, input, traceHeader }: StartRequest, caller: Caller): object {
    this.#machines.require(stateMachineArn);
    caller.require('states:StartExecution', stateMachineArn);
    const row = this.#runner.start({
      machineArn: stateMachineArn,
      input: input ?? '{}',
      ...(name === undefined ? {} : { name }),
      ...(traceHeader === undefined ? {} : { trace: traceHeader }),
    });
    return { executionArn: row.arn, startDate: seconds(row.started) };
  }

  async #startSync({ stateMachineArn, name, input }: StartRequest, caller: Caller): Promise<object> {
    this.#machines.requireType(this.#machines.require(stateMachineArn).type, 'EXPRESS');
    caller.require('states:StartSyncExecution', stateMachineArn);
    const { id } = this.#runner.start({
      machineArn: stateMachineArn,
      input: input ?? '{}',
      ...(name === undefined ? {} : { name }),
    });
    await this.#runner.ended(id);
    const row = this.#store.executionById(id)!;
    const {
      executionArn,
      stateMachineArn: machineArn,
      status,
      startDate,
      stopDate,
      input: given,
      inputDetails,
      output,
      error,
      cause,
    } = described(row);
    const tookMs = row.stopped! - row.started;
    return {
      executionArn,
      stateMachineArn: machineArn,
      name: row.name,
      status,
      startDate,
      stopDate,
      input: given,
      inputDetails,
      outputDetails: { included: true },
      ...(output === undefined ? {} : { output }),
      ...(error === undefined ? {} : { error }),
      ...(cause === undefined ? {} : { cause }),
      billingDetails: {
        billedDurationInMilliseconds: Math.max(1, Math.ceil(tookMs / 100)) * 100,
        billedMemoryUsedInMB: 64,
      },
    };
  }

  #describe(arn: string, caller: Caller): object {
    const row = this.#require(arn);
    caller.require('states:DescribeExecution', arn);
    const redrivable = row.status === 'FAILED' || row.status === 'TIMED_OUT' || row.status === 'ABORTED';
    return {
      ...described(row),
      name: row.name,
      redriveCount: row.redrives,
      redriveStatus: redrivable ? 'REDRIVABLE' : 'NOT_REDRIVABLE',
      ...(redrivable ? {} : { redriveStatusReason: `Execution is ${row.status} and cannot be redriven` }),
      ...(row.trace === null ? {} : { traceHeader: row.trace }),
      ...(row.version_arn === null ? {} : { stateMachineVersionArn: row.version_arn }),
      ...(row.alias_arn === null ? {} : { stateMachineAliasArn: row.alias_arn }),
    };
  }

  #describeMachine(arn: string, caller: Caller): object {
    const row = this.#require(arn);
    caller.require('states:DescribeStateMachineForExecution', arn);
    return this.#machines.describeRevision(row.machine, row.machine_name, row.revision);
  }

  #list({ stateMachineArn, mapRunArn, statusFilter, ...request }: ListRequest, caller: Caller): object {
    if (statusFilter !== undefined && !STATUSES.includes(statusFilter))
      throw constraint(statusFilter, 'statusFilter', `Member must satisfy enum value set: [${STATUSES.join(', ')}]`);
    if (mapRunArn !== undefined)
      throw invalid(
        'mapRunArn: the children of a distributed Map are not kept as executions here; read the history of the execution that holds the Map',
      );
    requireText(stateMachineArn, 'stateMachineArn');
    const machine = this.#machines.require(stateMachineArn);
    this.#machines.requireType(machine.type, 'STANDARD');
    caller.require('states:ListExecutions', stateMachineArn);
    const qualified = stateMachineArn !== machine.arn;
    const all = this.#store.journal.all<
      Pick<
        ExecutionRow,
        'arn' | 'machine' | 'name' | 'status' | 'started' | 'stopped' | 'redrives' | 'version_arn' | 'alias_arn'
      >
    >(
      `SELECT arn, machine, name, status, started, stopped, redrives, version_arn, alias_arn FROM states_executions WHERE machine = ? AND (? IS NULL OR status = ?) AND (? = 0 OR version_arn = ? OR alias_arn = ?) ORDER BY started DESC, id DESC`,
      machine.arn,
      statusFilter ?? null,
      statusFilter ?? null,
      qualified ? 1 : 0,
      stateMachineArn,
      stateMachineArn,
    );
    const { members, ...next } = page(
      all,
      request,
      `executions ${stateMachineArn} ${statusFilter ?? ''}`,
      LONGEST_EXECUTION_TOKEN,
    );
    const executions = members.map((row) => ({
      executionArn: row.arn,
      stateMachineArn: row.machine,
      name: row.name,
      status: row.status,
      startDate: seconds(row.started),
      redriveCount: row.redrives,
      ...(row.stopped === null ? {} : { stopDate: seconds(row.stopped) }),
      ...(row.version_arn === null ? {} : { stateMachineVersionArn: row.version_arn }),
      ...(row.alias_arn === null ? {} : { stateMachineAliasArn: row.alias_arn }),
    }));
    return { executions, ...next };
  }

  #stop(
    { executionArn, error, cause }: { executionArn: string; error?: string; cause?: string },
    caller: Caller,
  ): object {
    this.#require(executionArn);
    caller.require('states:StopExecution', executionArn);
    this.#runner.abort(executionArn, {
      ...(error === undefined ? {} : { error }),
      ...(cause === undefined ? {} : { cause }),
    });
    return { stopDate: seconds(this.#store.execution(executionArn)!.stopped ?? this.#host.clock.now()) };
  }

  #history(
    { executionArn, reverseOrder, includeExecutionData = true, ...request }: HistoryRequest,
    caller: Caller,
  ): object {
    const row = this.#require(executionArn);
    caller.require('states:GetExecutionHistory', executionArn);
    const all = this.#store.journal.all<EventRow>(
      `SELECT * FROM states_events WHERE execution = ? ORDER BY id ${reverseOrder ? 'DESC' : 'ASC'}`,
      row.id,
    );
    const { members, ...next } = page(
      all,
      request,
      `history ${executionArn} ${reverseOrder ? 'back' : 'on'}`,
      LONGEST_EXECUTION_TOKEN,
    );
    return { events: members.map((event) => shown(event, includeExecutionData)), ...next };
  }

  #require(arn: string): ExecutionRow {
    requireText(arn, 'executionArn');
    const kind = readArn(arn)[5];
    if (kind !== 'execution') throw invalidArn(`Resource type not valid in this context: ${kind ?? ''}`);
    const row = this.#store.execution(arn);
    if (!row) throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
    return row;
  }
}

function described(row: ExecutionRow) {
  return {
    executionArn: row.arn,
    stateMachineArn: row.machine,
    status: row.status,
    startDate: seconds(row.started),
    ...(row.stopped === null ? {} : { stopDate: seconds(row.stopped) }),
    input: row.input,
    inputDetails: { included: true },
    ...(row.output === null ? {} : { output: row.output, outputDetails: { included: true } }),
    ...(row.error === null ? {} : { error: row.error }),
    ...(row.cause === null ? {} : { cause: row.cause }),
  };
}

const DATA = ['input', 'output', 'parameters', 'cause', 'assignedVariables'];

function shown({ id, previous, at, type, details }: EventRow, withData: boolean): object {
  const event: Record<string, unknown> = { timestamp: seconds(at), type, id, previousEventId: previous };
  if (details === null) return event;
  const [field, members] = JSON.parse(details) as [string, Record<string, unknown>];
  event[field] = withData
    ? members
    : Object.fromEntries(Object.entries(members).filter(([name]) => !DATA.includes(name)));
  return event;
}
