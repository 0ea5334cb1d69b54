/**
 * One function of the system, the same way each time: its bundle, its log, its own role with exactly its rights, and an
 * alarm when it faults. What a function may do is said where it is defined and nowhere else.
 */
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { KEEP_TRACE_FOR } from '../limits.ts';
import type { Platform } from '../platform.ts';
import { OwnRole } from './own-role.ts';

export interface PostactFunctionProps {
  /** The entry point's path below functions/, such as `image/check-file.lambda.ts`. */
  readonly entry: string;
  /** What it does, as the account's operators read it. At most 256 characters. */
  readonly does: string;
  /** Settings beyond RECORDS_TABLE. */
  readonly environment?: Readonly<Record<string, string>>;
  /** @default 256 */
  readonly megabytes?: number;
  /** At most 30 seconds for a page, because the HTTP API gives up then. @default 30 seconds */
  readonly timeout?: Duration;
  /** Where an event goes that could not be handled. Required for what is called without waiting for the answer. */
  readonly deadLetters?: IQueue;
  /** Whether it reads and writes records. @default true */
  readonly usesRecords?: boolean;
  /** Whether it takes lines off lists, such as a person off a role's. @default false */
  readonly endsLines?: boolean;
}

export class PostactFunction extends Construct {
  readonly function: Function;
  readonly entry: string;

  constructor(scope: Construct, id: string, platform: Platform, props: PostactFunctionProps) {
    super(scope, id);
    this.entry = props.entry;
    const logGroup = new LogGroup(this, 'Log', {
      retention: KEEP_TRACE_FOR,
      encryptionKey: platform.keys.trace,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const role = new OwnRole(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `postact: ${props.entry}`,
    });
    logGroup.grantWrite(role);

    const usesRecords = props.usesRecords ?? true;
    this.function = new Function(this, 'Function', {
      description: props.does,
      code: platform.codeOf(props.entry),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.megabytes ?? 256,
      timeout: props.timeout ?? Duration.seconds(30),
      role,
      logGroup,
      tracing: Tracing.ACTIVE,
      environment: {
        NODE_OPTIONS: '--enable-source-maps',
        ...(platform.settings.fips && { AWS_USE_FIPS_ENDPOINT: 'true' }),
        ...(usesRecords && { RECORDS_TABLE: platform.records.table.tableName }),
        ...props.environment,
      },
      ...(props.deadLetters && { deadLetterQueue: props.deadLetters }),
    });
    if (usesRecords) platform.records.allowReadAndWrite(this.function);
    if (props.endsLines) platform.records.allowEndingLines(this.function);
    platform.alarms.onFaults(this);
    this.#acknowledge(props);
  }

  /** Allows the function these actions on these resources. */
  may(actions: readonly string[], resources: readonly string[]): void {
    this.function.addToRolePolicy(new PolicyStatement({ actions: [...actions], resources: [...resources] }));
  }

  /** Lets someone call it: its current code, under its own name, and no version of it. */
  allowCallsFrom(caller: IGrantable): void {
    caller.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [this.function.functionArn] }),
    );
  }

  #acknowledge(props: PostactFunctionProps): void {
    Validations.of(this).acknowledge(
      {
        id: 'AwsSolutions-IAM5[Resource::*]',
        reason:
          'X-Ray: PutTraceSegments and PutTelemetryRecords take no resource. test/infra/rights.test.ts holds that nothing else is allowed on every resource.',
      },
      {
        id: 'NIST.800.53.R5-IAMNoInlinePolicy',
        reason:
          "The policy is this one role's own and goes with it; a managed policy could be attached elsewhere and would outlive it.",
      },
      {
        id: 'NIST.800.53.R5-LambdaConcurrency',
        reason:
          'A reserved number would let one busy page refuse officers while others idle; the stage throttles requests, and each stream has one reader for each shard.',
      },
      {
        id: 'NIST.800.53.R5-LambdaInsideVPC',
        reason:
          'It speaks only to services that check its role over TLS and to nothing in a network of the agency; a VPC would add a way out to guard, and no way in exists without one.',
      },
    );
    if (!props.deadLetters) {
      Validations.of(this).acknowledge({
        id: 'NIST.800.53.R5-LambdaDLQ',
        reason:
          'Its caller waits for the answer (a page, a workflow, a stream or an administrator) and has its own retry and dead letters; a queue here would stay empty for ever.',
      });
    }
  }
}
