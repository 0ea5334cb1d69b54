/**
 * Was the device in the department's hands for every minute of a deployment?
 *
 * The custody log is a list of spans. Together they have to cover the deployment from start to end
 * without a hole, and none may name an outside custodian. Spans may overlap at a handover.
 *
 * Units   instants are UTC; holes are given to the millisecond
 * Answers allowed, or refused with one refusal for each hole and each outside span
 * Throws  FactMalformed when a span ends before it begins
 * Source  XR26-EXT-03 and its 2021 twin
 */
import { mustSay } from '../clause-in.ts';
import type { Policy } from '../editions/edition.ts';
import { FactMalformed } from '../faults.ts';
import { earlierOf, isBefore, laterOf, nyText, type Instant } from '../instant.ts';
import { ruled, type Refusal, type Ruling } from '../ruling.ts';
import type { Window } from './request-window.ts';

export interface CustodySpan {
  readonly custodian: 'member' | 'external';
  readonly from: Instant;
  /** Absent while the custody lasts. */
  readonly until?: Instant;
}

export interface CustodyLog extends Window {
  readonly deploymentId: string;
  readonly spans: readonly CustodySpan[];
}

export function custodyEveryMinute(log: CustodyLog, { edition }: Policy, now: Instant): Ruling {
  const clause = mustSay(edition, 'XR26-EXT-03');
  const spans = log.spans.map((span) => ({ ...span, until: span.until ?? laterOf(now, span.from) }));
  const backwards = spans.find((span) => isBefore(span.until, span.from));
  if (backwards) {
    throw new FactMalformed(
      `deployment ${log.deploymentId} has custody until ${backwards.until}, before it began at ${backwards.from}; correct the log`,
    );
  }

  const because: Refusal[] = spans
    .filter((span) => span.custodian === 'external')
    .map((span) => ({
      clause,
      field: 'custody',
      found: `an outside custodian from ${nyText(span.from)}`,
      expected: 'department personnel for every minute',
      todo: 'report it as misuse; correct the log only if the entry was wrong',
    }));
  for (const hole of holesIn(spans, log)) {
    because.push({
      clause,
      field: 'custody',
      found: `nobody from ${nyText(hole.from)} until ${nyText(hole.until)}`,
      expected: 'department personnel for every minute',
      todo: 'enter who had the device then',
    });
  }
  return ruled([clause], because);
}

interface Span {
  readonly from: Instant;
  readonly until: Instant;
}

/** The parts of the window that no span covers, in order. */
function holesIn(spans: readonly Span[], { startsAt, endsAt }: Window): readonly Span[] {
  const holes: Span[] = [];
  let covered = startsAt;
  for (const span of spans.toSorted((one, other) => (one.from < other.from ? -1 : 1))) {
    if (!isBefore(covered, endsAt)) break;
    if (isBefore(covered, span.from)) holes.push({ from: covered, until: earlierOf(span.from, endsAt) });
    covered = laterOf(covered, span.until);
  }
  if (isBefore(covered, endsAt)) holes.push({ from: covered, until: endsAt });
  return holes;
}
