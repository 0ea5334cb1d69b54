/** Use requests: their pages, the steps of their workflow, and the workflow. */
import { Construct } from 'constructs';
import type { Platform } from '../platform.ts';
import { PostactFunction } from './postact-function.ts';
import { definitionOf, Workflow } from './workflow.ts';

export class UseRequest extends Construct {
  readonly workflow: Workflow;

  constructor(scope: Construct, id: string, platform: Platform, decision: Workflow) {
    super(scope, id);
    const pages = new PostactFunction(this, 'Pages', platform, {
      entry: 'use-request/use-request-pages.lambda.tsx',
      does: 'Takes and shows use requests, from members and from the public',
      environment: { SITE_URL: platform.site.url },
    });
    platform.site.serve(['/requests', '/requests/{proxy+}'], pages);
    platform.site.serve(['/ask', '/ask/{proxy+}'], pages, { isPublic: true });

    const step = (name: string, entry: string, does: string): PostactFunction =>
      new PostactFunction(this, name, platform, { entry: `use-request/${entry}.lambda.ts`, does });
    this.workflow = new Workflow(this, 'Workflow', platform, {
      name: 'use-request',
      definition: definitionOf('use-request'),
      functions: {
        CheckUseRequest: step(
          'CheckUseRequest',
          'check-use-request',
          'Judges a use request by the policy edition in force',
        ),
        AskForConfirmation: step(
          'AskForConfirmation',
          'ask-for-confirmation',
          'Asks a member to confirm an outside entity',
        ),
        AskBureauToDeploy: step(
          'AskBureauToDeploy',
          'ask-bureau-to-deploy',
          'Asks the bureau to assign device and people',
        ),
        SettleUseRequest: step('SettleUseRequest', 'settle-use-request', 'Writes what became of a use request'),
      },
      workflows: { DecisionWorkflow: decision },
    });
  }
}
