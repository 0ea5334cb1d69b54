/** Cases: their pages. What the case-management system sends is the interface's (case-interface.ts). */
import { Construct } from 'constructs';
import type { Platform } from '../platform.ts';
import { PostactFunction } from './postact-function.ts';

export class Case extends Construct {
  constructor(scope: Construct, id: string, platform: Platform) {
    super(scope, id);
    const pages = new PostactFunction(this, 'Pages', platform, {
      entry: 'case/case-pages.lambda.tsx',
      does: 'Keeps and shows cases',
      environment: { SITE_URL: platform.site.url },
      endsLines: true,
    });
    platform.site.serve(['/cases', '/cases/{proxy+}'], pages);
  }
}
