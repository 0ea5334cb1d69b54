/** One text for one value: RFC 8785's own examples, and what must hold for any record. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical, sha256 } from '../../../functions/records/canonical.ts';

/** Any JSON value, with the keys and strings that trip sorters and escapers. */
const json = fc.jsonValue({ maxDepth: 4, stringUnit: 'binary' });

/** The same value with the members of every object put in another order. */
function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, member]) => [key, shuffled(member)]),
  );
}

describe('the canonical text', () => {
  it('is that of RFC 8785, section 3.2.2', () => {
    const value = {
      numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    };
    expect(canonical(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('sorts keys by code unit, as RFC 8785, section 3.2.3', () => {
    const value = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    expect([...canonical(value).matchAll(/:"([^"]+)"/g)].map(([, name]) => name)).toEqual([
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ]);
  });

  it.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['ffefffffffffffff', '-1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['c340000000000000', '-9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['44b52d02c7e14af7', '1.0000000000000001e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef4f', '999999999999999900000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['41b3de4355555554', '333333333.33333325'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ])('writes the number with the bits %s as %s, as RFC 8785, appendix B', (bits, text) => {
    expect(canonical(Buffer.from(bits, 'hex').readDoubleBE())).toBe(text);
  });

  it.each([NaN, Infinity, -Infinity])('has none for %s', (number) => {
    expect(() => canonical({ scans: number })).toThrow('which has no JSON form');
  });

  it('is the same in whatever order the members were written', () => {
    fc.assert(fc.property(json, (value) => canonical(shuffled(value)) === canonical(value)));
  });

  it('is JSON that says the same again', () => {
    fc.assert(fc.property(json, (value) => canonical(JSON.parse(canonical(value))) === canonical(value)));
  });

  it('is the same before and after the way through UTF-8, even for text cut through a letter', () => {
    expect(canonical('cut \ud83d')).toBe(canonical(Buffer.from('cut \ud83d').toString()));
    fc.assert(fc.property(json, (value) => Buffer.from(canonical(value)).toString() === canonical(value)));
  });

  it('leaves out what is absent, as the table does', () => {
    expect(canonical({ b: undefined, a: { c: undefined } })).toBe('{"a":{}}');
  });

  it('is another for another value', () => {
    fc.assert(
      fc.property(
        json,
        json,
        (one, other) =>
          JSON.stringify(shuffled(one)) === JSON.stringify(shuffled(other)) ||
          canonical(one) !== canonical(other) ||
          equal(one, other),
      ),
    );
  });

  it('hashes to what any SHA-256 gives', () => {
    expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(sha256({ b: 1, a: 2 })).toBe(sha256('{"a":2,"b":1}'));
  });
});

/** Equal as JSON: the order of members and the sign of zero do not count. */
function equal(one: unknown, other: unknown): boolean {
  try {
    expect(JSON.parse(JSON.stringify(one))).toEqual(JSON.parse(JSON.stringify(other)));
    return true;
  } catch {
    return false;
  }
}
