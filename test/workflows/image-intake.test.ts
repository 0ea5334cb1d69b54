/** The definition of image-intake by itself: that it is valid, reads as sentences, and retries just what may pass. */
import { readFileSync } from 'node:fs';
import validate from 'asl-validator';
import { describe, expect, it } from 'vitest';
import { OriginalDiffers } from '../../functions/image/faults.ts';
import { ChangedMeanwhile, FilesBusy, RecordMissing, RecordsBusy } from '../../functions/records/faults.ts';

interface State {
  readonly Type: string;
  readonly Next?: string;
  readonly Default?: string;
  readonly Choices?: readonly { readonly Next: string }[];
  readonly Catch?: readonly { readonly ErrorEquals: readonly string[]; readonly Next: string }[];
  readonly Retry?: readonly { readonly ErrorEquals: readonly string[] }[];
}

const text = readFileSync(new URL('../../workflows/image-intake/image-intake.asl.json', import.meta.url), 'utf8');
const definition = JSON.parse(text) as { StartAt: string; States: Record<string, State> };
const states = Object.entries(definition.States);
const tasks = states.filter(([, { Type }]) => Type === 'Task');
const retried = new Set(tasks.flatMap(([, { Retry = [] }]) => Retry.flatMap(({ ErrorEquals }) => ErrorEquals)));

describe('the image-intake workflow', () => {
  it('is valid in Amazon States Language', () => {
    expect(validate(definition)).toMatchObject({ isValid: true });
  });

  it('calls the five steps of the intake and nothing else', () => {
    expect([...text.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name)).toEqual([
      'AskForUpload',
      'CheckFile',
      'KeepImage',
      'RefuseImage',
      'LapseUpload',
    ]);
  });

  it('reaches every state, and every way ends', () => {
    const reached = new Set<string>();
    const visit = (name: string): void => {
      if (reached.has(name)) return;
      reached.add(name);
      const { Next, Default, Choices = [], Catch = [], Type } = definition.States[name]!;
      const ways = [
        Next,
        Default,
        ...Choices.map((choice) => choice.Next),
        ...Catch.map((caught) => caught.Next),
      ].filter((way) => way !== undefined);
      expect([name, ways.length > 0 || Type === 'Succeed']).toEqual([name, true]);
      ways.forEach(visit);
    };
    visit(definition.StartAt);
    expect([...reached].toSorted()).toEqual(states.map(([name]) => name).toSorted());
  });

  it.each(tasks)('"%s" retries by the names of faults, never everything', (_, { Retry = [] }) => {
    expect(Retry).not.toHaveLength(0);
    expect(Retry.flatMap(({ ErrorEquals }) => ErrorEquals)).not.toContain('States.ALL');
  });

  it.each([
    new RecordsBusy('x'),
    new ChangedMeanwhile('x'),
    new FilesBusy('x'),
    new RecordMissing('x'),
    new OriginalDiffers('x'),
  ])('retries %s just when it says that it may pass', (fault) => {
    expect([fault.name, retried.has(fault.name)]).toEqual([fault.name, fault.retryable]);
  });

  it('carries no number of its own but those of retries and the safety stop', () => {
    expect(text.match(/\b\d+\b/g)?.toSorted()).toEqual(
      [...tasks.flatMap(() => ['2', '2', '60', '8']), '2592000'].toSorted(),
    );
  });

  it('waits for as long as its input says', () => {
    expect(text).toContain('"TimeoutSeconds": "{% $states.input.uploadWindowSeconds %}"');
  });
});
