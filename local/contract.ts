/**
 * What the parts of the embedded host promise each other. No part imports another part's inside, only these shapes.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HostClock } from './clock.ts';
import type { Journal } from './journal.ts';

/** The one account and the partition everything lives in. The region comes from the assembly or AWS_REGION. */
export const ACCOUNT = '000000000000';

/** An error as AWS would answer it: `code` is the wire name, such as `AccessDeniedException`. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;
  /** Further members of the error body, such as CancellationReasons. */
  readonly members: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, status = 400, members: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = code;
    this.code = code;
    this.status = status;
    this.members = members;
  }
}

/**
 * Who calls. A request signed with a role's credentials is judged by that role's policies in the template; one signed
 * with any credentials that the host did not issue is the account's owner and may do everything.
 */
export interface Caller {
  readonly arn: string;
  readonly kind: 'owner' | 'role' | 'service' | 'anonymous';
  /** True if identity policies (and the resource policy, where given) allow the action; an explicit deny wins. */
  may(
    action: string,
    resource: string,
    context?: Readonly<Record<string, string | boolean | number>>,
    resourcePolicy?: PolicyDocument,
  ): boolean;
  /** Throws `AccessDeniedException` (or `deniedAs`) in AWS's words, naming who, the action and the resource. */
  require(
    action: string,
    resource: string,
    context?: Readonly<Record<string, string | boolean | number>>,
    resourcePolicy?: PolicyDocument,
    deniedAs?: string,
  ): void;
}

export interface PolicyDocument {
  readonly Version?: string;
  readonly Statement: readonly Readonly<Record<string, unknown>>[];
}

/** A service that speaks JSON by operation name (x-amz-target, or a path the dispatcher maps). */
export interface JsonService {
  /** The name requests are signed for, such as `states`, `kms`, `dynamodb`. */
  readonly signingName: string;
  readonly operations: Readonly<Record<string, (input: never, caller: Caller) => unknown>>;
}

/** A service that speaks HTTP in its own way (S3). The body is still to be read. */
export interface HttpService {
  readonly signingName: string;
  handle(request: IncomingMessage, response: ServerResponse, caller: Caller): Promise<void>;
}

/** Calls one function of the assembly, by ARN or name, optionally qualified. */
export interface Functions {
  invoke(target: string, payload: string, options?: { readonly requestId?: string }): Promise<InvokeResult>;
}

export interface InvokeResult {
  /** The JSON text the function answered, or the error document `{errorType, errorMessage, trace}`. */
  readonly payload: string;
  readonly functionError?: 'Unhandled' | 'Handled';
  readonly executedVersion: string;
}

/** Looks up who a role is, for parts that act under a role (state machines, schedules, event rules). */
export interface Identities {
  asRole(roleArn: string): Caller;
  /** A service principal such as `events.amazonaws.com`: allowed unless a resource policy is given, which then decides. */
  asService(service: string): Caller;
  /**
   * Who sent this request. Checks its signature (header or presigned query) and its age by the host's clock.
   * `body` is what was sent, for clients that do not send x-amz-content-sha256. Unsigned requests are anonymous.
   * Throws AwsError: AccessDenied for an expired link, else what the service would say of the signature, age or token.
   * The dispatcher has done this before it calls a service; parts need it only for their own `paths` and `pages`.
   */
  identifyRequest(request: IncomingMessage, body?: Buffer): Caller;
  /** The secret of an access key the host issued, to check a POST policy's signature; undefined for the owner's keys. */
  secretOf(accessKeyId: string): { readonly secretAccessKey: string; readonly sessionToken: string } | undefined;
  /** Who holds an access key: the role it was issued to, or the owner. Checks no signature. */
  callerOf(accessKeyId: string): Caller;
}

/** What a resource of the template becomes. `ref` is what Ref yields, `attributes` what Fn::GetAtt yields. */
export interface Deployed {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string | number | readonly string[]>>;
}

/**
 * Serves one or more CloudFormation types. `deploy` is called on every start with resolved properties; it must be
 * idempotent and must keep data that is already there. `physicalId` is stable across starts for a logical id.
 */
export interface ResourceProvider {
  readonly types: readonly string[];
  deploy(resource: {
    readonly logicalId: string;
    readonly type: string;
    readonly properties: Record<string, unknown>;
    readonly physicalId: string;
  }): Deployed | Promise<Deployed>;
}

/** What every part is given. Parts meet only through `call`, the journal's own tables and the clock's own timers. */
export interface Host {
  readonly journal: Journal;
  readonly clock: HostClock;
  readonly region: string;
  readonly account: string;
  readonly functions: Functions;
  readonly identities: Identities;
  /** Where the AWS SDKs find this host, such as `http://127.0.0.1:4566`. Known once the host listens. */
  endpoint(): string;
  /** Where people find the first HTTP API of the assembly, such as `http://127.0.0.1:8080`. */
  site(): string;
  /** Calls another part's operation in-process, judged as that caller. */
  call(signingName: string, operation: string, input: unknown, caller: Caller): Promise<unknown>;
  /** The file or folder in the assembly that was published as this S3 asset (code, state machine definitions), if any. */
  asset(bucket: string, key: string): string | undefined;
  /** One line on the console for the person who runs the host. Never a payload. */
  log(line: string): void;
}

/** One service family of the host. Every part's folder exports one `MakePart`. */
export interface Part {
  readonly services?: readonly JsonService[];
  readonly http?: readonly HttpService[];
  readonly providers?: readonly ResourceProvider[];
  /** Plain pages for people, by path prefix on the site's address, such as `/mail` or `/_local/clock`. */
  readonly pages?: Readonly<Record<string, (request: IncomingMessage, response: ServerResponse) => Promise<void>>>;
  /** Pages and protocols by path prefix on the AWS endpoint, such as `/oidc/`. */
  readonly paths?: Readonly<Record<string, (request: IncomingMessage, response: ServerResponse) => Promise<void>>>;
  /** Called after every resource is deployed; begins pollers and resumes what a kill interrupted. */
  start?(): void | Promise<void>;
  stop?(): void | Promise<void>;
}

export type MakePart = (host: Host) => Part;
