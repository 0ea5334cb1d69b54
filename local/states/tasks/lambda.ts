/**
 * Functions, called by their ARN (input in, output out) or by lambda:invoke (arguments in, an envelope out).
 */
import { AwsError, type InvokeResult } from '../../contract.ts';
import type { Scene } from '../execution/scene.ts';
import type { Outcome } from '../execution/strand.ts';
import type { Json, JsonObject } from '../language.ts';
import { refusedBy, sdkMetadata, type ErrorNames } from './metadata.ts';
import { partitionOf } from '../arn.ts';

const NAMES: ErrorNames = { prefix: 'Lambda', service: 'AWSLambda', other: 'AWSLambdaException', sdk: false };

type Refused = Extract<Outcome, { failure: unknown }>;

export async function invokeFunction(scene: Scene, target: string, payload: string): Promise<Outcome> {
  const answer = await invoke(scene, target, payload);
  if ('failure' in answer) return answer;
  if (answer.functionError !== undefined) return raised(answer.payload, answer.payload);
  return { output: answer.payload === '' ? 'null' : answer.payload };
}

export async function invokeService(scene: Scene, parameters: JsonObject): Promise<Outcome> {
  const { FunctionName, Payload, Qualifier, InvocationType } = parameters;
  if (typeof FunctionName !== 'string')
    return {
      failure: {
        error: 'States.Runtime',
        cause: `The arguments of lambda:invoke have no FunctionName: ${JSON.stringify(parameters)}`,
        fatal: true,
      },
    };
  const target = typeof Qualifier === 'string' ? `${FunctionName}:${Qualifier}` : FunctionName;
  const payload = typeof Payload === 'string' ? Payload : JSON.stringify(Payload ?? {});
  if (InvocationType === 'Event') void invoke(scene, target, payload);
  const answer: InvokeResult | Refused =
    InvocationType === 'Event' ? { payload: '', executedVersion: '' } : await invoke(scene, target, payload);
  if ('failure' in answer) return answer;
  const document = readPayload(answer.payload);
  if (answer.functionError !== undefined) return raised(answer.payload, JSON.stringify(document));
  const request = scene.strand.call!.request;
  const metadata = sdkMetadata(
    request,
    {
      'X-Amz-Executed-Version': answer.executedVersion,
      'x-amzn-Remapped-Content-Length': '0',
      Connection: 'keep-alive',
      'Content-Length': String(Buffer.byteLength(answer.payload)),
      'X-Amzn-Trace-Id': `root=1-${Math.floor(scene.host.clock.now() / 1_000).toString(16)}-${request.replaceAll('-', '').slice(0, 24)};sampled=0`,
      'Content-Type': 'application/json',
    },
    scene.host.clock.now(),
  );
  const envelope = {
    ExecutedVersion: answer.executedVersion,
    Payload: document,
    ...metadata,
    StatusCode: InvocationType === 'Event' ? 202 : 200,
  };
  return { output: JSON.stringify(envelope) };
}

/** Calls the function as the state machine's role. */
async function invoke(scene: Scene, target: string, payload: string): Promise<InvokeResult | Refused> {
  const { host, run, strand } = scene;
  const request = strand.call!.request;
  try {
    host.identities.asRole(run.revision.role).require('lambda:InvokeFunction', functionArn(scene, target));
    return await host.functions.invoke(target, payload, { requestId: request });
  } catch (error) {
    const denied =
      error instanceof AwsError && error.code === 'AccessDeniedException'
        ? new AwsError(error.code, error.message, 403)
        : error;
    return refusedBy(denied, NAMES, request) as Refused;
  }
}

/** `name`, `name:qualifier`, `account:function:name` and full ARNs all name a function. */
function functionArn({ host }: Scene, target: string): string {
  if (target.startsWith('arn:')) return target;
  const name = target.replace(/^(\d{12}:)?function:/, '');
  return `arn:${partitionOf(host.region)}:lambda:${host.region}:${host.account}:function:${name}`;
}

function raised(raw: string, cause: string): Outcome {
  const document = readPayload(raw);
  const named =
    typeof document === 'object' && document !== null && !Array.isArray(document)
      ? (document as JsonObject)['errorType']
      : undefined;
  return { failure: { error: typeof named === 'string' ? named : 'Lambda.Unknown', cause } };
}

function readPayload(payload: string): Json {
  if (payload === '') return null;
  try {
    return JSON.parse(payload) as Json;
  } catch {
    return payload;
  }
}
