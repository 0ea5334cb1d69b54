/**
 * Reads JSON, and says what is wrong with it in the words of the service's own reader, for the commonest mistakes.
 */
import type { Json } from './language.ts';

export class JsonFault extends Error {
  /** Where in the text, as the service shows it; known for unrecognised words only. */
  readonly source: string | undefined;

  constructor(message: string, source?: string) {
    super(message);
    this.source = source;
  }
}

/** Throws `JsonFault`. */
export function readJson(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    const [, blank = '', word] = /^(\s*)([A-Za-z_$][\w$]*)/.exec(text) ?? [];
    if (word !== undefined) {
      throw new JsonFault(
        `Unrecognized token '${word}': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')`,
        `[Source: (String)"${text}"; line: ${blank.split('\n').length}, column: ${blank.length + word.length + 1}]`,
      );
    }
    const key = /^\s*\{\s*([^"\s}])/.exec(text)?.[1];
    if (key !== undefined)
      throw new JsonFault(
        `Unexpected character ('${key}' (code ${key.codePointAt(0)})): was expecting double-quote to start field name`,
      );
    throw new JsonFault(error instanceof Error ? error.message : String(error));
  }
}
