/** Breaches: their pages, the steps that ask and remind, and their workflow. */
import { Construct } from 'constructs';
import type { Platform } from '../platform.ts';
import { PostactFunction } from './postact-function.ts';
import { definitionOf, Workflow } from './workflow.ts';

export class Breach extends Construct {
  readonly workflow: Workflow;

  constructor(scope: Construct, id: string, platform: Platform) {
    super(scope, id);
    const pages = new PostactFunction(this, 'Pages', platform, {
      entry: 'breach/breach-pages.lambda.tsx',
      does: 'Takes reports of wrongful disclosures and shows what is done about them',
      environment: { SITE_URL: platform.site.url, CHIEF_PRIVACY_OFFICER: platform.settings.chiefPrivacyOfficer },
      endsLines: true, // What was contained leaves the list of whoever was asked.
    });
    platform.site.serve(['/breaches', '/breaches/{proxy+}'], pages);

    this.workflow = new Workflow(this, 'Workflow', platform, {
      name: 'breach',
      definition: definitionOf('breach'),
      functions: {
        CheckBreach: new PostactFunction(this, 'CheckBreach', platform, {
          entry: 'breach/check-breach.lambda.ts',
          does: 'Finds what is owed about a breach, and when',
        }),
        AskForNextStep: new PostactFunction(this, 'AskForNextStep', platform, {
          entry: 'breach/ask-for-next-step.lambda.ts',
          does: 'Asks and reminds whoever is to act on a breach next',
        }),
      },
    });
  }
}
