/**
 * What does the department's anonymized compilation of a quarter say?
 *
 * Disclosures that violated the law, by the day they were reported to the Chief Privacy Officer; exigent
 * disclosures that had to be explained; and requests for help with immigration enforcement. Each is counted
 * once however often it is told, over fixed lists of categories, and small counts are not shown. It names the
 * law it answers. The Chief Privacy Officer submits the City's report; the department only feeds it.
 *
 * Units   quarters of the calendar year, by the day in New York
 * Answers for each kind the total and one table for each thing it is counted by; of a kind that is told anew because
 *         it has changed since it was sent, only what the total may say
 * Throws  FactMalformed for a quarter that is none, or when one id is told in two ways
 * Source  XR26-EXT-22 and its twins; nyc-23-1202-c-4-report, nyc-23-1202-d, nyc-10-178-d-report,
 *         house-smallest-count-shown
 */
import { mustSay } from '../clause-in.ts';
import { IMMIGRATION_PURPOSES, RECIPIENTS, type RecipientKind } from '../editions/disclosure-grounds.ts';
import type { PublishedPolicy, Technology } from '../editions/edition.ts';
import { PRIVACY_LAW } from '../editions/privacy-law.ts';
import { FactMalformed } from '../faults.ts';
import { nyDate, type Instant } from '../instant.ts';
import {
  whichCountsMayBeShown,
  whichTotalMayFollow,
  type ShownCounts,
  type ToldTotal,
} from './which-counts-may-be-shown.ts';

export interface Quarter {
  readonly year: number;
  readonly quarter: 1 | 2 | 3 | 4;
}

const TECHNOLOGIES: readonly Technology[] = [
  'mobile-x-ray',
  'portable-electronic-device',
  'digital-camera',
  'license-plate-reader',
];

export const BREACH_CAUSES = [
  'wrong-recipient',
  'no-ground',
  'beyond-approval',
  'unauthorized-access',
  'lost-or-stolen',
  'technical-fault',
  'other',
] as const;
export type BreachCause = (typeof BREACH_CAUSES)[number];

export const REQUESTING_AGENCIES = ['federal', 'state', 'other-local', 'foreign'] as const;
export type RequestingAgency = (typeof REQUESTING_AGENCIES)[number];

export interface Told {
  readonly id: string;
  /** The moment that decides the quarter: reported, released, or asked. */
  readonly at: Instant;
}

export interface ToldBreach extends Told {
  readonly technology: Technology;
  readonly recipient: RecipientKind | 'unknown';
  readonly cause: BreachCause;
  readonly notice: 'people-told' | 'not-owed' | 'pending';
}

export interface ToldExigent extends Told {
  readonly technology: Technology;
  readonly recipient: RecipientKind;
}

export interface ToldImmigrationRequest extends Told {
  readonly technology: Technology;
  readonly agency: RequestingAgency;
  readonly purpose: string;
}

export interface QuarterFacts {
  readonly quarter: Quarter;
  readonly breaches: readonly ToldBreach[];
  /** Without those the law exempts. */
  readonly exigent: readonly ToldExigent[];
  readonly immigrationRequests: readonly ToldImmigrationRequest[];
}

export interface CompiledPart {
  readonly about: 'breaches' | 'exigent-disclosures' | 'immigration-requests';
  readonly answers: readonly string[];
  readonly total: ToldTotal;
  /** It has changed since it was sent, so nothing is broken down: two tables would tell the difference. */
  readonly corrected?: true;
  readonly tables: readonly ({ readonly by: string } & Omit<ShownCounts, 'total'>)[];
}

export interface Compilation {
  readonly quarter: Quarter;
  readonly parts: readonly CompiledPart[];
}

const recipients: readonly string[] = [...RECIPIENTS.map(({ kind }) => kind), 'unknown'];
const purposes: readonly string[] = [...IMMIGRATION_PURPOSES.map(({ id }) => id), 'not-stated'];

