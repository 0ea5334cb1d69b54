/**
 * What other systems hand in to be kept (recordings of portable devices, images of cameras, plate reads, personal data
 * files) and what they are answered. Like interface-shapes.ts, of which it is the other half.
 */
import * as z from 'zod/mini';
import { day, ID, number } from './interface-shapes.ts';

const YEARS = /^(?:19|20|21)\d\d-/;
const moment = (what: string) =>
  z.iso.datetime({ offset: true }).check(
    z.refine((text) => YEARS.test(text), 'a moment of the years 1900 to 2199'),
    z.describe(`${what}, with its offset from UTC. Of the years 1900 to 2199.`),
  );
const text = (what: string, most: number) =>
  z.string().check(z.minLength(1), z.maxLength(most), z.regex(/\S/, 'words, and not blanks alone'), z.describe(what));

export const RecordAnnounced = z
  .strictObject({
    technology: z.enum(['mobile-x-ray', 'portable-electronic-device', 'digital-camera', 'license-plate-reader']),
    kind: z.enum(['image', 'recording', 'plate-read', 'personal-file']),
    capturedAt: z.optional(moment('When it was made')),
    caseNumbers: z.array(number).check(z.maxLength(20), z.describe('Every case it belongs to.')),
    deviceId: z.optional(
      z.string().check(z.regex(ID, 'an id of a device'), z.describe('The device, by the id of its system.')),
    ),
    relevance: z.optional(text('Why the image is relevant. Asked for of digital cameras.', 2000)),
    person: z.optional(
      z
        .strictObject({
          part: z.enum(['suspect', 'associated']),
          bornOn: z.optional(day('Born')),
          diedOn: z.optional(day('Died')),
          lastArrestOn: z.optional(day('Last arrested')),
          neverArrested: z.optional(
            z.boolean().check(z.describe('That it was asked, and answered that there never was an arrest.')),
          ),
        })
        .check(z.describe('Whom a personal data file is about, by their part and days. No name.')),
    ),
    read: z.optional(
      z
        .strictObject({
          plate: text('The plate, as it was read.', 20),
          state: text('The state that issued it.', 40),
          place: text('Where it passed.', 200),
        })
        .check(z.describe('What a plate reader read.')),
    ),
    file: z.optional(
      z
        .strictObject({
          sha256: z
            .string()
            .check(
              z.regex(/^[0-9a-f]{64}$/, 'a SHA-256 of 64 lower-case hexadecimal digits'),
              z.describe('SHA-256 of the file, in lower-case hexadecimal digits.'),
            ),
          bytes: z.int().check(z.minimum(1), z.describe('Its size.')),
        })
        .check(z.describe('The file that will be sent. Its bytes are never changed.')),
    ),
  })
  .check(z.meta({ id: 'RecordMessage' }), z.describe('A record that is to be kept.'));
export type RecordAnnounced = z.infer<typeof RecordAnnounced>;

const at = z.string().check(z.meta({ format: 'date-time' }));
const date = z.string().check(z.meta({ format: 'date' }));
const count = z.int().check(z.minimum(0));

export const RecordTaken = z
  .strictObject({
    recordId: z.string(),
    state: z.enum(['awaiting-file', 'kept']),
    repeated: z.boolean().check(z.describe('True where the same was sent before.')),
    upload: z.optional(
      z
        .strictObject({
          url: z.string(),
          fields: z.record(z.string(), z.string()),
          expiresAt: at,
        })
        .check(z.describe('Send the file by POST as multipart/form-data: these fields first, then `file`.')),
    ),
  })
  .check(z.meta({ id: 'RecordTaken' }), z.describe('What became of a record that was handed in.'));
export type RecordTaken = z.infer<typeof RecordTaken>;

const keeping = z
  .strictObject({
    kind: z.enum(['keep', 'until', 'destroyed']),
    classId: z.string(),
    date: z.optional(date.check(z.describe('The first day on which its disposal may be proposed.'))),
    scheduleId: z.optional(z.string()),
    approved: z.optional(z.boolean()),
    disposeBy: z.optional(date),
  })
  .check(z.describe('`keep`: without a date. `until`: until a day. `destroyed`: it is gone.'));

const line = {
  recordId: z.string(),
  state: z.enum(['kept', 'proposed', 'destroying', 'destroyed']),
  technology: z.string(),
  kind: z.string(),
  keptAt: at,
  keeping,
  holds: z.strictObject({ binding: count }),
};

export const RecordsTold = z
  .strictObject({
    caseNumber: z.string(),
    records: z.array(z.strictObject(line)),
    next: z.optional(z.string().check(z.describe('Ask for the page after this one with `from`.'))),
  })
  .check(z.meta({ id: 'Records' }), z.describe('What is kept for a case, in the order of its ids.'));
export type RecordsTold = z.infer<typeof RecordsTold>;

export const RecordTold = z
  .strictObject({
    ...line,
    capturedAt: z.optional(at),
    caseNumbers: z.array(z.string()),
    beingWorkedOut: z.boolean().check(z.describe('While it is true, the date does not count yet.')),
    why: z
      .array(
        z.strictObject({
          clause: z.string(),
          classId: z.optional(z.string()),
          scheduleId: z.optional(z.string()),
          event: z.optional(z.string()),
          on: z.optional(date),
          until: z.optional(date),
          text: z.string(),
        }),
      )
      .check(z.describe('Every reason for its date, or for there being none.')),
  })
  .check(z.meta({ id: 'Record' }), z.describe('How long one record is kept, and why.'));
export type RecordTold = z.infer<typeof RecordTold>;

export const RecordAwaited = z
  .strictObject({
    recordId: z.string(),
    state: z.enum(['awaiting-file', 'kept', 'lapsed']),
    announcedAt: at,
  })
  .check(z.meta({ id: 'RecordAwaited' }), z.describe('A record that was announced and whose file has not come.'));
