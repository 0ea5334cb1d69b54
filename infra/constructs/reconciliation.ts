/**
 * The daily comparison of the store with the records: its workflow, the function that does its steps, and the call that
 * begins it. It may see everything that is kept and lock it better, and may neither write, read nor remove a file.
 */
import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { KEPT_FOLDERS } from '../lifecycle-rules.ts';
import type { Platform } from '../platform.ts';
import { DailyCall } from './daily-call.ts';
import { DeadLetters } from './dead-letters.ts';
import type { ImageStore } from './image-store.ts';
import { PostactFunction } from './postact-function.ts';
import { definitionOf, Workflow } from './workflow.ts';

/** `GetObject` and `GetObjectVersion` are what S3 asks for to say that a version is there; it opens none. */
const SEE = [
  's3:GetObject',
  's3:GetObjectVersion',
  's3:GetObjectLegalHold',
  's3:GetObjectRetention',
  's3:GetObjectTagging',
  's3:GetObjectVersionTagging',
];
const KEEP_BETTER = [
  's3:PutObjectLegalHold',
  's3:PutObjectRetention',
  's3:PutObjectTagging',
  's3:PutObjectVersionTagging',
];

export class Reconciliation extends Construct {
  readonly workflow: Workflow;

  constructor(scope: Construct, id: string, platform: Platform, store: ImageStore) {
    super(scope, id);
    const deadLetters = new DeadLetters(this, 'CallsGivenUp', platform, 'reconciliation');
    const reconcile = new PostactFunction(this, 'Reconcile', platform, {
      entry: 'reconciliation/reconcile.lambda.ts',
      does: 'Compares a page of the store with the records, or of the records with the store',
      environment: { IMAGES_BUCKET: store.bucket.bucketName },
      megabytes: 512,
      timeout: Duration.minutes(2),
      deadLetters: deadLetters.queue,
    });
    for (const folder of KEPT_FOLDERS) store.allow(reconcile, [...SEE, ...KEEP_BETTER], folder);
    reconcile.function.addToRolePolicy(
      new PolicyStatement({
        actions: ['s3:ListBucketVersions'],
        resources: [store.bucket.bucketArn],
        conditions: { StringLike: { 's3:prefix': KEPT_FOLDERS.map((folder) => `${folder}/*`) } },
      }),
    );

    // Without this S3 says "denied" of a file that is gone, and a right that is missing would look like a loss.
    reconcile.may(['s3:ListBucket'], [store.bucket.bucketArn]);

    this.workflow = new Workflow(this, 'Workflow', platform, {
      name: 'reconciliation',
      definition: definitionOf('reconciliation'),
      functions: { Reconcile: reconcile },
    });
    new DailyCall(this, 'EveryDay', platform, {
      function: reconcile,
      atHour: 5,
      atMinute: 30,
      deadLetters,
      alarm: 'reconciliation-not-run',
      says: 'The store and the records have not been compared in two days.',
    });
    platform.alarms.raise({
      kind: 'store-differs',
      says: 'The store and the records do not agree.',
      // Written by the function as a line of its log (functions/reconciliation/end-reconciliation.ts).
      metric: new Metric({
        namespace: 'postact',
        metricName: 'StoreDifferences',
        statistic: 'Sum',
        period: Duration.minutes(5),
      }),
    });
  }
}
