/**
 * One workflow: its state machine, the trace of its runs, a published version, and the right to call its functions.
 * The steps, their order and their limits are in workflows/; none are defined here.
 */
import { Aws, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import {
  CfnStateMachineVersion,
  DefinitionBody,
  LogLevel,
  StateMachine,
  StateMachineType,
  type CfnStateMachine,
} from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { KEEP_TRACE_FOR } from '../limits.ts';
import type { Platform } from '../platform.ts';
import type { PostactFunction } from './postact-function.ts';

export interface WorkflowProps {
  /** Its folder under workflows/, such as `use-request`. */
  readonly name: string;
  /** The text of its definition, in Amazon States Language. */
  readonly definition: string;
  /** The functions the definition calls, under the names it calls them by. */
  readonly functions: Readonly<Record<string, PostactFunction>>;
  /** The workflows it starts and waits for, under the names it calls them by. @default none */
  readonly workflows?: Readonly<Record<string, Workflow>>;
  /** Whether it has a distributed Map, whose children are executions of its own. @default false */
  readonly isDistributed?: boolean;
}

/** The definition of a workflow, by its folder under workflows/. Throws when it is not written yet. */
export function definitionOf(name: string): string {
  const path = `workflows/${name}/${name}.asl.json`;
  const file = new URL(`../../${path}`, import.meta.url);
  if (!existsSync(file)) throw new Error(`${path} is not there; infra/ defines a workflow named ${name}`);
  return readFileSync(file, 'utf8');
}

export class Workflow extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, platform: Platform, props: WorkflowProps) {
    super(scope, id);
    const workflows = props.workflows ?? {};
    requireSameNames(props.name, props.definition, [...Object.keys(props.functions), ...Object.keys(workflows)]);

    this.stateMachine = new StateMachine(this, 'StateMachine', {
      comment: `postact: the ${props.name} workflow`,
      stateMachineType: StateMachineType.STANDARD,
      // Service integrations are named by partition, and definitions are written for the commercial one.
      definitionBody: DefinitionBody.fromString(
        (platform.emulator ? withoutReckonedTimes(props.definition) : props.definition).replaceAll(
          'arn:aws:states:::',
          'arn:${Partition}:states:::',
        ),
      ),
      definitionSubstitutions: {
        Partition: Aws.PARTITION,
        ...Object.fromEntries(
          Object.entries(props.functions).map(([name, called]) => [name, called.function.functionArn]),
        ),
        ...Object.fromEntries(
          Object.entries(workflows).map(([name, { stateMachine }]) => [name, stateMachine.stateMachineArn]),
        ),
      },
      logs: {
        destination: new LogGroup(this, 'Trace', {
          retention: KEEP_TRACE_FOR,
          encryptionKey: platform.keys.trace,
          removalPolicy: RemovalPolicy.RETAIN,
        }),
        level: LogLevel.ALL,
        includeExecutionData: false, // Inputs can name people; the trace must not.
      },
      tracingEnabled: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    for (const called of Object.values(props.functions)) called.allowCallsFrom(this.stateMachine);
    for (const { stateMachine } of Object.values(workflows)) this.#allowToStartAndWaitFor(stateMachine);
    if (props.isDistributed) this.#allowItsOwnChildren();
    // Emulators do not serve versions; what runs there is looked at the same day.
    if (!platform.emulator) this.#publish(props.definition);
    platform.alarms.onFailures(this.stateMachine, props.name);

    Validations.of(this).acknowledge(
      {
        id: 'AwsSolutions-IAM5[Resource::*]',
        reason:
          'Delivering logs and traces (logs:*LogDelivery, xray:Put*) takes no resource. test/infra/rights.test.ts holds that nothing else is allowed on every resource.',
      },
      {
        id: 'NIST.800.53.R5-IAMNoInlinePolicy',
        reason:
          "The policy is this one workflow's own and goes with it; a managed policy could be attached elsewhere and would outlive it.",
      },
    );
  }

  /**
   * Publishes what was deployed as a version of its own, kept for ever: which definition a run followed can be read
   * afterwards, and an earlier one started again.
   */
  #publish(definition: string): void {
    const hash = createHash('sha256').update(definition).digest('hex').slice(0, 12);
    const version = new CfnStateMachineVersion(this, `Version${hash}`, {
      stateMachineArn: this.stateMachine.stateMachineArn,
      stateMachineRevisionId: (this.stateMachine.node.defaultChild as CfnStateMachine).attrStateMachineRevisionId,
      description: `definition ${hash}`,
    });
    version.applyRemovalPolicy(RemovalPolicy.RETAIN);
  }

