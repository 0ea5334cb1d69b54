/**
 * The outputs of the deployed stack: from the file that `cdk deploy --outputs-file` wrote (POSTACT_OUTPUTS, a path or an
 * address), or else from CloudFormation itself.
 *
 * DescribeStacks is one call that nothing else here makes, so it is made over plain HTTP, signed by a client that is
 * there anyway, and no package is added for it.
 */
import { LambdaClient } from '@aws-sdk/client-lambda';
import { XMLParser } from 'fast-xml-parser';
import { readFileSync } from 'node:fs';
import type { Outputs as SeedOutputs } from '../../demo/seed.ts';
import type { Env } from './needs.ts';

const NAMES = [
  'SiteUrl',
  'TableName',
  'ImagesBucketName',
  'UserPoolId',
  'ImportPeopleFunctionName',
  'ImportDevicesFunctionName',
  'ImportTrainingsFunctionName',
  'ImportRegistersFunctionName',
  'DecisionKeyId',
  'ImportRecordsFunctionName',
  'InterfaceClientId',
  'InterfaceTokenUrl',
] as const;
export type Outputs = SeedOutputs & Readonly<Record<(typeof NAMES)[number], string>>;

/** Throws when there is no such stack, or when it lacks an output and so is not a stack of ours. */
export async function outputsOf(stack: string, env: Env): Promise<Outputs> {
  const found = env.POSTACT_OUTPUTS ? await written(env.POSTACT_OUTPUTS, stack) : await described(stack, env);
  const missing = NAMES.filter((name) => !found[name]);
  if (missing.length > 0)
    throw new Error(
      `stack ${stack} has no output ${missing.join(', ')}; deploy it again, or name another by POSTACT_STACK`,
    );
  return found as Outputs;
}

type Found = Readonly<Record<string, string>>;

async function written(place: string, stack: string): Promise<Found> {
  const text = /^https?:/.test(place)
    ? await (await fetch(place, { headers: { accept: 'application/json' } })).text()
    : readFileSync(place, 'utf8');
  const all = JSON.parse(text) as Readonly<Record<string, Found>>;
  const found = all[stack];
  if (!found)
    throw new Error(
      `${place} has no stack ${stack}, only ${Object.keys(all).join(', ') || 'nothing'}; name one of them by POSTACT_STACK`,
    );
  return found;
}

async function described(stack: string, env: Env): Promise<Found> {
  const region = env.AWS_REGION!;
  const url = new URL(
    env.AWS_ENDPOINT_URL_CLOUDFORMATION ?? env.AWS_ENDPOINT_URL ?? `https://cloudformation.${region}.amazonaws.com`,
  );
  const body = new URLSearchParams({ Action: 'DescribeStacks', Version: '2010-05-15', StackName: stack }).toString();
  const client = new LambdaClient({});
  const signer = await client.config.signer({
    name: 'sigv4',
    signingName: 'cloudformation',
    signingRegion: region,
    properties: {},
  });
  const { headers } = await signer.sign({
    method: 'POST',
    protocol: url.protocol,
    hostname: url.hostname,
    ...(url.port && { port: Number(url.port) }),
    path: '/',
    query: {},
    headers: { host: url.host, 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    body,
  });
  client.destroy();
  const { host: _, ...sent } = headers;
  const response = await fetch(new URL('/', url), { method: 'POST', headers: sent, body });
  const text = await response.text();
  if (!response.ok)
    throw new Error(
      `${url.origin} did not describe stack ${stack} (${response.status}: ${text.slice(0, 300)}); deploy it first, or give its outputs by POSTACT_OUTPUTS`,
    );
  return outputsIn(text);
}

interface Described {
  readonly DescribeStacksResponse: {
    readonly DescribeStacksResult: {
      readonly Stacks: {
        readonly member: {
          readonly Outputs?: {
            readonly member: readonly { readonly OutputKey: string; readonly OutputValue: string }[];
          };
        };
      };
    };
  };
}

function outputsIn(xml: string): Found {
  const parser = new XMLParser({
    parseTagValue: false,
    isArray: (_name, path) => String(path).endsWith('.Outputs.member'),
  });
  const { Outputs } = (parser.parse(xml) as Described).DescribeStacksResponse.DescribeStacksResult.Stacks.member;
  return Object.fromEntries((Outputs?.member ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
}
