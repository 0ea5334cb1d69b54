/** Every alarm has a heading in the runbook, and the runbook has no heading for an alarm that is never raised. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { assembled } from './template.ts';

const runbook = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');
const alarms = assembled()
  .of('AWS::CloudWatch::Alarm')
  .map(({ Properties }) => ({
    name: String(Properties.AlarmName),
    anchor: /docs\/runbook\.md#([a-z-]+)$/.exec(String(Properties.AlarmDescription))?.[1],
    actions: Properties.AlarmActions as unknown[] | undefined,
  }));

/** The sections on alarms, which are those with a heading in lower case. */
const sections = new Map(
  runbook
    .split(/^## /m)
    .slice(1)
    .map((section) => [section.split('\n')[0]!.trim(), section] as const)
    .filter(([heading]) => /^[a-z-]+$/.test(heading)),
);

describe('the runbook', () => {
  it.each(alarms.map((alarm) => [alarm.name, alarm] as const))('says what to do about %s', (_, { anchor, actions }) => {
    expect(sections.has(anchor ?? 'none')).toBe(true);
    expect(actions).toHaveLength(1);
  });

  it.each([...sections.keys()])('says of %s what it means, how to look and what to do', (heading) => {
    expect([...sections.get(heading)!.matchAll(/^\*\*(.+?)\*\*/gm)].map(([, label]) => label)).toEqual([
      'What it means',
      'How to look',
      'What to do',
    ]);
  });

  it('holds no heading for an alarm that is never raised', () => {
    expect([...sections.keys()].sort()).toEqual([...new Set(alarms.map(({ anchor }) => anchor))].sort());
  });
});
