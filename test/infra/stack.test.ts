/** What the synthesized stack promises about data at rest and in transit (XR26-SAFE-12), and about who can reach what. */
import { describe, expect, it } from 'vitest';
import { HOUSE } from '../../policies/editions/house.ts';
import { ROLES } from '../../policies/roles.ts';
import { listOf, statementsOf, synthesize, type Resource } from './synthesized.ts';

const stack = synthesize();
const only = (type: string, idStart: string): Resource => {
  const found = stack.of(type).filter(({ id }) => id.startsWith(idStart));
  expect(found).toHaveLength(1);
  return found[0]!;
};
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
    expect(only('AWS::SES::ConfigurationSet', 'Mail').Properties).toMatchObject({
      DeliveryOptions: { TlsPolicy: 'REQUIRE' },
    });
  });

  it('replaces every key that encrypts, each year, and signs digests with one that cannot be replaced', () => {
    const keys = stack
      .of('AWS::KMS::Key')
      .map(({ Properties }) => [
        Properties.KeySpec ?? 'SYMMETRIC_DEFAULT',
        Properties.EnableKeyRotation,
        Properties.KeyUsage,
      ]);
    expect(keys).toHaveLength(4);
    expect(keys.filter(([spec]) => spec === 'SYMMETRIC_DEFAULT').every(([, rotated]) => rotated === true)).toBe(true);
    expect(keys.filter(([spec]) => spec !== 'SYMMETRIC_DEFAULT')).toEqual([
      ['ECC_NIST_P256', undefined, 'SIGN_VERIFY'],
    ]);
  });
});

describe('the images', () => {
  const bucket = only('AWS::S3::Bucket', 'Images').Properties;
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
        Transitions: [
          { StorageClass: 'STANDARD_IA', TransitionInDays: 30 },
          { StorageClass: 'GLACIER_IR', TransitionInDays: 90 },
        ],
      }),
    );
    expect(
      rules.filter(({ Prefix, ExpirationInDays }) => Prefix !== 'incoming/' && ExpirationInDays !== undefined),
    ).toEqual([]);
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
    expect(only('AWS::S3::Bucket', 'Digests').Properties).toMatchObject({
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
    const { Properties } = only('AWS::DynamoDB::Table', 'Records');
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
    ['Outbox', { noun: { S: ['note'] }, record: { M: { deliveredAt: { S: [{ exists: false }] } } } }],
    ['Mail', { noun: { S: ['mail'] }, record: { M: { state: { S: ['owed'] } } } }],
  ])(
    'hands its changes to %s by what they are, alone when they fail, and to a queue in the end',
    (reader, NewImage) => {
      const { Properties } = only('AWS::Lambda::EventSourceMapping', reader);
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

describe('sign-in', () => {
  const pool = only('AWS::Cognito::UserPool', 'SignIn').Properties;
  const client = only('AWS::Cognito::UserPoolClient', 'SignIn').Properties;

  it('is for people an administrator entered, with a second factor', () => {
    expect(pool).toMatchObject({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      MfaConfiguration: 'ON',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
      DeletionProtection: 'ACTIVE',
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'admin_only' }] },
    });
  });

  it('gives a code to the site and nothing to any other address', () => {
    expect(client).toMatchObject({
      GenerateSecret: false,
      AllowedOAuthFlows: ['code'],
      PreventUserExistenceErrors: 'ENABLED',
    });
    expect(JSON.stringify(client.CallbackURLs)).toMatch(
      /^\[\{"Fn::Join":\["",\[\{"Fn::GetAtt":\["SiteApi\w+","ApiEndpoint"\]\},"\/sign-in\/return"\]\]\}\]$/,
    );
  });

  it('has a group for each role and no other', () => {
    expect(stack.of('AWS::Cognito::UserPoolGroup').map(({ Properties }) => Properties.GroupName)).toEqual(ROLES);
  });

  it("goes through the agency's directory alone when its metadata is given", () => {
    const federated = synthesize({ samlMetadataUrl: 'https://directory.example.gov/metadata' });
    expect(federated.of('AWS::Cognito::UserPoolIdentityProvider')).toHaveLength(1);
    expect(federated.of('AWS::Cognito::UserPoolClient')[0]!.Properties.SupportedIdentityProviders).toEqual([
      { Ref: expect.stringContaining('Directory') },
    ]);
  });
});

