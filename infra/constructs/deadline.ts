/** Deadlines: the hourly sweep that finds what is late, stuck or orphaned, and puts it right. */
import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Platform } from '../platform.ts';
import { DeadLetters } from './dead-letters.ts';
import { HourlyCall } from './hourly-call.ts';
import { PostactFunction } from './postact-function.ts';

export class Deadline extends Construct {
  constructor(scope: Construct, id: string, platform: Platform) {
    super(scope, id);
    const deadLetters = new DeadLetters(this, 'SweepsGivenUp', platform, 'deadline-sweep');
    const sweep = new PostactFunction(this, 'Sweep', platform, {
      entry: 'deadline/sweep-deadlines.lambda.ts',
      does: 'Finds what is late, stuck or orphaned, and puts it right',
      timeout: Duration.minutes(10),
      deadLetters: deadLetters.queue,
    });
    new HourlyCall(this, 'EveryHour', platform, {
      function: sweep,
      atMinute: 20,
      deadLetters,
      alarm: 'sweep-not-run',
      says: 'The sweep for late and stuck work has not run in two hours.',
    });
  }
}
