/**
 * Brings a function the outbox entries that fit a pattern, in order, from the table's stream. What fails is tried again
 * alone, ten times; then it becomes a dead letter, and the hourly sweep takes the entry up from the table.
 */
import { Duration } from 'aws-cdk-lib';
import { EventSourceMapping, FilterCriteria, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import type { Platform } from '../platform.ts';
import { DeadLetters } from './dead-letters.ts';
import type { PostactFunction } from './postact-function.ts';

export interface OutboxReaderProps {
  readonly function: PostactFunction;
  /** What it delivers, for alarms and dead letters. */
  readonly of: string;
  /**
   * Which changes of the table it is called for. Values are in the table's own notation, and `exists` works on the
   * innermost value only: `{ due: { S: [{ exists: true }] } }`. Ask for what is there: `exists: false` below something
   * that is not there itself is read in two ways, by AWS and by emulators.
   */
  readonly pattern: Readonly<Record<string, unknown>>;
}

export class OutboxReader extends Construct {
  constructor(scope: Construct, id: string, platform: Platform, props: OutboxReaderProps) {
    super(scope, id);
    const { table } = platform.records;
    const deadLetters = new DeadLetters(this, 'GivenUp', platform, props.of);
    new EventSourceMapping(this, 'Source', {
      target: props.function.function,
      eventSourceArn: table.tableStreamArn!,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 10,
      bisectBatchOnError: true,
      retryAttempts: 10,
      reportBatchItemFailures: true,
      onFailure: new SqsDlq(deadLetters.queue),
      filters: [FilterCriteria.filter({ ...props.pattern })],
    });
    table.grantStreamRead(props.function.function);
    platform.alarms.raise({
      kind: 'outbox-late',
      subject: props.of,
      says: `What waits in the outbox for ${props.of} is more than five minutes old.`,
      metric: props.function.function.metric('IteratorAge', { statistic: 'Maximum', period: Duration.minutes(1) }),
      from: Duration.minutes(5).toMilliseconds(),
      periods: 3,
    });
  }
}
