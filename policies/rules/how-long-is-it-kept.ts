/**
 * How long is a kept record kept, and why?
 *
 * What belongs to cases is kept as long as the longest of them asks. A plate read is kept five years from its capture,
 * in a case for the later of both; a file on a suspect by the suspect's own clock, and no shorter than its cases. An
 * image, a recording, an enclosure or a file on an associated person that belongs to no case is kept, because nothing
 * says how long. A permanent class comes before every date, and whatever is unknown, open or contradictory too.
 *
 * A hold that binds keeps. An ended legal action keeps for one more year. A lock that the store holds is waited for.
 * Without a schedule, or one that both offices approved and that is in force, a date is shown and nothing is disposed of.
 *
 * Units   days are days in New York; a date is the first day on which disposal may be proposed
 * Answers keep, or until a day, with every reason for it
 * Throws  nothing
 * Source  XR26-RET-05 to RET-07 and their twins, XR21-RET-02, XR21-RET-13, LPR26-RET-07; nyc-1133-f,
 *         nysa-legal-action; house-longest-wins, house-unknown-keeps, house-hold-wins, house-locks-stand, house-leap-day
 */
import { anniversary, plusMonths, type CalendarDate } from '../calendar-date.ts';
import { clauseIn, mustSay } from '../clause-in.ts';
import type { PublishedEdition, PublishedPolicy } from '../editions/edition.ts';
import { isInForce } from '../editions/published.ts';
import { RECORDS_LAW } from '../editions/records-law.ts';
import { SCHEDULE_PLATE_READER_2026, SCHEDULE_XRAY_2021 } from '../editions/schedules/index.ts';
import { nyDate, type Instant } from '../instant.ts';
import {
  LEGAL_ACTIONS,
  UNCLASSED,
  type HoldFacts,
  type Keeping,
  type Limit,
  type RetainedFacts,
  type Schedule,
  type Why,
} from '../retention.ts';
import { limitsOn } from './how-long-is-a-case-kept.ts';
import { howLongIsAPersonalFileKept } from './how-long-is-a-personal-file-kept.ts';

export type KeptFacts = RetainedFacts & { readonly schedule?: Schedule };
type Until = Extract<Limit, { kind: 'until' }>;

/** The clause by which a schedule governs: in 2026 an approved one, in 2021 those of the State and the City. */
export const scheduleClause = (edition: PublishedEdition): string =>
  clauseIn(edition, 'XR26-RET-05') ?? mustSay(edition, 'XR21-RET-02');

export function howLongIsItKept(facts: KeptFacts, policy: PublishedPolicy, now: Instant): Keeping {
  const today = nyDate(now);
  const schedule = facts.schedule ?? SCHEDULE_XRAY_2021;
  const limits = limitsOf(facts, schedule, policy, now);
  const why = limits.map((limit) => limit.why);
  const binding = facts.holds.filter((hold) => binds(hold, today));
  const held = binding.map((hold): Why => ({
    clause: policy.house.holdWins.id,
    event: 'hold placed',
    on: hold.placedOn,
    text: HELD[hold.kind],
  }));
  const ruling =
    limits.find(({ kind }) => kind === 'open') ?? firstOf(limits, 'permanent') ?? firstOf(limits, 'unknown');
  const dated = limits.filter((limit): limit is Until => limit.kind === 'until');
  const longest = dated.reduce<Until | undefined>((top, one) => (top && top.date >= one.date ? top : one), undefined);
  if (ruling || !longest || held.length > 0) {
    return { kind: 'keep', classId: ruling?.classId ?? longest?.classId ?? UNCLASSED, why: [...why, ...held] };
  }
  const later = [...afterActions(facts.holds), ...lock(facts.lockedUntil, policy)];
  const date = later.reduce((day, one) => (one.until! > day ? one.until! : day), longest.date);
  const { schedule: loaded } = facts;
  const approved =
    loaded !== undefined && isApproved(loaded, today) && dated.every((limit) => limit.why.scheduleId === loaded.id);
  return {
    kind: 'until',
    date,
    classId: longest.classId,
    scheduleId: longest.why.scheduleId ?? schedule.id,
    approved,
    disposeBy: plusMonths(date, RECORDS_LAW.approvedDisposal.months),
    why: [...why, ...later.filter((one) => one.until! > longest.date), ...(approved ? [] : [unapproved(policy)])],
  };
}

const firstOf = (limits: readonly Limit[], kind: Limit['kind']): Limit | undefined =>
  limits.find((limit) => limit.kind === kind);

