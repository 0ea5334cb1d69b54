/** What an administrator brings in from older systems: cases as they stand, and records with the files they have. */
import * as z from 'zod/mini';
import { dayTyped, type CalendarDate } from '../../policies/calendar-date.ts';
import { isInstant, type Instant } from '../../policies/instant.ts';
import { CLOSURE_GROUNDS, DISPOSITION_OUTCOMES, FINDINGS } from '../../policies/retention.ts';

const text = z.string().check(z.trim(), z.minLength(1), z.maxLength(200));
const id = z
  .string()
  .check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/, 'is no id: letters, digits, dots, underscores and hyphens'));
const innerId = z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._:/-]{0,79}$/, 'is no id'));
const classId = z.string().check(z.regex(/^[a-z0-9-]{1,60}$/, 'is no class'));
const number = z.string().check(z.trim(), z.minLength(1), z.maxLength(60));
const day = z
  .string()
  .check(
    z.refine((text) => dayTyped(text) !== undefined, 'is no day of the years 1900 to 2199'),
  ) as unknown as z.ZodMiniType<CalendarDate>;
const moment = z
  .string()
  .check(z.refine(isInstant, 'is no instant written as 2026-11-24T20:05:00.000Z')) as unknown as z.ZodMiniType<Instant>;

export const ImportedCase = z.strictObject({
  caseNumber: number,
  openedOn: day,
  closed: z.optional(
    z.strictObject({
      on: day,
      ground: z.enum(CLOSURE_GROUNDS),
    }),
  ),
  dispositions: z
    .array(
      z.strictObject({
        id: innerId,
        charged: z.string().check(z.trim(), z.minLength(1), z.maxLength(300)),
        outcome: z.optional(z.enum(DISPOSITION_OUTCOMES)),
        on: z.optional(day),
        classId: z.optional(classId),
        appeal: z.optional(z.enum(['none', 'pending', 'exhausted'])),
      }),
    )
    .check(z.maxLength(100)),
  finding: z.optional(z.enum(FINDINGS)),
  statusClasses: z
    .array(
      z.strictObject({
        classId,
        since: day,
        endedOn: z.optional(day),
        reclassedOn: z.optional(day),
        reclassedTo: z.optional(classId),
      }),
    )
    .check(z.maxLength(30)),
  people: z
    .array(
      z.strictObject({
        id: innerId,
        part: z.enum(['suspect', 'child-victim', 'juvenile', 'victim', 'witness', 'relative', 'other']),
        bornOn: z.optional(day),
        diedOn: z.optional(day),
        lastArrestOn: z.optional(day),
      }),
    )
    .check(z.maxLength(200)),
});
export type ImportedCase = z.infer<typeof ImportedCase>;

export const ImportedCard = z.strictObject({
  id,
  kind: z.enum(['image', 'recording', 'plate-read', 'personal-file', 'enclosure']),
  technology: z.enum(['mobile-x-ray', 'portable-electronic-device', 'digital-camera', 'license-plate-reader']),
  capturedAt: z.optional(moment),
  /** When the older system began to keep it. */
  keptAt: moment,
  caseNumbers: z.array(number).check(z.maxLength(20)),
  deviceId: z.optional(id),
  relevance: z.optional(z.string().check(z.minLength(1), z.maxLength(2000))),
  person: z.optional(
    z.strictObject({
      part: z.enum(['suspect', 'associated']),
      bornOn: z.optional(day),
      diedOn: z.optional(day),
      lastArrestOn: z.optional(day),
      neverArrested: z.optional(z.boolean()),
    }),
  ),
  read: z.optional(z.strictObject({ plate: text, state: text, place: text })),
  /** Already in the bucket, below `kept/records/<id>/`. */
  files: z
    .array(
      z.strictObject({
        key: z.string().check(z.maxLength(500)),
        versionId: z.string().check(z.minLength(1), z.maxLength(200)),
        sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/, 'is no SHA-256')),
        bytes: z.int().check(z.minimum(0)),
      }),
    )
    .check(z.maxLength(20)),
});
export type ImportedCard = z.infer<typeof ImportedCard>;

const MOST = 200;

export const RecordsImport = z.strictObject({
  /** Who brings them in, and why they may be: kept in the ledger as the hash of the words. */
  by: text,
  reason: z.string().check(z.trim(), z.minLength(1), z.maxLength(2000)),
  cases: z.optional(z.array(ImportedCase).check(z.maxLength(MOST))),
  cards: z.optional(z.array(ImportedCard).check(z.maxLength(MOST))),
  /** False where all dates are worked out afterwards in one go, as when a schedule takes effect. @default true */
  workOut: z.optional(z.boolean()),
});
export type RecordsImport = z.infer<typeof RecordsImport>;
