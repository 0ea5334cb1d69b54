/** Quarterly reports: their pages, and the daily call that opens the report of a quarter that has ended. */
import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Platform } from '../platform.ts';
import { DailyCall } from './daily-call.ts';
import { DeadLetters } from './dead-letters.ts';
import { PostactFunction } from './postact-function.ts';

export class QuarterlyReport extends Construct {
  constructor(scope: Construct, id: string, platform: Platform) {
    super(scope, id);
    const { site, settings } = platform;
    const pages = new PostactFunction(this, 'Pages', platform, {
      entry: 'quarterly-report/quarterly-report-pages.lambda.tsx',
      does: 'Compiles, shows and sends the report of a quarter',
      environment: {
        SITE_URL: site.url,
        CHIEF_PRIVACY_OFFICER: settings.chiefPrivacyOfficer,
        AGENCY: settings.agency,
      },
    });
    site.serve(['/quarterly-reports', '/quarterly-reports/{proxy+}'], pages);

    const deadLetters = new DeadLetters(this, 'CallsGivenUp', platform, 'quarterly-report');
    const open = new PostactFunction(this, 'Open', platform, {
      entry: 'quarterly-report/open-quarter.lambda.ts',
      does: 'Opens the report of a quarter that has ended',
      timeout: Duration.minutes(1),
      deadLetters: deadLetters.queue,
    });
    new DailyCall(this, 'EveryDay', platform, {
      function: open,
      atHour: 6,
      atMinute: 10,
      deadLetters,
      alarm: 'quarter-not-opened',
      says: 'Nobody has looked in two days whether a quarter has ended.',
    });
  }
}
