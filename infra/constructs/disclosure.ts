/**
 * Disclosures: their pages, the steps of their workflow, and the workflow. Only the pages of what is enclosed
 * touch files: they sign the browser's upload, and keep what arrived under `enclosed/`, locked.
 */
import { Construct } from 'constructs';
import type { Platform } from '../platform.ts';
import type { ImageStore } from './image-store.ts';
import { PostactFunction } from './postact-function.ts';
import { definitionOf, Workflow } from './workflow.ts';

const READ = ['s3:GetObject', 's3:GetObjectVersion'];
const KEEP = ['s3:PutObject', 's3:PutObjectTagging', 's3:PutObjectLegalHold', 's3:GetObjectLegalHold'];

export interface DisclosureProps {
  readonly decision: Workflow;
  readonly images: ImageStore;
  /** Makes the package of a disclosure that is handed over sealed. */
  readonly sealPackage: PostactFunction;
}

export class Disclosure extends Construct {
  readonly workflow: Workflow;

  constructor(scope: Construct, id: string, platform: Platform, { decision, images, sealPackage }: DisclosureProps) {
    super(scope, id);
    const { site, settings } = platform;
    const pages = new PostactFunction(this, 'Pages', platform, {
      entry: 'disclosure/disclosure-pages.lambda.tsx',
      does: 'Takes and shows disclosures',
      environment: { SITE_URL: site.url, CHIEF_PRIVACY_OFFICER: settings.chiefPrivacyOfficer },
    });
    site.serve(['/disclosures', '/disclosures/{proxy+}'], pages);

    const enclosing = new PostactFunction(this, 'EnclosurePages', platform, {
      entry: 'disclosure/enclosure-pages.lambda.tsx',
      does: 'Takes what a disclosure encloses, and its files',
      environment: { SITE_URL: site.url, IMAGES_BUCKET: images.bucket.bucketName },
      // The largest file is copied, and where the store does not say its SHA-256 it is read once.
      megabytes: 512,
    });
    // A signature is worth what its signer may do: the browser sends to where its disclosure's files arrive, and nowhere else.
    images.allow(enclosing, [...READ, 's3:PutObject'], 'incoming/X-*/*/original');
    images.allow(enclosing, [...READ, ...KEEP], 'enclosed');
    const under = '/disclosures/{id}';
    site.serve(
      ['enclosures', 'enclosures/{proxy+}', 'images', 'counts', 'files', 'files/{proxy+}'].map(
        (path) => `${under}/${path}`,
      ),
      enclosing,
    );

    const step = (name: string, entry: string, does: string): PostactFunction =>
      new PostactFunction(this, name, platform, { entry: `disclosure/${entry}.lambda.ts`, does });
    this.workflow = new Workflow(this, 'Workflow', platform, {
      name: 'disclosure',
      definition: definitionOf('disclosure'),
      functions: {
        CheckDisclosure: step('CheckDisclosure', 'check-disclosure', 'Judges a disclosure and says how it goes on'),
        AskForCompletion: step('AskForCompletion', 'ask-for-completion', 'Asks a requester to complete a disclosure'),
        ReleaseDisclosure: step(
          'ReleaseDisclosure',
          'release-disclosure',
          'Releases a disclosure that the rule allows',
        ),
        SealPackage: sealPackage,
        AskRecipientToCollect: step(
          'AskRecipientToCollect',
          'ask-recipient-to-collect',
          'Waits for the recipient of a disclosure',
        ),
      },
      workflows: { DecisionWorkflow: decision },
    });
  }
}
