/**
 * Is this a schedule that dates may be worked out by?
 *
 * Read from whatever was loaded. Every class has an id of its own, what it takes in, a period that fits that, and the
 * clause or item it comes from; periods are whole years from 1 to 150. There is a class for plate reads, of five years
 * at least, because the policy in force prints them; a class of files on suspects, one of files on associated persons,
 * and classes of cases. Under the edition of 2021 it cites the State's or the City's schedule with its year, and no class
 * is shorter than in print. Under those of 2026 periods are the approved schedule's own.
 *
 * Units   years are calendar years, ages years of life, days days in New York
 * Answers allowed, with the schedule as it was read, or refused, for everything that is in the way
 * Throws  nothing
 * Source  XR26-RET-05 and its twins, XR21-RET-02, LPR26-RET-07; house-unknown-keeps
 */
import * as z from 'zod/mini';
import { isCalendarDate, type CalendarDate } from '../calendar-date.ts';
import { clauseIn } from '../clause-in.ts';
import type { PublishedPolicy } from '../editions/edition.ts';
import { PLATE_READ_CLASS } from '../editions/schedules/plate-reader-2026.ts';
import { SCHEDULE_XRAY_2021 } from '../editions/schedules/xray-2021.ts';
import type { Instant } from '../instant.ts';
import { OPEN_CASE, UNCLASSED, type ClassOf, type KeepRule, type Schedule, type ScheduleClass } from '../retention.ts';
import { ruled, unless, type Refusal, type Ruling } from '../ruling.ts';
import { scheduleClause } from './how-long-is-it-kept.ts';

const period = z.int().check(z.minimum(1), z.maximum(150));
const words = z.string().check(z.trim(), z.minLength(1), z.maxLength(500));
const id = z.string().check(z.maxLength(60), z.regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/));
const day = z.custom<CalendarDate>((value) => typeof value === 'string' && isCalendarDate(value), 'no day that exists');

const rule = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('permanent') }),
  z.strictObject({ kind: z.literal('until-event'), event: z.enum(['located', 'recovered-or-destroyed']) }),
  z.strictObject({ kind: z.literal('after-closing'), years: period }),
  z.strictObject({ kind: z.literal('child-reaches'), age: period }),
  z.strictObject({ kind: z.literal('juvenile'), age: period, years: period }),
  z.strictObject({
    kind: z.literal('personal-file'),
    yearsAfterDeath: period,
    yearsAfterBirth: period,
    yearsWithoutArrest: period,
  }),
  z.strictObject({ kind: z.literal('with-case') }),
  z.strictObject({ kind: z.literal('after-capture'), years: period }),
]);

