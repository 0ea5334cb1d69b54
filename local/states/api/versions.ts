/**
 * Versions, which keep a revision under a number, and aliases, which lead to one or two versions by weight.
 */
import { AwsError, type Caller, type Host } from '../../contract.ts';
import { readMachineArn } from '../arn.ts';
import type { AliasRow, MachineRow, Store, VersionRow } from '../store.ts';
import { missing } from './machines.ts';
import { constraint, invalid, page, seconds, type PageRequest } from './wire.ts';

interface Route {
  readonly stateMachineVersionArn: string;
  readonly weight: number;
}

interface CreateAlias {
  readonly name: string;
  readonly description?: string;
  readonly routingConfiguration: readonly Route[];
}

interface UpdateAlias {
  readonly stateMachineAliasArn: string;
  readonly description?: string;
  readonly routingConfiguration?: readonly Route[];
}

interface PublishRequest {
  readonly stateMachineArn: string;
  readonly revisionId?: string;
  readonly description?: string;
}

const ALIAS_NAME = /^(?=.*[a-zA-Z_\-.])[a-zA-Z0-9_\-.]+$/;

export class Versions {
  readonly #host: Host;
  readonly #store: Store;

  constructor(host: Host, store: Store) {
    this.#host = host;
    this.#store = store;
  }

  readonly operations = {
    PublishStateMachineVersion: (input: PublishRequest, caller: Caller) => this.#publishVersion(input, caller),
    ListStateMachineVersions: (input: { stateMachineArn: string } & PageRequest, caller: Caller) =>
      this.#listVersions(input, caller),
    DeleteStateMachineVersion: (input: { stateMachineVersionArn: string }, caller: Caller) =>
      this.#deleteVersion(input.stateMachineVersionArn, caller),
    CreateStateMachineAlias: (input: CreateAlias, caller: Caller) => this.createAlias(input, caller),
    UpdateStateMachineAlias: (input: UpdateAlias, caller: Caller) => this.updateAlias(input, caller),
    DescribeStateMachineAlias: (input: { stateMachineAliasArn: string }, caller: Caller) =>
      this.#describeAlias(input.stateMachineAliasArn, caller),
    ListStateMachineAliases: (input: { stateMachineArn: string } & PageRequest, caller: Caller) =>
      this.#listAliases(input, caller),
    DeleteStateMachineAlias: (input: { stateMachineAliasArn: string }, caller: Caller) =>
      this.#deleteAlias(input.stateMachineAliasArn, caller),
  };