  /** A policy of its own, because the machine's cannot name the machine: it is there before the machine is. */
  #allowItsOwnChildren(): void {
    const { stateMachineArn, stateMachineName, role } = this.stateMachine;
    const runs = (of: string): string =>
      `arn:${Aws.PARTITION}:states:${Aws.REGION}:${Aws.ACCOUNT_ID}:execution:${stateMachineName}${of}`;
    const policy = new Policy(this, 'Children', {
      roles: [role],
      statements: [
        new PolicyStatement({ actions: ['states:StartExecution'], resources: [stateMachineArn] }),
        new PolicyStatement({
          actions: ['states:DescribeExecution', 'states:StopExecution'],
          resources: [runs(':*'), runs('/*')],
        }),
      ],
    });
    const logicalId = this.stateMachine.stack.getLogicalId(this.stateMachine.node.defaultChild as CfnStateMachine);
    Validations.of(policy).acknowledge(
      ...[':*', '/*'].map((of) => ({
        id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:<${logicalId}.Name>${of}]`,
        reason:
          'A child of a distributed Map has no name before it is started; only children of this workflow are covered.',
      })),
      {
        id: 'NIST.800.53.R5-IAMNoInlinePolicy',
        reason: "The policy is this one workflow's own and goes with it; a managed policy would outlive it.",
      },
    );
  }

  /** `startExecution.sync:2` learns of the end by a rule that Step Functions itself keeps in the account. */
  #allowToStartAndWaitFor(other: StateMachine): void {
    const allow = (actions: string[], resource: string): void =>
      this.stateMachine.addToRolePolicy(new PolicyStatement({ actions, resources: [resource] }));
    const arn = (service: string, resource: string): string =>
      `arn:${Aws.PARTITION}:${service}:${Aws.REGION}:${Aws.ACCOUNT_ID}:${resource}`;
    allow(['states:StartExecution'], other.stateMachineArn);
    allow(['states:DescribeExecution', 'states:StopExecution'], arn('states', `execution:${other.stateMachineName}:*`));
    allow(
      ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'],
      arn('events', 'rule/StepFunctionsGetEventsForStepFunctionsExecutionRule'),
    );
    const logicalId = this.stateMachine.stack.getLogicalId(other.node.defaultChild as CfnStateMachine);
    Validations.of(this).acknowledge({
      id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:<${logicalId}.Name>:*]`,
      reason:
        'A run of the other workflow has no name before it is started; only runs of that one workflow are covered.',
    });
  }
}

/**
 * The definition without the time limits that are expressions, which emulators do not evaluate: a run would fail where
 * it is to wait. There a wait ends when it is answered or when the hourly sweep finds it late, the second owner of every
 * deadline.
 */
function withoutReckonedTimes(definition: string): string {
  const kept: unknown = JSON.parse(definition, (name, value: unknown) =>
    name === 'TimeoutSeconds' && typeof value === 'string' ? undefined : value,
  );
  return JSON.stringify(kept);
}

/** A step without a function, or a function without a step, fails synth rather than the first request. */
function requireSameNames(name: string, definition: string, given: readonly string[]): void {
  const called = new Set([...definition.matchAll(/\$\{(\w+)\}/g)].map(([, used]) => used!));
  const missing = [...called].filter((used) => !given.includes(used));
  const unused = given.filter((used) => !called.has(used));
  if (missing.length + unused.length > 0) {
    throw new Error(
      `${name}.asl.json and its functions disagree: missing [${missing.join(', ')}], never called [${unused.join(', ')}]; ` +
        'give one function for each ${Name} in the definition',
    );
  }
}
