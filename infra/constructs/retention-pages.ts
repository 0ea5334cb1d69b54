/** The pages about how long everything is kept, and why; the other functions of the noun are in retention.ts. */
import { Construct } from 'constructs';
import type { Platform } from '../platform.ts';
import { PostactFunction } from './postact-function.ts';

export class RetentionPages extends Construct {
  constructor(scope: Construct, id: string, platform: Platform) {
    super(scope, id);
    const pages = new PostactFunction(this, 'Pages', platform, {
      entry: 'retention/retention-pages.lambda.tsx',
      does: 'Shows how long each record is kept and why, what falls due, schedules, and whether store and records agree',
      environment: { SITE_URL: platform.site.url },
    });
    platform.site.serve(['/retention', '/retention/{proxy+}'], pages);
  }
}
