/**
 * Brings trainings in from the department's training records. Safe to run again: a training that is on record is left.
 *
 * Throws  FactMalformed naming the index and the field; nothing is written then
 */
import * as z from 'zod/mini';
import { isCalendarDate, type CalendarDate } from '../../policies/calendar-date.ts';
import { FactMalformed } from '../../policies/faults.ts';
import { nyDate, type Instant } from '../../policies/instant.ts';
import { put } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import type { Records } from '../records/records.aws.ts';
import { persons } from '../records/standing.ts';
import { untilWritten } from '../records/until-written.ts';
import { trainingId, trainings, type Training } from './contract.ts';

const text = z.string().check(z.trim(), z.minLength(1), z.maxLength(200));

export const TrainingsImport = z.strictObject({
  trainings: z
    .array(
      z.strictObject({
        personId: text,
        technology: z.literal('mobile-x-ray'),
        specialised: z.boolean(),
        completedOn: z.string().check(z.refine(isCalendarDate, 'is no date written as YYYY-MM-DD')),
      }),
    )
    .check(z.maxLength(2000)),
  by: text,
});
export type TrainingsImport = z.infer<typeof TrainingsImport>;

export interface ImportTrainingsNeeds {
  readonly records: Records;
  readonly now: () => Instant;
}

export async function importTrainings(
  needs: ImportTrainingsNeeds,
  { trainings: given, by }: TrainingsImport,
): Promise<{ readonly recorded: number; readonly unchanged: number }> {
  const at = needs.now();
  const people = await Promise.all(given.map(({ personId }) => needs.records.get(persons, personId)));
  given.forEach(({ completedOn }, index) => {
    if (!people[index])
      throw new FactMalformed(
        `trainings.${index}.personId: found nobody of that id on record; import the person first`,
      );
    if (completedOn > nyDate(at))
      throw new FactMalformed(
        `trainings.${index}.completedOn: found ${completedOn}, which lies ahead; expected a day up to ${nyDate(at)}`,
      );
  });

  let recorded = 0;
  for (const { personId, technology, specialised, completedOn } of given) {
    const id = trainingId({ personId, completedOn: completedOn as CalendarDate, specialised });
    const training: Training = {
      id,
      version: 0,
      personId,
      technology,
      specialised,
      completedOn: completedOn as CalendarDate,
      recordedBy: by,
      recordedAt: at,
    };
    recorded += await untilWritten(async () => {
      if (await needs.records.get(trainings, id)) return 0;
      const told = {
        subject: keyOf('person', personId),
        act: 'training recorded',
        clauses: ['XR26-TRN-01'],
        facts: { training: id, specialised, completedOn },
      };
      await needs.records.write({
        at,
        by: { kind: 'system', id: 'import-trainings' },
        puts: [put(trainings, training)],
        tells: [told],
      });
      return 1;
    });
  }
  return { recorded, unchanged: given.length - recorded };
}
