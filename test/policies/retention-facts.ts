/** A closed case, a kept image of it and a schedule, all in order, for tests to break one at a time. */
import { retentionPolicyInForce } from '../../policies/editions/retention-clauses.ts';
import { SCHEDULE_PLATE_READER_2026, SCHEDULE_XRAY_2021 } from '../../policies/editions/schedules/index.ts';
import type { PublishedPolicy, Technology } from '../../policies/editions/edition.ts';
import type { CaseFacts, FinalDisposition, Keeping, RetainedFacts, Schedule } from '../../policies/retention.ts';
import { howLongIsItKept } from '../../policies/rules/how-long-is-it-kept.ts';
import { at, day, NOW, THEN } from './facts.ts';

export const retentionUnder = (technology: Technology, now = NOW): PublishedPolicy =>
  retentionPolicyInForce(technology, now)!;
export const KEPT_2026 = retentionUnder('mobile-x-ray');
export const KEPT_2021 = retentionUnder('mobile-x-ray', THEN);

/** The printed periods with both approvals on file, which no real schedule has here. */
export const approved: Schedule = {
  ...SCHEDULE_XRAY_2021,
  id: 'S-2026-1',
  source: 'a schedule of 2026, approved',
  from: day('2026-02-04'),
  until: day('2199-12-31'),
  approvals: [
    { office: 'law-department', reference: 'LD 2026/1', on: day('2026-01-20') },
    { office: 'records-department', reference: 'RD 2026/1', on: day('2026-01-27') },
  ],
  classes: [...SCHEDULE_XRAY_2021.classes, ...SCHEDULE_PLATE_READER_2026.classes],
};

/** A charge of homicide that ended in a plea, to show that the charge classes nothing. */
export const plea = (classId: string, more: Partial<FinalDisposition> = {}): FinalDisposition => ({
  id: 'D-1',
  charged: 'homicide',
  outcome: 'pleaded',
  on: day('2020-12-01'),
  classId,
  appeal: 'exhausted',
  ...more,
});

export const closed = (change: Partial<CaseFacts> = {}): CaseFacts => ({
  caseNumber: 'C-1',
  state: 'closed',
  openedOn: day('2020-01-15'),
  closedOn: day('2021-05-01'),
  closureGround: 'appeals-exhausted',
  dispositions: [plea('misdemeanor')],
  statusClasses: [],
  childrenBornOn: [],
  juvenilesBornOn: [],
  ...change,
});
export const classed = (classId: string, change: Partial<CaseFacts> = {}): CaseFacts =>
  closed({ dispositions: [plea(classId)], ...change });

/** A case that is open, as it was before its closing. */
export function open(change: Partial<CaseFacts> = {}): CaseFacts {
  const { closedOn: _, closureGround: __, ...rest } = closed(change);
  return { ...rest, state: 'open' };
}

export const image = (...cases: readonly CaseFacts[]): RetainedFacts => ({
  kind: 'image',
  technology: 'mobile-x-ray',
  capturedOn: day('2020-02-01'),
  cases,
  holds: [],
});

export const keptUnder = (facts: RetainedFacts, schedule: Schedule | undefined = approved, now = NOW): Keeping =>
  howLongIsItKept({ ...facts, ...(schedule && { schedule }) }, retentionUnder(facts.technology, now), now);

/** The first day of eligibility, or `keep`. */
export const dateOf = (facts: RetainedFacts, now = NOW): string => {
  const keeping = keptUnder(facts, approved, now);
  return keeping.kind === 'until' ? keeping.date : 'keep';
};
export const onDay = (date: string) => at(`${date}T12:00:00-05:00`);
/** Whether the daily run of a day would find it eligible. */
export const goesOn = (facts: RetainedFacts, date: string): boolean => {
  const found = dateOf(facts, onDay(date));
  return found !== 'keep' && found <= date;
};
export const clausesOf = ({ why }: Keeping): readonly string[] => why.map(({ clause }) => clause);
