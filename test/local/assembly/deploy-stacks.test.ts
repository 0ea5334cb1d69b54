import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { AssemblyRefused, loadAssembly } from '../../../local/assembly/cloud-assembly.ts';
import { deployStacks, type Outputs } from '../../../local/assembly/deploy-stacks.ts';
import type { ResourceProvider } from '../../../local/contract.ts';
import { writeAssembly, type StackToWrite } from '../write-assembly.ts';

interface Seen {
  readonly outputs: Outputs;
  readonly deployed: {
    readonly logicalId: string;
    readonly physicalId: string;
    readonly properties: Record<string, unknown>;
  }[];
  readonly said: string[];
}

async function deploy(stacks: Record<string, StackToWrite>, stackName?: string): Promise<Seen> {
  const deployed: Seen['deployed'] = [];
  const said: string[] = [];
  const things: ResourceProvider = {
    types: ['Test::A::Thing', 'AWS::S3::Bucket'],
    deploy: ({ logicalId, properties, physicalId }) => {
      deployed.push({ logicalId, properties, physicalId });
      return {
        ref: `ref-${logicalId}`,
        attributes: { Arn: `arn:${logicalId}`, Many: ['x', 'y'], 'End.Point': 'dotted' },
      };
    },
  };
  const outputs = await deployStacks(loadAssembly(writeAssembly(stacks), stackName), {
    region: 'us-east-2',
    providers: new Map(things.types.map((type) => [type, things])),
    log: (line) => said.push(line),
    localAddress: (text) => text.replace('https://remote', 'http://local'),
  });
  return { outputs, deployed, said };
}

/** Resolves one value in a template around it. */
async function resolved(value: unknown, template: object = {}): Promise<unknown> {
  const { deployed } = await deploy({
    app: { template: { ...template, Resources: { Other: thing({}), Subject: thing({ value }) } } },
  });
  return deployed.find(({ logicalId }) => logicalId === 'Subject')!.properties['value'];
}

const thing = (Properties: object, rest: object = {}): object => ({ Type: 'Test::A::Thing', Properties, ...rest });

describe('an intrinsic function', () => {
  it.each<[unknown, unknown]>([
    [{ Ref: 'Other' }, 'ref-Other'],
    [{ Ref: 'AWS::Region' }, 'us-east-2'],
    [{ Ref: 'AWS::AccountId' }, '000000000000'],
    [{ Ref: 'AWS::StackName' }, 'app'],
    [{ 'Fn::GetAtt': ['Other', 'Arn'] }, 'arn:Other'],
    [{ 'Fn::GetAtt': 'Other.End.Point' }, 'dotted'],
    [{ 'Fn::GetAtt': ['Other', 'Many'] }, ['x', 'y']],
    [{ 'Fn::Join': ['-', ['a', { Ref: 'Other' }, 1]] }, 'a-ref-Other-1'],
    [{ 'Fn::Join': [',', { 'Fn::GetAtt': ['Other', 'Many'] }] }, 'x,y'],
    [{ 'Fn::Sub': '${AWS::Partition}:${Other.Arn}:${!Literal}' }, 'aws:arn:Other:${Literal}'],
    [{ 'Fn::Sub': ['${Own}/${Other}', { Own: { Ref: 'AWS::URLSuffix' } }] }, 'amazonaws.com/ref-Other'],
    [{ 'Fn::Select': ['1', { 'Fn::Split': ['/', 'a/b/c'] }] }, 'b'],
    [{ 'Fn::Base64': 'hi' }, 'aGk='],
    [{ 'Fn::GetAZs': '' }, ['us-east-2a', 'us-east-2b', 'us-east-2c']],
    [{ 'Fn::FindInMap': ['Sizes', { Ref: 'AWS::Region' }, 'n'] }, 3],
    [{ 'Fn::If': ['Yes', 'then', 'else'] }, 'then'],
    [{ 'Fn::If': ['Not', 'then', { Ref: 'AWS::NoValue' }] }, undefined],
    [
      ['a', { 'Fn::If': ['Not', 'b', { Ref: 'AWS::NoValue' }] }, 'c'],
      ['a', 'c'],
    ],
    [{ 'Fn::If': ['Mixed', 1, 2] }, 1],
    [{ Ref: 'Size' }, 'small'],
    [{ Ref: 'Zones' }, ['a', 'b']],
    ['https://remote/x', 'http://local/x'],
  ])('%j becomes %j', async (value, expected) => {
    const template = {
      Parameters: {
        Size: { Type: 'String', Default: 'small' },
        Zones: { Type: 'CommaDelimitedList', Default: 'a, b' },
      },
      Mappings: { Sizes: { 'us-east-2': { n: 3 } } },
      Conditions: {
        Yes: { 'Fn::Equals': [{ Ref: 'Size' }, 'small'] },
        Not: { 'Fn::Not': [{ Condition: 'Yes' }] },
        Mixed: { 'Fn::And': [{ 'Fn::Or': [{ Condition: 'Not' }, { Condition: 'Yes' }] }, { Condition: 'Yes' }] },
      },
    };
    expect(await resolved(value, template)).toEqual(expected);
  });

  it('that this host does not serve is refused by name', async () => {
    await expect(resolved({ 'Fn::Cidr': ['10.0.0.0/8', 2] })).rejects.toThrow(
      'app/Subject (Test::A::Thing): Fn::Cidr is not served by this host',
    );
  });
});

