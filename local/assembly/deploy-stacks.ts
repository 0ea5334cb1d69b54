/**
 * Deploys a cloud assembly into the parts of the host: every resource, stack by stack, in dependency order.
 *
 * All refusals are found before the first resource is deployed. Deploying again is the normal start of the host, so
 * every provider keeps what is already there.
 */
import {
  AssemblyRefused,
  type CloudAssembly,
  type Stack,
  type Template,
  type TemplateResource,
} from './cloud-assembly.ts';
import { ACCOUNT, type Deployed, type ResourceProvider } from '../contract.ts';
import { deploymentOrder } from './deployment-order.ts';
import { isInert, whyRefused } from './inert-types.ts';
import { conditionHolds, resolveValue, type Scope } from './intrinsics.ts';
import { physicalIdOf } from './physical-ids.ts';

export interface Target {
  readonly region: string;
  readonly providers: ReadonlyMap<string, ResourceProvider>;
  /** Turns addresses that only AWS would answer into this host's own, in any resolved text. */
  localAddress(text: string): string;
  log(line: string): void;
}

/** Output values by stack name and output name: the shape of `cdk deploy --outputs-file`. */
export type Outputs = Record<string, Record<string, unknown>>;

/** Throws AssemblyRefused naming every resource that cannot be hosted, or the reference that leads nowhere. */
export async function deployStacks(assembly: CloudAssembly, target: Target): Promise<Outputs> {
  refuseUnserved(assembly, target);
  const outputs: Outputs = {};
  const exported = new Map<string, unknown>();
  const inert = new Map<string, number>();
  for (const stack of assembly.stacks) {
    outputs[stack.name] = await new StackDeployment(stack, target, exported, inert).run();
  }
  if (inert.size > 0) {
    target.log(
      `accepted without local behaviour: ${[...inert]
        .sort()
        .map(([type, count]) => (count > 1 ? `${type} (${count})` : type))
        .join(', ')}`,
    );
  }
  return outputs;
}

function refuseUnserved(assembly: CloudAssembly, target: Target): void {
  const refused: string[] = [];
  for (const { name, template } of assembly.stacks) {
    if (template.Transform !== undefined)
      refused.push(`${name}: Transform ${JSON.stringify(template.Transform)} runs only inside CloudFormation`);
    for (const [logicalId, { Type }] of Object.entries(template.Resources ?? {})) {
      if (!target.providers.has(Type) && !isInert(Type))
        refused.push(`${name}/${logicalId} is a ${Type}: ${whyRefused(Type)}`);
    }
  }
  if (refused.length > 0) throw new AssemblyRefused(refused.join('\n'));
}

class StackDeployment {
  readonly #stack: Stack;
  readonly #target: Target;
  readonly #exported: Map<string, unknown>;
  readonly #inert: Map<string, number>;
  readonly #deployed = new Map<string, Deployed>();
  readonly #scope: Scope;

  constructor(stack: Stack, target: Target, exported: Map<string, unknown>, inert: Map<string, number>) {
    this.#stack = stack;
    this.#target = target;
    this.#exported = exported;
    this.#inert = inert;
    this.#scope = {
      template: stack.template,
      region: target.region,
      ref: (name) => this.#ref(name),
      attribute: (logicalId, name) => this.#attribute(logicalId, name),
      importValue: (name) => this.#import(name),
    };
  }

  async run(): Promise<Record<string, unknown>> {
    for (const logicalId of deploymentOrder(this.#scope)) {
      const resource = this.#stack.template.Resources![logicalId]!;
      try {
        this.#deployed.set(logicalId, await this.#deploy(logicalId, resource));
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new AssemblyRefused(`${this.#stack.name}/${logicalId} (${resource.Type}): ${reason}`, { cause: error });
      }
    }
    return this.#outputs();
  }

  async #deploy(logicalId: string, resource: TemplateResource): Promise<Deployed> {
    const resolved = resolveValue(resource.Properties ?? {}, this.#scope);
    const properties = this.#localAddresses(resolved) as Record<string, unknown>;
    const physicalId = physicalIdOf(this.#stack.name, logicalId, resource.Type, properties);
    const provider = this.#target.providers.get(resource.Type);
    if (provider) return provider.deploy({ logicalId, type: resource.Type, properties, physicalId });
    this.#inert.set(resource.Type, (this.#inert.get(resource.Type) ?? 0) + 1);
    const service = resource.Type.split('::')[1]!.toLowerCase();
    const arn = service === 'logs' ? `log-group:${physicalId}:*` : physicalId;
    return {
      ref: physicalId,
      attributes: { Arn: `arn:aws:${service}:${this.#target.region}:${ACCOUNT}:${arn}`, ...textsOf(properties) },
    };
  }

  #outputs(): Record<string, unknown> {
    const outputs: Record<string, unknown> = {};
    for (const [name, output] of Object.entries(this.#stack.template.Outputs ?? {})) {
      if (output.Condition !== undefined && !conditionHolds(output.Condition, this.#scope)) continue;
      outputs[name] = this.#localAddresses(resolveValue(output.Value, this.#scope));
      if (output.Export) this.#exported.set(String(resolveValue(output.Export.Name, this.#scope)), outputs[name]);
    }
    return outputs;
  }

  #ref(name: string): unknown {
    const { name: stackName } = this.#stack;
    const region = this.#target.region;
    switch (name) {
      case 'AWS::AccountId':
        return ACCOUNT;
      case 'AWS::NotificationARNs':
        return [];
      case 'AWS::Partition':
        return 'aws';
      case 'AWS::Region':
        return region;
      case 'AWS::StackId':
        return `arn:aws:cloudformation:${region}:${ACCOUNT}:stack/${stackName}/local`;
      case 'AWS::StackName':
        return stackName;
      case 'AWS::URLSuffix':
        return 'amazonaws.com';
    }
    const parameter = this.#stack.template.Parameters?.[name];
    return parameter ? defaultOf(name, parameter) : this.#resource(name).ref;
  }

  #attribute(logicalId: string, name: string): unknown {
    const { attributes } = this.#resource(logicalId);
    const value = attributes[name];
    if (value === undefined) {
      throw new AssemblyRefused(
        `${logicalId}.${name} is not an attribute this host gives; it gives ${Object.keys(attributes).join(', ') || 'none'}`,
      );
    }
    return value;
  }

  #resource(logicalId: string): Deployed {
    const deployed = this.#deployed.get(logicalId);
    if (!deployed)
      throw new AssemblyRefused(
        `${logicalId} is referred to but is no parameter or resource of stack ${this.#stack.name}`,
      );
    return deployed;
  }

  #import(name: string): unknown {
    if (!this.#exported.has(name))
      throw new AssemblyRefused(`Fn::ImportValue ${name}: no stack of this assembly exports that name`);
    return this.#exported.get(name);
  }

  #localAddresses(value: unknown): unknown {
    if (typeof value === 'string') return this.#target.localAddress(value);
    if (Array.isArray(value)) return value.map((element) => this.#localAddresses(element));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, this.#localAddresses(member)]));
  }
}

function defaultOf(name: string, parameter: NonNullable<Template['Parameters']>[string]): unknown {
  if (parameter.Default === undefined)
    throw new AssemblyRefused(
      `parameter ${name} has no default, and this host takes no parameters; give it one in the template`,
    );
  const isList = parameter.Type === 'CommaDelimitedList' || parameter.Type?.startsWith('List<');
  return isList
    ? String(parameter.Default)
        .split(',')
        .map((part) => part.trim())
    : parameter.Default;
}

function textsOf(properties: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(properties).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
