/** Calls a function once a day, at a time on New York's clocks: a day of the law is a day there. */
import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Platform } from '../platform.ts';
import { ScheduledCall, type CallProps } from './scheduled-call.ts';

export interface DailyCallProps extends CallProps {
  /** Hour and minute. Not between 1:00 and 3:00, which two nights a year skip or repeat. */
  readonly atHour: number;
  readonly atMinute: number;
}

export class DailyCall extends ScheduledCall {
  constructor(scope: Construct, id: string, platform: Platform, { atHour, atMinute, ...props }: DailyCallProps) {
    super(scope, id, platform, {
      ...props,
      often: 'every day',
      expression: `cron(${atMinute} ${atHour} * * ? *)`,
      timeZone: 'America/New_York',
      period: Duration.days(1),
      // Well before the next call, which does this one's work too.
      retryFor: Duration.hours(6),
    });
  }
}
