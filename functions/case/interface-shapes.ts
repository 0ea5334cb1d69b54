/**
 * What the case-management system sends about a case, and what it is answered. The document at /api/v1/openapi.json is
 * made from these shapes, so what they say is what is done. Unknown fields are refused by name.
 *
 * Ids are other systems' own and name nobody. A day is a day in America/New_York.
 */
import * as z from 'zod/mini';
import { dayTyped, type CalendarDate } from '../../policies/calendar-date.ts';

/** Of events and records: goes into an address as it is. */
export const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/;
const INNER_ID = /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,79}$/;
const MOST_OF_A_REASON = 2000;

export const innerId = (what: string) =>
  z
    .string()
    .check(
      z.regex(INNER_ID, 'an id: letters, digits, dots, colons, slashes, underscores and hyphens, at most 80'),
      z.describe(`${what}. An id of the sending system; never a name.`),
    );

export const day = (what: string) =>
  z.iso.date().check(
    z.refine((text) => dayTyped(text) !== undefined, 'a day of the years 1900 to 2199'),
    z.describe(`${what}. A day in New York, of the years 1900 to 2199.`),
  ) as unknown as z.ZodMiniType<CalendarDate, CalendarDate>;

const words = (what: string, most: number) =>
  z.string().check(z.minLength(1), z.maxLength(most), z.regex(/\S/, 'words, and not blanks alone'), z.describe(what));
const reason = words('Why. Kept in the record, never in the ledger; it should name nobody.', MOST_OF_A_REASON);

const classId = z
  .string()
  .check(
    z.regex(/^[a-z0-9-]{1,60}$/, 'the id of a class: lower-case letters, digits and hyphens'),
    z.describe('A class of the schedule in force, by its id.'),
  );

export const number = z
  .string()
  .check(
    z.minLength(1),
    z.maxLength(60),
    z.regex(/\S/, 'the number of a case'),
    z.describe('A case number, as the case-management system has it. Small letters are read as capitals.'),
  );

const event = <const Kind extends string, Fields extends z.core.$ZodLooseShape>(
  kind: Kind,
  says: string,
  fields: Fields,
) => z.strictObject({ kind: z.literal(kind), ...fields }).check(z.describe(says), z.meta({ title: kind }));

const person = {
  personId: innerId('Somebody in the case'),
  part: z.enum(['suspect', 'child-victim', 'juvenile', 'victim', 'witness', 'relative', 'other']),
  bornOn: z.optional(day('Born')),
  diedOn: z.optional(day('Died')),
  lastArrestOn: z.optional(day('Last arrested')),
};
const ALL_AGAIN = 'All that is known is sent again: a day that is left out is not known any more.';

/** Everything that can happen to a case, by its kind. */
export const EVENTS = {
  opened: event('opened', 'The investigation began. A case that is open already stays as it is.', {
    openedOn: z.optional(day('When it began; today when left out')),
  }),
  'charge-added': event('charge-added', 'A charge was laid, or its words corrected. It never classes the case.', {
    chargeId: innerId('The charge'),
    charged: words('The offense charged, in the words or the code of the court.', 300),
  }),
  disposed: event(
    'disposed',
    'How a charge ended. A conviction or a plea classes the case; sent again, it corrects what was sent before.',
    {
      chargeId: innerId('The charge'),
      outcome: z.enum(['convicted', 'pleaded', 'acquitted', 'dismissed', 'declined', 'sealed']),
      on: day('When it ended so'),
      classId: z.optional(classId),
      appeal: z.optional(z.enum(['none', 'pending', 'exhausted'])),
    },
  ),
  'finding-recorded': event('finding-recorded', 'What the investigation found where nobody was convicted.', {
    finding: z.enum(['no-offense-by-adult', 'juvenile-without-arrest-or-offense']),
  }),
  'status-begun': event(
    'status-begun',
    'A status that classes the case: an active warrant, a missing person or firearm.',
    {
      classId,
      since: day('When it began'),
    },
  ),
  'status-ended': event('status-ended', 'The status is over. The class stays until it is set again.', {
    classId,
    on: day('When it ended'),
  }),
  reclassed: event('reclassed', 'A status that ended no longer classes the case.', {
    classId,
    reclassTo: z.optional(
      classId.check(
        z.describe('The class it is set to; absent where that is the one its disposition or finding gives.'),
      ),
    ),
    reason,
  }),
  'person-added': event('person-added', 'Somebody belongs to the case, by their part and days. No names.', person),
  'person-changed': event(
    'person-changed',
    `Corrects the part or the days of somebody in the case. ${ALL_AGAIN}`,
    person,
  ),
  closed: event('closed', 'The investigation is closed, on one of the four grounds. Its clocks run from that day.', {
    on: day('When it was closed'),
    ground: z.enum(['appeals-exhausted', 'settlement', 'no-arrest', 'restitution-not-sought']),
  }),
  reopened: event('reopened', 'A closed investigation is open again. No clock of it runs any more.', { reason }),
  merged: event('merged', 'The case goes on in another one, which takes over what it has. Nothing undoes it.', {
    into: number,
    reason,
  }),
} as const;

