/** Which definitions are taken, and what is said of those that are not. */
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../local/states/definition.ts';
import { inOrder } from './host.ts';

function said(definition: object, type: 'STANDARD' | 'EXPRESS' = 'STANDARD'): string[] {
  return diagnose(JSON.stringify({ QueryLanguage: 'JSONata', ...definition }), type).map(
    ({ severity, message, location }) => `${severity} ${location}: ${message}`,
  );
}

const task = (more: object): object =>
  inOrder({
    Ask: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Arguments: { FunctionName: 'f' }, ...more },
  });

const READER = {
  Resource: 'arn:aws:states:::s3:getObject',
  ReaderConfig: { InputType: 'JSONL', MaxItems: '{% $states.input.most %}' },
  Arguments: { Bucket: '{% $states.input.bucket %}', Key: 'items.jsonl' },
};
const reads = (more: object): object =>
  inOrder({
    Each: {
      Type: 'Map',
      ItemReader: READER,
      ItemBatcher: { MaxItemsPerBatch: 25 },
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        ...inOrder({ One: { Type: 'Pass' } }),
      },
      ...more,
    },
  });

describe('a definition', () => {
  it.each([
    ['Output of any type', inOrder({ One: { Type: 'Pass', Output: [1, null] }, Two: { Type: 'Pass', Output: 0 } })],
    [
      'a literal Condition, with Output beside Default',
      {
        StartAt: 'Which',
        States: {
          Which: { Type: 'Choice', Choices: [{ Condition: true, Next: 'End' }], Default: 'End', Output: 'text' },
          End: { Type: 'Succeed' },
        },
      },
    ],
    ['an expression of several lines', inOrder({ One: { Type: 'Pass', Output: '{% (\n  $n := 1;\n  $n\n) %}' } })],
    [
      'the ARNs of other partitions',
      inOrder({
        Ask: {
          Type: 'Task',
          Resource: 'arn:aws-us-gov:states:::lambda:invoke.waitForTaskToken',
          Arguments: { FunctionName: 'f' },
        },
      }),
    ],
    ['an ItemReader of a file, with expressions', reads({})],
  ])('may have %s', (_, definition) => {
    expect(said(definition)).toEqual([]);
  });

  it.each([
    [
      'a heartbeat longer than the timeout',
      task({ TimeoutSeconds: 5, HeartbeatSeconds: 9 }),
      'ERROR /States/Ask/HeartbeatSeconds: HeartbeatSeconds (9) must be smaller than TimeoutSeconds (5)',
    ],
    [
      'States.ALL before other entries',
      task({ Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['Busy'] }] }),
      'ERROR /States/Ask/Retry[0]/ErrorEquals: States.ALL must stand alone in ErrorEquals and in the last entry',
    ],
    [
      'a result where there is none',
      inOrder({ One: { Type: 'Pass', Output: '{% $states.result %}' } }),
      `ERROR /States/One/Output: $states.result is not available in the field 'Output' of a Pass state`,
    ],
    ['a ResultWriter', reads({ ResultWriter: {} }), 'ERROR /States/Each/ResultWriter: ResultWriter is not served here'],
    [
      'an ItemReader that lists a bucket',
      reads({ ItemReader: { ...READER, Resource: 'arn:aws:states:::s3:listObjectsV2' } }),
      'ERROR /States/Each/ItemReader/Resource: arn:aws:states:::s3:listObjectsV2 is not served here',
    ],
    [
      'an ItemReader of tables',
      reads({ ItemReader: { ...READER, ReaderConfig: { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' } } }),
      'ERROR /States/Each/ItemReader/ReaderConfig/InputType: InputType CSV is not served here',
    ],
    [
      'an ItemReader in an inline Map',
      reads({ ItemProcessor: inOrder({ One: { Type: 'Pass' } }) }),
      'ERROR /States/Each/ItemReader: ItemReader needs a Map in DISTRIBUTED mode',
    ],
    [
      'items from two places',
      reads({ Items: [1] }),
      'ERROR /States/Each/ItemReader: A Map has its items from Items or from ItemReader, not both',
    ],
    [
      'an action that is not served',
      inOrder({ Run: { Type: 'Task', Resource: 'arn:aws:states:::ecs:runTask.sync' } }),
      'ERROR /States/Run/Resource: resource arn:aws:states:::ecs:runTask.sync is not served here',
    ],
    [
      'Credentials without a role',
      task({ Credentials: {} }),
      `ERROR /States/Ask/Credentials: The field 'RoleArn' is required but was missing`,
    ],
    ['a state that leads nowhere', { StartAt: 'One', States: { One: { Type: 'Pass', Next: 'Two' } } }, 'Two'],
  ])('may not have %s', (_, definition, words) => {
    expect(said(definition).join('\n')).toContain(words);
  });

  it('in JSONPath is refused, with where it would be served', () => {
    const definition = { ...inOrder({ One: { Type: 'Pass', InputPath: '$.a' } }), QueryLanguage: undefined };
    expect(said(definition)[0]).toBe(
      'ERROR /States/One: The state uses JSONPath, which is not served here: set "QueryLanguage": "JSONata", or run it on an AWS account or an emulator',
    );
  });

  it('may not wait for a token in an EXPRESS machine', () => {
    const definition = inOrder({
      Ask: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
        Arguments: { FunctionName: 'f' },
      },
    });
    expect(said(definition, 'EXPRESS')[0]).toContain(
      `Express state machine does not support '.waitForTaskToken' service integration`,
    );
  });

  it('is warned of variables that nobody assigns, and of no others', () => {
    const definition = inOrder({
      One: { Type: 'Pass', Assign: { known: 1 } },
      Two: { Type: 'Pass', Output: '{% ($own := 1; $own + $known + $unknown + $sum([1])) %}' },
    });
    expect(said(definition)).toEqual(['WARNING /States/Two/Output: No state assigns the variable $unknown']);
  });
});
