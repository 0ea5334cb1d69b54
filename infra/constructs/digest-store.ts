/** The bucket of the ledger's signed digests. Nobody can change or remove one before its time, the account's owner included. */
import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  ObjectLockRetention,
  ObjectOwnership,
  type CfnBucket,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { LOCK_DIGESTS_FOR, SWEEP_INCOMING_AFTER } from '../limits.ts';
import type { AccessLogs } from './access-logs.ts';
import { useOfKey, type Keys } from './keys.ts';
import type { PostactFunction } from './postact-function.ts';

export class DigestStore extends Construct {
  readonly bucket: Bucket;
  readonly #keys: Keys;

  constructor(scope: Construct, id: string, props: { readonly keys: Keys; readonly logs: AccessLogs }) {
    super(scope, id);
    this.#keys = props.keys;
    this.bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.KMS,
      encryptionKey: props.keys.records,
      bucketKeyEnabled: true,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      versioned: true,
      objectLockDefaultRetention: ObjectLockRetention.compliance(LOCK_DIGESTS_FOR),
      serverAccessLogsBucket: props.logs.bucket,
      serverAccessLogsPrefix: 'digests/',
      lifecycleRules: [{ id: 'sweep-half-uploads', abortIncompleteMultipartUploadAfter: SWEEP_INCOMING_AFTER }],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    Validations.of(this).acknowledge({
      id: 'NIST.800.53.R5-S3BucketReplicationEnabled',
      reason:
        'Each digest is in three zones and locked; anyone with a copy and the public key can verify the ledger, so auditors hold their own copies.',
    });
  }
  /** The right to list digests, read one and add one. What is there stays as it is. */
  allowReadAndAdd(who: PostactFunction): void {
    who.may(['s3:ListBucket'], [this.bucket.bucketArn]);
    who.may(['s3:GetObject', 's3:PutObject'], [this.bucket.arnForObjects('digests/*')]);
    who.function.addToRolePolicy(useOfKey(this.#keys.records, 's3', ['kms:Decrypt', 'kms:GenerateDataKey']));
    Validations.of(who).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${this.bucket.stack.getLogicalId(this.bucket.node.defaultChild as CfnBucket)}.Arn>/digests/*]`,
      reason: 'A digest is named by its hour; Object Lock in compliance mode keeps what was written under a name.',
    });
  }
}
