/** The list of states a run of a workflow went through, read from its history as anyone can. */
import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  ListStateMachinesCommand,
  SFNClient,
  type HistoryEvent,
} from '@aws-sdk/client-sfn';
import type { Postact } from '../postact.ts';

export interface Path {
  readonly status: string;
  readonly states: readonly string[];
  /** The name of the execution it started, if it started one. */
  readonly nested?: string;
}

export async function pathOf(postact: Postact, workflow: string, executionName: string): Promise<Path> {
  const client = new SFNClient({
    endpoint: postact.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const { stateMachines = [] } = await client.send(new ListStateMachinesCommand({}));
  const wanted = workflow.replaceAll('-', '');
  const machine = stateMachines.find(({ name }) => name!.toLowerCase().replaceAll('-', '').includes(wanted));
  if (!machine)
    throw new Error(`no state machine for ${workflow} among ${stateMachines.map(({ name }) => name).join(', ')}`);
  const executionArn = `${machine.stateMachineArn!.replace(':stateMachine:', ':execution:')}:${executionName}`;
  const events: HistoryEvent[] = [];
  for (let nextToken: string | undefined, first = true; first || nextToken; first = false) {
    const page = await client.send(new GetExecutionHistoryCommand({ executionArn, ...(nextToken && { nextToken }) }));
    events.push(...(page.events ?? []));
    nextToken = page.nextToken;
  }
  const { status } = await client.send(new DescribeExecutionCommand({ executionArn }));
  const started = events.find(({ type }) => type === 'TaskSubmitted')?.taskSubmittedEventDetails?.output;
  const nestedArn = started && (JSON.parse(started) as { ExecutionArn?: string }).ExecutionArn;
  return {
    status: status!,
    states: events.flatMap(({ stateEnteredEventDetails }) => stateEnteredEventDetails?.name ?? []),
    ...(nestedArn && { nested: nestedArn.split(':').at(-1)! }),
  };
}
