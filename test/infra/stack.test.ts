/** What the stack promises of sign-in, the site, its functions and workflows, and what an agency's settings change. */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { entryPoints } from '../../infra/bundles.ts';
import { ROLES } from '../../policies/roles.ts';
import { synthesize } from './synthesized.ts';
import { assembled, listOf } from './template.ts';

const stack = assembled();
/** The same stack as one agency sets it. */
const set = synthesize({
  agency: 'nypd',
  fips: 'true',
  siteDomain: 'postact.agency.gov',
  certificateArn: 'arn:aws-us-gov:acm:us-gov-west-1:111122223333:certificate/x',
  samlMetadataUrl: 'https://directory.example.gov/metadata',
  mailDomain: 'agency.gov',
  alarmMail: 'ops@agency.gov',
});

describe('sign-in', () => {
  const pool = stack.only('AWS::Cognito::UserPool', 'SignIn').Properties;
  const client = stack.only('AWS::Cognito::UserPoolClient', 'SignInPeopleSite').Properties;

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
    expect(set.of('AWS::Cognito::UserPoolIdentityProvider')).toHaveLength(1);
    expect(set.of('AWS::Cognito::UserPoolClient')[0]!.Properties.SupportedIdentityProviders).toEqual([
      { Ref: expect.stringContaining('Directory') },
    ]);
  });
});

