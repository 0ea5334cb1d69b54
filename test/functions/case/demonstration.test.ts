/** The demonstration cases on a real table: each event is one that may happen, and the cases stand as they are told to. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { casesOn } from '../../../demo/cases.ts';
import { CASE_ACTS, type CaseAct } from '../../../functions/case/acts.ts';
import { keepingOf } from '../../../functions/case/case-view.ts';
import type { CaseAnswer } from '../../../functions/case/needs.ts';
import { scheduleNow } from '../../../functions/case/schedule-now.ts';
import { startCases, SYSTEM, type CaseWorld } from './case-world.ts';

let world: CaseWorld;
beforeAll(async () => {
  world = await startCases();
}, 60_000);
afterAll(() => world?.stop());

const ACT_OF: Readonly<Record<string, CaseAct>> = {
  opened: 'open',
  'charge-added': 'add-charge',
  disposed: 'dispose-charge',
  'finding-recorded': 'record-finding',
  'status-begun': 'class-by-status',
  'status-ended': 'end-status',
  'person-added': 'add-person',
  closed: 'close',
  merged: 'merge',
};

it('each event happens, and happens once', async () => {
  const events = casesOn(new Date(world.bureau.now));
  for (const again of [false, true])
    for (const { caseNumber, eventId, event } of events) {
      const { kind, ...given } = event;
      const { shape, act } = CASE_ACTS[ACT_OF[kind]!] as unknown as (typeof CASE_ACTS)['reopen'];
      const answer: CaseAnswer = await act(world.needs, shape.parse({ ...given, caseNumber }), SYSTEM);
      const told = `${caseNumber} ${eventId} ${kind}: ${JSON.stringify(answer)}`;
      // Sent again after the merger, what was said to the one before is the business of the other.
      if (again && caseNumber === 'DEMO-2026-0043') continue;
      expect(answer.kind, told).toBe('done');
      if (answer.kind === 'done') expect(answer.changed, told).toBe(!again);
    }
  const schedule = await scheduleNow(world.records);
  const stands = async (caseNumber: string) => {
    const one = await world.read(caseNumber);
    const { kind, classId } = keepingOf(one, schedule, world.bureau.now);
    return `${one.state} ${kind} ${classId}`;
  };
  expect(await stands('DEMO-2026-0042')).toBe('open keep open-case');
  expect(await stands('DEMO-2021-0107')).toBe('closed until misdemeanor');
  expect(await stands('DEMO-2025-0311')).toBe('closed until violation-or-infraction');
  expect(await stands('DEMO-2024-0518')).toBe('open keep open-case');
  expect(await stands('DEMO-2026-0203')).toBe('closed keep missing-person');
  expect(await stands('DEMO-2026-0088')).toBe('closed until juvenile-without-arrest-or-offense');
  expect(await world.read('DEMO-2026-0043')).toMatchObject({ state: 'merged', mergedInto: 'DEMO-2026-0042' });
});
