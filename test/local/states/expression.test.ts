/** Expressions: what Step Functions adds to JSONata, and that none of them can take the host along. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { detailsOf, inOrder, openHost, type TestHost } from './host.ts';

let host: TestHost;
beforeAll(async () => {
  host = await openHost();
});
afterAll(() => host.remove());

async function outputOf(Output: unknown, input: unknown = {}): Promise<string> {
  return detailsOf(await host.run(inOrder({ Say: { Type: 'Pass', Output } }), input), 'ExecutionSucceeded')[
    'output'
  ] as string;
}

async function causeOf(Output: unknown): Promise<string> {
  const { error, cause } = detailsOf(await host.run(inOrder({ Say: { Type: 'Pass', Output } })), 'ExecutionFailed');
  expect(error).toBe('States.QueryEvaluationError');
  return cause as string;
}

describe('an expression', () => {
  it.each([
    ['{% $partition([1, 2, 3], 2) %}', '[[1,2],[3]]'],
    ['{% $partition([0], 1) %}', '[[0]]'],
    ['{% $range(0, 9, 3) %}', '[0,3,6,9]'],
    ['{% $range(1, 9, 9) %}', '1'],
    ['{% $hash("a", "SHA-256") %}', '"ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"'],
    ['{% $parse(\'{"a": [1]}\').a %}', '[1]'],
    ['{% $random(7) = $random(7) %}', 'true'],
    ['{% $exists($nothing) %}', 'false'],
    ['{% null %}', 'null'],
    ['{% [0] %}', '[0]'],
    [' {% $states.input %} ', '" {% $states.input %} "'],
    [['{% 1 %}', { two: '{% 1 + 1 %}' }], '[1,{"two":2}]'],
    [null, 'null'],
  ])('%j gives %s', async (expression, output) => {
    expect(await outputOf(expression)).toBe(output);
  });

  it('tells the time of the host, not of the machine under it', async () => {
    await host.clock.advance(365 * 24 * 3_600_000);
    const [now, millis] = JSON.parse(await outputOf(['{% $now() %}', '{% $millis() %}'])) as [string, number];
    expect(Math.abs(Date.parse(now) - host.clock.now())).toBeLessThan(60_000);
    expect(Math.abs(millis - host.clock.now())).toBeLessThan(60_000);
  });

  it('has no $eval', async () => {
    expect(await causeOf('{% $eval("1") %}')).toContain(
      'threw an error during evaluation. T1006: Attempted to invoke a non-function',
    );
  });

  it.each([
    ['that never ends', '{% ($f := function($n) { $f($n + 1) }; $f(1)) %}'],
    ['whose pattern backtracks for ages', '{% $match("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", /^(a+)+$/) %}'],
    ['that grows without measure', '{% $length($pad("x", 900000000)) %}'],
  ])('%s fails its own execution while others go on', { timeout: 20_000 }, async (_, expression) => {
    const runaway = causeOf(expression);
    expect(await outputOf('{% $states.input.n * 2 %}', { n: 21 })).toBe('42');
    expect(await runaway).toContain(`specified for the field 'Output'`);
    expect(await outputOf('{% $states.input.n * 2 %}', { n: 21 })).toBe('42');
  });
});
