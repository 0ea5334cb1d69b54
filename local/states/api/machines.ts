/**
 * State machines: created, changed, described, listed, deleted, and checked without being kept.
 */
import { randomUUID } from 'node:crypto';
import { AwsError, type Caller, type Host } from '../../contract.ts';
import { readMachineArn, requireName, statesArn } from '../arn.ts';
import { diagnose, requireDefinition } from '../definition.ts';
import type { MachineRow, Store } from '../store.ts';
import type { Versions } from './versions.ts';
import { invalid, page, requireText, seconds, type PageRequest, type Tag } from './wire.ts';

export interface CreateMachine {
  readonly name: string;
  readonly definition: string;
  readonly roleArn: string;
  readonly type?: 'STANDARD' | 'EXPRESS';
  readonly loggingConfiguration?: object;
  readonly tracingConfiguration?: object;
  readonly tags?: readonly Tag[];
  readonly publish?: boolean;
  readonly versionDescription?: string;
}

export interface UpdateMachine extends Partial<Omit<CreateMachine, 'name' | 'type' | 'tags'>> {
  readonly stateMachineArn: string;
}

interface ValidateRequest {
  readonly definition: string;
  readonly type?: 'STANDARD' | 'EXPRESS';
  readonly severity?: string;
  readonly maxResults?: number;
}

const NOT_LOGGED = { includeExecutionData: false, level: 'OFF' };
const NOT_TRACED = { enabled: false };

export class Machines {
  readonly #host: Host;
  readonly #store: Store;
  readonly #versions: Versions;

  constructor(host: Host, store: Store, versions: Versions) {
    this.#host = host;
    this.#store = store;
    this.#versions = versions;
  }

  readonly operations = {
    CreateStateMachine: (input: CreateMachine, caller: Caller) => this.create(input, caller),
    UpdateStateMachine: (input: UpdateMachine, caller: Caller) => this.update(input, caller),
    DeleteStateMachine: (input: { stateMachineArn: string }, caller: Caller) =>
      this.#delete(input.stateMachineArn, caller),
    DescribeStateMachine: (input: { stateMachineArn: string }, caller: Caller) =>
      this.#describe(input.stateMachineArn, caller),
    ListStateMachines: (input: PageRequest, caller: Caller) => this.#list(input, caller),
    ValidateStateMachineDefinition: (input: ValidateRequest, caller: Caller) => this.#validate(input, caller),
  };

