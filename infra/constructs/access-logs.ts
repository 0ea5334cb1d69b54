/** Where the other buckets write who asked them for what. */
import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { KEEP_ACCESS_LOGS_FOR, SWEEP_DESTROYED_AFTER, SWEEP_INCOMING_AFTER } from '../limits.ts';

export class AccessLogs extends Construct {
  readonly bucket: IBucket;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      versioned: true,
      lifecycleRules: [
        {
          id: 'end-of-logs',
          expiration: KEEP_ACCESS_LOGS_FOR,
          noncurrentVersionExpiration: SWEEP_DESTROYED_AFTER,
          abortIncompleteMultipartUploadAfter: SWEEP_INCOMING_AFTER,
        },
      ],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.bucket = bucket as IBucket; // CDK's class leaves out of its optional members what its interface has of them
    Validations.of(this).acknowledge(
      {
        id: 'NIST.800.53.R5-S3DefaultEncryptionKMS',
        reason:
          'S3 delivers access logs only to a bucket under its own keys (SSE-S3); they are encrypted at rest all the same.',
      },
      {
        id: 'NIST.800.53.R5-S3BucketReplicationEnabled',
        reason: 'Access logs are a trace of use, not the record of it; the ledger is.',
      },
    );
  }
}
