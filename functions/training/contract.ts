/** A person's training in one technology; general command training does not count for it (XR26-TRN-01). */
import type { CalendarDate, Instant } from '../../policies/instant.ts';
import { entity, keyOf, type Kept } from '../records/entity.ts';

export interface Training extends Kept {
  readonly personId: string;
  readonly technology: 'mobile-x-ray';
  readonly specialised: boolean;
  readonly completedOn: CalendarDate;
  readonly recordedBy: string;
  readonly recordedAt: Instant;
}

/** The id says what it is, so that the same training is recorded once, by whichever door it comes. */
export const trainingId = ({
  personId,
  completedOn,
  specialised,
}: Pick<Training, 'personId' | 'completedOn' | 'specialised'>): string =>
  `T-${personId}-${completedOn}-${specialised ? 'specialised' : 'general'}`;

export const trainings = entity<Training>('training', (training) => ({
  subject: [keyOf('person', training.personId), training.completedOn],
}));
