/** Deployments: their pages. */
import { Construct } from 'constructs';
import type { Platform } from '../platform.ts';
import { PostactFunction } from './postact-function.ts';

export class Deployment extends Construct {
  constructor(scope: Construct, id: string, platform: Platform) {
    super(scope, id);
    const pages = new PostactFunction(this, 'Pages', platform, {
      entry: 'deployment/deployment-pages.lambda.tsx',
      does: 'Takes and shows deployments and the log of each',
      environment: { SITE_URL: platform.site.url },
    });
    platform.site.serve(['/deployments/{proxy+}'], pages);
  }
}