describe('the interface for systems', () => {
  const machine = stack.only('AWS::Cognito::UserPoolClient', 'SignInPeopleCaseManagement');
  const routes = stack.of('AWS::ApiGatewayV2::Route').map(({ Properties }) => Properties);
  const SCOPES = ['cases/write', 'cases/read', 'records/write'];

  it('has one client, with a secret that no output holds, for the grant of machines and no other', () => {
    expect(machine.Properties).toMatchObject({
      GenerateSecret: true,
      AllowedOAuthFlows: ['client_credentials'],
      AllowedOAuthFlowsUserPoolClient: true,
    });
    expect(machine.Properties).not.toHaveProperty('CallbackURLs');
    const scopes = stack
      .of('AWS::Cognito::UserPoolResourceServer')
      .flatMap(({ Properties }) =>
        (Properties.Scopes as { ScopeName: string }[]).map(
          ({ ScopeName }) => `${String(Properties.Identifier)}/${ScopeName}`,
        ),
      );
    expect(scopes.toSorted()).toEqual(SCOPES.toSorted());
    expect((machine.Properties.AllowedOAuthScopes as unknown[]).length).toBe(SCOPES.length);
    expect(stack.text).not.toContain('ClientSecret');
  });

  it('is behind the check of the token: its issuer, its client and its scopes', () => {
    const route = routes.find(({ RouteKey }) => RouteKey === 'ANY /api/v1/{proxy+}')!;
    expect(route).toMatchObject({ AuthorizationType: 'JWT', AuthorizationScopes: SCOPES });
    const authorizer = stack.only('AWS::ApiGatewayV2::Authorizer', '');
    expect(route.AuthorizerId).toEqual({ Ref: authorizer.id });
    expect(authorizer.Properties).toMatchObject({
      AuthorizerType: 'JWT',
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: {
        Audience: [{ Ref: machine.id }],
        Issuer: { 'Fn::GetAtt': [expect.stringContaining('SignInPeople'), 'ProviderURL'] },
      },
    });
  });

  it('is the only thing behind it; what it takes and answers may be read by anyone', () => {
    const checked = routes.filter(({ AuthorizationType }) => AuthorizationType !== 'NONE');
    expect(checked.map(({ RouteKey }) => RouteKey)).toEqual(['ANY /api/v1/{proxy+}']);
    const open = routes.find(({ RouteKey }) => RouteKey === 'GET /api/v1/openapi.json')!;
    const files = routes.find(({ RouteKey }) => RouteKey === 'GET /assets/{proxy+}')!;
    expect(open.Target).toEqual(files.Target);
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
        '/receive/{proxy+}',
        '/requests',
        '/requests/{proxy+}',
        '/ask',
        '/ask/{proxy+}',
        '/breaches',
        '/breaches/{proxy+}',
        '/cases',
        '/cases/{proxy+}',
        '/holds',
        '/holds/{proxy+}',
        '/decisions/{proxy+}',
        '/deliveries/{proxy+}',
        '/deployments/{proxy+}',
        '/disclosures',
        '/disclosures/{proxy+}',
        '/disclosures/{id}/enclosures',
        '/disclosures/{id}/enclosures/{proxy+}',
        '/disclosures/{id}/images',
        '/disclosures/{id}/counts',
        '/disclosures/{id}/files',
        '/disclosures/{id}/files/{proxy+}',
        '/dispositions',
        '/dispositions/{proxy+}',
        '/images',
        '/images/{proxy+}',
        '/quarterly-reports',
        '/quarterly-reports/{proxy+}',
        '/devices',
        '/devices/{proxy+}',
        '/registers',
        '/registers/{proxy+}',
        '/retention',
        '/retention/{proxy+}',
        '/trainings',
        '/trainings/{proxy+}',
        '/ledger',
        '/ledger/{proxy+}',
      ]
        .map((path) => `ANY ${path}`)
        .concat('GET /assets/{proxy+}', 'ANY /api/v1/{proxy+}', 'GET /api/v1/openapi.json')
        .sort(),
    );
  });

  it('lets fewer requests pass at once to what anyone may ask for', () => {
    const { DefaultRouteSettings, RouteSettings, AccessLogSettings } = stack.only(
      'AWS::ApiGatewayV2::Stage',
      'Site',
    ).Properties;
    expect(DefaultRouteSettings).toMatchObject({ ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 });
    const few = { ThrottlingRateLimit: 5, ThrottlingBurstLimit: 10 };
    expect(RouteSettings).toEqual({
      'ANY /ask': few,
      'ANY /ask/{proxy+}': few,
      'ANY /receive/{proxy+}': few,
      'GET /api/v1/openapi.json': few,
    });
    expect(String((AccessLogSettings as { Format: string }).Format)).not.toMatch(/sourceIp|\$context\.path|userAgent/);
  });

  it("answers under the agency's own name when one is given, and under no other", () => {
    expect(set.of('AWS::ApiGatewayV2::Api')[0]!.Properties.DisableExecuteApiEndpoint).toBe(true);
    expect(set.outputs).toContain('SiteAliasOf');
    expect(set.of('AWS::ApiGatewayV2::DomainName')[0]!.Properties).toMatchObject({
      DomainNameConfigurations: [{ SecurityPolicy: 'TLS_1_2' }],
    });
    expect(set.of('AWS::Cognito::UserPoolClient')[0]!.Properties.CallbackURLs).toEqual([
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
    expect(set.acknowledged.length).toBeGreaterThan(0);
    for (const { path, id, reason } of set.acknowledged) {
      expect(path.split('/').length, `${id} is acknowledged for all of ${path}`).toBeGreaterThanOrEqual(2);
      expect(reason.length, `${id} at ${path}`).toBeGreaterThan(60);
    }
  });

  it('tells whoever deploys it where everything is', () => {
    expect([...stack.outputs].sort()).toEqual([
      'DecisionKeyId',
      'DigestKeyId',
      'ImagesBucketName',
      'ImportDevicesFunctionName',
      'ImportPeopleFunctionName',
      'ImportRecordsFunctionName',
      'ImportRegistersFunctionName',
      'ImportTrainingsFunctionName',
      'InterfaceClientId',
      'InterfaceTokenUrl',
      'LedgerBucketName',
      'SiteUrl',
      'TableName',
      'UserPoolClientId',
      'UserPoolId',
    ]);
  });

  it('has a function for every entry point, and an entry point for every function', () => {
    expect([...set.entries].sort()).toEqual(entryPoints());
  });

  it('tells the one who is to be told of alarms, and sends mail from the proven domain', () => {
    expect(set.only('AWS::SNS::Subscription', 'Alarms').Properties).toMatchObject({
      Protocol: 'email',
      Endpoint: 'ops@agency.gov',
    });
    expect(set.only('AWS::SES::EmailIdentity', 'Mail').Properties).toMatchObject({ EmailIdentity: 'agency.gov' });
    expect(set.only('AWS::Lambda::Function', 'MailSend').Properties).toMatchObject({
      Environment: { Variables: { MAIL_FROM: 'postact@agency.gov' } },
    });
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
    const functions = set.of('AWS::Lambda::Function');
    expect(functions.length).toBe(stack.of('AWS::Lambda::Function').length);
    for (const { Properties } of functions)
      expect(Properties).toMatchObject({ Environment: { Variables: { AWS_USE_FIPS_ENDPOINT: 'true' } } });
  });

  it('writes the trace of a workflow without what went through it, and publishes each definition', () => {
    const machines = stack.of('AWS::StepFunctions::StateMachine');
    const workflows = readdirSync(new URL('../../workflows', import.meta.url));
    expect(machines).toHaveLength(workflows.length);
    for (const { Properties } of machines) {
      expect(Properties).toMatchObject({
        StateMachineType: 'STANDARD',
        LoggingConfiguration: { IncludeExecutionData: false, Level: 'ALL' },
        TracingConfiguration: { Enabled: true },
      });
    }
    const versions = stack.of('AWS::StepFunctions::StateMachineVersion');
    expect(versions.map(({ DeletionPolicy }) => DeletionPolicy)).toEqual(workflows.map(() => 'Retain'));
  });

  it('keeps a dead letter of everything that is called without waiting', () => {
    const called = ['ImageNoteArrival', 'MailNoteOutcome', 'LedgerSignDigest', 'DeadlineSweep'];
    for (const id of called)
      expect(stack.only('AWS::Lambda::Function', `${id}Function`).Properties.DeadLetterConfig).toBeDefined();
    for (const { Properties } of stack.of('AWS::Events::Rule')) {
      for (const target of listOf(Properties.Targets as object[])) expect(target).toHaveProperty('DeadLetterConfig');
    }
  });

  it.each([
    ['Ledger', 'cron(5 * * * ? *)'],
    ['Deadline', 'cron(20 * * * ? *)'],
    ['QuarterlyReport', 'cron(10 6 * * ? *)'],
  ])('calls %s by the clock, again when it fails, and keeps what was given up', (noun, expression) => {
    expect(stack.only('AWS::Scheduler::Schedule', noun).Properties).toMatchObject({
      ScheduleExpression: expression,
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: { RetryPolicy: { MaximumRetryAttempts: 5 }, DeadLetterConfig: { Arn: expect.anything() } },
    });
  });
});
