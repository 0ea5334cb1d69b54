/** Where events go that could not be handled. Never empty without an alarm. */
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Platform } from '../platform.ts';

export class DeadLetters extends Construct {
  readonly queue: Queue;

  /** `of` names what the letters were for, such as `outbox`; it is part of the alarm's name. */
  constructor(scope: Construct, id: string, platform: Platform, of: string) {
    super(scope, id);
    this.queue = new Queue(this, 'Queue', {
      // The queue service's own key: with ours, each of four sending services would need a right to it.
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      removalPolicy: RemovalPolicy.RETAIN,
    });
    platform.alarms.raise({
      kind: 'dead-letters',
      subject: of,
      says: `An event for ${of} was given up after all its retries.`,
      metric: this.queue.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(5),
        statistic: 'Maximum',
      }),
    });
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'It is itself where messages go in the end, and an alarm is raised by the first.',
    });
  }
}
