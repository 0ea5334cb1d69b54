/** Decisions: the page an approver opens, the steps that find and ask one, and their workflow. */
import { Construct } from 'constructs';
import type { Platform } from '../platform.ts';
import { PostactFunction } from './postact-function.ts';
import { definitionOf, Workflow } from './workflow.ts';

export class Decision extends Construct {
  readonly workflow: Workflow;

  constructor(scope: Construct, id: string, platform: Platform) {
    super(scope, id);
    const key = platform.keys.decision;
    const pages = new PostactFunction(this, 'Pages', platform, {
      entry: 'decision/decision-pages.lambda.tsx',
      does: 'Shows what is to be decided, takes the decision, and signs that of the privacy office',
      environment: { SITE_URL: platform.site.url, DECISION_KEY: key.keyArn },
    });
    pages.may(['kms:Sign', 'kms:GetPublicKey'], [key.keyArn]);
    platform.site.serve(['/decisions/{proxy+}'], pages);

    this.workflow = new Workflow(this, 'Workflow', platform, {
      name: 'decision',
      definition: definitionOf('decision'),
      functions: {
        CheckWhoIsAsked: new PostactFunction(this, 'CheckWhoIsAsked', platform, {
          entry: 'decision/check-who-is-asked.lambda.ts',
          does: 'Finds who is asked to decide next',
        }),
        AskForDecision: new PostactFunction(this, 'AskForDecision', platform, {
          entry: 'decision/ask-for-decision.lambda.ts',
          does: 'Asks one person to decide, by mail and on the desk',
        }),
      },
    });
  }
}
