/**
 * The shapes of an Amazon States Language document, as far as JSONata state machines use it.
 *
 * Field names are AWS's own. A field that may be an expression is `Json`: a string that begins with {% and ends
 * with %} is evaluated, everything else is taken as it stands.
 */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

export type QueryLanguage = 'JSONata' | 'JSONPath';

export interface Program {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
  readonly QueryLanguage?: QueryLanguage;
  readonly TimeoutSeconds?: number;
}

export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds?: number;
  readonly MaxAttempts?: number;
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
  readonly JitterStrategy?: 'FULL' | 'NONE';
}

export interface Catcher {
  readonly ErrorEquals: readonly string[];
  readonly Next: string;
  readonly Output?: Json;
  readonly Assign?: JsonObject;
}

export interface ChoiceRule {
  readonly Condition: Json;
  readonly Next: string;
  readonly Output?: Json;
  readonly Assign?: JsonObject;
}

export interface ItemProcessor extends Program {
  readonly ProcessorConfig?: {
    readonly Mode?: 'INLINE' | 'DISTRIBUTED';
    readonly ExecutionType?: 'STANDARD' | 'EXPRESS';
  };
}

/** Where a distributed Map's items come from, when they stand in a file. */
export interface ItemReader {
  readonly Resource: string;
  /** Bucket, Key and, if wanted, VersionId. */
  readonly Arguments: Json;
  readonly ReaderConfig?: { readonly InputType?: string; readonly MaxItems?: Json };
}

export interface State {
  readonly Type: 'Pass' | 'Task' | 'Choice' | 'Wait' | 'Succeed' | 'Fail' | 'Parallel' | 'Map';
  readonly QueryLanguage?: QueryLanguage;
  readonly Next?: string;
  readonly End?: boolean;
  readonly Output?: Json;
  readonly Assign?: JsonObject;
  readonly Arguments?: Json;
  readonly Resource?: string;
  readonly Credentials?: JsonObject;
  readonly TimeoutSeconds?: Json;
  readonly HeartbeatSeconds?: Json;
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly Catcher[];
  readonly Choices?: readonly ChoiceRule[];
  readonly Default?: string;
  readonly Seconds?: Json;
  readonly Timestamp?: Json;
  readonly Error?: Json;
  readonly Cause?: Json;
  readonly Branches?: readonly Program[];
  readonly ItemProcessor?: ItemProcessor;
  readonly Iterator?: ItemProcessor;
  readonly Items?: Json;
  readonly ItemSelector?: Json;
  readonly ItemBatcher?: {
    readonly MaxItemsPerBatch?: Json;
    readonly MaxInputBytesPerBatch?: Json;
    readonly BatchInput?: Json;
  };
  readonly MaxConcurrency?: Json;
  readonly ToleratedFailureCount?: Json;
  readonly ToleratedFailurePercentage?: Json;
  readonly Label?: string;
  readonly ItemReader?: ItemReader;
  readonly ResultWriter?: Json;
}

/** Why a state, a branch or an execution failed. Absent fields stay absent everywhere, as they do on AWS. */
export interface Failure {
  readonly error?: string;
  readonly cause?: string;
  /** A second name the failure answers to in Retry and Catch, such as States.HeartbeatTimeout. */
  readonly alias?: string;
  /** A timer ended the task: its event is ...TimedOut. */
  readonly timedOut?: boolean;
  /** No Retry and no Catch applies: the execution ends. */
  readonly fatal?: boolean;
  /** Set when an expression failed: an EvaluationFailed event comes first. */
  readonly evaluation?: {
    readonly location?: string;
    /** The event follows StateEntered rather than what came before it. */
    readonly afterEntry?: boolean;
  };
}

const EXPRESSION = /^\{%([\s\S]*)%\}$/;

/** The text between {% and %}, trimmed, or undefined when the string is no expression. */
export function expressionIn(text: string): string | undefined {
  return EXPRESSION.exec(text)?.[1]?.trim();
}

/** True if anything inside must be evaluated. */
export function hasExpression(template: Json | undefined): boolean {
  if (typeof template === 'string') return expressionIn(template) !== undefined;
  if (typeof template !== 'object' || template === null) return false;
  return Object.values(template).some(hasExpression);
}

/** The sub-programs of a Parallel (one per branch) or a Map (one). */
export function programsOf(state: State): readonly Program[] {
  const processor = state.ItemProcessor ?? state.Iterator;
  return state.Branches ?? (processor ? [processor] : []);
}

export function isDistributed(state: State): boolean {
  return state.ItemProcessor?.ProcessorConfig?.Mode === 'DISTRIBUTED';
}
