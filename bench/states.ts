/**
 * How many state transitions a second does the local runner make, each written before the next begins?
 *
 * A chain of Pass states shows the journal alone, one whose states evaluate JSONata adds the evaluator, one of tasks adds
 * a real function in its worker. The alternatives: the journal left to the system's own time of writing (a power cut
 * could lose the last transitions), and the evaluator alone, in memory, which could lose all.
 */
import { rmSync } from 'node:fs';
import { Expressions } from '../local/states/expression.ts';
import { states } from '../local/states/states.ts';
import { functionWithRole, startHost, writeAssembly } from '../test/local/write-assembly.ts';
import { asks, note, plain, runs, spread, table, type Cell } from './show.ts';

const LENGTH = 50;
const AT_ONCE = [1, 8] as const;

type States = Readonly<Record<string, object>>;
const chain = (state: object): States =>
  Object.fromEntries(
    Array.from({ length: LENGTH }, (_, at) => [
      `State ${at}`,
      { ...state, ...(at === LENGTH - 1 ? { End: true } : { Next: `State ${at + 1}` }) },
    ]),
  );
const OUTPUT = { count: '{% $states.input.count + 1 %}' };

const CHAINS: readonly { readonly name: string; readonly of: (functionArn: string) => States }[] = [
  { name: 'Pass', of: () => chain({ Type: 'Pass' }) },
  { name: 'Pass that evaluates an expression', of: () => chain({ Type: 'Pass', Output: OUTPUT }) },
  {
    name: 'Task that calls a function',
    of: (functionArn) =>
      chain({
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Arguments: { FunctionName: functionArn, Payload: '{% $states.input %}' },
        Output: '{% $states.result.Payload %}',
      }),
  },
];

const assembly = writeAssembly({
  Bench: {
    template: {
      Resources: {
        ...functionWithRole('exports.handler = async ({ count }) => ({ count: count + 1 });', { MemorySize: 128 }),
        RunnerRole: {
          Type: 'AWS::IAM::Role',
          Properties: {
            AssumeRolePolicyDocument: {
              Statement: [
                { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'states.amazonaws.com' } },
              ],
            },
            Policies: [
              {
                PolicyName: 'own',
                PolicyDocument: {
                  Version: '2012-10-17',
                  Statement: [{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: '*' }],
                },
              },
            ],
          },
        },
      },
      Outputs: {
        RoleArn: { Value: { 'Fn::GetAtt': ['RunnerRole', 'Arn'] } },
        FunctionArn: { Value: { 'Fn::GetAtt': ['Function', 'Arn'] } },
      },
    },
  },
});
const running = await startHost(assembly, { parts: [states] });
const { host, owner, outputs } = running;
const { RoleArn, FunctionArn } = outputs['Bench'] as { RoleArn: string; FunctionArn: string };

/** Runs executions of a machine at once; answers transitions a second. Throws when one does not succeed. */
async function rate(stateMachineArn: string, atOnce: number): Promise<number> {
  const from = performance.now();
  const arns = await Promise.all(
    Array.from(
      { length: atOnce },
      async () =>
        (
          (await host.call('states', 'StartExecution', { stateMachineArn, input: '{"count":0}' }, owner)) as {
            executionArn: string;
          }
        ).executionArn,
    ),
  );
  const open = new Set(arns);
  while (open.size > 0) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    for (const executionArn of open) {
      const { status } = (await host.call('states', 'DescribeExecution', { executionArn }, owner)) as {
        status: string;
      };
      if (status === 'RUNNING') continue;
      if (status !== 'SUCCEEDED') throw new Error(`${executionArn} ended as ${status}`);
      open.delete(executionArn);
    }
  }
  return (LENGTH * atOnce) / ((performance.now() - from) / 1000);
}

async function machineOf(name: string, chained: States): Promise<string> {
  const definition = JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'State 0', States: chained });
  return (
    (await host.call(
      'states',
      'CreateStateMachine',
      { name: name.replaceAll(' ', '-'), definition, roleArn: RoleArn },
      owner,
    )) as { stateMachineArn: string }
  ).stateMachineArn;
}

/** The evaluator as the runner asks it, one state after the other, with nothing written. */
async function evaluatorAlone(expressions: Expressions, atOnce: number): Promise<number> {
  const from = performance.now();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let count = 0; count < LENGTH; count++)
        await expressions.evaluate({
          fields: [{ location: 'Output', template: OUTPUT }],
          names: { states: { input: { count } } },
          now: Date.now(),
        });
    }),
  );
  return (LENGTH * atOnce) / ((performance.now() - from) / 1000);
}

interface Way {
  readonly name: string;
  readonly once: (atOnce: number) => Promise<number>;
}

/** Ways in turn within each round, so that what else the machine does falls on all alike. The first round is not counted. */
async function compared(ways: readonly Way[]): Promise<Cell[][]> {
  const found = ways.map(() => AT_ONCE.map((): number[] => []));
  for (let round = 0; round <= runs(5); round++) {
    for (const [way, { once }] of ways.entries()) {
      for (const [at, atOnce] of AT_ONCE.entries()) {
        const perSecond = await once(atOnce);
        if (round > 0) found[way]![at]!.push(perSecond);
      }
    }
  }
  return ways.map(({ name }, way) => [name, ...found[way]!.map(spread)]);
}

/** The host as it is, and with its journal left to the system. */
const journalled = (arn: string): Way[] =>
  [
    { name: 'on disk before the next (as it runs)', synchronous: 'FULL' },
    { name: 'journal synchronous = NORMAL', synchronous: 'NORMAL' },
  ].map(({ name, synchronous }) => ({
    name,
    once: (atOnce) => {
      host.journal.define(`PRAGMA synchronous = ${synchronous}`);
      return rate(arn, atOnce);
    },
  }));

asks('How many state transitions a second does the local runner make?');
const expressions = new Expressions();
try {
  const rows: Cell[][] = [];
  for (const { name, of } of CHAINS) {
    const arn = await machineOf(name, of(FunctionArn));
    for (const cells of await compared(journalled(arn))) rows.push([name, ...cells]);
  }
  for (const cells of await compared([
    { name: 'evaluator alone, in memory', once: (atOnce) => evaluatorAlone(expressions, atOnce) },
  ]))
    rows.push(['an expression', ...cells]);
  table(['each state', 'durability', 'a second, one execution', 'a second, eight at once'], rows);
  note(
    `Chains of ${plain(LENGTH)} states, ${runs(5)} runs each: median (least–most). Waiting for the end costs a look each millisecond.`,
  );
} finally {
  expressions.stop();
  await running.stop();
  rmSync(host.journal.folder, { recursive: true, force: true });
  rmSync(assembly, { recursive: true, force: true });
}
