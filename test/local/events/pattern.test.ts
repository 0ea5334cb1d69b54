import { describe, expect, it } from 'vitest';
import { matches, requireValid } from '../../../local/events/pattern.ts';

const event = {
  source: 'aws.s3',
  detail: {
    bucket: { name: 'images' },
    object: { key: 'incoming/a.png', size: 12 },
    tags: ['cold', 'xray'],
    reason: null,
    address: '10.0.1.7',
  },
};

describe('a pattern', () => {
  it.each([
    [{ source: ['aws.s3', 'aws.ses'] }, true],
    [{ source: ['aws.ses'] }, false],
    [{ source: ['aws.s3'], detail: { object: { key: [{ prefix: 'incoming/' }] } } }, true],
    [{ detail: { object: { key: [{ prefix: { 'equals-ignore-case': 'INCOMING/' } }] } } }, true],
    [{ detail: { object: { key: [{ suffix: '.jpg' }] } } }, false],
    [{ detail: { object: { key: [{ wildcard: 'incoming/*.png' }] } } }, true],
    [{ detail: { object: { key: [{ wildcard: '*.p' }] } } }, false],
    [{ detail: { object: { size: [{ numeric: ['>', 10, '<=', 12] }] } } }, true],
    [{ detail: { object: { size: [{ numeric: ['<', 12] }] } } }, false],
    [{ detail: { object: { size: ['12'] } } }, false],
    [{ detail: { tags: ['xray'] } }, true],
    [{ detail: { tags: ['none'] } }, false],
    [{ detail: { reason: [null] } }, true],
    [{ detail: { reason: [{ exists: true }] } }, true],
    [{ detail: { other: [{ exists: false }] } }, true],
    [{ detail: { other: [{ 'anything-but': 'x' }] } }, false],
    [{ detail: { bucket: { name: [{ 'anything-but': ['other', 'more'] }] } } }, true],
    [{ detail: { bucket: { name: [{ 'anything-but': { prefix: 'ima' } }] } } }, false],
    [{ detail: { bucket: { name: [{ 'equals-ignore-case': 'IMAGES' }] } } }, true],
    [{ detail: { address: [{ cidr: '10.0.0.0/16' }] } }, true],
    [{ detail: { address: [{ cidr: '10.1.0.0/16' }] } }, false],
    [{ $or: [{ source: ['x'] }, { detail: { bucket: { name: ['images'] } } }] }, true],
  ])('%j fits: %s', (pattern, expected) => {
    expect(matches(pattern, event)).toBe(expected);
  });

  it.each([[{ source: 'aws.s3' }], [{ detail: { key: [{ starts: 'a' }] } }], [{ size: [{ numeric: ['~', 1] }] }]])(
    '%j is refused',
    (pattern) => {
      expect(() => requireValid(pattern)).toThrow('Event pattern is not valid');
    },
  );
});
