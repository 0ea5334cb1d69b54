/**
 * Every other service: called through the host as the state machine's role, by the names of the optimised
 * integrations or of the AWS SDK.
 */
import type { Scene } from '../execution/scene.ts';
import type { Outcome } from '../execution/strand.ts';
import type { Json, JsonObject } from '../language.ts';
import type { Integration } from './integration.ts';
import { refusedBy, sdkMetadata, type ErrorNames } from './metadata.ts';

/** The optimised integrations: where they are served and how their errors are named. */
const OPTIMISED: Readonly<Record<string, { readonly signingName: string; readonly names: ErrorNames }>> = {
  dynamodb: {
    signingName: 'dynamodb',
    names: { prefix: 'DynamoDB', service: 'AmazonDynamoDBv2', other: 'AmazonDynamoDBException', sdk: false },
  },
  sqs: { signingName: 'sqs', names: { prefix: 'SQS', service: 'AmazonSQS', other: 'AmazonSQSException', sdk: false } },
  sns: { signingName: 'sns', names: { prefix: 'SNS', service: 'AmazonSNS', other: 'AmazonSNSException', sdk: false } },
  events: {
    signingName: 'events',
    names: { prefix: 'Events', service: 'AmazonEventBridge', other: 'AmazonEventBridgeException', sdk: false },
  },
};

/** SDK services whose name differs from the one requests are signed for, and how their SDK spells them. */
const SDK: Readonly<Record<string, { readonly signingName: string; readonly spelt: string }>> = {
  dynamodb: { signingName: 'dynamodb', spelt: 'DynamoDb' },
  sfn: { signingName: 'states', spelt: 'Sfn' },
  eventbridge: { signingName: 'events', spelt: 'EventBridge' },
  sesv2: { signingName: 'ses', spelt: 'SesV2' },
  secretsmanager: { signingName: 'secretsmanager', spelt: 'SecretsManager' },
  cloudwatchlogs: { signingName: 'logs', spelt: 'CloudWatchLogs' },
  cognitoidentityprovider: { signingName: 'cognito-idp', spelt: 'CognitoIdentityProvider' },
};

export async function callService(
  scene: Scene,
  { service, action, sdk }: Extract<Integration, { kind: 'service' }>,
  parameters: JsonObject,
): Promise<Outcome> {
  const { host, run, strand } = scene;
  const request = strand.call!.request;
  const known = sdk ? SDK[service] : undefined;
  const spelt = known?.spelt ?? `${service[0]!.toUpperCase()}${service.slice(1)}`;
  const { signingName, names } = (sdk ? undefined : OPTIMISED[service]) ?? {
    signingName: known?.signingName ?? service,
    names: { prefix: spelt, service: spelt, other: `${spelt}Exception`, sdk: true },
  };
  const operation = `${action[0]!.toUpperCase()}${action.slice(1)}`;
  const camelCased = signingName === 'states';
  try {
    const answer = (await host.call(
      signingName,
      operation,
      inTextFields(service, camelCased ? recased(parameters, 'toLowerCase') : parameters),
      host.identities.asRole(run.revision.role),
    )) as Json | undefined;
    const result = camelCased ? recased(answer ?? {}, 'toUpperCase') : (answer ?? {});
    const length = Buffer.byteLength(JSON.stringify(result));
    const metadata = sdk
      ? {}
      : sdkMetadata(
          request,
          { connection: 'keep-alive', 'Content-Length': String(length), 'Content-Type': 'application/x-amz-json-1.0' },
          host.clock.now(),
        );
    return { output: JSON.stringify({ ...(result as JsonObject), ...metadata }) };
  } catch (error) {
    return refusedBy(error, names, request);
  }
}

/** A message, a detail or a body may be written as JSON; the services take text. */
function inTextFields(service: string, parameters: Json): Json {
  if (service === 'sqs') return textAt(parameters as JsonObject, 'MessageBody');
  if (service === 'sns') return textAt(parameters as JsonObject, 'Message');
  if (service !== 'events') return parameters;
  const { Entries } = parameters as { readonly Entries?: readonly JsonObject[] };
  return Entries
    ? { ...(parameters as JsonObject), Entries: Entries.map((entry) => textAt(entry, 'Detail')) }
    : parameters;
}

function textAt(object: JsonObject, field: string): JsonObject {
  const value = object[field];
  return value === undefined || value === null || typeof value === 'string'
    ? object
    : { ...object, [field]: JSON.stringify(value) };
}

/** The SDK integrations write and show every member in PascalCase; some services' wire is camelCase. Times become ISO text. */
function recased(value: Json, how: 'toLowerCase' | 'toUpperCase', key = ''): Json {
  if (Array.isArray(value)) return value.map((member: Json) => recased(member, how, key));
  if (how === 'toUpperCase' && typeof value === 'number' && /(Date|Time)$/i.test(key))
    return new Date(value * 1_000).toISOString();
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      `${name[0]![how]()}${name.slice(1)}`,
      recased(member as Json, how, name),
    ]),
  );
}
