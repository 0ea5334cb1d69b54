/**
 * Who people, functions and services are on this host, and what the template's policies let them do.
 *
 * Roles and policies come from the template on every start. Access keys are issued to a role once and kept in the
 * journal, so a link presigned before a restart is still good after it. Any other access key is the account's owner.
 */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import {
  ACCOUNT,
  AwsError,
  type Caller,
  type Deployed,
  type Identities,
  type PolicyDocument,
  type ResourceProvider,
} from '../contract.ts';
import type { HostClock } from '../clock.ts';
import type { Journal } from '../journal.ts';
import type { Context } from './conditions.ts';
import { evaluatePolicies, type Principal, type Verdict } from './evaluate-policies.ts';
import { MANAGED_POLICIES } from './managed-policies.ts';
import { readSignature, requireFresh, requireSignedWith } from './request-signature.ts';

export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

interface KeyRow extends AccessKey {
  readonly roleArn: string;
  readonly session: string;
}

interface Role {
  readonly policies: Map<string, PolicyDocument>;
  readonly managed: Set<string>;
  readonly boundaryArn?: string;
}

const MANAGED_PREFIX = 'arn:aws:iam::aws:policy/';
const OWNER_ARN = `arn:aws:iam::${ACCOUNT}:root`;

export class AccountIdentities implements Identities {
  readonly #journal: Journal;
  readonly #clock: HostClock;
  readonly #region: string;
  readonly #log: (line: string) => void;
  readonly #roles = new Map<string, Role>();
  readonly #managed = new Map<string, PolicyDocument>();

