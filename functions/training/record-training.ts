/**
 * Records a training somebody completed (XR26-TRN-01). Only a specialised mobile x-ray training entitles to operate; a
 * general one may be recorded too and entitles to nothing. The same training is recorded once, however often it is sent.
 */
import { isCalendarDate, plusMonths, type CalendarDate } from '../../policies/calendar-date.ts';
import { HOUSE } from '../../policies/editions/house.ts';
import { nyDate, type Instant } from '../../policies/instant.ts';
import type { Refusal } from '../../policies/ruling.ts';
import { put } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import type { Records } from '../records/records.aws.ts';
import { persons } from '../records/standing.ts';
import { untilWritten } from '../records/until-written.ts';
import { trainingId, trainings, type Training } from './contract.ts';

export interface TrainingNeeds {
  readonly records: Records;
  now(): Instant;
}

export interface TrainingGiven {
  readonly personId: string;
  readonly by: string;
  /** Undefined where the form was left open. */
  readonly specialised: boolean | undefined;
  /** As the form has it: YYYY-MM-DD. */
  readonly completedOn: string;
}

export type TrainingRecorded =
  | { readonly kind: 'recorded'; readonly training: Training }
  | { readonly kind: 'refused'; readonly because: readonly Refusal[] };

const CLAUSE = 'XR26-TRN-01';

export function recordTraining(
  { records, now }: TrainingNeeds,
  { personId, by, specialised, completedOn }: TrainingGiven,
): Promise<TrainingRecorded> {
  return untilWritten(async (): Promise<TrainingRecorded> => {
    const at = now();
    // Longer than any id: nobody's.
    const person = personId.length > 100 ? undefined : await records.get(persons, personId);
    const because: Refusal[] = [];
    const refuse = (field: string, found: string, expected: string, todo: string) =>
      void because.push({ clause: CLAUSE, field, found, expected, todo });

    if (!person?.active)
      refuse(
        'personId',
        person ? 'a member who is not active' : 'nobody',
        'an active member',
        'choose the person from the list',
      );
    if (specialised === undefined) refuse('specialised', 'no answer', 'which training it was', 'choose one');
    const day = isCalendarDate(completedOn) ? completedOn : undefined;
    if (!day || day > nyDate(at))
      refuse(
        'completedOn',
        day ? 'a day to come' : 'no day',
        'the day it was completed',
        'enter today or an earlier day',
      );
    if (because.length > 0 || specialised === undefined || !day) return { kind: 'refused', because };

    const id = trainingId({ personId, completedOn: day, specialised });
    if (await records.get(trainings, id)) {
      refuse(
        'completedOn',
        'a training that is on record already',
        'one that is not',
        'check the day and which training it was',
      );
      return { kind: 'refused', because };
    }
    const training: Training = {
      id,
      version: 0,
      personId,
      technology: 'mobile-x-ray',
      specialised,
      completedOn: day,
      recordedBy: by,
      recordedAt: at,
    };
    await records.write({
      at,
      by: { kind: 'person', id: by },
      puts: [put(trainings, training)],
      tells: [
        {
          subject: keyOf('person', personId),
          act: 'training recorded',
          clauses: [CLAUSE],
          facts: { training: id, specialised, completedOn: day },
        },
      ],
    });
    return { kind: 'recorded', training };
  });
}

/** The last day on which any of these trainings is current; undefined when none entitles to operate. */
export function currentUntil(known: readonly Training[]): CalendarDate | undefined {
  const latest = known
    .filter(({ specialised }) => specialised)
    .map(({ completedOn }) => completedOn)
    .toSorted()
    .at(-1);
  return latest && plusMonths(latest, HOUSE.monthsTrainingIsCurrent.months);
}
