/** Who may do what: read off the policies of the synthesized template, function by function. */
import { describe, expect, it } from 'vitest';
import { actionsOf, every, roleOf, stack, whoMay } from './rights.ts';
import { listOf, statementsOf } from './template.ts';

/** What no service lets anyone name a resource for. */
const WITHOUT_RESOURCE = new Set([
  'xray:PutTraceSegments',
  'xray:PutTelemetryRecords',
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
  'dynamodb:ListStreams',
  'logs:CreateLogDelivery',
  'logs:GetLogDelivery',
  'logs:UpdateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:DescribeResourcePolicies',
  'logs:DescribeLogGroups',
]);

describe('rights', () => {
  it('name every action', () => {
    expect(every.flatMap(({ actions }) => actions).filter((action) => action.includes('*'))).toEqual([]);
    expect(stack.text).not.toContain('NotAction');
  });

  it('name every resource, but for actions that take none', () => {
    const onEverything = every
      .filter(({ Resource }) => listOf(Resource).includes('*'))
      .flatMap(({ actions }) => actions);
    expect([...new Set(onEverything)].filter((action) => !WITHOUT_RESOURCE.has(action))).toEqual([]);
  });

  it('use no policy that is written elsewhere', () => {
    for (const { Properties } of stack.of('AWS::IAM::Role')) expect(Properties.ManagedPolicyArns).toBeUndefined();
  });

  it('belong to one function each', () => {
    const roles = stack.of('AWS::Lambda::Function').map(({ Properties }) => JSON.stringify(Properties.Role));
    expect(new Set(roles).size).toBe(roles.length);
  });
});

describe('the records table', () => {
  const onTable = every.filter(({ actions }) => actions.some((action) => action.startsWith('dynamodb:')));

  it('is scanned, updated in place and changed in batches by nobody', () => {
    const given = [
      ...new Set(onTable.flatMap(({ actions }) => actions).filter((action) => action.startsWith('dynamodb:'))),
    ].sort();
    expect(given).toEqual([
      'dynamodb:ConditionCheckItem',
      'dynamodb:DeleteItem',
      'dynamodb:DescribeStream',
      'dynamodb:GetItem',
      'dynamodb:GetRecords',
      'dynamodb:GetShardIterator',
      'dynamodb:ListStreams',
      'dynamodb:PutItem',
      'dynamodb:Query',
    ]);
  });

  it('loses lines only to those who end sessions, roles and what was to be contained, and who move records', () => {
    const ending = ['AccessImportPeopleRole', 'AccessPagesRole', 'BreachPagesRole', 'CasePagesRole'];
    expect(whoMay(/^dynamodb:DeleteItem$/)).toEqual(ending.map((role) => roleOf(role)).sort());
  });

  it('is not reached by the function that serves files', () => {
    expect(onTable.map(({ role }) => role)).not.toContain(roleOf('AssetsServeRole'));
    const [files] = stack.of('AWS::Lambda::Function').filter(({ id }) => id.startsWith('AssetsServe'));
    expect(files!.Properties.Environment).toEqual({ Variables: { NODE_OPTIONS: '--enable-source-maps' } });
  });

  it('is read by its stream only by those who deliver the outbox', () => {
    expect(whoMay(/^dynamodb:GetRecords$/)).toEqual([roleOf('MailSendRole'), roleOf('OutboxDeliverRole')].sort());
  });
});

const KEEPING = 'GetObject GetObjectLegalHold GetObjectVersion PutObject PutObjectLegalHold PutObjectTagging'
  .split(' ')
  .map((action) => `s3:${action}`);