  /** Keeps the machine's current revision as a version, unless the newest version is that already. Returns its ARN. */
  publish(machineArn: string, description?: string): string {
    const machine = this.#store.machine(machineArn)!;
    const newest = this.#store.journal.get<VersionRow>(
      'SELECT * FROM states_versions WHERE machine = ? ORDER BY number DESC LIMIT 1',
      machineArn,
    );
    if (newest?.revision === machine.revision) return `${machineArn}:${newest.number}`;
    this.#store.journal.run(
      'INSERT INTO states_versions VALUES (?, ?, ?, ?, ?)',
      machineArn,
      machine.next_version,
      machine.revision,
      description ?? null,
      this.#host.clock.now(),
    );
    this.#store.journal.run('UPDATE states_machines SET next_version = next_version + 1 WHERE arn = ?', machineArn);
    return `${machineArn}:${machine.next_version}`;
  }

  #publishVersion({ stateMachineArn, revisionId, description }: PublishRequest, caller: Caller): object {
    const machine = this.#machine(stateMachineArn);
    caller.require('states:PublishStateMachineVersion', machine.arn);
    const current = this.#store.revision(machine.revision).uid || 'INITIAL';
    if (revisionId !== undefined && revisionId !== current) {
      throw new AwsError(
        'ConflictException',
        `Failed to publish the State Machine version for revision ${revisionId}. The current State Machine revision is ${current}.`,
      );
    }
    return this.#store.journal.transaction(() => {
      const arn = this.publish(machine.arn, description);
      return {
        creationDate: seconds(this.#store.version(machine.arn, readMachineArn(arn).version!)!.created),
        stateMachineVersionArn: arn,
      };
    });
  }

  #listVersions({ stateMachineArn, ...request }: { stateMachineArn: string } & PageRequest, caller: Caller): object {
    const machine = this.#machine(stateMachineArn);
    caller.require('states:ListStateMachineVersions', machine.arn);
    const all = this.#store.journal.all<VersionRow>(
      'SELECT * FROM states_versions WHERE machine = ? ORDER BY number DESC',
      machine.arn,
    );
    const { members, ...next } = page(all, request, `versions ${machine.arn}`);
    return {
      stateMachineVersions: members.map(({ number, created }) => ({
        stateMachineVersionArn: `${machine.arn}:${number}`,
        creationDate: seconds(created),
      })),
      ...next,
    };
  }

  #deleteVersion(arn: string, caller: Caller): object {
    const { machineArn, version } = readMachineArn(arn);
    if (version === undefined) throw invalid(`'${arn}' names no version of a state machine`);
    caller.require('states:DeleteStateMachineVersion', machineArn);
    const users = this.#aliasesOf(machineArn).filter((alias) => leadsTo(alias, arn));
    if (users.length > 0) {
      throw new AwsError(
        'ConflictException',
        `Version to be deleted must not be referenced by an alias. Current list of aliases referencing this version: [${users.map(({ name }) => name).join(', ')}]`,
      );
    }
    this.#store.journal.run('DELETE FROM states_versions WHERE machine = ? AND number = ?', machineArn, version);
    return {};
  }

  /** Without a caller it is the host that deploys. */
  createAlias({ name, description, routingConfiguration }: CreateAlias, caller?: Caller): object {
    if (name.length > 80) throw constraint(name, 'name', 'Member must have length less than or equal to 80');
    if (!ALIAS_NAME.test(name))
      throw constraint(
        name,
        'name',
        'Member must satisfy regular expression pattern: ^(?=.*[a-zA-Z_\\-\\.])[a-zA-Z0-9_\\-\\.]+$',
      );
    const machine = this.#requireRoutes(routingConfiguration);
    const arn = `${machine.arn}:${name}`;
    caller?.require('states:CreateStateMachineAlias', machine.arn);
    const routing = JSON.stringify(routingConfiguration);
    const there = this.#store.alias(arn);
    if (there && (there.routing !== routing || there.description !== (description ?? null))) {
      throw new AwsError(
        'ConflictException',
        'Failed to create alias because an alias with the same name and a different routing configuration already exists.',
      );
    }
    const now = this.#host.clock.now();
    if (!there)
      this.#store.journal.run(
        'INSERT INTO states_aliases VALUES (?, ?, ?, ?, ?, ?, ?)',
        arn,
        machine.arn,
        name,
        description ?? null,
        routing,
        now,
        now,
      );
    return { creationDate: seconds(there?.created ?? now), stateMachineAliasArn: arn };
  }

  updateAlias({ stateMachineAliasArn, description, routingConfiguration }: UpdateAlias, caller?: Caller): object {
    caller?.require('states:UpdateStateMachineAlias', stateMachineAliasArn);
    if (description === undefined && routingConfiguration === undefined)
      throw invalid('Either the description or the routing configuration must be given');
    const alias = this.#alias(stateMachineAliasArn);
    if (routingConfiguration !== undefined) this.#requireRoutes(routingConfiguration);
    const now = this.#host.clock.now();
    const routing = routingConfiguration ? JSON.stringify(routingConfiguration) : alias.routing;
    this.#store.journal.run(
      'UPDATE states_aliases SET description = ?, routing = ?, updated = ? WHERE arn = ?',
      description ?? alias.description,
      routing,
      now,
      alias.arn,
    );
    return { updateDate: seconds(now) };
  }

  #describeAlias(arn: string, caller: Caller): object {
    caller.require('states:DescribeStateMachineAlias', arn);
    const { name, description, routing, created, updated } = this.#alias(arn);
    return {
      stateMachineAliasArn: arn,
      name,
      ...(description === null ? {} : { description }),
      routingConfiguration: JSON.parse(routing) as Route[],
      creationDate: seconds(created),
      updateDate: seconds(updated),
    };
  }

  #listAliases({ stateMachineArn, ...request }: { stateMachineArn: string } & PageRequest, caller: Caller): object {
    const machine = this.#machine(stateMachineArn);
    caller.require('states:ListStateMachineAliases', machine.arn);
    const ofVersion = readMachineArn(stateMachineArn).version !== undefined;
    const all = this.#aliasesOf(machine.arn).filter((alias) => !ofVersion || leadsTo(alias, stateMachineArn));
    const { members, ...next } = page(all, request, `aliases ${stateMachineArn}`);
    return {
      stateMachineAliases: members.map(({ arn, created }) => ({
        stateMachineAliasArn: arn,
        creationDate: seconds(created),
      })),
      ...next,
    };
  }

  #deleteAlias(arn: string, caller: Caller): object {
    caller.require('states:DeleteStateMachineAlias', arn);
    this.#store.journal.run('DELETE FROM states_aliases WHERE arn = ?', arn);
    return {};
  }

  #aliasesOf(machineArn: string): AliasRow[] {
    return this.#store.journal.all<AliasRow>(
      'SELECT * FROM states_aliases WHERE machine = ? ORDER BY name',
      machineArn,
    );
  }

  #alias(arn: string): AliasRow {
    const alias = this.#store.alias(arn);
    if (!alias) throw new AwsError('ResourceNotFound', 'Request references a resource that does not exist.');
    return alias;
  }

  #machine(arn: string): MachineRow {
    const machine = this.#store.machine(readMachineArn(arn).machineArn);
    if (!machine) throw missing(arn);
    return machine;
  }

  /** One or two distinct versions of one machine, whose weights add up to 100. */
  #requireRoutes(routes: readonly Route[]): MachineRow {
    const list = routes.map(({ stateMachineVersionArn }) => stateMachineVersionArn);
    if (routes.length > 2) {
      const shown = routes.map(
        ({ stateMachineVersionArn, weight }) =>
          `RoutingConfigurationListItem(stateMachineVersionArn=${stateMachineVersionArn}, weight=${weight})`,
      );
      throw constraint(
        `[${shown.join(', ')}]`,
        'routingConfiguration',
        'Member must have length less than or equal to 2',
      );
    }
    for (const [index, { weight }] of routes.entries()) {
      if (weight > 100)
        throw constraint(
          weight,
          `routingConfiguration.${index + 1}.member.weight`,
          'Member must have value less than or equal to 100',
        );
    }
    const read = list.map((arn) => readMachineArn(arn));
    if (read.some(({ version }) => version === undefined))
      throw invalid(`Routing configuration must contain state machine version ARNs. Received: [${list.join(', ')}]`);
    if (new Set(list).size < list.length)
      throw invalid(
        `Routing configuration must contain distinct state machine version ARNs. Received: [${list.join(', ')}]`,
      );
    const weights = routes.map(({ weight }) => weight);
    if (weights.reduce((sum, weight) => sum + weight, 0) !== 100)
      throw invalid(`Sum of routing configuration weights must equal 100. Received: [${weights.join(', ')}]`);
    const machine = this.#machine(list[0]!);
    for (const { machineArn, version } of read) {
      if (machineArn !== machine.arn || !this.#store.version(machine.arn, version!))
        throw new AwsError('ResourceNotFound', 'Request references a resource that does not exist.');
    }
    return machine;
  }
}

function leadsTo({ routing }: AliasRow, versionArn: string): boolean {
  return (JSON.parse(routing) as Route[]).some(({ stateMachineVersionArn }) => stateMachineVersionArn === versionArn);
}
