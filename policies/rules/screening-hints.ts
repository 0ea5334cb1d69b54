/**
 * Which words in a request should the decider look at twice?
 *
 * A hint shows the decider a word and why it matters. It never refuses anything: the checked boxes and
 * the chosen kinds do that. A hint names a word of our own list, never the requester's text.
 *
 * Units   none
 * Answers the hints in the order of the topics and fields, at most one for each topic, field and word
 * Throws  nothing
 * Source  XR26-USE-03, XR26-USE-12, XR26-USE-16, nyc-10-178-c
 */
import { SCREENING_TOPICS, type ScreenedField, type ScreeningTopic } from '../editions/screening-words.ts';

export interface ScreeningFlag {
  readonly topic: ScreeningTopic['topic'];
  readonly clause: string;
  readonly field: ScreenedField;
  readonly word: string;
  readonly why: string;
}

export type ScreenedTexts = Partial<Readonly<Record<ScreenedField, string>>>;

/** Each word with its pattern: whole words, any blank between two of them, capitals only for a word in capitals. */
const patternsOfTopics = () =>
  SCREENING_TOPICS.map((topic) => ({
    topic,
    words: topic.words.map((word) => ({
      word,
      pattern: new RegExp(
        `(?<![\\p{L}\\p{N}])${word.replaceAll(' ', '\\s+')}(?![\\p{L}\\p{N}])`,
        word === word.toUpperCase() ? 'u' : 'iu',
      ),
    })),
  }));

/** Made at the first question: all of them take 10 ms, which every function that only loads this file would pay. */
let patterns: ReturnType<typeof patternsOfTopics> | undefined;

export function screeningHints(texts: ScreenedTexts): readonly ScreeningFlag[] {
  return (patterns ??= patternsOfTopics()).flatMap(({ topic, words }) =>
    topic.fields.flatMap((field) => {
      const text = texts[field] ?? '';
      return words
        .filter(({ pattern }) => pattern.test(text))
        .map(({ word }) => ({ topic: topic.topic, clause: topic.clause, field, word, why: topic.why }));
    }),
  );
}