export type EventKind = keyof typeof EVENTS;
export type SentEvent = { [Kind in EventKind]: z.infer<(typeof EVENTS)[Kind]> }[EventKind];
export type SentAs<Kind extends EventKind> = z.infer<(typeof EVENTS)[Kind]>;

export const CaseMessage = z
  .discriminatedUnion('kind', Object.values(EVENTS) as unknown as [typeof EVENTS.opened])
  .check(z.meta({ id: 'CaseMessage' }), z.describe('What happened in a case.')) as unknown as z.ZodMiniType<SentEvent>;

const at = z.string().check(z.meta({ format: 'date-time' }), z.describe('A moment in UTC, with milliseconds.'));
const date = z.string().check(z.meta({ format: 'date' }), z.describe('A day in New York.'));
const count = z.int().check(z.minimum(0));

export const EventTaken = z
  .strictObject({
    caseNumber: z.string(),
    eventId: z.string(),
    kind: z.enum(Object.keys(EVENTS) as [EventKind]),
    takenAt: at,
    caseVersion: count.check(
      z.describe('The version of the case once the event was taken; of a merger, of the case that goes on.'),
    ),
    changed: z.boolean().check(z.describe('False where the case was so already.')),
    repeated: z.boolean().check(z.describe('True where this event was taken before; then nothing was done now.')),
  })
  .check(z.meta({ id: 'EventTaken' }), z.describe('That an event was taken, and what it came to.'));
export type EventTaken = z.infer<typeof EventTaken>;

/** How many records keep so, in one sentence of the document. */
const Dates = z.strictObject({
  keeping: z.enum(['keep', 'until', 'destroyed']),
  date: z.optional(date),
  classId: z.string(),
  approved: z.optional(
    z.boolean().check(z.describe('Whether the schedule is approved; if not, nothing is disposed of.')),
  ),
  records: count,
});

export const CaseTold = z
  .strictObject({
    caseNumber: z.string(),
    version: count,
    state: z.enum(['open', 'closed', 'merged']),
    openedOn: date,
    closed: z.optional(z.strictObject({ on: date, ground: EVENTS.closed.shape.ground })),
    mergedInto: z.optional(z.string()),
    mergedFrom: z.array(z.string()),
    classes: z.array(
      z.strictObject({
        classId: z.string(),
        by: z.enum(['disposition', 'status']),
        chargeId: z.optional(z.string()),
        since: z.optional(date),
        endedOn: z.optional(date),
        reclassedOn: z.optional(date),
      }),
    ),
    finding: z.optional(EVENTS['finding-recorded'].shape.finding),
    holds: z.strictObject({ binding: count.check(z.describe('Holds on the whole case that bind now.')) }),
    recalculation: z.optional(
      z
        .strictObject({
          recalculationId: z.string(),
          state: z.enum(['owed', 'running', 'whole', 'abandoned']),
          startedAt: at,
          done: count,
          total: z.optional(count.check(z.describe('Known once the records are listed.'))),
        })
        .check(z.describe('While it is there, no date of the case counts and nothing of the case is destroyed.')),
    ),
    kept: z.strictObject({
      records: count.check(z.describe('All that is kept for the case.')),
      looked: count.check(z.describe('How many of them the dates below are told of: at most 500.')),
      dates: z.array(Dates),
    }),
    changedAt: at,
  })
  .check(z.meta({ id: 'Case' }), z.describe('How a case stands, and how long what is kept for it stays.'));
export type CaseTold = z.infer<typeof CaseTold>;
