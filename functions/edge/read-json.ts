/**
 * Reads JSON strictly, and says where it is not JSON. Beyond RFC 8259 it refuses what two readers could take for two
 * things: a name given twice in one object, half a character (a lone surrogate), and nesting deeper than anything here.
 */

/** Where reading stopped: `offset` counts characters from 0, `line` and `column` from 1. `expected` is for people. */
export interface JsonFault {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
  readonly expected: string;
}

export type JsonRead =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'not-json'; readonly at: JsonFault };

export const MOST_NESTING = 16;

class Stopped extends Error {
  readonly offset: number;
  readonly expected: string;
  constructor(offset: number, expected: string) {
    super(expected);
    this.offset = offset;
    this.expected = expected;
  }
}

export function readJson(text: string): JsonRead {
  try {
    const reader = new Reader(text);
    const value = reader.value(0);
    reader.end();
    return { kind: 'json', value };
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    const before = text.slice(0, error.offset).split('\n');
    const at = { line: before.length, column: before.at(-1)!.length + 1 };
    return { kind: 'not-json', at: { offset: error.offset, ...at, expected: error.expected } };
  }
}

const BLANK = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// From a blank on, all but the quote and the backslash; those, and what lies below, only escaped.
const STRING = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const WORD = /true|false|null/y;

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(depth: number): unknown {
    this.#take(BLANK);
    const first = this.#text[this.#at];
    if (first === '{' || first === '[') {
      if (depth >= MOST_NESTING) throw new Stopped(this.#at, `at most ${MOST_NESTING} levels of nesting`);
      return first === '{' ? this.#object(depth) : this.#array(depth);
    }
    if (first === '"') return this.#string();
    const word = this.#take(WORD);
    if (word) return JSON.parse(word) as unknown;
    const number = this.#take(NUMBER);
    if (number) return Number(number);
    throw new Stopped(this.#at, 'a value');
  }

  end(): void {
    this.#take(BLANK);
    if (this.#at < this.#text.length) throw new Stopped(this.#at, 'the end');
  }

  #object(depth: number): Record<string, unknown> {
    const members = new Map<string, unknown>();
    this.#at++;
    if (this.#sees('}')) return {};
    do {
      this.#take(BLANK);
      const start = this.#at;
      if (this.#text[start] !== '"') throw new Stopped(start, 'a name in quotes');
      const name = this.#string();
      if (members.has(name)) throw new Stopped(start, 'each name once in one object');
      if (!this.#sees(':')) throw new Stopped(this.#at, 'a colon');
      members.set(name, this.value(depth + 1));
    } while (this.#sees(','));
    if (!this.#sees('}')) throw new Stopped(this.#at, 'a comma or a closing brace');
    // From entries, so that a member called __proto__ is a member and nothing else.
    return Object.fromEntries(members);
  }

  #array(depth: number): unknown[] {
    const members: unknown[] = [];
    this.#at++;
    if (this.#sees(']')) return members;
    do members.push(this.value(depth + 1));
    while (this.#sees(','));
    if (!this.#sees(']')) throw new Stopped(this.#at, 'a comma or a closing bracket');
    return members;
  }

  #string(): string {
    const start = this.#at;
    const written = this.#take(STRING);
    if (written === undefined)
      throw new Stopped(start, 'a string with its closing quote and no bare control character');
    const read = JSON.parse(written) as string;
    if (!read.isWellFormed()) throw new Stopped(start, 'whole characters');
    return read;
  }

  /** Whether the next mark after blanks is this one; then it is read. */
  #sees(mark: string): boolean {
    this.#take(BLANK);
    if (this.#text[this.#at] !== mark) return false;
    this.#at++;
    return true;
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found === undefined) return undefined;
    this.#at += found.length;
    return found;
  }
}