  arnOf(name: string): string {
    return statesArn(this.#host, 'stateMachine', name);
  }

  /** Without a caller it is the host that deploys. */
  create(order: CreateMachine, caller?: Caller): object {
    const {
      name,
      definition,
      roleArn,
      type = 'STANDARD',
      loggingConfiguration,
      tracingConfiguration,
      tags = [],
      publish,
      versionDescription,
    } = order;
    requireName(name);
    requireText(definition, 'definition');
    requireText(roleArn, 'roleArn');
    if (versionDescription !== undefined && !publish)
      throw invalid('Version description can only be set when publish is true');
    const arn = this.arnOf(name);
    caller?.require('states:CreateStateMachine', arn);
    const options = JSON.stringify({
      logging: loggingConfiguration ?? NOT_LOGGED,
      tracing: tracingConfiguration ?? NOT_TRACED,
    });
    const there = this.#store.machine(arn);
    if (!there) requireDefinition(definition, type);
    else {
      // The role and the tags are no part of this comparison, as on AWS.
      const same =
        this.#store.revision(there.revision).definition === definition &&
        there.type === type &&
        there.options === options;
      if (!same) throw new AwsError('StateMachineAlreadyExists', `State Machine Already Exists: '${arn}'`);
    }
    return this.#store.journal.transaction(() => {
      const created = there?.created ?? this.#host.clock.now();
      if (!there) {
        const revision = this.#store.addRevision(arn, '', definition, roleArn, created);
        this.#store.journal.run(
          'INSERT INTO states_machines VALUES (?, ?, ?, ?, ?, 1, ?, ?)',
          arn,
          name,
          type,
          created,
          revision,
          options,
          JSON.stringify(tags),
        );
      }
      const version = publish ? { stateMachineVersionArn: this.#versions.publish(arn, versionDescription) } : {};
      return { creationDate: seconds(created), stateMachineArn: arn, ...version };
    });
  }

  update(change: UpdateMachine, caller?: Caller): object {
    const {
      stateMachineArn,
      definition,
      roleArn,
      loggingConfiguration,
      tracingConfiguration,
      publish,
      versionDescription,
    } = change;
    const machine = this.require(stateMachineArn);
    if (machine.arn !== stateMachineArn) throw missing(stateMachineArn);
    caller?.require('states:UpdateStateMachine', machine.arn);
    if (
      [definition, roleArn, loggingConfiguration, tracingConfiguration].every((member) => member === undefined) &&
      !publish
    ) {
      throw new AwsError(
        'MissingRequiredParameter',
        'Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified',
      );
    }
    if (versionDescription !== undefined && !publish)
      throw invalid('Version description can only be set when publish is true');
    const current = this.#store.revision(machine.revision);
    if (definition !== undefined && definition !== current.definition) requireDefinition(definition, machine.type);
    const next = { definition: definition ?? current.definition, role: roleArn ?? current.role };
    const was = JSON.parse(machine.options) as { logging: object; tracing: object };
    const options = JSON.stringify({
      logging: loggingConfiguration ?? was.logging,
      tracing: tracingConfiguration ?? was.tracing,
    });
    const changed = next.definition !== current.definition || next.role !== current.role || options !== machine.options;
    const uid = changed ? randomUUID() : current.uid;
    return this.#store.journal.transaction(() => {
      const now = this.#host.clock.now();
      if (changed) {
        const revision = this.#store.addRevision(machine.arn, uid, next.definition, next.role, now);
        this.#store.journal.run(
          'UPDATE states_machines SET revision = ?, options = ? WHERE arn = ?',
          revision,
          options,
          machine.arn,
        );
      }
      const version = publish
        ? { stateMachineVersionArn: this.#versions.publish(machine.arn, versionDescription) }
        : {};
      return { updateDate: seconds(now), ...(uid === '' ? {} : { revisionId: uid }), ...version };
    });
  }

  #delete(arn: string, caller: Caller): object {
    const { machineArn } = readMachineArn(arn);
    caller.require('states:DeleteStateMachine', machineArn);
    // Executions that run go on to their end: their revision stays.
    this.#store.journal.transaction(() => {
      for (const table of ['states_versions', 'states_aliases'])
        this.#store.journal.run(`DELETE FROM ${table} WHERE machine = ?`, machineArn);
      this.#store.journal.run('DELETE FROM states_machines WHERE arn = ?', machineArn);
    });
    return {};
  }

  #describe(arn: string, caller: Caller): object {
    const reference = readMachineArn(arn);
    caller.require('states:DescribeStateMachine', arn);
    const machine = this.#store.machine(reference.machineArn);
    let number = reference.version;
    if (reference.alias !== undefined) {
      const alias = this.#store.alias(arn);
      if (!alias) throw missing(arn);
      const [route] = JSON.parse(alias.routing) as { stateMachineVersionArn: string }[];
      number = readMachineArn(route!.stateMachineVersionArn).version;
    }
    const version = machine && number !== undefined ? this.#store.version(machine.arn, number) : undefined;
    if (!machine || (number !== undefined && !version)) throw missing(arn);
    return {
      ...this.#described(machine, version?.revision ?? machine.revision),
      creationDate: seconds(version?.created ?? machine.created),
      stateMachineArn: version ? `${machine.arn}:${version.number}` : machine.arn,
      status: 'ACTIVE',
      type: machine.type,
      ...(version?.description ? { description: version.description } : {}),
    };
  }

  /** What a revision of a machine is: its definition, role, name and options. */
  #described(machine: Pick<MachineRow, 'name' | 'options'>, revision: number): object {
    const { uid, definition, role } = this.#store.revision(revision);
    const { logging, tracing } = JSON.parse(machine.options) as { logging: object; tracing: object };
    return {
      definition,
      loggingConfiguration: { ...NOT_LOGGED, ...logging },
      name: machine.name,
      roleArn: role,
      tracingConfiguration: tracing,
      ...(uid === '' ? {} : { revisionId: uid }),
    };
  }

  /** For DescribeStateMachineForExecution: the machine as the execution knows it. */
  describeRevision(machineArn: string, name: string, revision: number): object {
    const machine = this.#store.machine(machineArn) ?? {
      name,
      options: JSON.stringify({ logging: NOT_LOGGED, tracing: NOT_TRACED }),
    };
    return {
      ...this.#described(machine, revision),
      stateMachineArn: machineArn,
      updateDate: seconds(this.#store.revision(revision).created),
    };
  }

  #list(request: PageRequest, caller: Caller): object {
    caller.require('states:ListStateMachines', '*');
    const all = this.#store.journal.all<MachineRow>('SELECT * FROM states_machines ORDER BY name');
    const { members, ...next } = page(all, request, 'machines');
    return {
      stateMachines: members.map(({ arn, name, type, created }) => ({
        stateMachineArn: arn,
        name,
        type,
        creationDate: seconds(created),
      })),
      ...next,
    };
  }

  #validate(
    { definition, type = 'STANDARD', severity = 'ERROR', maxResults = 0 }: ValidateRequest,
    caller: Caller,
  ): object {
    caller.require('states:ValidateStateMachineDefinition', '*');
    const found = diagnose(definition, type).filter(
      (diagnostic) => severity === 'WARNING' || diagnostic.severity === 'ERROR',
    );
    const most = maxResults || 100;
    return {
      result: found.some((diagnostic) => diagnostic.severity === 'ERROR') ? 'FAIL' : 'OK',
      diagnostics: found.slice(0, most),
      truncated: found.length > most,
    };
  }

  /** The machine of an ARN, qualified or not. Throws StateMachineDoesNotExist or InvalidArn. */
  require(arn: string): MachineRow {
    requireText(arn, 'stateMachineArn');
    const machine = this.#store.machine(readMachineArn(arn).machineArn);
    if (!machine) throw missing(arn);
    return machine;
  }

  requireType(type: MachineRow['type'], wanted: MachineRow['type']): void {
    if (type !== wanted)
      throw new AwsError(
        'StateMachineTypeNotSupported',
        'This operation is not supported by this type of state machine',
      );
  }
}

export function missing(arn: string): AwsError {
  return new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
}
