/** Strict JSON: the same values as the language's own reader, and where it is none. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_NESTING, readJson } from '../../../functions/edge/read-json.ts';

const theirs = (text: string): unknown => {
  try {
    return { kind: 'json', value: JSON.parse(text) as unknown };
  } catch {
    return { kind: 'not-json', at: expect.anything() as unknown };
  }
};

describe('reading JSON', () => {
  it('reads what the language’s own reader reads', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), fc.constantFrom('', ' ', '\n\t\r'), (text, blank) => {
        expect(readJson(blank + text + blank)).toEqual(theirs(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('refuses what it refuses, whatever is changed in a text', () => {
    const edits = fc.tuple(fc.json({ maxDepth: 3 }), fc.nat(), fc.nat(3), fc.string({ maxLength: 3 }));
    fc.assert(
      fc.property(edits, ([text, at, cut, more]) => {
        const place = at % (text.length + 1);
        const edited = text.slice(0, place) + more + text.slice(place + cut);
        const expected = theirs(edited);
        const read = readJson(edited);
        // It is stricter in two ways, which are tried below.
        const stricter = read.kind === 'not-json' && /once in one object|whole characters/.test(read.at.expected);
        if (!stricter) expect(read).toEqual(expected);
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    ['', 0, 1, 1, 'a value'],
    ['{"a":}', 5, 1, 6, 'a value'],
    ['{"a":1,}', 7, 1, 8, 'a name in quotes'],
    ['{"a" 1}', 5, 1, 6, 'a colon'],
    ['{\n  "a": [1,\n 2', 15, 3, 3, 'a comma or a closing bracket'],
    ['{"a":1', 6, 1, 7, 'a comma or a closing brace'],
    ['[1] 2', 4, 1, 5, 'the end'],
    ['"a\nb"', 0, 1, 1, 'a string with its closing quote and no bare control character'],
    ['{"a":1,"a":2}', 7, 1, 8, 'each name once in one object'],
    ['["\\ud800"]', 1, 1, 2, 'whole characters'],
    ['[01]', 2, 1, 3, 'a comma or a closing bracket'],
    ['nul', 0, 1, 1, 'a value'],
  ])('says where %j goes wrong', (text, offset, line, column, expected) => {
    expect(readJson(text)).toEqual({ kind: 'not-json', at: { offset, line, column, expected } });
  });

  it('reads __proto__ as a name and nothing else', () => {
    const read = readJson('{"__proto__": {"admin": true}}') as { readonly value: object };
    expect(Object.keys(read.value)).toEqual(['__proto__']);
    expect((read.value as Record<string, unknown>)['admin']).toBeUndefined();
  });

  it('goes so deep and no deeper', () => {
    const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
    expect(readJson(nested(MOST_NESTING)).kind).toBe('json');
    expect(readJson(nested(MOST_NESTING + 1)).kind).toBe('not-json');
    expect(readJson(nested(50_000)).kind).toBe('not-json');
  });
});
