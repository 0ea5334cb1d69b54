/**
 * What the Resource of a Task names: a function, an activity, or a service's action and how it is waited for.
 */
export type Waits = 'answer' | 'completion' | 'token' | 'worker';

export type Integration =
  | { readonly kind: 'function'; readonly arn: string; readonly waits: 'answer' }
  | { readonly kind: 'activity'; readonly arn: string; readonly waits: 'worker' }
  | {
      readonly kind: 'service';
      /** `lambda`, `states`, `dynamodb`, or the service of an `aws-sdk:` resource, such as `s3`. */
      readonly service: string;
      readonly action: string;
      readonly sdk: boolean;
      /** As history shows them: `invoke.waitForTaskToken` and `lambda` or `aws-sdk:s3`. */
      readonly resource: string;
      readonly resourceType: string;
      readonly waits: 'answer' | 'completion' | 'token';
      /** With `.sync:2` a nested execution's input and output arrive as JSON, with `.sync` as text. */
      readonly parsed: boolean;
    };

/** The actions Step Functions integrates by name and this runner serves. Everything else goes by aws-sdk. */
const BY_NAME: Readonly<Record<string, readonly string[]>> = {
  lambda: ['invoke'],
  states: ['startExecution'],
  dynamodb: ['getItem', 'putItem', 'updateItem', 'deleteItem'],
  sqs: ['sendMessage'],
  sns: ['publish'],
  events: ['putEvents'],
};

/** Throws an Error that says what is wrong with the resource and what is served. */
export function integrationOf(resource: string): Integration {
  const parts = resource.split(':');
  const [arn, , service, , , kind] = parts;
  if (arn !== 'arn' || !service || kind === undefined) throw new Error(`resource ${resource} is not an ARN`);
  if (service === 'lambda') return { kind: 'function', arn: resource, waits: 'answer' };
  if (service === 'states' && kind === 'activity') return { kind: 'activity', arn: resource, waits: 'worker' };
  if (service !== 'states')
    throw new Error(`resource ${resource} is neither a function, an activity nor a service integration`);

  const sdk = kind === 'aws-sdk';
  const target = sdk ? parts[6] : kind;
  const full = parts.slice(sdk ? 7 : 6).join(':');
  const [action = '', pattern] = [full.split('.')[0]!, full.split('.')[1]];
  const waits =
    pattern === undefined
      ? 'answer'
      : pattern === 'waitForTaskToken'
        ? 'token'
        : pattern === 'sync' || pattern === 'sync:2'
          ? 'completion'
          : undefined;
  if (!target || action === '' || waits === undefined)
    throw new Error(`resource ${resource} names no action of a service`);
  if (!sdk && !BY_NAME[target]?.includes(action)) {
    throw new Error(
      `resource ${resource} is not served here (served by name: ${Object.entries(BY_NAME)
        .map(([name, actions]) => `${name}:${actions.join('/')}`)
        .join(', ')}); use an AWS account or an emulator`,
    );
  }
  if (waits === 'completion' && target !== 'states')
    throw new Error(`resource ${resource}: only states:startExecution can be waited for with .sync`);
  return {
    kind: 'service',
    service: target,
    action,
    sdk,
    resource: full,
    resourceType: sdk ? `aws-sdk:${target}` : target,
    waits,
    parsed: pattern === 'sync:2',
  };
}
