/**
 * Images: their pages, the steps of their intake, and who may touch which part of the bucket. Only the step that keeps an
 * image writes under `kept/`.
 */
import { Duration } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import type { Platform } from '../platform.ts';
import { DeadLetters } from './dead-letters.ts';
import type { ImageStore } from './image-store.ts';
import { PostactFunction, type PostactFunctionProps } from './postact-function.ts';
import { definitionOf, Workflow } from './workflow.ts';

const READ = ['s3:GetObject', 's3:GetObjectVersion'];
const REMOVE = ['s3:DeleteObject', 's3:DeleteObjectVersion'];
const LOCK = ['s3:PutObjectLegalHold', 's3:PutObjectRetention', 's3:GetObjectLegalHold', 's3:GetObjectRetention'];

export class Image extends Construct {
  readonly workflow: Workflow;

  constructor(scope: Construct, id: string, platform: Platform, store: ImageStore) {
    super(scope, id);
    const IMAGES_BUCKET = store.bucket.bucketName;
    const step = (name: string, entry: string, does: string, more?: Partial<PostactFunctionProps>): PostactFunction =>
      new PostactFunction(this, name, platform, { entry: `image/${entry}.lambda.ts`, does, ...more });

    const pages = new PostactFunction(this, 'Pages', platform, {
      entry: 'image/image-pages.lambda.tsx',
      does: 'Takes image filings, and shows kept images to those who may see them',
      environment: { SITE_URL: platform.site.url, IMAGES_BUCKET },
    });
    // The page signs the browser's own upload and download; a signature is worth what its signer may do.
    store.allow(pages, ['s3:PutObject'], 'incoming');
    store.allow(pages, READ, 'kept');
    platform.site.serve(['/images', '/images/{proxy+}'], pages);

    const checkFile = step(
      'CheckFile',
      'check-file',
      'Checks an uploaded file: size, type by content, hash, and what it must not hold',
      {
        environment: { IMAGES_BUCKET },
        megabytes: 512,
        timeout: Duration.minutes(5),
      },
    );
    store.allow(checkFile, READ, 'incoming');
    const keepImage = step('KeepImage', 'keep-image', 'Files an image: copies it under its record and locks it', {
      environment: { IMAGES_BUCKET },
      timeout: Duration.minutes(5),
    });
    store.allow(keepImage, [...READ, ...REMOVE], 'incoming');
    store.allow(keepImage, [...READ, 's3:PutObject', 's3:PutObjectTagging', ...LOCK], 'kept');
    const refuseImage = step('RefuseImage', 'refuse-image', 'Refuses an uploaded file and removes it', {
      environment: { IMAGES_BUCKET },
    });
    store.allow(refuseImage, REMOVE, 'incoming');

    this.workflow = new Workflow(this, 'Workflow', platform, {
      name: 'image-intake',
      definition: definitionOf('image-intake'),
      functions: {
        AskForUpload: step('AskForUpload', 'ask-for-upload', 'Waits for the file of a filed image'),
        CheckFile: checkFile,
        KeepImage: keepImage,
        RefuseImage: refuseImage,
        LapseUpload: step('LapseUpload', 'lapse-upload', 'Closes a filing whose file never came'),
      },
    });
    this.#noteArrivals(platform, store);
  }

  #noteArrivals(platform: Platform, store: ImageStore): void {
    const deadLetters = new DeadLetters(this, 'ArrivalsGivenUp', platform, 'image-arrival');
    const note = new PostactFunction(this, 'NoteArrival', platform, {
      entry: 'image/note-arrival.lambda.ts',
      does: 'Notes that an uploaded file has arrived',
      deadLetters: deadLetters.queue,
    });
    new Rule(this, 'Arrival', {
      description: 'A file has arrived under incoming/',
      eventPattern: {
        source: ['aws.s3'],
        detailType: ['Object Created'],
        detail: { bucket: { name: [store.bucket.bucketName] }, object: { key: [{ prefix: 'incoming/' }] } },
      },
      targets: [new LambdaFunction(note.function, { deadLetterQueue: deadLetters.queue })],
    });
  }
}