export function quarterlyCompilation(facts: QuarterFacts, policy: PublishedPolicy, now: Instant): Compilation {
  const { quarter } = facts;
  if (!Number.isInteger(quarter.year) || ![1, 2, 3, 4].includes(quarter.quarter)) {
    throw new FactMalformed(`${quarter.year} quarter ${quarter.quarter} is no quarter; give a year and 1 to 4`);
  }
  const report = mustSay(policy.edition, 'XR26-EXT-22');
  const part = <One extends Told>(
    about: CompiledPart['about'],
    answers: readonly string[],
    all: readonly One[],
    by: Readonly<Record<string, readonly [of: (one: One) => string, categories: readonly string[]]>>,
  ): CompiledPart => {
    const counted = countedIn(quarter, all);
    const tables = Object.entries(by).map(([name, [of, categories]]) => ({
      by: name,
      shown: table(counted.map(of), categories),
    }));
    const { total } = whichCountsMayBeShown([{ category: about, count: counted.length }], policy, now);
    return {
      about,
      answers,
      total,
      tables: tables.map(({ by: name, shown: { rows, others } }) => ({
        by: name,
        rows,
        ...(others ? { others } : {}),
      })),
    };
  };
  const table = (found: readonly string[], categories: readonly string[]): ShownCounts => {
    const stray = found.find((one) => !categories.includes(one));
    if (stray !== undefined)
      throw new FactMalformed(
        `${JSON.stringify(stray)} is no category of the compilation; use one of ${categories.join(', ')}`,
      );
    return whichCountsMayBeShown(
      categories.map((category) => ({ category, count: found.filter((one) => one === category).length })),
      policy,
      now,
    );
  };
  return {
    quarter,
    parts: [
      part('breaches', [report, PRIVACY_LAW.quarterly.id], facts.breaches, {
        technology: [(one) => one.technology, TECHNOLOGIES],
        recipient: [(one) => one.recipient, recipients],
        cause: [(one) => one.cause, BREACH_CAUSES],
        notice: [(one) => one.notice, ['people-told', 'not-owed', 'pending']],
      }),
      part('exigent-disclosures', [PRIVACY_LAW.exigent.id, PRIVACY_LAW.quarterly.id], facts.exigent, {
        technology: [(one) => one.technology, TECHNOLOGIES],
        recipient: [(one) => one.recipient, recipients],
      }),
      part('immigration-requests', ['nyc-10-178-d-report'], facts.immigrationRequests, {
        agency: [(one) => one.agency, REQUESTING_AGENCIES],
        technology: [(one) => one.technology, TECHNOLOGIES],
        purpose: [(one) => one.purpose, purposes],
      }),
    ],
  };
}

/** What was sent of the same quarter before, oldest first, and of which kinds the facts have changed since the last. */
export interface SentBefore {
  readonly compilations: readonly [Compilation, ...Compilation[]];
  readonly changed: readonly CompiledPart['about'][];
}

/** The compilation of a quarter that was sent before: what has not changed is told in the same words. */
export function correctedCompilation(
  facts: QuarterFacts,
  { compilations, changed }: SentBefore,
  policy: PublishedPolicy,
  now: Instant,
): Compilation {
  const counts: Readonly<Record<CompiledPart['about'], readonly Told[]>> = {
    breaches: facts.breaches,
    'exigent-disclosures': facts.exigent,
    'immigration-requests': facts.immigrationRequests,
  };
  const { quarter, parts } = quarterlyCompilation(facts, policy, now);
  return {
    quarter,
    parts: parts.map((part) => {
      const told = compilations.flatMap((before) => before.parts.filter(({ about }) => about === part.about));
      const last = told.at(-1);
      if (!last) return part;
      if (!changed.includes(part.about)) return last;
      const { length } = countedIn(quarter, counts[part.about]);
      const total = whichTotalMayFollow(
        told.map((one) => one.total),
        length,
        policy,
        now,
      );
      return { about: part.about, answers: part.answers, total, corrected: true, tables: [] };
    }),
  };
}

/** What a quarter counts: each id once, by the day in New York. */
export function countedIn<One extends Told>(quarter: Quarter, all: readonly One[]): readonly One[] {
  return once(all).filter(({ at }) => isIn(quarter, at));
}

function isIn({ year, quarter }: Quarter, at: Instant): boolean {
  const [ofYear, month] = nyDate(at).split('-').map(Number) as [number, number, number];
  return ofYear === year && Math.ceil(month / 3) === quarter;
}

/** Each id once; told again in the same words it is the same, in other words somebody has to say which is true. */
function once<One extends Told>(all: readonly One[]): readonly One[] {
  const known = new Map<string, One>();
  for (const one of all) {
    const before = known.get(one.id);
    if (before && Object.entries(one).some(([field, value]) => before[field as keyof One] !== value)) {
      throw new FactMalformed(`${one.id} is told in two ways; correct one of them before compiling the quarter`);
    }
    known.set(one.id, before ?? one);
  }
  return [...known.values()];
}