  constructor(needs: {
    readonly journal: Journal;
    readonly clock: HostClock;
    readonly region: string;
    readonly log: (line: string) => void;
  }) {
    this.#journal = needs.journal;
    this.#clock = needs.clock;
    this.#region = needs.region;
    this.#log = needs.log;
    this.#journal.define(`CREATE TABLE IF NOT EXISTS identity_keys (
      accessKeyId TEXT PRIMARY KEY, secretAccessKey TEXT NOT NULL, sessionToken TEXT NOT NULL,
      roleArn TEXT NOT NULL, session TEXT NOT NULL, UNIQUE (roleArn, session))`);
  }

  asRole(roleArn: string, session = 'local'): Caller {
    const role = roleArn.slice(roleArn.lastIndexOf('/') + 1);
    const arn = `arn:aws:sts::${ACCOUNT}:assumed-role/${role}/${session}`;
    return this.#caller(arn, { kind: 'role', names: [arn, roleArn], account: ACCOUNT }, roleArn);
  }

  asService(service: string): Caller {
    return this.#caller(service, { kind: 'service', names: [service], account: ACCOUNT });
  }

  asOwner(): Caller {
    return this.#caller(OWNER_ARN, { kind: 'owner', names: [OWNER_ARN], account: ACCOUNT });
  }

  /** Gives a role's session its access key: the same one on every start. */
  issueKey(roleArn: string, session: string): AccessKey {
    const kept = this.#journal.get<KeyRow>(
      'SELECT * FROM identity_keys WHERE roleArn = ? AND session = ?',
      roleArn,
      session,
    );
    if (kept) return kept;
    const key = {
      accessKeyId: `ASIA${randomBytes(10).toString('hex').slice(0, 16).toUpperCase()}`,
      secretAccessKey: randomBytes(30).toString('base64'),
      sessionToken: randomBytes(48).toString('base64url'),
    };
    this.#journal.run(
      'INSERT INTO identity_keys VALUES (?, ?, ?, ?, ?)',
      key.accessKeyId,
      key.secretAccessKey,
      key.sessionToken,
      roleArn,
      session,
    );
    return key;
  }

  secretOf(accessKeyId: string): AccessKey | undefined {
    return this.#key(accessKeyId);
  }

  callerOf(accessKeyId: string): Caller {
    const key = this.#key(accessKeyId);
    return key ? this.asRole(key.roleArn, key.session) : this.asOwner();
  }

  identifyRequest(request: IncomingMessage, body?: Buffer): Caller {
    const signed = readSignature(request);
    if (!signed) return this.#caller('anonymous', { kind: 'anonymous', names: [], account: ACCOUNT });
    const key = this.#key(signed.accessKeyId);
    // The owner's tools run on the laptop's own time, which may be behind the host's; only their links are judged by age.
    if (key || signed.expiresSeconds !== undefined) requireFresh(signed, this.#clock.now(), this.#clock.justMovedMs());
    if (!key) return this.asOwner();
    if (signed.sessionToken !== key.sessionToken) {
      const code = signed.service === 's3' ? 'InvalidToken' : 'UnrecognizedClientException';
      throw new AwsError(code, 'The security token included in the request is invalid.', 403);
    }
    requireSignedWith(key.secretAccessKey, signed, request, body);
    return this.asRole(key.roleArn, key.session);
  }

  readonly provider: ResourceProvider = {
    types: [
      'AWS::IAM::Role',
      'AWS::IAM::Policy',
      'AWS::IAM::RolePolicy',
      'AWS::IAM::ManagedPolicy',
      'AWS::IAM::OIDCProvider',
      'AWS::IAM::ServiceLinkedRole',
    ],
    deploy: ({ type, properties, physicalId }) => this.#deploy(type, properties as IamProperties, physicalId),
  };

  #deploy(type: string, properties: IamProperties, physicalId: string): Deployed {
    const path = properties.Path ?? '/';
    if (type === 'AWS::IAM::Role') {
      const arn = `arn:aws:iam::${ACCOUNT}:role${path}${physicalId}`;
      const role = this.#role(physicalId, properties.PermissionsBoundary);
      for (const policy of properties.Policies ?? []) role.policies.set(policy.PolicyName, policy.PolicyDocument);
      for (const managed of properties.ManagedPolicyArns ?? []) this.#attach(role, managed, physicalId);
      return {
        ref: physicalId,
        attributes: { Arn: arn, RoleId: `AROA${Buffer.from(physicalId).toString('hex').slice(-16).toUpperCase()}` },
      };
    }
    if (type === 'AWS::IAM::Policy' || type === 'AWS::IAM::RolePolicy') {
      const roles = properties.Roles ?? (properties.RoleName ? [properties.RoleName] : []);
      for (const name of roles)
        this.#role(name).policies.set(properties.PolicyName ?? physicalId, properties.PolicyDocument!);
      return { ref: physicalId, attributes: { Id: physicalId } };
    }
    if (type === 'AWS::IAM::ManagedPolicy') {
      const arn = `arn:aws:iam::${ACCOUNT}:policy${path}${physicalId}`;
      this.#managed.set(arn, properties.PolicyDocument!);
      for (const name of properties.Roles ?? []) this.#role(name).managed.add(arn);
      return { ref: arn, attributes: { PolicyArn: arn } };
    }
    const kind = type === 'AWS::IAM::OIDCProvider' ? 'oidc-provider' : 'role/aws-service-role';
    const arn = `arn:aws:iam::${ACCOUNT}:${kind}/${physicalId}`;
    return { ref: kind === 'oidc-provider' ? arn : physicalId, attributes: { Arn: arn } };
  }

  #role(name: string, boundaryArn?: string): Role {
    const known = this.#roles.get(name);
    if (known && boundaryArn === undefined) return known;
    const role: Role = {
      policies: known?.policies ?? new Map(),
      managed: known?.managed ?? new Set(),
      ...(boundaryArn ? { boundaryArn } : {}),
    };
    this.#roles.set(name, role);
    return role;
  }

  #attach(role: Role, managedArn: string, roleName: string): void {
    role.managed.add(managedArn);
    if (managedArn.startsWith(MANAGED_PREFIX) && !MANAGED_POLICIES[managedArn.slice(MANAGED_PREFIX.length)]) {
      this.#log(
        `role ${roleName}: the AWS managed policy ${managedArn} is not known here and allows nothing; name the actions in the template`,
      );
    }
  }

  #caller(arn: string, principal: Principal, roleArn?: string): Caller {
    const judge = (
      action: string,
      resource: string,
      context: Context = {},
      resourcePolicy?: PolicyDocument,
    ): Verdict => {
      const role = roleArn === undefined ? undefined : this.#roles.get(roleArn.slice(roleArn.lastIndexOf('/') + 1));
      const boundary =
        role?.boundaryArn === undefined ? undefined : (this.#document(role.boundaryArn) ?? { Statement: [] });
      return evaluatePolicies({
        principal,
        action,
        resource,
        context: { ...this.#requestContext(arn, principal, roleArn), ...context },
        identityPolicies: role
          ? [...role.policies.values(), ...[...role.managed].flatMap((name) => this.#document(name) ?? [])]
          : [],
        ...(boundary ? { boundary } : {}),
        ...(resourcePolicy ? { resourcePolicy } : {}),
      });
    };
    return {
      arn,
      kind: principal.kind,
      may: (action, resource, context, resourcePolicy) => judge(action, resource, context, resourcePolicy).allowed,
      require: (action, resource, context, resourcePolicy, deniedAs = 'AccessDeniedException') => {
        const verdict = judge(action, resource, context, resourcePolicy);
        if (verdict.allowed) return;
        const message = `User: ${arn} is not authorized to perform: ${action} on resource: ${resource} ${verdict.because}`;
        throw new AwsError(deniedAs, message, deniedAs === 'AccessDenied' ? 403 : 400);
      },
    };
  }

  #document(managedArn: string): PolicyDocument | undefined {
    return this.#managed.get(managedArn) ?? MANAGED_POLICIES[managedArn.slice(MANAGED_PREFIX.length)];
  }

  /** The global condition keys. Loopback counts as secure transport: nothing on it leaves the machine. */
  #requestContext(arn: string, principal: Principal, roleArn: string | undefined): Context {
    const now = this.#clock.now();
    return {
      'aws:CurrentTime': new Date(now).toISOString(),
      'aws:EpochTime': Math.floor(now / 1000),
      'aws:SecureTransport': true,
      'aws:SourceIp': '127.0.0.1',
      'aws:RequestedRegion': this.#region,
      'aws:PrincipalIsAWSService': principal.kind === 'service',
      ...(principal.kind === 'service' ? {} : { 'aws:PrincipalArn': roleArn ?? arn }),
      ...(principal.kind === 'role' || principal.kind === 'owner' ? { 'aws:PrincipalAccount': ACCOUNT } : {}),
    };
  }

  #key(accessKeyId: string): KeyRow | undefined {
    return this.#journal.get<KeyRow>('SELECT * FROM identity_keys WHERE accessKeyId = ?', accessKeyId);
  }
}

interface IamProperties {
  readonly Path?: string;
  readonly PolicyName?: string;
  readonly PolicyDocument?: PolicyDocument;
  readonly RoleName?: string;
  readonly Roles?: readonly string[];
  readonly Policies?: readonly { readonly PolicyName: string; readonly PolicyDocument: PolicyDocument }[];
  readonly ManagedPolicyArns?: readonly string[];
  readonly PermissionsBoundary?: string;
}
