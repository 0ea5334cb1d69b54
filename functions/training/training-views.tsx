/** What the pages about trainings show. */
import type { CalendarDate } from '../../policies/calendar-date.ts';
import { HOUSE } from '../../policies/editions/house.ts';
import { nyDateText } from '../../policies/instant.ts';
import type { Refusal } from '../../policies/ruling.ts';
import {
  Actions,
  Choices,
  ClauseLink,
  ErrorSummary,
  errorOf,
  FormSecret,
  Moment,
  Nothing,
  Select,
  Submit,
  Tag,
  TextField,
  Timeline,
} from '../edge/fields.tsx';
import type { Form } from '../edge/page-app.tsx';
import type { Visitor } from '../edge/visitor.ts';
import type { Person } from '../records/standing.ts';
import type { Training } from './contract.ts';
import { currentUntil } from './record-training.ts';

export interface Trained {
  readonly person: Person;
  readonly trainings: readonly Training[];
}

export function Currency({ trainings, today }: { trainings: readonly Training[]; today: CalendarDate }) {
  const until = currentUntil(trainings);
  if (!until) return <Tag kind="bad">not trained</Tag>;
  return until >= today ? (
    <Tag kind="good">current until {nyDateText(until)}</Tag>
  ) : (
    <Tag kind="bad">lapsed on {nyDateText(until)}</Tag>
  );
}

export function TrainedList({ people, today }: { people: readonly Trained[]; today: CalendarDate }) {
  if (people.length === 0)
    return (
      <Nothing>
        Nobody has the role of an operator. Each operator will appear here, with the day until which their training is
        current.
      </Nothing>
    );
  return (
    <ul class="pa-list">
      {people.map(({ person, trainings }) => (
        <li>
          <p class="pa-list__what">
            <a href={`/trainings/${encodeURIComponent(person.id)}`}>{person.name}</a>
          </p>
          <p class="pa-list__more">{person.command}</p>
          <div class="pa-list__side">
            <Currency trainings={trainings} today={today} />
          </div>
        </li>
      ))}
    </ul>
  );
}

export function PersonTrainings({
  trainings,
  today,
  names,
}: {
  trainings: readonly Training[];
  today: CalendarDate;
  names: ReadonlyMap<string, string>;
}) {
  return (
    <>
      <p>
        <Currency trainings={trainings} today={today} />
      </p>
      <p>
        A specialised mobile x-ray training is current for {HOUSE.monthsTrainingIsCurrent.months} months. General
        command training does not count for it. <ClauseLink id="XR26-TRN-01" />{' '}
        <ClauseLink id={HOUSE.monthsTrainingIsCurrent.id} />
      </p>
      <h2>Trainings on record</h2>
      {trainings.length === 0 ? (
        <Nothing>No training is on record for this person.</Nothing>
      ) : (
        <Timeline
          label="Trainings on record"
          entries={trainings.map(({ specialised, completedOn, recordedBy, recordedAt }) => ({
            what: `${specialised ? 'Specialised mobile x-ray training' : 'General training'}, completed ${nyDateText(completedOn)}`,
            who: (
              <>
                Recorded by {names.get(recordedBy) ?? recordedBy} <Moment at={recordedAt} />
              </>
            ),
          }))}
        />
      )}
    </>
  );
}

const WHICH = [
  {
    value: 'specialised',
    label: 'Specialised mobile x-ray training at command level',
    hint: 'Entitles to operate the device.',
  },
  { value: 'general', label: 'General training', hint: 'Is kept on record and entitles to nothing.' },
];

export function TrainingForm(props: {
  people: readonly Person[];
  visitor: Visitor;
  chosen?: string | undefined;
  tried?: { form: Form; because: readonly Refusal[] } | undefined;
}) {
  const { people, visitor, chosen, tried } = props;
  const typed = (name: string) => tried?.form.text(name);
  return (
    <form class="pa-form" method="post" action="/trainings">
      {tried && <ErrorSummary refusals={tried.because} />}
      <FormSecret visitor={visitor} />
      <Select
        name="personId"
        label="Who was trained"
        hint="Members of the Counterterrorism Bureau; nobody else may operate the device."
        required
        options={people.map(({ id, name, command }) => ({ value: id, label: `${name}, ${command}` }))}
        value={typed('personId') ?? chosen}
        error={errorOf(tried?.because, 'personId')}
      />
      <Choices
        name="specialised"
        label="Which training"
        required
        options={WHICH}
        value={typed('specialised')}
        error={errorOf(tried?.because, 'specialised')}
      />
      <TextField
        name="completedOn"
        type="date"
        width="md"
        label="Completed on"
        required
        value={typed('completedOn')}
        error={errorOf(tried?.because, 'completedOn')}
      />
      <Actions>
        <Submit>Record the training</Submit>
      </Actions>
    </form>
  );
}