describe('resources', () => {
  it('are deployed after those they refer to or depend on', async () => {
    const { deployed } = await deploy({
      app: {
        template: {
          Resources: {
            A: thing({ of: { 'Fn::Sub': '${B.Arn}' } }),
            B: thing({}, { DependsOn: 'C' }),
            C: thing({ of: { 'Fn::GetAtt': ['D', 'Arn'] } }),
            D: thing({}),
          },
        },
      },
    });
    expect(deployed.map(({ logicalId }) => logicalId)).toEqual(['D', 'C', 'B', 'A']);
  });

  it('that refer to each other in a circle are named', async () => {
    const Resources = {
      A: thing({ of: { Ref: 'B' } }),
      B: thing({ of: { 'Fn::GetAtt': ['C', 'Arn'] } }),
      C: thing({}, { DependsOn: ['B'] }),
    };
    await expect(deploy({ app: { template: { Resources } } })).rejects.toThrow(
      'resources refer to each other in a circle: B -> C -> B',
    );
  });

  it('whose condition does not hold are left out, and what only the other branch names is not needed', async () => {
    const Conditions = { Never: { 'Fn::Equals': ['a', 'b'] } };
    const Resources = {
      A: thing({ of: { 'Fn::If': ['Never', { Ref: 'B' }, 'none'] } }),
      B: thing({}, { Condition: 'Never' }),
    };
    const { deployed } = await deploy({ app: { template: { Conditions, Resources } } });
    expect(deployed).toMatchObject([{ logicalId: 'A', properties: { of: 'none' } }]);
  });

  it('have the same derived name on every start, or the name they are given', async () => {
    const stacks = {
      app: {
        template: {
          Resources: {
            Images: { Type: 'AWS::S3::Bucket' },
            Named: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'given' } },
          },
        },
      },
    };
    const names = (await deploy(stacks)).deployed.map(({ physicalId }) => physicalId);
    expect(names).toEqual([expect.stringMatching(/^app-images-[0-9a-f]{12}$/), 'given']);
    expect((await deploy(stacks)).deployed.map(({ physicalId }) => physicalId)).toEqual(names);
  });

  it('that nobody serves are refused together, before anything is deployed', async () => {
    const Resources = { Good: thing({}), Cluster: { Type: 'AWS::ECS::Cluster' }, Custom: { Type: 'Custom::Thing' } };
    const refusal = await deploy({ app: { template: { Resources } } }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(AssemblyRefused);
    expect((refusal as Error).message.split('\n')).toEqual([
      'app/Cluster is a AWS::ECS::Cluster: no part of this host serves that type; deploy to AWS or an AWS emulator, or remove it from the template',
      'app/Custom is a Custom::Thing: custom resources run only inside CloudFormation; use a property of the resource itself, or deploy to AWS or an AWS emulator',
    ]);
  });

  it('without local behaviour are accepted and said', async () => {
    const Resources = {
      Trace: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: 'trace' } },
      A: thing({ of: { 'Fn::GetAtt': ['Trace', 'Arn'] } }),
    };
    const { deployed, said } = await deploy({ app: { template: { Resources } } });
    expect(deployed[0]!.properties).toEqual({ of: 'arn:aws:logs:us-east-2:000000000000:log-group:trace:*' });
    expect(said).toEqual(['accepted without local behaviour: AWS::Logs::LogGroup']);
  });

  it('name the attribute that is missing', async () => {
    await expect(resolved({ 'Fn::GetAtt': ['Other', 'Url'] })).rejects.toThrow(
      'Other.Url is not an attribute this host gives; it gives Arn, Many, End.Point',
    );
  });
});

describe('stacks', () => {
  const producer = {
    template: {
      Resources: { A: thing({}) },
      Outputs: {
        Arn: { Value: { 'Fn::GetAtt': ['A', 'Arn'] }, Export: { Name: { 'Fn::Sub': '${AWS::StackName}:arn' } } },
      },
    },
  };
  const consumer = {
    template: { Resources: { B: thing({ of: { 'Fn::ImportValue': 'base:arn' } }) }, Outputs: {} },
    dependencies: ['base'],
  };

  it('are deployed after those they depend on, with what those export', async () => {
    const { deployed, outputs } = await deploy({ app: consumer, base: producer });
    expect(deployed).toMatchObject([{ logicalId: 'A' }, { logicalId: 'B', properties: { of: 'arn:A' } }]);
    expect(outputs).toEqual({ base: { Arn: 'arn:A' }, app: {} });
  });

  it('can be picked by name', async () => {
    expect(Object.keys((await deploy({ app: consumer, base: producer }, 'base')).outputs)).toEqual(['base']);
    await expect(deploy({ app: consumer, base: producer }, 'prod')).rejects.toThrow(
      'expected a stack named prod, found app, base',
    );
  });

  it('are looked for in a folder that has a manifest', () => {
    const empty = mkdtempSync(`${tmpdir()}/empty-`);
    expect(() => loadAssembly(empty)).toThrow(
      `${empty}/manifest.json is not there; give the folder that \`cdk synth\` wrote`,
    );
  });
});
