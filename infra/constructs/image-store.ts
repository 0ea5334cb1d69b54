/**
 * The bucket the x-ray images are in: `incoming/` for what was just uploaded, `kept/` for what was filed, `enclosed/` for
 * what a disclosure lets leave besides, `sealed/` for the packages of deliveries, each with its passphrase beside it,
 * `work/` for lists a workflow works through, and `certificates/` for what proves a destruction.
 *
 * Object Lock is on without a default: each image is locked by the function that files it (legal hold while its case is
 * open), and nobody may lift a lock before its time.
 */
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  HttpMethods,
  ObjectOwnership,
  type CfnBucket,
  type LifecycleRule,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { schedules } from '../../policies/editions/schedules/index.ts';
import { lifecycleRulesOf } from '../lifecycle-rules.ts';
import { SWEEP_INCOMING_AFTER, SWEEP_SEALED_AFTER, SWEEP_WORK_AFTER } from '../limits.ts';
import type { AccessLogs } from './access-logs.ts';
import { useOfKey, type Keys } from './keys.ts';
import type { PostactFunction } from './postact-function.ts';
import type { Workflow } from './workflow.ts';

/**
 * Moves and sweeps. None of them destroys an image that is kept: that is proposed, signed and done by a person. How what is
 * kept moves follows from the schedules (lifecycle-rules.ts).
 */
const RULES: LifecycleRule[] = [
  {
    id: 'sweep-incoming',
    prefix: 'incoming/',
    expiration: SWEEP_INCOMING_AFTER,
    noncurrentVersionExpiration: SWEEP_INCOMING_AFTER,
  },
  { id: 'sweep-half-uploads', abortIncompleteMultipartUploadAfter: SWEEP_INCOMING_AFTER },
  { id: 'sweep-marks-of-deletion', expiredObjectDeleteMarker: true },
  // A package is a copy, made to be collected; what is in it stays under kept/ and enclosed/, under its lock.
  {
    id: 'sweep-sealed',
    prefix: 'sealed/',
    expiration: SWEEP_SEALED_AFTER,
    noncurrentVersionExpiration: SWEEP_INCOMING_AFTER,
  },
  {
    id: 'sweep-work',
    prefix: 'work/',
    expiration: SWEEP_WORK_AFTER,
    noncurrentVersionExpiration: SWEEP_INCOMING_AFTER,
  },
  ...lifecycleRulesOf(schedules),
];

export class ImageStore extends Construct {
  readonly bucket: Bucket;
  readonly #keys: Keys;

  constructor(
    scope: Construct,
    id: string,
    props: { readonly keys: Keys; readonly logs: AccessLogs; readonly siteUrl: string },
  ) {
    super(scope, id);
    this.#keys = props.keys;
    this.bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.KMS,
      encryptionKey: props.keys.images,
      bucketKeyEnabled: true,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      versioned: true,
      objectLockEnabled: true,
      serverAccessLogsBucket: props.logs.bucket,
      serverAccessLogsPrefix: 'images/',
      lifecycleRules: RULES,
      // The browser uploads straight to the bucket, from a page of the site and from nowhere else.
      cors: [
        {
          allowedOrigins: [props.siteUrl],
          allowedMethods: [HttpMethods.POST, HttpMethods.GET],
          allowedHeaders: ['*'],
          maxAge: Duration.hours(1).toSeconds(),
        },
      ],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    // `eventBridgeEnabled` would add a custom resource for what is one property of the bucket.
    (this.bucket.node.defaultChild as CfnBucket).notificationConfiguration = {
      eventBridgeConfiguration: { eventBridgeEnabled: true },
    };
    this.bucket.addToResourcePolicy(
      new PolicyStatement({
        sid: 'NobodyLiftsALockBeforeItsTime',
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['s3:BypassGovernanceRetention'],
        resources: [this.bucket.arnForObjects('*')],
      }),
    );
    Validations.of(this).acknowledge({
      id: 'NIST.800.53.R5-S3BucketReplicationEnabled',
      reason:
        'S3 keeps each image in three zones, versioned and locked. A copy in another region doubles where images of people are held; that is for the agency to decide.',
    });
  }

  /** Allows actions on the objects under one of the bucket's folders, and the key for what those actions need. */
  allow(who: PostactFunction | Workflow, actions: readonly string[], under: Folder): void {
    const role = 'stateMachine' in who ? who.stateMachine : who.function;
    const folder = under.split('/')[0]!;
    const objects = under === folder ? `${folder}/*` : under;
    role.addToRolePolicy(
      new PolicyStatement({ actions: [...actions], resources: [this.bucket.arnForObjects(objects)] }),
    );
    // Without the right to list, S3 says "denied" of a file that is not there, and nobody could tell a swept file from a fault.
    if (actions.includes('s3:GetObject')) {
      const onlyUnder = { StringLike: { 's3:prefix': [`${folder}/*`] } };
      role.addToRolePolicy(
        new PolicyStatement({ actions: ['s3:ListBucket'], resources: [this.bucket.bucketArn], conditions: onlyUnder }),
      );
    }
    const reads = actions.some((action) => action.startsWith('s3:GetObject'));
    const writes = actions.includes('s3:PutObject');
    const ofKey = [...(reads || writes ? ['kms:Decrypt'] : []), ...(writes ? ['kms:GenerateDataKey'] : [])];
    if (ofKey.length > 0) role.addToRolePolicy(useOfKey(this.#keys.images, 's3', ofKey));
    Validations.of(who).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${logicalIdOf(this.bucket)}.Arn>/${objects}]`,
      reason: `Every object under ${objects} is the work of this function or workflow; which one, and for whom, its rules decide on each call.`,
    });
  }

  /** Allows to destroy what lies under these folders for good, version by version, and to see which versions there are. No lock can be lifted by it. */
  allowDestroying(who: PostactFunction, under: readonly Folder[]): void {
    who.may(
      ['s3:DeleteObjectVersion'],
      under.map((folder) => this.bucket.arnForObjects(`${folder}/*`)),
    );
    who.function.addToRolePolicy(
      new PolicyStatement({
        actions: ['s3:ListBucketVersions'],
        resources: [this.bucket.bucketArn],
        conditions: { StringLike: { 's3:prefix': under.map((folder) => `${folder}/*`) } },
      }),
    );
    for (const folder of under)
      Validations.of(who).acknowledge({
        id: `AwsSolutions-IAM5[Resource::<${logicalIdOf(this.bucket)}.Arn>/${folder}/*]`,
        reason: `Every object under ${folder}/* is this function's work; which one, its rules decide in a transaction of each.`,
      });
  }
}

/**
 * The bucket's folders. What a disclosure encloses, and what other systems hand in, arrives apart from images; of a sealed delivery the
 * package and the passphrase are allowed apart.
 */
export type Folder =
  | 'incoming'
  | 'incoming/X-*/*/original'
  | 'incoming/records/*/original'
  | 'kept/records/*/original'
  | 'kept'
  | 'enclosed'
  | 'work'
  | 'certificates'
  | 'sealed/*/package.zip'
  | 'sealed/*/passphrase';

const logicalIdOf = (bucket: Bucket): string => bucket.stack.getLogicalId(bucket.node.defaultChild as CfnBucket);
