/**
 * Who is who: the user pool people sign in to, with a group for each role. With the agency's SAML metadata people sign in
 * at the agency's own directory; without, an administrator makes each account. Nobody signs up.
 */
import { Aws, CfnCondition, Duration, Fn, RemovalPolicy, Validations } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnUserPoolGroup,
  FeaturePlan,
  Mfa,
  OAuthScope,
  ProviderAttribute,
  ResourceServerScope,
  UserPool,
  type UserPoolClient,
  UserPoolClientIdentityProvider,
  UserPoolIdentityProviderSaml,
  UserPoolIdentityProviderSamlMetadata,
  type CfnUserPool,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { ROLES, ROLE_TITLES, type Role } from '../../policies/roles.ts';
import type { Settings } from '../settings.ts';

/**
 * Whoever has several roles is known by the first of these, lowest first: many in the bureau are executives as well, and
 * everyone is a member.
 */
function precedenceOf(role: Role): number {
  if (role === 'member') return ROLES.length * 10;
  return ROLES.indexOf(role === 'executive' ? 'ctb-operator' : role) * 10 + (role === 'executive' ? 5 : 0);
}

/** What a system may be allowed, by what it is about; in a token `cases/write`. The functions check it once more. */
const SCOPES_OF = {
  cases: {
    write: 'Tell what happened in a case',
    read: 'Read how a case and what is kept for it stand',
  },
  records: { write: 'Hand in records of other technologies, and read how long they are kept' },
} as const;

export const MACHINE_SCOPES: readonly string[] = Object.entries(SCOPES_OF).flatMap(([of, named]) =>
  Object.keys(named).map((name) => `${of}/${name}`),
);

export class SignIn extends Construct {
  readonly userPool: UserPool;
  readonly client: UserPoolClient;
  /** The OpenID Connect issuer, and the address its discovery is below: the same, but for an emulator. */
  readonly issuer: string;
  readonly address: string;
  /** Where a browser goes to end its sign-in. */
  readonly signOutUrl: string;
  /** The case-management system, and where it fetches its tokens. Its secret is read by an administrator (docs/api.md). */
  readonly machine: UserPoolClient;
  readonly tokenUrl: string;

  constructor(
    scope: Construct,
    id: string,
    props: { readonly settings: Settings; readonly siteUrl: string; readonly emulator?: string },
  ) {
    super(scope, id);
    this.userPool = new UserPool(this, 'People', {
      selfSignUpEnabled: false,
      signInAliases: { username: true },
      signInCaseSensitive: false,
      standardAttributes: {
        email: { required: true, mutable: true },
        fullname: { required: false, mutable: true },
        profilePage: { required: false, mutable: true },
      },
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        minLength: 14,
        requireDigits: true,
        requireLowercase: true,
        requireSymbols: true,
        requireUppercase: true,
        tempPasswordValidity: Duration.days(1),
      },
      // A mailbox is not a second factor: a lost password is an administrator's business.
      accountRecovery: AccountRecovery.NONE,
      featurePlan: FeaturePlan.ESSENTIALS,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    for (const role of ROLES) {
      new CfnUserPoolGroup(this, `Role ${role}`, {
        userPoolId: this.userPool.userPoolId,
        groupName: role,
        description: ROLE_TITLES[role],
        precedence: precedenceOf(role),
      });
    }
    const directory = props.settings.samlMetadataUrl ? this.#directory(props.settings.samlMetadataUrl) : undefined;

    this.client = this.userPool.addClient('Site', {
      generateSecret: false, // A public client: the code is bound to its browser by PKCE.
      oAuth: {
        flows: { authorizationCodeGrant: true, implicitCodeGrant: false, clientCredentials: false },
        scopes: [OAuthScope.OPENID, OAuthScope.EMAIL, OAuthScope.PROFILE],
        callbackUrls: [`${props.siteUrl}/sign-in/return`],
        logoutUrls: [`${props.siteUrl}/`],
      },
      authFlows: { userSrp: true },
      supportedIdentityProviders: [
        directory
          ? UserPoolClientIdentityProvider.custom(directory.providerName)
          : UserPoolClientIdentityProvider.COGNITO,
      ],
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      // The site asks once, at sign-in, and keeps its own session from there.
      accessTokenValidity: Duration.minutes(5),
      idTokenValidity: Duration.minutes(5),
      refreshTokenValidity: Duration.hours(1),
    });
    if (directory) this.client.node.addDependency(directory);

    // Names of sign-in pages are shared by all accounts of a region; the account's number makes ours its own.
    const prefix = `postact-${Aws.ACCOUNT_ID}`;
    this.userPool.addDomain('Pages', { cognitoDomain: { domainPrefix: prefix } });
    const govCloud = new CfnCondition(this, 'IsGovCloud', {
      expression: Fn.conditionEquals(Aws.PARTITION, 'aws-us-gov'),
    });
    const auth = Fn.conditionIf(govCloud.logicalId, 'auth-fips', 'auth').toString();
    const domain = `https://${prefix}.${auth}.${Aws.REGION}.amazoncognito.com`;
    this.signOutUrl = `${domain}/logout`;
    this.tokenUrl = `${domain}/oauth2/token`;
    this.machine = this.#machine();
    const { attrProviderUrl, attrProviderName } = this.userPool.node.defaultChild as CfnUserPool;
    // An emulator signs as AWS does, at an address of its own, and knows the issuer only without its scheme.
    this.issuer = props.emulator ? `https://${attrProviderName}` : attrProviderUrl;
    this.address = props.emulator ? `${props.emulator}/${this.userPool.userPoolId}` : this.issuer;

    Validations.of(this).acknowledge({
      id: 'AwsSolutions-COG8',
      reason:
        "Every sign-in needs a second factor, nobody signs up, and the Plus plan is not sold in GovCloud; with the agency's directory the risk checks are the directory's.",
    });
  }

  /** A client with a secret, for a system and never for a person: it may ask for a token of an hour, and for nothing else. */
  #machine(): UserPoolClient {
    const scopes = Object.entries(SCOPES_OF).flatMap(([identifier, named]) => {
      const each = Object.entries(named).map(([scopeName, scopeDescription]) => ({ scopeName, scopeDescription }));
      const server = this.userPool.addResourceServer(`Scopes of ${identifier}`, {
        identifier,
        scopes: each.map((one) => new ResourceServerScope(one)),
      });
      return each.map((one) => OAuthScope.resourceServer(server, new ResourceServerScope(one)));
    });
    return this.userPool.addClient('CaseManagement', {
      generateSecret: true,
      oAuth: { flows: { clientCredentials: true }, scopes },
      authFlows: {},
      enableTokenRevocation: true,
      accessTokenValidity: Duration.hours(1),
    });
  }

  #directory(metadataUrl: string): UserPoolIdentityProviderSaml {
    const attribute = (name: string): ProviderAttribute => ProviderAttribute.other(name);
    return new UserPoolIdentityProviderSaml(this, 'Directory', {
      userPool: this.userPool,
      name: 'agency-directory',
      metadata: UserPoolIdentityProviderSamlMetadata.url(metadataUrl),
      idpSignout: true,
      attributeMapping: { email: attribute('email'), fullname: attribute('name') },
    });
  }
}
