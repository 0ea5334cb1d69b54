/** Holds: their pages. What tells each record of a hold, and what asks its owner again, is of retention and of the sweep. */
import { Construct } from 'constructs';
import type { Platform } from '../platform.ts';
import { PostactFunction } from './postact-function.ts';

export class Hold extends Construct {
  constructor(scope: Construct, id: string, platform: Platform) {
    super(scope, id);
    const pages = new PostactFunction(this, 'Pages', platform, {
      entry: 'hold/hold-pages.lambda.tsx',
      does: 'Places, shows, hands over and releases holds',
      // A hold may name a thousand records, each of which is looked up before and after it is placed.
      megabytes: 512,
      environment: { SITE_URL: platform.site.url },
    });
    platform.site.serve(['/holds', '/holds/{proxy+}'], pages);
  }
}
