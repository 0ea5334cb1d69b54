/**
 * The REST-JSON services (Lambda, SES v2, EventBridge Scheduler): which method and path is which operation.
 *
 * Path labels, query parameters and the body's members become one input. An operation that is not listed is not known
 * here by name; one that is listed but that no part serves is refused by name.
 * Source: the `http` traits of the services' public models, as the AWS SDKs use them.
 */
import type { IncomingMessage } from 'node:http';

export interface RestOperation {
  readonly signingName: string;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

const ROUTES: readonly (readonly [signingName: string, method: string, path: string, operation: string])[] = [
  ['lambda', 'POST', '/2015-03-31/functions/{FunctionName}/invocations', 'Invoke'],
  ['lambda', 'GET', '/2015-03-31/functions/{FunctionName}/configuration', 'GetFunctionConfiguration'],
  ['lambda', 'GET', '/2015-03-31/functions/{FunctionName}', 'GetFunction'],
  ['lambda', 'GET', '/2015-03-31/functions', 'ListFunctions'],
  ['lambda', 'GET', '/2015-03-31/event-source-mappings', 'ListEventSourceMappings'],
  ['lambda', 'GET', '/2015-03-31/event-source-mappings/{UUID}', 'GetEventSourceMapping'],
  ['ses', 'POST', '/v2/email/outbound-emails', 'SendEmail'],
  ['ses', 'POST', '/v2/email/outbound-bulk-emails', 'SendBulkEmail'],
  ['ses', 'GET', '/v2/email/account', 'GetAccount'],
  ['ses', 'GET', '/v2/email/identities', 'ListEmailIdentities'],
  ['ses', 'POST', '/v2/email/identities', 'CreateEmailIdentity'],
  ['ses', 'GET', '/v2/email/identities/{EmailIdentity}', 'GetEmailIdentity'],
  ['ses', 'DELETE', '/v2/email/identities/{EmailIdentity}', 'DeleteEmailIdentity'],
  ['ses', 'GET', '/v2/email/configuration-sets/{ConfigurationSetName}', 'GetConfigurationSet'],
  ['ses', 'PUT', '/v2/email/suppression/addresses', 'PutSuppressedDestination'],
  ['ses', 'GET', '/v2/email/suppression/addresses', 'ListSuppressedDestinations'],
  ['ses', 'GET', '/v2/email/suppression/addresses/{EmailAddress}', 'GetSuppressedDestination'],
  ['ses', 'DELETE', '/v2/email/suppression/addresses/{EmailAddress}', 'DeleteSuppressedDestination'],
  ['scheduler', 'GET', '/schedules', 'ListSchedules'],
  ['scheduler', 'POST', '/schedules/{Name}', 'CreateSchedule'],
  ['scheduler', 'PUT', '/schedules/{Name}', 'UpdateSchedule'],
  ['scheduler', 'GET', '/schedules/{Name}', 'GetSchedule'],
  ['scheduler', 'DELETE', '/schedules/{Name}', 'DeleteSchedule'],
  ['scheduler', 'GET', '/schedule-groups', 'ListScheduleGroups'],
  ['scheduler', 'POST', '/schedule-groups/{Name}', 'CreateScheduleGroup'],
  ['scheduler', 'GET', '/schedule-groups/{Name}', 'GetScheduleGroup'],
  ['scheduler', 'DELETE', '/schedule-groups/{Name}', 'DeleteScheduleGroup'],
];

const COMPILED = ROUTES.map(([signingName, method, path, operation]) => ({
  signingName,
  method,
  operation,
  pattern: new RegExp(`^${path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}/?$`),
}));

/** Finds the operation of a request; undefined when method and path are none of the listed ones. */
export function restOperation(
  request: IncomingMessage,
  signingName: string | undefined,
  body: Buffer,
): RestOperation | undefined {
  const url = new URL(request.url ?? '/', 'http://host');
  for (const route of COMPILED) {
    if (route.method !== request.method || (signingName !== undefined && route.signingName !== signingName)) continue;
    const labels = route.pattern.exec(url.pathname);
    if (!labels) continue;
    return {
      signingName: route.signingName,
      operation: route.operation,
      input: {
        ...fromBody(route.operation, request, body),
        ...Object.fromEntries(
          [...url.searchParams].map(([name, value]) => [
            name[0]!.toUpperCase() + name.slice(1),
            isCount(name) ? Number(value) : value,
          ]),
        ),
        ...Object.fromEntries(
          Object.entries(labels.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]),
        ),
      },
    };
  }
  return undefined;
}

/** Invoke is the one operation whose body is a payload rather than members, and whose settings are headers. */
function fromBody(operation: string, request: IncomingMessage, body: Buffer): Record<string, unknown> {
  if (operation !== 'Invoke')
    return body.length === 0 ? {} : (JSON.parse(body.toString('utf8')) as Record<string, unknown>);
  const type = request.headers['x-amz-invocation-type'];
  return { Payload: body.toString('utf8'), ...(type === undefined ? {} : { InvocationType: type }) };
}

const isCount = (name: string): boolean => /^(max|page)(items|results|size)$/i.test(name);