describe('the images', () => {
  it('are written under kept/ by the step that keeps them and by nobody else', () => {
    expect(whoMay(/^s3:(PutObject$|Delete|Restore|Replicate|Abort|Bypass)/, '/kept/*')).toEqual([
      roleOf('ImageKeepImageRole'),
    ]);
    expect(actionsOf('ImageKeepImageRole', '/kept/*')).toEqual(
      [...KEEPING, 's3:GetObjectRetention', 's3:PutObjectRetention'].sort(),
    );
  });

  it.each([
    ['ImagePagesRole', '/incoming/*', ['s3:PutObject']],
    ['ImagePagesRole', '/kept/*', ['s3:GetObject', 's3:GetObjectVersion']],
    ['ImageCheckFileRole', '/incoming/*', ['s3:GetObject', 's3:GetObjectVersion']],
    [
      'ImageKeepImageRole',
      '/incoming/*',
      ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:GetObject', 's3:GetObjectVersion'],
    ],
    ['ImageRefuseImageRole', '/incoming/*', ['s3:DeleteObject', 's3:DeleteObjectVersion']],
    [
      'DisclosureEnclosurePagesRole',
      '/incoming/X-*/*/original',
      ['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject'],
    ],
    ['DisclosureEnclosurePagesRole', '/enclosed/*', KEEPING],
    ['DisclosureEnclosurePagesRole', '/kept/*', []],
  ])('%s may do on %s: %j', (role, under, actions) => {
    expect(actionsOf(role, under)).toEqual(actions);
  });

  it('are reached by no other function', () => {
    const bucket = stack.of('AWS::S3::Bucket').find(({ id }) => id.startsWith('Images'))!.id;
    expect(whoMay(/^s3:/, bucket)).toEqual(
      [
        'DeliveryPagesRole',
        'DeliveryReceivePagesRole',
        'DeliverySealPackageRole',
        'DisclosureEnclosurePagesRole',
        'ImageCheckFileRole',
        'ImageKeepImageRole',
        'ImagePagesRole',
        'ImageRefuseImageRole',
        'RetentionRecalculationStepRole',
        'RetentionWorkflowStateMachineRole',
        'ReconciliationReconcileRole',
      ]
        .map(roleOf)
        .sort(),
    );
  });

  it('are freed before their time by nobody', () => {
    expect(whoMay(/Bypass/)).toEqual([]);
    const denied = stack
      .of('AWS::S3::BucketPolicy')
      .flatMap(statementsOf)
      .filter(({ Action }) => Action === 's3:BypassGovernanceRetention');
    expect(denied).toMatchObject([{ Effect: 'Deny', Principal: { AWS: '*' } }]);
  });
});

describe('sealed packages', () => {
  const READ = ['s3:GetObject', 's3:GetObjectVersion'];

  it('have a passphrase that only the recipient’s page reads, and whoever writes it does not', () => {
    expect(whoMay(/^s3:Get/, '/passphrase')).toEqual([roleOf('DeliveryReceivePagesRole')]);
    expect(whoMay(/^s3:(Put|Abort)/, '/sealed/')).toEqual([roleOf('DeliverySealPackageRole')]);
    expect(actionsOf('DeliverySealPackageRole', '/sealed/*/passphrase')).toEqual(['s3:PutObject']);
    expect(actionsOf('DeliverySealPackageRole', '/sealed/*/package.zip')).toEqual([
      's3:AbortMultipartUpload',
      's3:PutObject',
    ]);
  });

  it.each([
    ['DeliveryReceivePagesRole', '/kept/*', READ],
    ['DeliveryReceivePagesRole', '/enclosed/*', READ],
    ['DeliveryReceivePagesRole', '/sealed/*/package.zip', READ],
    ['DeliveryPagesRole', '/sealed/*/package.zip', READ],
    ['DeliveryPagesRole', '/kept/*', []],
    ['DeliveryPagesRole', '/enclosed/*', []],
    ['DeliverySealPackageRole', '/kept/*', READ],
    ['DeliverySealPackageRole', '/enclosed/*', READ],
  ])('%s may do on %s: %j', (role, under, actions) => {
    expect(actionsOf(role, under)).toEqual(actions);
  });
});

