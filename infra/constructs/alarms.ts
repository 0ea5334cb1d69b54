/**
 * Who is told of trouble, and of which. Each kind of alarm has a heading in docs/runbook.md that says what it means, how
 * to look and what to do; its description links there (test/infra/runbook.test.ts).
 */
import { Duration, Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { Settings } from '../settings.ts';
import type { Keys } from './keys.ts';
import type { PostactFunction } from './postact-function.ts';

/** The headings of docs/runbook.md. */
export type AlarmKind =
  | 'dead-letters'
  | 'digest-not-written'
  | 'disposal-not-proposed'
  | 'function-faults'
  | 'outbox-late'
  | 'quarter-not-opened'
  | 'reconciliation-not-run'
  | 'site-faults'
  | 'store-differs'
  | 'sweep-not-run'
  | 'workflow-failed';

export interface AlarmProps {
  readonly kind: AlarmKind;
  /** What it is about, where a kind has several. */
  readonly subject?: string;
  /** One sentence for whoever is woken. */
  readonly says: string;
  readonly metric: IMetric;
  /** Raised at this value and above. @default 1, unless `below` is given */
  readonly from?: number;
  /** Raised under this value. */
  readonly below?: number;
  /** In this many periods one after the other. @default 1 */
  readonly periods?: number;
  /** What a period without data means. @default NOT_BREACHING */
  readonly missing?: TreatMissingData;
}

export class Alarms extends Construct {
  readonly topic: Topic;
  readonly #action: SnsAction;

  constructor(scope: Construct, id: string, keys: Keys, settings: Settings) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', { displayName: 'postact alarms', masterKey: keys.trace, enforceSSL: true });
    this.topic.grantPublish(new ServicePrincipal('cloudwatch.amazonaws.com'));
    if (settings.alarmMail) this.topic.addSubscription(new EmailSubscription(settings.alarmMail));
    this.#action = new SnsAction(this.topic);
  }

  raise(props: AlarmProps): void {
    const name = props.subject ? `${props.kind}-${props.subject}` : props.kind;
    const alarm = new Alarm(this, name, {
      alarmName: `${Stack.of(this).stackName}-${name}`,
      alarmDescription: `${props.says} What to do: docs/runbook.md#${props.kind}`,
      metric: props.metric,
      threshold: props.below ?? props.from ?? 1,
      comparisonOperator:
        props.below === undefined
          ? ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD
          : ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: props.periods ?? 1,
      treatMissingData: props.missing ?? TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(this.#action);
    alarm.addOkAction(this.#action);
  }

  onFaults(of: PostactFunction): void {
    this.raise({
      kind: 'function-faults',
      subject: of.entry.replace(/^.*\//, '').replace(/\.lambda\.tsx?$/, ''),
      says: `${of.entry} ended in faults.`,
      metric: of.function.metricErrors({ period: Duration.minutes(5) }),
    });
  }

  /** One for each way to end badly: a plain metric is served wherever the template is, and says which it was. */
  onFailures(of: StateMachine, workflow: string): void {
    const period = Duration.minutes(5);
    const ends = {
      failed: of.metricFailed({ period }),
      stopped: of.metricAborted({ period }),
      late: of.metricTimedOut({ period }),
    };
    for (const [how, metric] of Object.entries(ends)) {
      this.raise({
        kind: 'workflow-failed',
        subject: `${workflow}-${how}`,
        says: `A run of the ${workflow} workflow ended as ${how}.`,
        metric,
      });
    }
  }
}
