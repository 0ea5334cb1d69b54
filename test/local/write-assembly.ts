/** Writes minimal cloud assemblies by hand, so that tests of the host need no synth. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHost, type HostSettings, type RunningHost } from '../../local/host.ts';

export interface StackToWrite {
  readonly template: object;
  readonly dependencies?: readonly string[];
}

/** Returns the folder of an assembly with these stacks and, as assets, folders of files by object key. */
export function writeAssembly(
  stacks: Readonly<Record<string, StackToWrite>>,
  assets: Readonly<Record<string, Readonly<Record<string, string | Buffer>>>> = {},
): string {
  const folder = mkdtempSync(join(tmpdir(), 'assembly-'));
  const artifacts: Record<string, object> = {};
  for (const [name, { template, dependencies = [] }] of Object.entries(stacks)) {
    writeFileSync(join(folder, `${name}.template.json`), JSON.stringify(template));
    const files: Record<string, object> = {};
    for (const [key, contents] of Object.entries(assets)) {
      mkdirSync(join(folder, `asset.${key}`), { recursive: true });
      for (const [file, text] of Object.entries(contents)) writeFileSync(join(folder, `asset.${key}`, file), text);
      files[key] = {
        source: { path: `asset.${key}`, packaging: 'zip' },
        destinations: { here: { bucketName: 'assets', objectKey: `${key}.zip` } },
      };
    }
    writeFileSync(join(folder, `${name}.assets.json`), JSON.stringify({ version: '48.0.0', files }));
    artifacts[`${name}.assets`] = { type: 'cdk:asset-manifest', properties: { file: `${name}.assets.json` } };
    artifacts[name] = {
      type: 'aws:cloudformation:stack',
      environment: 'aws://unknown-account/unknown-region',
      dependencies: [`${name}.assets`, ...dependencies],
      properties: { templateFile: `${name}.template.json`, stackName: name },
    };
  }
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ version: '48.0.0', artifacts }));
  return folder;
}

/** Starts a host on free ports with a data folder of its own, silent unless it is given a log. */
export function startHost(assembly: string, settings: Partial<HostSettings> = {}): Promise<RunningHost> {
  return createHost({
    assembly,
    data: mkdtempSync(join(tmpdir(), 'host-')),
    port: 0,
    awsPort: 0,
    parts: [],
    log: () => undefined,
    ...settings,
  });
}

/** A function resource with inline code and its role, which may do what `statements` say. */
export function functionWithRole(
  code: string,
  properties: object = {},
  statements: readonly object[] = [],
): Record<string, object> {
  return {
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
        },
        Policies:
          statements.length > 0
            ? [{ PolicyName: 'own', PolicyDocument: { Version: '2012-10-17', Statement: statements } }]
            : [],
      },
    },
    Function: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: 'subject',
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
        Code: { ZipFile: code },
        ...properties,
      },
    },
  };
}

/** An HTTP API whose every path goes to `Function`. */
export const API_TO_FUNCTION: Readonly<Record<string, object>> = {
  Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'api', ProtocolType: 'HTTP' } },
  Stage: {
    Type: 'AWS::ApiGatewayV2::Stage',
    Properties: { ApiId: { Ref: 'Api' }, StageName: '$default', AutoDeploy: true },
  },
  Integration: {
    Type: 'AWS::ApiGatewayV2::Integration',
    Properties: {
      ApiId: { Ref: 'Api' },
      IntegrationType: 'AWS_PROXY',
      PayloadFormatVersion: '2.0',
      IntegrationUri: { 'Fn::GetAtt': ['Function', 'Arn'] },
    },
  },
  Route: {
    Type: 'AWS::ApiGatewayV2::Route',
    Properties: {
      ApiId: { Ref: 'Api' },
      RouteKey: '$default',
      Target: { 'Fn::Join': ['/', ['integrations', { Ref: 'Integration' }]] },
    },
  },
  Permission: {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: { 'Fn::GetAtt': ['Function', 'Arn'] },
      Principal: 'apigateway.amazonaws.com',
      SourceArn: { 'Fn::Sub': 'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*/*' },
    },
  },
};