describe('keys', () => {
  it('are used through the table and the buckets only, but for the stream and what is signed', () => {
    const direct = every.filter(
      ({ actions, Condition }) =>
        actions.some((action) => action.startsWith('kms:')) && !Condition?.StringEquals?.['kms:ViaService'],
    );
    expect(Object.fromEntries(direct.map(({ role, actions }) => [role, actions]))).toEqual({
      [roleOf('DecisionPagesRole')]: ['kms:GetPublicKey', 'kms:Sign'],
      [roleOf('DeliverySealPackageRole')]: ['kms:GetPublicKey', 'kms:Sign'],
      [roleOf('LedgerSignDigestRole')]: ['kms:GetPublicKey', 'kms:Sign'],
      [roleOf('MailSendRole')]: ['kms:Decrypt', 'kms:DescribeKey'],
      [roleOf('OutboxDeliverRole')]: ['kms:Decrypt', 'kms:DescribeKey'],
    });
  });
});

describe('the rest', () => {
  it('signs, lists, reads and adds digests in one function', () => {
    const signing = Object.fromEntries(
      ['KeysDigest', 'KeysDecision', 'KeysDelivery'].map((key) => [key, whoMay(/^kms:Sign$/, key)] as const),
    );
    expect(signing).toEqual({
      KeysDigest: [roleOf('LedgerSignDigestRole')],
      KeysDecision: [roleOf('DecisionPagesRole')],
      KeysDelivery: [roleOf('DeliverySealPackageRole')],
    });
    const bucket = stack.of('AWS::S3::Bucket').find(({ id }) => id.startsWith('Digests'))!.id;
    expect(whoMay(/^s3:/, bucket)).toEqual([roleOf('LedgerSignDigestRole')]);
    expect(actionsOf('LedgerSignDigestRole', bucket)).toEqual(['s3:GetObject', 's3:ListBucket', 's3:PutObject']);
  });

  it('sends mail from one function', () => {
    expect(whoMay(/^ses:/)).toEqual([roleOf('MailSendRole')]);
  });

  it('starts and wakes workflows from the outbox, and a decision from what it is about', () => {
    expect(whoMay(/^states:StartExecution$/)).toEqual(
      [
        roleOf('DisclosureWorkflowStateMachineRole'),
        roleOf('OutboxDeliverRole'),
        roleOf('RetentionWorkflowStateMachineRole'),
        roleOf('UseRequestWorkflowStateMachineRole'),
      ].sort(),
    );
    expect(whoMay(/^states:SendTask/)).toEqual([roleOf('OutboxDeliverRole')]);
  });

  it('lets a workflow call its own functions and no version of them', () => {
    const called = (start: string): unknown[] =>
      every
        .filter(({ role, actions }) => role === roleOf(start) && actions.includes('lambda:InvokeFunction'))
        .flatMap(({ Resource }) => listOf(Resource));
    const names = (start: string): string[] =>
      called(start)
        .map((arn) => (arn as { 'Fn::GetAtt': [string] })['Fn::GetAtt'][0].replace(/Function\w+$/, ''))
        .sort();
    expect(names('DecisionWorkflow')).toEqual(['DecisionAskForDecision', 'DecisionCheckWhoIsAsked']);
    expect(names('DisclosureWorkflow')).toEqual([
      'DeliverySealPackage',
      'DisclosureAskForCompletion',
      'DisclosureAskRecipientToCollect',
      'DisclosureCheckDisclosure',
      'DisclosureReleaseDisclosure',
    ]);
    expect(names('UseRequestWorkflow')).toEqual([
      'UseRequestAskBureauToDeploy',
      'UseRequestAskForConfirmation',
      'UseRequestCheckUseRequest',
      'UseRequestSettleUseRequest',
    ]);
    expect(names('ImageWorkflow')).toEqual([
      'ImageAskForUpload',
      'ImageCheckFile',
      'ImageKeepImage',
      'ImageLapseUpload',
      'ImageRefuseImage',
    ]);
  });

  it('lets nobody outside the account call a function', () => {
    for (const { Properties } of stack.of('AWS::Lambda::Permission')) {
      expect(Properties.Principal).toMatch(/^(apigateway|events)\.amazonaws\.com$/);
      expect(Properties.SourceArn).toBeDefined();
    }
  });
});
