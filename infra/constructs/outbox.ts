/** The outbox: what a change promised to do elsewhere, delivered from the table's stream. Mail has its own (mail.ts). */
import { Construct } from 'constructs';
import type { Platform } from '../platform.ts';
import { OutboxReader } from './outbox-reader.ts';
import { PostactFunction } from './postact-function.ts';
import type { Workflow } from './workflow.ts';

/** Every workflow, by its folder under workflows/. */
export type OutboxProps = Readonly<Record<string, Workflow>>;

export class Outbox extends Construct {
  constructor(scope: Construct, id: string, platform: Platform, workflows: OutboxProps) {
    super(scope, id);
    const arns = Object.fromEntries(
      Object.entries(workflows).map(([name, { stateMachine }]) => [
        `${name.toUpperCase().replaceAll('-', '_')}_WORKFLOW`,
        stateMachine.stateMachineArn,
      ]),
    );
    const deliver = new PostactFunction(this, 'Deliver', platform, {
      entry: 'records/deliver-outbox.lambda.ts',
      does: 'Starts and wakes workflows as the records say',
      environment: arns,
    });
    // A token is answered as the workflow's own; SendTaskFailure tells a waiting step to look at the record again.
    deliver.may(['states:StartExecution', 'states:SendTaskSuccess', 'states:SendTaskFailure'], Object.values(arns));
    new OutboxReader(this, 'Notes', platform, {
      function: deliver,
      of: 'outbox',
      // A note falls due until it is delivered, and then no more (functions/records/notes.ts).
      pattern: { dynamodb: { NewImage: { noun: { S: ['note'] }, due: { S: [{ exists: true }] } } } },
    });
  }
}