/** Whether both offices have approved it, on record and not from a day to come, and it is in force today. */
export function isApproved(schedule: Schedule, today: CalendarDate): boolean {
  const has = (office: Schedule['approvals'][number]['office']) =>
    schedule.approvals.some((one) => one.office === office && one.on <= today);
  return has('law-department') && has('records-department') && isInForce(schedule, today);
}

const unapproved = ({ edition }: PublishedPolicy): Why => ({
  clause: scheduleClause(edition),
  text: 'No schedule that both offices approved is in force for it: the day is shown, and nothing is disposed of by it.',
});

function limitsOf(facts: KeptFacts, schedule: Schedule, policy: PublishedPolicy, now: Instant): readonly Limit[] {
  const today = nyDate(now);
  const ofCases = facts.cases.flatMap((one) => limitsOn({ case: one, schedule }, policy, today));
  const own = ownLimits(facts, schedule, policy, now);
  if (own.length + ofCases.length > 0) return [...own, ...ofCases];
  return [unknown(policy, 'It belongs to no case, and nothing else says how long it is kept.')];
}

const unknown = ({ house }: PublishedPolicy, text: string): Limit => ({
  kind: 'unknown',
  classId: UNCLASSED,
  why: { clause: house.unknownKeeps.id, text },
});

/** What the record itself says, besides its cases. */
function ownLimits(
  { kind, technology, capturedOn, person, cases }: KeptFacts,
  schedule: Schedule,
  policy: PublishedPolicy,
  now: Instant,
): readonly Limit[] {
  if (kind === 'plate-read') {
    return technology === 'license-plate-reader'
      ? [afterCapture(capturedOn, schedule, policy, now)]
      : [unknown(policy, 'It is a plate read of a technology that reads no plates.')];
  }
  if (kind !== 'personal-file') return [];
  if (!person) return [unknown(policy, 'It is not known whom the file is about.')];
  if (person.part === 'suspect') return [howLongIsAPersonalFileKept({ person, schedule }, policy, now)];
  const withCase = schedule.classes.some(({ of, rule }) => of === 'associated-file' && rule.kind === 'with-case');
  if (!withCase) return [unknown(policy, 'The schedule has no class for files on associated persons.')];
  return cases.length > 0 ? [] : [unknown(policy, 'A file on an associated person follows its case, and has none.')];
}

function afterCapture(
  capturedOn: CalendarDate | undefined,
  schedule: Schedule,
  policy: PublishedPolicy,
  now: Instant,
): Limit {
  const [from, found] = [schedule, SCHEDULE_PLATE_READER_2026]
    .flatMap((one) => one.classes.map((each) => [one, each] as const))
    .find(([, { of }]) => of === 'plate-read')!;
  if (!capturedOn || capturedOn > nyDate(now) || found.rule.kind !== 'after-capture') {
    return { ...unknown(policy, 'The day of its capture is missing or cannot be so.'), classId: found.id };
  }
  const date = anniversary(capturedOn, found.rule.years);
  return {
    kind: 'until',
    classId: found.id,
    date,
    why: {
      clause: found.clause,
      classId: found.id,
      scheduleId: from.id,
      event: 'captured',
      on: capturedOn,
      until: date,
      text: `${found.title}: ${found.rule.years} years from its capture.`,
    },
  };
}

const HELD: Readonly<Record<HoldFacts['kind'], string>> = {
  litigation: 'A hold for litigation binds it.',
  discovery: 'A hold for discovery binds it.',
  foil: 'A hold for a request under the Freedom of Information Law binds it.',
  audit: 'A hold for an audit binds it.',
  investigation: 'A hold for an investigation binds it.',
};

/** A release that is still to come, or that is earlier than the placing, releases nothing. */
const binds = ({ placedOn, releasedOn }: HoldFacts, today: CalendarDate): boolean =>
  !releasedOn || releasedOn > today || releasedOn < placedOn;

function afterActions(holds: readonly HoldFacts[]): readonly Why[] {
  const { id, years } = RECORDS_LAW.legalAction;
  return holds
    .filter(({ kind }) => LEGAL_ACTIONS.includes(kind))
    .map(({ releasedOn }) => ({
      clause: id,
      event: 'legal action ended',
      on: releasedOn!,
      until: anniversary(releasedOn!, years),
      text: `A legal action it was needed in has ended: at least ${years} year longer.`,
    }));
}

const lock = (lockedUntil: CalendarDate | undefined, { house }: PublishedPolicy): readonly Why[] =>
  lockedUntil
    ? [
        {
          clause: house.locksStand.id,
          event: 'locked in the store',
          until: lockedUntil,
          text: 'The store holds a lock that cannot be shortened.',
        },
      ]
    : [];
