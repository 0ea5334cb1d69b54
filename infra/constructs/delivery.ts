/**
 * Deliveries: the page of a recipient, the page of members, and the step that seals a package. Three roles: only the
 * recipient's page reads a passphrase, and the step that writes one cannot.
 */
import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Platform } from '../platform.ts';
import type { ImageStore } from './image-store.ts';
import { PostactFunction } from './postact-function.ts';

const READ = ['s3:GetObject', 's3:GetObjectVersion'];

export class Delivery extends Construct {
  /** A step of the disclosure's workflow, given `{ disclosureId }`. */
  readonly sealPackage: PostactFunction;

  constructor(scope: Construct, id: string, platform: Platform, store: ImageStore) {
    super(scope, id);
    const IMAGES_BUCKET = store.bucket.bucketName;
    const { keys, site } = platform;

    const receive = new PostactFunction(this, 'ReceivePages', platform, {
      entry: 'delivery/receive-pages.lambda.tsx',
      does: 'Hands over what was released, to whoever has the link and the one-time code',
      environment: { SITE_URL: site.url, IMAGES_BUCKET },
    });
    for (const folder of ['kept', 'enclosed', 'sealed/*/package.zip', 'sealed/*/passphrase'] as const)
      store.allow(receive, READ, folder);
    site.serve(['/receive/{proxy+}'], receive, { isPublic: true });

    const pages = new PostactFunction(this, 'Pages', platform, {
      entry: 'delivery/delivery-pages.lambda.tsx',
      does: 'Shows a delivery to members, and its sealed package to hand over',
      environment: { SITE_URL: site.url, IMAGES_BUCKET },
    });
    store.allow(pages, READ, 'sealed/*/package.zip');
    site.serve(['/deliveries/{proxy+}'], pages);

    // Encrypting takes about 15 ms a megabyte on a whole core, which a function has from 1,769 MB on.
    this.sealPackage = new PostactFunction(this, 'SealPackage', platform, {
      entry: 'delivery/seal-package.lambda.ts',
      does: 'Seals what was released into an encrypted, signed package',
      environment: { IMAGES_BUCKET, DELIVERY_KEY: keys.delivery.keyArn },
      megabytes: 1769,
      timeout: Duration.minutes(15),
    });
    store.allow(this.sealPackage, READ, 'kept');
    store.allow(this.sealPackage, READ, 'enclosed');
    store.allow(this.sealPackage, ['s3:PutObject', 's3:AbortMultipartUpload'], 'sealed/*/package.zip');
    store.allow(this.sealPackage, ['s3:PutObject'], 'sealed/*/passphrase');
    this.sealPackage.may(['kms:Sign', 'kms:GetPublicKey'], [keys.delivery.keyArn]);
  }
}
