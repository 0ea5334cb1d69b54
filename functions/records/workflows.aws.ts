/** The door to Step Functions: start an execution once, end a wait once. */
import {
  ExecutionAlreadyExists,
  InvalidToken,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import type { OutboxNeeds } from './deliver-outbox.ts';
import { LOOK_AGAIN, type Workflow } from './notes.ts';

export function workflowsAt(
  arnOf: (workflow: Workflow) => string,
  client: SFNClient = new SFNClient({}),
): Pick<OutboxNeeds, 'start' | 'answer' | 'lookAgain'> {
  return {
    async start(workflow, name, input) {
      try {
        await client.send(
          new StartExecutionCommand({ stateMachineArn: arnOf(workflow), name, input: JSON.stringify(input) }),
        );
      } catch (error) {
        if (!(error instanceof ExecutionAlreadyExists)) throw error;
      }
    },
    answer: (taskToken, output) =>
      unlessOver(() => client.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(output) }))),
    lookAgain: (taskToken) =>
      unlessOver(() =>
        client.send(
          new SendTaskFailureCommand({ taskToken, error: LOOK_AGAIN, cause: 'the record is to be read again' }),
        ),
      ),
  };
}

/** The stage may have ended before the answer came: its next check reads the record and finds it. */
async function unlessOver(send: () => Promise<unknown>): Promise<void> {
  try {
    await send();
  } catch (error) {
    if (!(error instanceof TaskTimedOut || error instanceof TaskDoesNotExist || error instanceof InvalidToken))
      throw error;
  }
}
