/** Registers: their pages, and their import by an administrator. */
import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Platform } from '../platform.ts';
import { PostactFunction } from './postact-function.ts';

export class Register extends Construct {
  /** Called by an administrator, with what is on file already. */
  readonly importRegisters: PostactFunction;

  constructor(scope: Construct, id: string, platform: Platform) {
    super(scope, id);
    const pages = new PostactFunction(this, 'Pages', platform, {
      entry: 'register/register-pages.lambda.tsx',
      does: 'Shows the registers, puts on file and ends what is on file',
      environment: { SITE_URL: platform.site.url, AGENCY: platform.settings.agency },
      // A busy quarter is read whole, some thousands of records at once.
      megabytes: 512,
    });
    platform.site.serve(['/registers', '/registers/{proxy+}'], pages);
    this.importRegisters = new PostactFunction(this, 'ImportRegisters', platform, {
      entry: 'register/import-registers.lambda.ts',
      does: 'Puts agreements, approvals, designations and access on file; called by an administrator',
      timeout: Duration.minutes(5),
    });
  }
}
