/** What workings-out came to, counted. */
import { nyDate, type Instant } from '../../policies/instant.ts';
import type { Keeping } from '../../policies/retention.ts';
import type { RecalculationCounts } from './contract.ts';

/** For one card: one of the four, and `due-now` besides where it falls due by it at once. */
export function countOf(before: Keeping, after: Keeping, now: Instant): readonly (keyof RecalculationCounts)[] {
  if (after.kind === 'keep') return ['kept'];
  const today = nyDate(now);
  const due = (one: Keeping): boolean => one.kind === 'until' && one.approved && one.date <= today;
  const dueNow = due(after) && !due(before) ? (['due-now'] as const) : [];
  if (before.kind === 'keep' || after.date < before.date) return ['shorter', ...dueNow];
  return [after.date > before.date ? 'longer' : 'same', ...dueNow];
}

export const NO_COUNTS: RecalculationCounts = { same: 0, longer: 0, shorter: 0, 'due-now': 0, kept: 0 };

export function addCounts(one: RecalculationCounts, other: Readonly<Record<string, number>>): RecalculationCounts {
  const sum = (name: keyof RecalculationCounts): number => one[name] + (other[name] ?? 0);
  return {
    same: sum('same'),
    longer: sum('longer'),
    shorter: sum('shorter'),
    'due-now': sum('due-now'),
    kept: sum('kept'),
  };
}
