/**
 * Names of Step Functions things: how their ARNs are built, read and refused.
 *
 * A state machine ARN may end in a version number or an alias name, which are told apart by having letters.
 */
import { AwsError } from '../contract.ts';

export interface Place {
  readonly region: string;
  readonly account: string;
}

/** The partition a region belongs to: `aws`, `aws-us-gov` or `aws-cn`. */
export function partitionOf(region: string): string {
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  return region.startsWith('cn-') ? 'aws-cn' : 'aws';
}

export function statesArn(
  place: Place,
  kind: 'stateMachine' | 'execution' | 'activity' | 'express' | 'mapRun',
  rest: string,
): string {
  return `arn:${partitionOf(place.region)}:states:${place.region}:${place.account}:${kind}:${rest}`;
}

export interface MachineReference {
  /** The ARN without qualifier. */
  readonly machineArn: string;
  readonly version?: number;
  readonly alias?: string;
}

/** Reads a state machine ARN, qualified or not. Throws `InvalidArn` in the words of the service. */
export function readMachineArn(arn: string): MachineReference {
  const parts = readArn(arn);
  if (parts[5] !== 'stateMachine' || !parts[6])
    throw invalidArn(`Resource type not valid in this context: ${parts[5] ?? ''}`);
  const machineArn = parts.slice(0, 7).join(':');
  const qualifier = parts[7];
  if (qualifier === undefined) return { machineArn };
  return /^\d+$/.test(qualifier) ? { machineArn, version: Number(qualifier) } : { machineArn, alias: qualifier };
}

/** Splits an ARN of the service into its parts. Throws `InvalidArn` when it does not begin like one. */
export function readArn(arn: string): string[] {
  const parts = arn.split(':');
  if (parts[0] !== 'arn' || parts.length < 6) throw invalidArn(`Invalid ARN prefix: ${arn}`);
  return parts;
}

export function invalidArn(reason: string): AwsError {
  return new AwsError('InvalidArn', `Invalid Arn: '${reason}'`);
}

const FORBIDDEN_IN_NAMES = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]/u;

/** Throws `InvalidName` unless a name has 1 to 80 characters, none of which is blank, a bracket, a wildcard or special. */
export function requireName(name: unknown): asserts name is string {
  if (typeof name !== 'string' || name.length === 0 || name.length > 80 || FORBIDDEN_IN_NAMES.test(name)) {
    throw new AwsError('InvalidName', `Invalid Name: '${String(name)}'`);
  }
}
