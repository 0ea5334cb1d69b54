/**
 * What a rule or schedule sends, and to whom. Shapes are the same in the template and in the API.
 */
import { z } from 'zod';
import { AwsError } from '../contract.ts';

export const Target = z.object({
  Arn: z.string(),
  Id: z.string().optional(),
  RoleArn: z.string().optional(),
  Input: z.string().optional(),
  InputPath: z.string().optional(),
  InputTransformer: z
    .object({ InputPathsMap: z.record(z.string(), z.string()).default({}), InputTemplate: z.string() })
    .optional(),
  RetryPolicy: z
    .object({
      MaximumRetryAttempts: z.coerce.number().optional(),
      MaximumEventAgeInSeconds: z.coerce.number().optional(),
    })
    .optional(),
  DeadLetterConfig: z.object({ Arn: z.string().optional() }).optional(),
  SqsParameters: z.object({ MessageGroupId: z.string().optional() }).optional(),
});
export type Target = z.infer<typeof Target>;

const SERVED = ['lambda', 'states', 'sqs', 'sns'];

/** Throws ValidationException when this host cannot send to the target. */
export function requireServed({ Arn }: Target): void {
  const service = Arn.split(':')[2] ?? '';
  if (Arn.includes(':aws-sdk:'))
    throw new AwsError(
      'ValidationException',
      `target ${Arn} is a universal target; this host sends to functions, state machines, queues and topics, use a function or run against AWS`,
    );
  if (!SERVED.includes(service))
    throw new AwsError(
      'ValidationException',
      `target ${Arn} is of ${service}; this host sends to ${SERVED.join(', ')}`,
    );
}

/** What a rule's target is given for an event, as text. */
export function inputFor(target: Target, event: Readonly<Record<string, unknown>>): string {
  if (target.Input !== undefined) return target.Input;
  if (target.InputPath !== undefined) return JSON.stringify(at(event, target.InputPath) ?? null);
  if (!target.InputTransformer) return JSON.stringify(event);
  const { InputPathsMap, InputTemplate } = target.InputTransformer;
  return InputTemplate.replaceAll(/<([\w.-]+)>/g, (_all, name: string, offset: number) => {
    const value =
      name === 'aws.events.event.json' || name === 'aws.events.event'
        ? event
        : name === 'aws.events.event.ingestion-time'
          ? event['time']
          : at(event, InputPathsMap[name] ?? '$.none');
    // Between quotes, text goes in as it is and other values as text; elsewhere every value goes in as JSON.
    if (!insideQuotes(InputTemplate, offset)) return JSON.stringify(value ?? null);
    if (value === undefined) return '';
    return JSON.stringify(typeof value === 'string' ? value : JSON.stringify(value)).slice(1, -1);
  });
}

function insideQuotes(template: string, until: number): boolean {
  return (template.slice(0, until).match(/(?<!\\)"/g) ?? []).length % 2 === 1;
}

/** A value by a path such as `$.detail.items[0].id`. */
function at(event: unknown, path: string): unknown {
  const steps = path
    .replace(/^\$\.?/, '')
    .split(/[.[\]]+/)
    .filter(Boolean);
  return steps.reduce<unknown>(
    (value, step) =>
      value !== null && typeof value === 'object' ? (value as Record<string, unknown>)[step] : undefined,
    event,
  );
}
