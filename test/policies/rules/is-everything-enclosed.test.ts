import { describe, expect, it } from 'vitest';
import { isEverythingEnclosed, type EnclosedFacts } from '../../../policies/rules/is-everything-enclosed.ts';
import { under } from '../disclosure-facts.ts';
import { NOW } from '../facts.ts';

const judged = (
  enclosed: EnclosedFacts['enclosed'],
  id = 'xray-2026',
  recipient: EnclosedFacts['recipient'] = 'prosecutor',
) =>
  isEverythingEnclosed({ recipient, enclosed }, under(id), NOW).needs.map(({ clause, found }) => `${clause} ${found}`);
const there = (kind: EnclosedFacts['enclosed'][number]['kind']) => ({ kind, there: true });

describe('what is enclosed', () => {
  it('house-shown-is-decided: is something, and each file of it is there', () => {
    expect(judged([])).toEqual(['house-shown-is-decided nothing']);
    expect(judged([there('image'), { kind: 'redacted-copy', there: false }])).toEqual([
      'house-shown-is-decided 1 whose file is not there',
    ]);
    expect(judged([there('image'), there('redacted-copy'), there('count')])).toEqual([]);
  });

  it.each([
    ['image', 'xray-2026', []],
    ['image', 'xray-2021', []],
    ['record', 'xray-2026', ['XR26-EXT-08 1 of another technology']],
    ['image', 'digital-camera-2026', ['CAM26-EXT-04 1 of another technology']],
    ['record', 'portable-device-2026', []],
    ['record', 'plate-reader-2026', []],
    ['image', 'plate-reader-2026', ['LPR26-EXT-05 1 of another technology']],
  ] as const)('is of its own technology: an original of kind %s under %s', (kind, id, expected) => {
    expect(judged([there(kind)], id)).toEqual(expected);
  });

  it('LPR26-EXT-01: for an agent of New Jersey is the result of the search', () => {
    expect(judged([there('count')], 'plate-reader-2026', 'new-jersey-agent')).toEqual([
      'LPR26-EXT-01 no result of the search',
    ]);
    expect(judged([there('record')], 'plate-reader-2026', 'new-jersey-agent')).toEqual([]);
  });
});
