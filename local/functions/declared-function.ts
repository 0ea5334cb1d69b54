/**
 * What the template says of one function, and the shapes of it that others ask for: its permissions as a resource
 * policy, its configuration as the Lambda API shows it.
 */
import type { WriteStream } from 'node:fs';
import type { PolicyDocument } from '../contract.ts';
import type { CodeProperties } from './function-code.ts';
import type { FunctionPool } from './function-pool.ts';

export interface LambdaFunction {
  readonly name: string;
  readonly arn: string;
  readonly properties: FunctionProperties;
  readonly pool: FunctionPool;
  /** Aliases and versions, to the version each one is. */
  readonly qualifiers: Map<string, string>;
  readonly permissions: Readonly<Record<string, unknown>>[];
  readonly log: WriteStream;
}

export interface FunctionProperties {
  readonly Code: CodeProperties;
  readonly Handler?: string;
  readonly Runtime?: string;
  readonly Role: string;
  readonly Timeout?: number;
  readonly MemorySize?: number;
  readonly Environment?: { readonly Variables?: Readonly<Record<string, unknown>> };
  readonly ReservedConcurrentExecutions?: number;
  readonly DeadLetterConfig?: { readonly TargetArn?: string };
  readonly Layers?: readonly unknown[];
}

/** One AWS::Lambda::Permission as a statement of the function's resource policy. */
export function permissionStatement(
  properties: Record<string, unknown>,
  arn: string,
): Readonly<Record<string, unknown>> {
  const { Principal: principal, Action: action, SourceArn: sourceArn } = properties;
  return {
    Effect: 'Allow',
    Principal: String(principal).endsWith('.amazonaws.com') ? { Service: principal } : { AWS: principal },
    Action: action,
    Resource: [arn, `${arn}:*`],
    ...(sourceArn === undefined ? {} : { Condition: { ArnLike: { 'AWS:SourceArn': sourceArn } } }),
  };
}

/** Without conditions, for a service that calls in-process and does not say on whose behalf. */
export function permissionsOf(fn: LambdaFunction, withConditions = true): PolicyDocument {
  return {
    Statement: withConditions
      ? fn.permissions
      : fn.permissions.map((statement) => ({ ...statement, Condition: undefined })),
  };
}

export function configurationOf(fn: LambdaFunction): object {
  const { Runtime, Role, Handler, Timeout = 3, MemorySize = 128, Environment } = fn.properties;
  return {
    FunctionName: fn.name,
    FunctionArn: fn.arn,
    Runtime,
    Role,
    Handler,
    Timeout,
    MemorySize,
    Environment,
    Version: '$LATEST',
    State: 'Active',
    PackageType: 'Zip',
  };
}
