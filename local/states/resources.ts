/**
 * What the CloudFormation types of Step Functions become. Deploying again changes only what differs.
 */
import { readFileSync } from 'node:fs';
import type { Deployed, Host } from '../contract.ts';
import type { Machines } from './api/machines.ts';
import type { Versions } from './api/versions.ts';
import { readMachineArn } from './arn.ts';
import type { Store } from './store.ts';

interface Resource {
  readonly logicalId: string;
  readonly physicalId: string;
  readonly properties: Record<string, unknown>;
}

export function deployMachine(
  host: Host,
  store: Store,
  machines: Machines,
  { logicalId, physicalId, properties }: Resource,
): Deployed {
  const name = String(properties['StateMachineName'] ?? nameIn(physicalId));
  const type = properties['StateMachineType'] === 'EXPRESS' ? 'EXPRESS' : 'STANDARD';
  const definition = definitionOf(host, logicalId, properties);
  const role = properties['RoleArn'];
  if (typeof role !== 'string')
    throw new Error(`${logicalId}: RoleArn is ${JSON.stringify(role)}; expected the ARN of a role`);
  const arn = machines.arnOf(name);
  if (store.machine(arn)) machines.update({ stateMachineArn: arn, definition, roleArn: role });
  else machines.create({ name, type, definition, roleArn: role, tags: tagsOf(properties) });
  const revision = store.revision(store.machine(arn)!.revision);
  return { ref: arn, attributes: { Arn: arn, Name: name, StateMachineRevisionId: revision.uid || 'INITIAL' } };
}

export function deployVersion(store: Store, versions: Versions, properties: Record<string, unknown>): Deployed {
  const arn = String(properties['StateMachineArn']);
  const description = properties['Description'];
  const version = store.journal.transaction(() =>
    versions.publish(arn, description === undefined ? undefined : String(description)),
  );
  return { ref: version, attributes: { Arn: version } };
}

export function deployAlias(
  store: Store,
  versions: Versions,
  { logicalId, physicalId, properties }: Resource,
): Deployed {
  const preference = properties['DeploymentPreference'] as { readonly StateMachineVersionArn: string } | undefined;
  const listed = (properties['RoutingConfiguration'] ?? []) as readonly {
    readonly StateMachineVersionArn: string;
    readonly Weight: number | string;
  }[];
  const routingConfiguration = preference
    ? [{ stateMachineVersionArn: preference.StateMachineVersionArn, weight: 100 }]
    : listed.map(({ StateMachineVersionArn, Weight }) => ({
        stateMachineVersionArn: StateMachineVersionArn,
        weight: Number(Weight),
      }));
  if (!routingConfiguration[0])
    throw new Error(`${logicalId}: neither RoutingConfiguration nor DeploymentPreference names a version`);
  const name = String(properties['Name'] ?? nameIn(physicalId));
  const arn = `${readMachineArn(routingConfiguration[0].stateMachineVersionArn).machineArn}:${name}`;
  const description = properties['Description'] === undefined ? {} : { description: String(properties['Description']) };
  if (store.alias(arn)) versions.updateAlias({ stateMachineAliasArn: arn, routingConfiguration, ...description });
  else versions.createAlias({ name, routingConfiguration, ...description });
  return { ref: arn, attributes: { Arn: arn } };
}

function definitionOf(host: Host, logicalId: string, properties: Record<string, unknown>): string {
  const { DefinitionString, Definition } = properties;
  const location = properties['DefinitionS3Location'] as { readonly Bucket: string; readonly Key: string } | undefined;
  const file = location && host.asset(location.Bucket, location.Key);
  if (DefinitionString === undefined && Definition === undefined && file === undefined) {
    throw new Error(
      `${logicalId}: no definition; expected DefinitionString, Definition, or a DefinitionS3Location that is an asset of the assembly`,
    );
  }
  const text =
    typeof DefinitionString === 'string'
      ? DefinitionString
      : file === undefined
        ? JSON.stringify(Definition)
        : readFileSync(file, 'utf8');
  const substitutions = (properties['DefinitionSubstitutions'] ?? {}) as Record<string, unknown>;
  return text.replace(/\$\{(\w+)\}/g, (whole, name: string) =>
    name in substitutions ? JSON.stringify(String(substitutions[name])).slice(1, -1) : whole,
  );
}

function tagsOf(properties: Record<string, unknown>): { key: string; value: string }[] {
  const tags = (properties['Tags'] ?? []) as readonly { readonly Key: string; readonly Value: string }[];
  return tags.map(({ Key, Value }) => ({ key: Key, value: Value }));
}

/** A physical id may be the ARN or the bare name. */
function nameIn(physicalId: string): string {
  return physicalId.slice(physicalId.lastIndexOf(':') + 1).slice(0, 80);
}
