/** The drawing of a workflow, from the definitions that run. */
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layoutOf, type Definition } from '../../../functions/edge/drawing-layout.ts';
import { WorkflowDrawing } from '../../../functions/edge/drawing.tsx';

const WORKFLOWS = new URL('../../../workflows/', import.meta.url);
const definitions = readdirSync(WORKFLOWS, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.asl.json'))
  .map((path): [string, Definition] => [
    path,
    JSON.parse(readFileSync(new URL(path, WORKFLOWS), 'utf8')) as Definition,
  ]);

const cell = ({ row, column }: { row: number; column: number }) => `${row}/${column}`;

/** What any drawing must keep to: every state once, nothing on top of another, no way through a state, all ways downward but those back. */
function expectSound(definition: Definition): void {
  const { states, ways } = layoutOf(definition);
  const at = new Map(states.map((state) => [cell(state), state.name]));
  expect(at.size).toBe(states.length);
  for (const { from, to, through, back } of ways) {
    for (const passed of through.slice(1, -1)) expect(at.has(cell(passed)), `${from} to ${to}`).toBe(false);
    if (!back) expect(through.map(({ row }) => row)).toEqual(through.map((_, index) => through[0]!.row + index));
  }
}

describe('the drawing of a workflow', () => {
  it.each(definitions)('%s shows every state once and every way to another', (_, definition) => {
    expectSound(definition);
    const { states, ways } = layoutOf(definition);
    expect(states.map(({ name }) => name).toSorted()).toEqual(Object.keys(definition.States).toSorted());
    for (const { name, next } of states)
      for (const { to } of next) expect(ways).toContainEqual(expect.objectContaining({ from: name, to }));
  });

  it('is sound for any definition, loops included', () => {
    const NAMES = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'];
    const name = fc.constantFrom(...NAMES);
    const state = fc.record(
      {
        Type: fc.constant('Task'),
        Next: name,
        Default: name,
        Choices: fc.array(fc.record({ Next: name }), { maxLength: 3 }),
        Catch: fc.array(fc.record({ Next: name }), { maxLength: 2 }),
      },
      { requiredKeys: ['Type'] },
    );
    fc.assert(
      fc.property(fc.tuple(...NAMES.map(() => state)), (states) =>
        expectSound({ StartAt: 'A', States: Object.fromEntries(NAMES.map((each, index) => [each, states[index]!])) }),
      ),
      { numRuns: 500 },
    );
  });

  it('puts a side step where it first comes up, though a late step may lead back to it', () => {
    const { states, ways } = layoutOf({
      StartAt: 'Check',
      States: {
        Check: { Type: 'Choice', Choices: [{ Next: 'Decide' }], Default: 'Confirm' },
        Confirm: { Type: 'Task', Next: 'Check' },
        Decide: { Type: 'Task', Next: 'Ended?' },
        'Ended?': { Type: 'Choice', Choices: [{ Next: 'Closed' }], Default: 'Confirm' },
        Closed: { Type: 'Succeed' },
      },
    });
    const rows = Object.fromEntries(states.map(({ name, row }) => [name, row]));
    expect(rows).toEqual({ Check: 0, Decide: 1, Confirm: 1, 'Ended?': 2, Closed: 3 });
    expect(
      ways
        .filter(({ back }) => back)
        .map(({ from, to }) => `${from} to ${to}`)
        .toSorted(),
    ).toEqual(['Confirm to Check', 'Ended? to Confirm']);
  });

  it('lights the step it is at and only the way it came', () => {
    const definition: Definition = {
      StartAt: 'One',
      States: {
        One: { Type: 'Choice', Choices: [{ Next: 'Two', Condition: "{% $x = 'yes' %}" }], Default: 'Three' },
        Two: { Next: 'Three' },
        Three: { Type: 'Succeed' },
      },
    };
    const html = String(<WorkflowDrawing definition={definition} walked={['One', 'Two']} lit="Three" />);
    expect(html.match(/pa-drawing__way--done/g)).toHaveLength(2);
    expect(html).toContain('<li aria-current="step"><strong>Three</strong> (here now). This is an end.</li>');
    expect(html).toContain('Then: yes, “Two”; otherwise, “Three”.');
    expect(html).not.toMatch(/\sstyle=/);
  });
});
