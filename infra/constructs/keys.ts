/**
 * The keys of the system. Three encrypt and are replaced every year by the key service itself. Others sign, each one kind
 * of thing, so that whoever may sign one cannot make another; their private halves never leave the service.
 */
import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key, KeySpec, KeyUsage, type IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

export class Keys extends Construct {
  /** The records table and the ledger's digests. */
  readonly records: Key;
  /** The images. */
  readonly images: Key;
  /** Logs and alarms: what the running of the system leaves behind. */
  readonly trace: Key;
  /** Signs the ledger's digests (ECDSA on P-256). */
  readonly digest: IKey;
  /** Signs the answers of the privacy office (ECDSA on P-256). */
  readonly decision: IKey;
  /** Signs the list of what is in a sealed package (ECDSA on P-256). */
  readonly delivery: IKey;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.records = this.#encrypting('Records', 'postact: records and ledger digests');
    this.images = this.#encrypting('Images', 'postact: x-ray images');
    this.trace = this.#encrypting('Trace', 'postact: logs and alarms');
    this.digest = this.#signing('Digest', 'postact: signs the hourly digests of the ledger');
    this.decision = this.#signing('Decision', 'postact: signs answers of the privacy office');
    this.delivery = this.#signing('Delivery', 'postact: signs the lists of sealed packages');

    this.trace.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal(`logs.${Aws.REGION}.${Aws.URL_SUFFIX}`)],
        actions: [
          'kms:Encrypt',
          'kms:Decrypt',
          'kms:ReEncryptFrom',
          'kms:ReEncryptTo',
          'kms:GenerateDataKey',
          'kms:DescribeKey',
        ],
        resources: ['*'], // in a key's own policy: this key
        conditions: {
          ArnLike: {
            'kms:EncryptionContext:aws:logs:arn': `arn:${Aws.PARTITION}:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:log-group:*`,
          },
        },
      }),
    );
    this.trace.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
  }

  #signing(id: string, description: string): Key {
    return new Key(this, id, {
      description,
      keySpec: KeySpec.ECC_NIST_P256,
      keyUsage: KeyUsage.SIGN_VERIFY,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  #encrypting(id: string, description: string): Key {
    return new Key(this, id, {
      description,
      enableKeyRotation: true,
      rotationPeriod: Duration.days(365),
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }
}

/** The right to use a key through one service and in no other way. `service` is its name in `kms:ViaService`, such as `s3`. */
export function useOfKey(key: IKey, service: 'dynamodb' | 's3', actions: readonly string[]): PolicyStatement {
  return new PolicyStatement({
    actions: [...actions],
    resources: [key.keyArn],
    conditions: { StringEquals: { 'kms:ViaService': `${service}.${Aws.REGION}.${Aws.URL_SUFFIX}` } },
  });
}
