/** What the stack promises of data at rest and in transit (XR26-SAFE-12), and of the table and the buckets. */
import { describe, expect, it } from 'vitest';
import { HOUSE } from '../../policies/editions/house.ts';
import { assembled, statementsOf, type Resource } from './template.ts';

const stack = assembled();
const named = (resources: readonly Resource[]) => resources.map((resource) => [resource.id, resource] as const);

/** Whether a policy attached to a resource turns away whatever does not come over TLS. */
const refusesPlainText = (policyType: string, id: string): boolean =>
  stack
    .of(policyType)
    .filter(({ Properties }) => JSON.stringify(Properties).includes(`{"Ref":"${id}"}`))
    .flatMap(statementsOf)
    .some(({ Effect, Condition }) => Effect === 'Deny' && Condition?.Bool?.['aws:SecureTransport'] === 'false');

describe('XR26-SAFE-12: data is encrypted in transit and at rest', () => {
  it.each(named(stack.of('AWS::S3::Bucket')))(
    'bucket %s is encrypted, closed to the public and speaks TLS only',
    (id, bucket) => {
      expect(bucket.Properties).toMatchObject({
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [
            { ServerSideEncryptionByDefault: { SSEAlgorithm: expect.stringMatching(/^(aws:kms|AES256)$/) } },
          ],
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        VersioningConfiguration: { Status: 'Enabled' },
      });
      expect(bucket.DeletionPolicy).toBe('Retain');
      expect(refusesPlainText('AWS::S3::BucketPolicy', id)).toBe(true);
    },
  );

  it.each(named(stack.of('AWS::DynamoDB::Table')))(
    'table %s has a key of ours, is kept and can be restored to a moment',
    (_, table) => {
      expect(table.Properties).toMatchObject({
        SSESpecification: {
          SSEEnabled: true,
          SSEType: 'KMS',
          KMSMasterKeyId: { 'Fn::GetAtt': [expect.stringMatching(/^KeysRecords/), 'Arn'] },
        },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        DeletionProtectionEnabled: true,
        BillingMode: 'PAY_PER_REQUEST',
      });
      expect(table.DeletionPolicy).toBe('Retain');
    },
  );

  it.each(named(stack.of('AWS::SQS::Queue')))('queue %s is encrypted and speaks TLS only', (id, queue) => {
    expect(queue.Properties).toMatchObject({ SqsManagedSseEnabled: true });
    expect(refusesPlainText('AWS::SQS::QueuePolicy', id)).toBe(true);
  });

  it.each(named(stack.of('AWS::SNS::Topic')))('topic %s is encrypted and speaks TLS only', (id, topic) => {
    expect(topic.Properties.KmsMasterKeyId).toBeDefined();
    expect(refusesPlainText('AWS::SNS::TopicPolicy', id)).toBe(true);
  });

  it.each(named(stack.of('AWS::Logs::LogGroup')))(
    'log group %s is encrypted, and ends when the department says',
    (_, log) => {
      expect(log.Properties).toMatchObject({
        KmsKeyId: { 'Fn::GetAtt': [expect.stringMatching(/^KeysTrace/), 'Arn'] },
        RetentionInDays: HOUSE.daysTraceIsKept.days,
      });
    },
  );

  it('sends mail over TLS or not at all', () => {
    expect(stack.only('AWS::SES::ConfigurationSet', 'Mail').Properties).toMatchObject({
      DeliveryOptions: { TlsPolicy: 'REQUIRE' },
    });
  });

  it('replaces every key that encrypts, each year, and signs with others that cannot be replaced', () => {
    const keys = stack
      .of('AWS::KMS::Key')
      .map(({ Properties }) => [
        Properties.KeySpec ?? 'SYMMETRIC_DEFAULT',
        Properties.EnableKeyRotation,
        Properties.KeyUsage,
      ]);
    expect(keys).toHaveLength(6);
    expect(keys.filter(([spec]) => spec === 'SYMMETRIC_DEFAULT').every(([, rotated]) => rotated === true)).toBe(true);
    expect(keys.filter(([spec]) => spec !== 'SYMMETRIC_DEFAULT')).toEqual([
      ['ECC_NIST_P256', undefined, 'SIGN_VERIFY'],
      ['ECC_NIST_P256', undefined, 'SIGN_VERIFY'],
      ['ECC_NIST_P256', undefined, 'SIGN_VERIFY'],
    ]);
  });
});

