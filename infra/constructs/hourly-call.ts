/** Calls a function once an hour. A call that fails is tried again, then becomes a dead letter; a missing hour raises an alarm. */
import { Aws, Duration, Validations } from 'aws-cdk-lib';
import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { Platform } from '../platform.ts';
import type { AlarmKind } from './alarms.ts';
import type { DeadLetters } from './dead-letters.ts';
import type { PostactFunction } from './postact-function.ts';

export interface HourlyCallProps {
  readonly function: PostactFunction;
  /** The minute of the hour, 0 to 59. */
  readonly atMinute: number;
  readonly deadLetters: DeadLetters;
  /** The alarm for two hours in a row without a call, and what it says. */
  readonly alarm: AlarmKind;
  readonly says: string;
}

export class HourlyCall extends Construct {
  constructor(scope: Construct, id: string, platform: Platform, props: HourlyCallProps) {
    super(scope, id);
    const role = new Role(this, 'Role', {
      description: `postact: calls ${props.function.entry} every hour`,
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    });
    props.function.allowCallsFrom(role);
    props.deadLetters.queue.grantSendMessages(role);
    const schedule = new CfnSchedule(this, 'Schedule', {
      description: `Calls ${props.function.entry}`,
      scheduleExpression: `cron(${props.atMinute} * * * ? *)`,
      scheduleExpressionTimezone: 'UTC',
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: props.function.function.functionArn,
        roleArn: role.roleArn,
        // Half an hour: after that the next call does this one's work too.
        retryPolicy: { maximumRetryAttempts: 5, maximumEventAgeInSeconds: 1800 },
        deadLetterConfig: { arn: props.deadLetters.queue.queueArn },
      },
    });
    schedule.node.addDependency(role);

    platform.alarms.raise({
      kind: props.alarm,
      says: props.says,
      // Calls that ended in a fault count here; the function's own alarm is raised by the first of those.
      metric: props.function.function.metricInvocations({ period: Duration.hours(1) }),
      below: 1,
      periods: 2,
      missing: TreatMissingData.BREACHING,
    });
    Validations.of(this).acknowledge({
      id: 'NIST.800.53.R5-IAMNoInlinePolicy',
      reason: 'The policy lets this one schedule call its one function, and goes with it.',
    });
  }
}