const shape = z.strictObject({
  id: z.string().check(z.maxLength(60), z.regex(/^[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*$/)),
  title: words,
  source: words,
  from: day,
  until: z.exactOptional(day),
  approvals: z
    .array(z.strictObject({ office: z.enum(['law-department', 'records-department']), reference: words, on: day }))
    .check(z.maxLength(10)),
  classes: z
    .array(
      z.strictObject({
        id,
        title: words,
        of: z.enum(['case', 'suspect-file', 'associated-file', 'plate-read']),
        rule,
        clause: words,
        doubt: z.exactOptional(words),
      }),
    )
    .check(z.minLength(1), z.maxLength(200)),
});

/** Which periods fit what a class takes in. */
const FITTING: Readonly<Record<ClassOf, readonly KeepRule['kind'][]>> = {
  case: ['permanent', 'until-event', 'after-closing', 'child-reaches', 'juvenile'],
  'suspect-file': ['personal-file'],
  'associated-file': ['with-case'],
  'plate-read': ['after-capture'],
};

export function isAScheduleSound(
  value: unknown,
  policy: PublishedPolicy,
  _now: Instant,
): Ruling<{ readonly schedule: Schedule }> {
  const clause = scheduleClause(policy.edition);
  const read = shape.safeParse(value);
  if (!read.success) return { kind: 'refused', because: read.error.issues.map((issue) => misread(issue, clause)) };
  const schedule: Schedule = read.data;
  return ruled(
    [clause],
    [
      ...unless(!schedule.until || schedule.until >= schedule.from, {
        clause,
        field: 'until',
        found: 'a last day before the first',
        expected: 'the first day or later',
        todo: 'correct one of the two days',
      }),
      ...schedule.classes.flatMap((one, place) => classFits(one, `classes.${place}`, schedule, policy)),
      ...everyKind(schedule, clause),
      ...(clauseIn(policy.edition, 'XR26-RET-05') ? [] : asOf2021(schedule, clause)),
    ],
    { schedule },
  );
}

/** What the shape does not allow. Tells the field and what was expected, and never what was written there. */
function misread(issue: z.core.$ZodIssue, clause: string): Refusal {
  const strange = issue.code === 'unrecognized_keys' ? issue.keys.length : 0;
  return {
    clause,
    field: issue.path.join('.') || 'schedule',
    found: strange > 0 ? `${strange} field${strange === 1 ? '' : 's'} that no schedule has` : 'what cannot be read',
    expected: EXPECTED[issue.code] ?? 'what the description of schedules says',
    todo: 'correct it in the file, and load it again',
  };
}

const EXPECTED: Partial<Record<z.core.$ZodIssue['code'], string>> = {
  invalid_type: 'a value of its kind: words, a whole number, a list or an object',
  too_small: 'something that is there: words, or a number of at least 1',
  too_big: 'at most 150 years, 60 letters in an id, and 500 letters elsewhere',
  invalid_format: 'letters, digits and hyphens; in the id of a class lower case letters only',
  invalid_value: 'one of the words that are known there',
  invalid_union: 'one of the kinds of period that are known',
  unrecognized_keys: 'only the fields of a schedule',
  custom: 'a day that exists, as YYYY-MM-DD',
};

function classFits(
  one: ScheduleClass,
  field: string,
  { classes }: Schedule,
  { house }: PublishedPolicy,
): readonly Refusal[] {
  const clause = house.unknownKeeps.id;
  const { rule: period, of } = one;
  return [
    ...unless(classes.findIndex((other) => other.id === one.id) === classes.indexOf(one), {
      clause,
      field: `${field}.id`,
      found: 'an id that another class has',
      expected: 'an id of its own',
      todo: 'give one of them another id',
    }),
    ...unless(one.id !== UNCLASSED && one.id !== OPEN_CASE, {
      clause,
      field: `${field}.id`,
      found: 'an id that stands for having no class',
      expected: 'another id',
      todo: 'give it another id',
    }),
    ...unless(FITTING[of].includes(period.kind), {
      clause,
      field: `${field}.rule`,
      found: `a period of the kind ${period.kind} for a class of ${of}`,
      expected: FITTING[of].join(', '),
      todo: 'correct the period, or what the class takes in',
    }),
    ...unless(!tooShortForPlates(period), {
      clause: PLATE_READ_CLASS.clause,
      field: `${field}.rule`,
      found: 'fewer years than the policy on plate readers prints',
      expected: `at least ${fiveYears} years`,
      todo: 'correct the years',
    }),
  ];
}

const fiveYears = PLATE_READ_CLASS.rule.kind === 'after-capture' ? PLATE_READ_CLASS.rule.years : 0;
const tooShortForPlates = (one: KeepRule): boolean => one.kind === 'after-capture' && one.years < fiveYears;

/** Cases have any number of classes; of each kind of single record there is exactly one. */
function everyKind({ classes }: Schedule, clause: string): readonly Refusal[] {
  const count = (of: ClassOf) => classes.filter((one) => one.of === of).length;
  const single = (['suspect-file', 'associated-file', 'plate-read'] as const).filter((of) => count(of) !== 1);
  return [...single, ...(count('case') > 0 ? [] : (['case'] as const))].map((of) => ({
    clause: of === 'plate-read' ? PLATE_READ_CLASS.clause : clause,
    field: 'classes',
    found: `${count(of)} classes of ${of}`,
    expected: of === 'case' ? 'at least one' : 'exactly one',
    todo: 'add it, or leave one of them out',
  }));
}

/** In 2021: the schedule it comes from, with its year, and no period below the one in print. */
function asOf2021({ source, classes }: Schedule, clause: string): readonly Refusal[] {
  const cites = /\b(state|supplemental)\b/i.test(source) && /\b(19|20)\d\d\b/.test(source);
  const shorter = classes.filter((one) => {
    const printed = SCHEDULE_XRAY_2021.classes.find((other) => other.id === one.id);
    return printed !== undefined && isShorter(one.rule, printed.rule);
  });
  return [
    ...unless(cites, {
      clause,
      field: 'source',
      found: 'no schedule of the State or Supplemental Schedule of the City with its year',
      expected: 'the schedule it is taken from, and the year of it',
      todo: 'cite it',
    }),
    ...shorter.map((one) => ({
      clause: one.clause,
      field: `classes.${classes.indexOf(one)}.rule`,
      found: 'a period below the one in print',
      expected: 'the printed period or a longer one',
      todo: 'correct the period',
    })),
  ];
}

/** Whether a period is below a printed one, or of another kind, which cannot be told to be longer. */
function isShorter(one: KeepRule, printed: KeepRule): boolean {
  if (one.kind === 'permanent') return false;
  if (one.kind !== printed.kind) return true;
  const least = Object.entries(printed);
  const own: Readonly<Record<string, unknown>> = { ...one };
  return least.some(([name, value]) => typeof value === 'number' && Number(own[name]) < value);
}
