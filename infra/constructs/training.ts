/** Trainings: their pages, and their import by an administrator. */
import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Platform } from '../platform.ts';
import { PostactFunction } from './postact-function.ts';

export class Training extends Construct {
  /** Called by an administrator, with trainings to record. */
  readonly importTrainings: PostactFunction;

  constructor(scope: Construct, id: string, platform: Platform) {
    super(scope, id);
    const pages = new PostactFunction(this, 'Pages', platform, {
      entry: 'training/training-pages.lambda.tsx',
      does: 'Records and shows trainings',
      environment: { SITE_URL: platform.site.url },
    });
    platform.site.serve(['/trainings', '/trainings/{proxy+}'], pages);
    this.importTrainings = new PostactFunction(this, 'ImportTrainings', platform, {
      entry: 'training/import-trainings.lambda.ts',
      does: 'Records trainings from the training records; called by an administrator',
      timeout: Duration.minutes(5),
    });
  }
}
