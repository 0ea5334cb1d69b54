import { describe, expect, it } from 'vitest';
import { FactMalformed, Fault } from '../../policies/faults.ts';
import { amountOf, ruled, unless, type Refusal } from '../../policies/ruling.ts';

const refusal: Refusal = {
  clause: 'XR26-USE-01',
  field: 'attestation',
  found: 'not given',
  expected: 'given',
  todo: 'give it',
};

describe('a ruling', () => {
  it('is allowed when nothing is in the way, names each clause once, and says what else it can', () => {
    expect(ruled(['a', 'b', 'a'], [], { route: 'x' })).toEqual({ kind: 'allowed', clauses: ['a', 'b'], route: 'x' });
  });

  it('is refused for everything that is in the way, and says nothing else', () => {
    expect(ruled(['a'], [refusal, refusal], { route: 'x' })).toEqual({ kind: 'refused', because: [refusal, refusal] });
  });

  it('holds a refusal only when the condition does not hold', () => {
    expect(unless(true, refusal)).toEqual([]);
    expect(unless(false, refusal)).toEqual([refusal]);
  });

  it.each([
    [undefined, 'nothing'],
    ['', 'nothing'],
    [' \n', 'nothing'],
    ['x', '1 character'],
    [' xy ', '2 characters'],
    ['a \u200Bb\n', '3 characters'],
    // Invisible, or blank in every font: a reader sees nothing.
    ['\u200B\u2060\u00AD\uFEFF\u202E\u3164\u2800\u{E0001}\u0000', 'nothing'],
  ])('tells how much was written, never what: %j is %s', (text, amount) => {
    expect(amountOf(text)).toBe(amount);
  });
});

describe('a fault', () => {
  it('keeps its name when the class is renamed, and says whether trying again helps', () => {
    const fault = new (class Renamed extends FactMalformed {})('record R-1 is not so; correct it');
    expect(fault).toBeInstanceOf(Fault);
    expect(fault.name).toBe('FactMalformed');
    expect(fault.retryable).toBe(false);
  });
});
