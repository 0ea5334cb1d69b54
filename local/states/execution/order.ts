/**
 * What it takes to begin an execution: an order, the machine and revision it leads to, and an input that is one.
 */
import { AwsError } from '../../contract.ts';
import { readMachineArn } from '../arn.ts';
import { readJson } from '../json.ts';
import type { MachineRow, Store } from '../store.ts';
import { LARGEST_PAYLOAD_BYTES, tooLarge } from './scene.ts';

/** The task that waits for an execution. */
export interface Link {
  readonly execution: number;
  readonly strand: number;
  readonly request: string;
}

export interface Order {
  /** With or without version or alias. */
  readonly machineArn: string;
  /** @default a UUID */
  readonly name?: string;
  /** JSON text. */
  readonly input: string;
  readonly link?: Link;
  readonly trace?: string;
}

export interface Target {
  readonly machine: MachineRow;
  readonly revision: number;
  /** The version or alias that was named, or that led there. */
  readonly versionArn: string | null;
  readonly aliasArn: string | null;
}

/** What an ARN leads to. An alias with two versions chooses by weight. Throws StateMachineDoesNotExist or InvalidArn. */
export function targetOf(store: Store, machineArn: string): Target {
  const reference = readMachineArn(machineArn);
  const machine = store.machine(reference.machineArn);
  const missing = new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${machineArn}'`);
  if (!machine) throw missing;
  if (reference.alias !== undefined) {
    const alias = store.alias(machineArn);
    if (!alias) throw missing;
    const routes = JSON.parse(alias.routing) as { stateMachineVersionArn: string; weight: number }[];
    let dice = Math.random() * 100;
    const route = routes.find(({ weight }) => (dice -= weight) < 0) ?? routes.at(-1)!;
    return { ...targetOf(store, route.stateMachineVersionArn), aliasArn: machineArn };
  }
  if (reference.version === undefined) return { machine, revision: machine.revision, versionArn: null, aliasArn: null };
  const version = store.version(machine.arn, reference.version);
  if (!version) throw missing;
  return { machine, revision: version.revision, versionArn: machineArn, aliasArn: null };
}

/** Throws `InvalidExecutionInput` unless the text is JSON of at most 256 KiB. */
export function requireInput(input: string): void {
  if (tooLarge(input))
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value at 'input' failed to satisfy constraint: Member must have length less than or equal to ${LARGEST_PAYLOAD_BYTES}`,
    );
  if (input.trim() === '') throw invalidInput('Invalid execution input.');
  try {
    readJson(input);
  } catch (error) {
    throw invalidInput((error as Error).message);
  }
}

function invalidInput(reason: string): AwsError {
  return new AwsError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${reason}'`);
}