describe('the site', () => {
  const routes = stack.of('AWS::ApiGatewayV2::Route').map(({ Properties }) => String(Properties.RouteKey));

  it('serves each page under its own path and below it, and the files', () => {
    expect(routes.sort()).toEqual(
      [
        '/',
        '/sign-in',
        '/sign-in/{proxy+}',
        '/sign-out',
        '/desk',
        '/policy',
        '/policy/{proxy+}',
        '/requests',
        '/requests/{proxy+}',
        '/ask',
        '/ask/{proxy+}',
        '/decisions/{proxy+}',
        '/deployments/{proxy+}',
        '/images',
        '/images/{proxy+}',
        '/devices',
        '/devices/{proxy+}',
        '/trainings',
        '/trainings/{proxy+}',
        '/ledger',
        '/ledger/{proxy+}',
      ]
        .map((path) => `ANY ${path}`)
        .concat('GET /assets/{proxy+}')
        .sort(),
    );
  });

  it('lets fewer requests pass at once to what anyone may ask for', () => {
    const { DefaultRouteSettings, RouteSettings, AccessLogSettings } = only(
      'AWS::ApiGatewayV2::Stage',
      'Site',
    ).Properties;
    expect(DefaultRouteSettings).toMatchObject({ ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 });
    const few = { ThrottlingRateLimit: 5, ThrottlingBurstLimit: 10 };
    expect(RouteSettings).toEqual({ 'ANY /ask': few, 'ANY /ask/{proxy+}': few });
    expect(String((AccessLogSettings as { Format: string }).Format)).not.toMatch(/sourceIp|\$context\.path|userAgent/);
  });

  it("answers under the agency's own name when one is given, and under no other", () => {
    const own = synthesize({
      siteDomain: 'postact.agency.gov',
      certificateArn: 'arn:aws-us-gov:acm:us-gov-west-1:111122223333:certificate/x',
    });
    expect(own.of('AWS::ApiGatewayV2::Api')[0]!.Properties.DisableExecuteApiEndpoint).toBe(true);
    expect(own.outputs).toContain('SiteAliasOf');
    expect(own.of('AWS::ApiGatewayV2::DomainName')[0]!.Properties).toMatchObject({
      DomainNameConfigurations: [{ SecurityPolicy: 'TLS_1_2' }],
    });
    expect(own.of('AWS::Cognito::UserPoolClient')[0]!.Properties.CallbackURLs).toEqual([
      'https://postact.agency.gov/sign-in/return',
    ]);
  });
});

describe('the stack', () => {
  it('names no partition, region or account', () => {
    expect(stack.text).not.toMatch(/arn:aws[a-z-]*:/);
    expect(stack.text).not.toMatch(/\b(us|eu|ap)-[a-z]+-\d\b/);
  });

  it('acknowledges findings where they arise, each with its own reason', () => {
    expect(stack.acknowledged.length).toBeGreaterThan(0);
    for (const { path, id, reason } of stack.acknowledged) {
      expect(path.split('/').length, `${id} is acknowledged for all of ${path}`).toBeGreaterThanOrEqual(2);
      expect(reason.length, `${id} at ${path}`).toBeGreaterThan(60);
    }
  });

  it('tells whoever deploys it where everything is', () => {
    expect([...stack.outputs].sort()).toEqual([
      'DigestKeyId',
      'ImagesBucketName',
      'ImportDevicesFunctionName',
      'ImportPeopleFunctionName',
      'ImportTrainingsFunctionName',
      'LedgerBucketName',
      'SiteUrl',
      'TableName',
      'UserPoolClientId',
      'UserPoolId',
    ]);
  });

  it('runs every function the same way', () => {
    for (const { Properties } of stack.of('AWS::Lambda::Function')) {
      expect(Properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        TracingConfig: { Mode: 'Active' },
        LoggingConfig: { LogGroup: expect.anything() },
      });
      expect(Properties.ReservedConcurrentExecutions).toBeUndefined();
      expect((Properties.Environment as { Variables: object }).Variables).not.toHaveProperty('AWS_USE_FIPS_ENDPOINT');
    }
  });

  it('speaks to FIPS endpoints everywhere when told to', () => {
    const functions = synthesize({ fips: 'true' }).of('AWS::Lambda::Function');
    expect(functions.length).toBe(stack.of('AWS::Lambda::Function').length);
    for (const { Properties } of functions)
      expect(Properties).toMatchObject({ Environment: { Variables: { AWS_USE_FIPS_ENDPOINT: 'true' } } });
  });

  it('writes the trace of a workflow without what went through it, and publishes each definition', () => {
    const machines = stack.of('AWS::StepFunctions::StateMachine');
    expect(machines).toHaveLength(3);
    for (const { Properties } of machines) {
      expect(Properties).toMatchObject({
        StateMachineType: 'STANDARD',
        LoggingConfiguration: { IncludeExecutionData: false, Level: 'ALL' },
        TracingConfiguration: { Enabled: true },
      });
    }
    const versions = stack.of('AWS::StepFunctions::StateMachineVersion');
    expect(versions.map(({ DeletionPolicy }) => DeletionPolicy)).toEqual(['Retain', 'Retain', 'Retain']);
  });

  it('keeps a dead letter of everything that is called without waiting', () => {
    const called = ['ImageNoteArrival', 'MailNoteOutcome', 'LedgerSignDigest', 'DeadlineSweep'];
    for (const id of called)
      expect(only('AWS::Lambda::Function', `${id}Function`).Properties.DeadLetterConfig).toBeDefined();
    for (const { Properties } of stack.of('AWS::Events::Rule')) {
      for (const target of listOf(Properties.Targets as object[])) expect(target).toHaveProperty('DeadLetterConfig');
    }
  });

  it.each([
    ['Ledger', 'cron(5 * * * ? *)'],
    ['Deadline', 'cron(20 * * * ? *)'],
  ])('calls %s every hour, again when it fails, and keeps what was given up', (noun, expression) => {
    expect(only('AWS::Scheduler::Schedule', noun).Properties).toMatchObject({
      ScheduleExpression: expression,
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: { RetryPolicy: { MaximumRetryAttempts: 5 }, DeadLetterConfig: { Arn: expect.anything() } },
    });
  });
});
