/**
 * The compilation of a quarter as it is shown, sent and downloaded: one text for the page, the mail and the CSV files,
 * so that no two of them together say more than one.
 */
import type { PublishedPolicy } from '../../policies/editions/edition.ts';
import { nyDateText, nyText, type Instant } from '../../policies/instant.ts';
import {
  correctedCompilation,
  countedIn,
  quarterlyCompilation,
  type Compilation,
  type CompiledPart,
  type Quarter,
  type QuarterFacts,
} from '../../policies/rules/quarterly-compilation.ts';
import type { ToldTotal } from '../../policies/rules/which-counts-may-be-shown.ts';
import { csvText } from '../edge/csv.ts';
import type { Report } from '../mail/contract.ts';
import { sha256 } from '../records/canonical.ts';
import type { Sending } from './contract.ts';
import { categoryLabel, LEFT_OUT, OTHERS, PART_WORDS, SMALL } from './labels.ts';
import { firstDayOf, idOf, lastDayOf } from './quarter.ts';

export interface ComposedQuarter extends Pick<Report, 'title' | 'parts' | 'answers' | 'sha256'> {
  readonly tables: NonNullable<Report['tables']>;
  readonly compilation: Compilation;
  readonly counted: Sending['counted'];
  /** Parts whose facts have changed since the last sending; all of them before the first. */
  readonly changed: readonly CompiledPart['about'][];
}

/** Compiles under the policies in force on the quarter's last day, the first of which has the numbers of the house. */
export function composeQuarter(
  facts: QuarterFacts,
  sendings: readonly Sending[],
  policies: readonly [PublishedPolicy, ...PublishedPolicy[]],
  now: Instant,
): ComposedQuarter {
  const [policy] = policies;
  const counted = countedOf(facts);
  const last = sendings.at(-1);
  const changed = PARTS.filter((about) => counted[about] !== last?.counted[about]);
  const [first, ...rest] = sendings.map(({ compilation }) => compilation);
  const compilation = first
    ? correctedCompilation(facts, { compilations: [first, ...rest], changed }, policy, now)
    : quarterlyCompilation(facts, policy, now);
  const texts = textsOf(compilation, last && changed.length > 0 ? last.at : undefined);
  return { ...texts, answers: answersOf(facts, policies, now), compilation, counted, changed };
}

/** What a sending said, from what it keeps. */
export function textsOf(compilation: Compilation, correctsOf?: Instant) {
  const { quarter } = compilation;
  const title = `Quarterly compilation ${idOf(quarter)}${correctsOf ? ', corrected' : ''}`;
  const parts = [
    {
      heading: 'Period',
      lines: [
        periodOf(quarter),
        ...(correctsOf ? [`This corrects the compilation that was sent ${nyText(correctsOf)}.`] : []),
      ],
    },
    ...compilation.parts.map((part) => ({
      heading: PART_WORDS[part.about].heading,
      lines: [PART_WORDS[part.about].counts, totalText(part)],
    })),
    { heading: 'What is left out', lines: LEFT_OUT.map(({ what, why }) => `${what}. ${why}`) },
  ];
  const tables = compilation.parts.flatMap((part) => csvsOf(quarter, part));
  return { title, parts, tables, sha256: sha256({ title, parts, tables }) };
}

const PARTS = [
  'breaches',
  'exigent-disclosures',
  'immigration-requests',
] as const satisfies readonly CompiledPart['about'][];

export const periodOf = (quarter: Quarter): string =>
  `${nyDateText(firstDayOf(quarter))} to ${nyDateText(lastDayOf(quarter))}, by the day in New York`;

/** Every clause that this answers: each edition says it in its own. */
function answersOf(facts: QuarterFacts, policies: readonly PublishedPolicy[], now: Instant): readonly string[] {
  const compiled = policies.flatMap((policy) => quarterlyCompilation(facts, policy, now).parts);
  return [...new Set(compiled.flatMap(({ answers }) => answers))];
}

function countedOf({ quarter, breaches, exigent, immigrationRequests }: QuarterFacts): Sending['counted'] {
  const hashOf = (all: Parameters<typeof countedIn>[1]): string =>
    sha256(
      countedIn(quarter, all)
        .map(({ at: _, ...counted }) => counted)
        .toSorted((one, other) => (one.id < other.id ? -1 : 1)),
    );
  return {
    breaches: hashOf(breaches),
    'exigent-disclosures': hashOf(exigent),
    'immigration-requests': hashOf(immigrationRequests),
  };
}

/** The total in words, for a table as for a sentence. */
export function toldText(total: ToldTotal): string {
  if (total === 'small') return SMALL;
  return typeof total === 'number' ? String(total) : `between ${total.between[0]} and ${total.between[1]}`;
}

const totalText = ({ total, corrected }: CompiledPart): string =>
  `Total: ${toldText(total)}.${corrected ? ' It has changed since it was last sent; it is not broken down.' : ''}`;

const HEADER = ['quarter', 'counted', 'by', 'category', 'count', 'answers'] as const;

/** One file for each table, or one with the total alone where nothing is broken down. */
function csvsOf(quarter: Quarter, part: CompiledPart): ComposedQuarter['tables'] {
  const { about, total, tables, answers } = part;
  const file = (by: string, rows: readonly (readonly [category: string, count: string | number])[]) => ({
    fileName: `${idOf(quarter)}-${about}-${by === '' ? 'total' : `by-${by}`}.csv`,
    csv: csvText(
      HEADER,
      rows.map(([category, count]) => [idOf(quarter), about, by, category, String(count), answers.join(' ')]),
    ),
  });
  const whole = ['total', typeof total === 'number' ? total : toldText(total)] as const;
  if (!isBrokenDown(part)) return [file('', [whole])];
  return tables.map(({ by, rows, others }) =>
    file(by, [
      ...rows.map(({ category, count }) => [category, count] as const),
      ...(others ? [['all-others-together', others.count] as const] : []),
      whole,
    ]),
  );
}

/** Nothing is broken down where the whole is small, or has changed since it was sent. */
export const isBrokenDown = ({ total, corrected }: CompiledPart): boolean => typeof total === 'number' && !corrected;

/** The rows of a table as people read them. */
export const rowsOf = ({ rows, others }: CompiledPart['tables'][number]): readonly (readonly [string, number])[] => [
  ...rows.map(({ category, count }) => [categoryLabel(category), count] as const),
  ...(others ? [[OTHERS, others.count] as const] : []),
];
