/**
 * Retention: the one function of the workflow that works out dates, and the workflow. The function locks, unlocks and tags
 * what is kept, and has no right to delete any of it; who destroys has no right to any lock.
 */
import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Platform } from '../platform.ts';
import type { ImageStore } from './image-store.ts';
import { PostactFunction } from './postact-function.ts';
import { definitionOf, Workflow } from './workflow.ts';

const LOCK = ['s3:PutObjectLegalHold', 's3:PutObjectRetention', 's3:PutObjectTagging', 's3:PutObjectVersionTagging'];
const LOOK = [
  's3:GetObject',
  's3:GetObjectVersion',
  's3:GetObjectLegalHold',
  's3:GetObjectRetention',
  's3:GetObjectTagging',
  's3:GetObjectVersionTagging',
];

export class Retention extends Construct {
  readonly workflow: Workflow;

  constructor(scope: Construct, id: string, platform: Platform, store: ImageStore) {
    super(scope, id);
    const step = new PostactFunction(this, 'RecalculationStep', platform, {
      entry: 'retention/recalculation-step.lambda.ts',
      does: 'Lists cards, works out how long they are kept, and has the store lock them',
      environment: { IMAGES_BUCKET: store.bucket.bucketName },
      // The list of a whole store: millions of ids, read page by page from the index by class.
      megabytes: 1024,
      timeout: Duration.minutes(15),
    });
    for (const folder of ['kept', 'enclosed'] as const) store.allow(step, [...LOOK, ...LOCK], folder);
    store.allow(step, ['s3:GetObject', 's3:PutObject'], 'work');

    this.workflow = new Workflow(this, 'Workflow', platform, {
      name: 'recalculation',
      definition: definitionOf('recalculation'),
      functions: { RecalculationStep: step },
      isDistributed: true,
    });
    // The list of cards is read by the state machine itself.
    store.allow(this.workflow, ['s3:GetObject'], 'work');
  }
}
