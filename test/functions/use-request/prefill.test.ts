/** A request form filled in from its address: what an address may answer, and what it may not. */
import { describe, expect, it } from 'vitest';
import { exampleRequest } from '../../../demo/example-request.ts';
import { filledFrom } from '../../../functions/use-request/prefill.ts';
import { instantOf } from '../../../policies/instant.ts';

const NOW = instantOf('2026-11-20T17:00:30.000Z');
const filled = (query: string) => filledFrom(new URLSearchParams(query), NOW);

describe('a request form filled in from its address', () => {
  it('is empty when the address says nothing it knows', () => {
    expect(filled('')).toBeUndefined();
    expect(filled('next=%2Fdesk&form=abc')).toBeUndefined();
  });

  it('takes what describes the use', () => {
    const form = filled('targetKind=truck&location=First+Avenue&startsAtDate=2026-11-21&startsAtTime=08%3A00')!;
    expect(['targetKind', 'location', 'startsAtDate', 'startsAtTime'].map((name) => form.text(name))).toEqual([
      'truck',
      'First Avenue',
      '2026-11-21',
      '08:00',
    ]);
  });

  it.each(['attested', 'politicalActivity', 'immigrationEnforcement', 'basisCharacteristics', 'useKind'])(
    'leaves %s to the person',
    (name) => {
      const form = filled(`targetKind=truck&${name}=yes`)!;
      expect(form.texts(name)).toEqual([]);
      expect(form.checked(name)).toBe(false);
    },
  );

  it('counts minutes from now, on New York’s clock, and never lies in the past', () => {
    const form = filled('startsInMinutes=10&forMinutes=60')!;
    expect(['startsAtDate', 'startsAtTime', 'endsAtDate', 'endsAtTime'].map((name) => form.text(name))).toEqual([
      '2026-11-20',
      '12:11',
      '2026-11-20',
      '13:11',
    ]);
  });

  it.each(['soon', '-5', '1e3', '9999999'])('takes %s for no number of minutes', (minutes) => {
    expect(filled(`startsInMinutes=${minutes}`)).toBeUndefined();
  });

  it('cuts what is longer than a field may be', () => {
    expect(filled(`location=${'x'.repeat(5000)}`)!.text('location')).toHaveLength(4000);
  });

  it('knows every field of the demonstration’s example', () => {
    const { searchParams } = new URL(exampleRequest('http://127.0.0.1'));
    const form = filledFrom(searchParams, NOW)!;
    for (const [name, value] of searchParams) if (!name.endsWith('Minutes')) expect(form.text(name)).toBe(value);
  });
});
