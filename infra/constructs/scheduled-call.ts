/**
 * Calls a function by the clock. A call that fails is tried again, then becomes a dead letter; calls that are missing
 * raise an alarm.
 */
import { Aws, Validations, type Duration } from 'aws-cdk-lib';
import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { Platform } from '../platform.ts';
import type { AlarmKind } from './alarms.ts';
import type { DeadLetters } from './dead-letters.ts';
import { OwnRole } from './own-role.ts';
import type { PostactFunction } from './postact-function.ts';

export interface CallProps {
  readonly function: PostactFunction;
  readonly deadLetters: DeadLetters;
  /** The alarm for two times in a row without a call, and what it says. */
  readonly alarm: AlarmKind;
  readonly says: string;
}

export interface ScheduledCallProps extends CallProps {
  /** How often, in words, such as 'every hour'. */
  readonly often: string;
  /** As EventBridge Scheduler writes it, and on which clocks. */
  readonly expression: string;
  readonly timeZone: string;
  readonly period: Duration;
  /** How long a call that fails is tried again, at most five times. */
  readonly retryFor: Duration;
}

export class ScheduledCall extends Construct {
  constructor(scope: Construct, id: string, platform: Platform, props: ScheduledCallProps) {
    super(scope, id);
    const role = new OwnRole(this, 'Role', {
      description: `postact: calls ${props.function.entry} ${props.often}`,
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    });
    props.function.allowCallsFrom(role);
    props.deadLetters.queue.grantSendMessages(role);
    const schedule = new CfnSchedule(this, 'Schedule', {
      description: `Calls ${props.function.entry}`,
      scheduleExpression: props.expression,
      scheduleExpressionTimezone: props.timeZone,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: props.function.function.functionArn,
        roleArn: role.roleArn,
        retryPolicy: { maximumRetryAttempts: 5, maximumEventAgeInSeconds: props.retryFor.toSeconds() },
        deadLetterConfig: { arn: props.deadLetters.queue.queueArn },
      },
    });
    schedule.node.addDependency(role);

    platform.alarms.raise({
      kind: props.alarm,
      says: props.says,
      // Calls that ended in a fault count here; the function's own alarm is raised by the first of those.
      metric: props.function.function.metricInvocations({ period: props.period }),
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