describe('the images', () => {
  const bucket = stack.only('AWS::S3::Bucket', 'Images').Properties;
  const rules = (
    bucket.LifecycleConfiguration as { Rules: { Id: string; Prefix?: string; ExpirationInDays?: number }[] }
  ).Rules;

  it('can each be locked, and none is locked by default', () => {
    expect(bucket).toMatchObject({ ObjectLockEnabled: true });
    expect(bucket.ObjectLockConfiguration).toBeUndefined();
  });

  it('announce themselves without a custom resource', () => {
    expect(bucket.NotificationConfiguration).toEqual({ EventBridgeConfiguration: { EventBridgeEnabled: true } });
    expect(stack.text).not.toMatch(/Custom::|AWS::CloudFormation::CustomResource/);
  });

  it('are swept a day after upload unless they are filed', () => {
    const days = HOUSE.daysIncomingIsKept.days;
    expect(rules).toContainEqual(
      expect.objectContaining({
        Prefix: 'incoming/',
        ExpirationInDays: days,
        NoncurrentVersionExpiration: { NoncurrentDays: days },
      }),
    );
    expect(rules).toContainEqual(
      expect.objectContaining({ AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } }),
    );
  });

  it('move to cheaper storage, and are never ended by a rule once they are kept', () => {
    expect(rules).toContainEqual(
      expect.objectContaining({
        Prefix: 'kept/',
        TagFilters: [{ Key: 'class', Value: 'open-case' }],
        Transitions: [
          { StorageClass: 'STANDARD_IA', TransitionInDays: 30 },
          { StorageClass: 'GLACIER_IR', TransitionInDays: 90 },
        ],
      }),
    );
    expect(rules.filter(({ ExpirationInDays }) => ExpirationInDays !== undefined).map(({ Prefix }) => Prefix)).toEqual([
      'incoming/',
      'sealed/',
      'work/',
    ]);
  });

  it('are copied into sealed packages, which are swept once nobody can collect them and a mistake was undone', () => {
    const days = HOUSE.daysToCollect.days + HOUSE.daysDestroyedIsSwept.days;
    expect(rules).toContainEqual(expect.objectContaining({ Prefix: 'sealed/', ExpirationInDays: days }));
  });

  it('are uploaded by pages of the site only', () => {
    expect(bucket.CorsConfiguration).toMatchObject({
      CorsRules: [
        {
          AllowedOrigins: [{ 'Fn::GetAtt': [expect.stringMatching(/^SiteApi/), 'ApiEndpoint'] }],
          AllowedMethods: ['POST', 'GET'],
        },
      ],
    });
  });
});

describe("the ledger's digests", () => {
  it('are locked for seven years, for the owner of the account as well', () => {
    expect(stack.only('AWS::S3::Bucket', 'Digests').Properties).toMatchObject({
      ObjectLockEnabled: true,
      ObjectLockConfiguration: {
        ObjectLockEnabled: 'Enabled',
        Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 2557 } },
      },
    });
  });
});

describe('the records table', () => {
  it('has a stream and one index for each question people ask', () => {
    const { Properties } = stack.only('AWS::DynamoDB::Table', 'Records');
    expect(Properties).toMatchObject({ StreamSpecification: { StreamViewType: 'NEW_IMAGE' } });
    expect(Properties.GlobalSecondaryIndexes).toMatchObject(
      [
        ['by-subject', 'subject', 'subjectOrder'],
        ['by-desk', 'desk', 'deskOrder'],
        ['by-due', 'due', 'dueOrder'],
      ].map(([IndexName, hash, range]) => ({
        IndexName,
        KeySchema: [
          { AttributeName: hash, KeyType: 'HASH' },
          { AttributeName: range, KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'ALL' },
      })),
    );
    expect(Properties.TimeToLiveSpecification).toBeUndefined();
  });

  it.each([
    ['Outbox', { noun: { S: ['note'] }, due: { S: [{ exists: true }] } }],
    ['Mail', { noun: { S: ['mail'] }, record: { M: { state: { S: ['owed'] } } } }],
  ])(
    'hands its changes to %s by what they are, alone when they fail, and to a queue in the end',
    (reader, NewImage) => {
      const { Properties } = stack.only('AWS::Lambda::EventSourceMapping', reader);
      expect(Properties).toMatchObject({
        BatchSize: 10,
        BisectBatchOnFunctionError: true,
        MaximumRetryAttempts: 10,
        StartingPosition: 'TRIM_HORIZON',
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [expect.stringContaining('Queue'), 'Arn'] } } },
      });
      const { Filters } = Properties.FilterCriteria as { Filters: { Pattern: string }[] };
      expect(Filters.map(({ Pattern }) => JSON.parse(Pattern) as unknown)).toEqual([{ dynamodb: { NewImage } }]);
    },
  );
});
