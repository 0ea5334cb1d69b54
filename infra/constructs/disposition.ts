/**
 * Dispositions: their pages, the daily run that proposes them, the steps of their workflow, and the one function that may
 * destroy. It may delete versions and see which there are; it may lift no lock, write no file and read none.
 */
import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Platform } from '../platform.ts';
import { DailyCall } from './daily-call.ts';
import { DeadLetters } from './dead-letters.ts';
import type { ImageStore } from './image-store.ts';
import { PostactFunction } from './postact-function.ts';
import { definitionOf, Workflow } from './workflow.ts';

const READ = ['s3:GetObject', 's3:GetObjectVersion'];

export interface DispositionProps {
  readonly decision: Workflow;
  readonly images: ImageStore;
}

export class Disposition extends Construct {
  readonly workflow: Workflow;

  constructor(scope: Construct, id: string, platform: Platform, { decision, images }: DispositionProps) {
    super(scope, id);
    const IMAGES_BUCKET = images.bucket.bucketName;
    const key = platform.keys.decision;
    const DECISION_KEY = key.keyArn;
    const pages = new PostactFunction(this, 'Pages', platform, {
      entry: 'disposition/disposition-pages.lambda.tsx',
      does: 'Shows batches of records to destroy and certificates, and takes records out',
      environment: { SITE_URL: platform.site.url, IMAGES_BUCKET, DECISION_KEY },
    });
    images.allow(pages, READ, 'certificates');
    pages.may(['kms:GetPublicKey'], [key.keyArn]);
    platform.site.serve(['/dispositions', '/dispositions/{proxy+}'], pages);

    const step = new PostactFunction(this, 'Step', platform, {
      entry: 'disposition/disposition-step.lambda.ts',
      does: 'Moves a batch of records on: asks the offices, puts records back, certifies what was destroyed',
      environment: { IMAGES_BUCKET, DECISION_KEY },
      megabytes: 512,
      timeout: Duration.minutes(10),
    });
    images.allow(step, [...READ, 's3:PutObject'], 'certificates');
    step.may(['kms:Sign'], [key.keyArn]);

    const destroy = new PostactFunction(this, 'Destroy', platform, {
      entry: 'disposition/destroy-records.lambda.ts',
      does: 'Destroys records of a batch that three offices have signed',
      environment: { IMAGES_BUCKET },
      timeout: Duration.minutes(5),
      endsLines: true,
    });
    images.allowDestroying(destroy, ['kept', 'enclosed']);

    this.workflow = new Workflow(this, 'Workflow', platform, {
      name: 'disposition',
      definition: definitionOf('disposition'),
      functions: { DispositionStep: step, DestroyRecords: destroy },
      workflows: { DecisionWorkflow: decision },
      isDistributed: true,
    });
    // The map reads the signed list itself.
    images.allow(this.workflow, ['s3:GetObject'], 'certificates');
    this.#propose(images, platform);
  }

  #propose(images: ImageStore, platform: Platform): void {
    const deadLetters = new DeadLetters(this, 'RunsGivenUp', platform, 'disposition');
    const propose = new PostactFunction(this, 'Propose', platform, {
      entry: 'disposition/propose-dispositions.lambda.ts',
      does: 'Puts records that have fallen due into batches, and proposes them',
      environment: { IMAGES_BUCKET: images.bucket.bucketName },
      megabytes: 1024,
      timeout: Duration.minutes(15),
      deadLetters: deadLetters.queue,
    });
    images.allow(propose, ['s3:PutObject'], 'certificates');
    new DailyCall(this, 'EveryDay', platform, {
      function: propose,
      atHour: 5,
      atMinute: 30,
      deadLetters,
      alarm: 'disposal-not-proposed',
      says: 'Nobody has looked in two days which records have fallen due.',
    });
  }
}
