/** Calls a function once an hour, at a minute. */
import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Platform } from '../platform.ts';
import { ScheduledCall, type CallProps } from './scheduled-call.ts';

export interface HourlyCallProps extends CallProps {
  /** The minute of the hour, 0 to 59. */
  readonly atMinute: number;
}

export class HourlyCall extends ScheduledCall {
  constructor(scope: Construct, id: string, platform: Platform, { atMinute, ...props }: HourlyCallProps) {
    super(scope, id, platform, {
      ...props,
      often: 'every hour',
      expression: `cron(${atMinute} * * * ? *)`,
      timeZone: 'UTC',
      period: Duration.hours(1),
      // After that the next call does this one's work too.
      retryFor: Duration.minutes(30),
    });
  }
}
