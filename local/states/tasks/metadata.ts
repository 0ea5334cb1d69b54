/**
 * The header blocks that Step Functions adds to what a service answered, and how it names a service's errors.
 */
import { AwsError } from '../../contract.ts';
import type { Outcome } from '../execution/strand.ts';
import type { JsonObject } from '../language.ts';

/** `SdkHttpMetadata` and `SdkResponseMetadata`, as an optimised integration shows them. */
export function sdkMetadata(request: string, headers: Readonly<Record<string, string>>, now: number): JsonObject {
  const all = { ...headers, Date: new Date(now).toUTCString(), 'x-amzn-RequestId': request };
  return {
    SdkHttpMetadata: {
      AllHttpHeaders: Object.fromEntries(Object.entries(all).map(([name, value]) => [name, [value]])),
      HttpHeaders: all,
      HttpStatusCode: 200,
    },
    SdkResponseMetadata: { RequestId: request },
  };
}

/** How the SDK under an integration calls a service: the prefix of errors, the service's name, its catch-all error. */
export interface ErrorNames {
  readonly prefix: string;
  readonly service: string;
  readonly other: string;
  /** The older SDK of the optimised integrations puts more into the cause. */
  readonly sdk: boolean;
}

/** Errors that no service models as an exception of its own. */
const UNMODELLED = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'ValidationException',
  'ValidationError',
  'MissingParameter',
  'MissingParameterException',
  'InvalidParameterValue',
  'ThrottlingException',
  'UnrecognizedClientException',
  'UnknownOperationException',
  'SerializationException',
]);

/** An error of a service as the outcome of a task. What is no error of a service is named as the SDK's own failure. */
export function refusedBy(error: unknown, { prefix, service, other, sdk }: ErrorNames, request: string): Outcome {
  if (!(error instanceof AwsError))
    return {
      failure: { error: `${prefix}.SdkClientException`, cause: error instanceof Error ? error.message : String(error) },
    };
  const name = UNMODELLED.has(error.code) ? other : error.code.replace(/(Exception)?$/, 'Exception');
  const about = sdk
    ? `(Service: ${service}, Status Code: ${error.status}, Request ID: ${request})`
    : `(Service: ${service}; Status Code: ${error.status}; Error Code: ${error.code}; Request ID: ${request}; Proxy: null)`;
  return { failure: { error: `${prefix}.${name}`, cause: `${error.message} ${about}` } };
}
