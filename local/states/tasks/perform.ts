/**
 * Makes the call of a Task as the state machine's role, and turns what comes back into an outcome in AWS's words.
 */
import type { Scene } from '../execution/scene.ts';
import type { Outcome } from '../execution/strand.ts';
import type { JsonObject } from '../language.ts';
import type { Integration } from './integration.ts';
import { invokeFunction, invokeService } from './lambda.ts';
import { startNested } from './nested.ts';
import { callService } from './service.ts';

/** A task that was handed over and is answered later: what the hand-over answered (JSON text), and the execution it began. */
export interface Submitted {
  readonly submitted: string;
  readonly child?: string;
}

export type TaskAnswer = Outcome | Submitted;

export async function perform(scene: Scene, integration: Integration): Promise<TaskAnswer> {
  const parameters = scene.strand.call!.parameters;
  if (integration.kind === 'function') return invokeFunction(scene, integration.arn, JSON.stringify(parameters));
  if (integration.kind === 'activity') throw new Error('an activity is taken by a worker, not called');
  if (typeof parameters !== 'object' || parameters === null || Array.isArray(parameters)) {
    return {
      failure: {
        error: 'States.Runtime',
        cause: `The arguments of ${integration.resourceType}:${integration.resource} are ${JSON.stringify(parameters)}; an object was expected`,
        fatal: true,
      },
    };
  }
  const given = parameters as JsonObject;
  if (integration.service === 'states' && !integration.sdk) return startNested(scene, integration, given);
  const outcome =
    integration.service === 'lambda' && integration.action === 'invoke'
      ? await invokeService(scene, given)
      : await callService(scene, integration, given);
  return integration.waits === 'token' && 'output' in outcome ? { submitted: outcome.output } : outcome;
}
