/** The form of each thing that can be done to a case; what it is for is said above it (deeds.ts). */
import type { Child } from 'hono/jsx';
import type { Schedule } from '../../policies/retention.ts';
import type { Refusal } from '../../policies/ruling.ts';
import { Choices, errorOf, Select, TextArea, TextField } from '../edge/fields.tsx';
import type { Form } from '../edge/page-app.tsx';
import type { CaseAct } from './acts.ts';
import type { Case } from './contract.ts';
import {
  APPEALS,
  caseClasses,
  classTitle,
  FINDINGS,
  GROUNDS,
  offenseClasses,
  optionsOf,
  OUTCOMES,
  PARTS,
  statusClasses,
  statusEnds,
} from './labels.ts';
import { MOST_OF_A_LINE, MOST_OF_A_REASON } from './needs.ts';

export interface DeedForm {
  readonly one: Case | undefined;
  readonly schedule: Schedule;
  /** What an address or a refused form names, by field. */
  readonly typed: (field: string) => string | undefined;
  readonly refusals?: readonly Refusal[] | undefined;
}

/** What a field shows: its name, what was typed or is on file, and what is wrong with it. */
const fieldOf =
  ({ typed, refusals }: DeedForm, onFile: Readonly<Record<string, string | undefined>> = {}) =>
  (name: string) => ({ name, value: typed(name) ?? onFile[name], error: errorOf(refusals, name) });

const Hidden = ({ name, value }: { name: string; value: string | undefined }) => (
  <input type="hidden" name={name} value={value} />
);

export const typedFrom =
  (form: Form | undefined, asked: (name: string) => string | undefined) =>
  (name: string): string | undefined =>
    form ? form.text(name) : asked(name);

/** Whether what the address names is in the case, so that a form about nothing is not shown. */
export function isThere(name: CaseAct, { one, typed }: Pick<DeedForm, 'one' | 'typed'>): boolean {
  if (name === 'dispose-charge') return one?.dispositions.some(({ id }) => id === typed('chargeId')) ?? false;
  if (name === 'change-person') return one?.people.some(({ id }) => id === typed('personId')) ?? false;
  if (name === 'end-status' || name === 'reclass')
    return one?.statusClasses.some(({ classId }) => classId === typed('classId')) ?? false;
  return name === 'move-record' ? Boolean(typed('recordId')) : one !== undefined;
}

export const FORMS: Readonly<Record<Exclude<CaseAct, 'open'>, (props: DeedForm) => Child>> = {
  'add-charge': (props) => (
    <TextField
      {...fieldOf(props)('charged')}
      label="Offense charged"
      hint="In the words or the code of the court. It classes nothing; how it ends does."
      maxlength={MOST_OF_A_LINE}
      required
    />
  ),
  'dispose-charge': (props) => {
    const charge = props.one?.dispositions.find(({ id }) => id === props.typed('chargeId'));
    const field = fieldOf(props, {
      outcome: charge?.outcome,
      on: charge?.on,
      classId: charge?.classId,
      appeal: charge?.appeal,
    });
    return (
      <>
        <Hidden name="chargeId" value={charge?.id ?? props.typed('chargeId')} />
        {charge && <p>Charged: {charge.charged}</p>}
        <Choices {...field('outcome')} label="How it ended" options={optionsOf(OUTCOMES)} required />
        <TextField {...field('on')} type="date" width="md" label="On" required />
        <Select
          {...field('classId')}
          label="Class of the offense"
          hint={`Of a conviction or a plea only: by the offense convicted of or pleaded to, not the one charged. Classes of “${props.schedule.title}”.`}
          options={offenseClasses(props.schedule)}
        />
        <Choices
          {...field('appeal')}
          label="Appeal"
          hint="A case with an appeal pending is not closed."
          options={optionsOf(APPEALS)}
        />
      </>
    );
  },
  'record-finding': (props) => (
    <Choices
      {...fieldOf(props, { finding: props.one?.finding })('finding')}
      label="What the investigation found"
      options={optionsOf(FINDINGS)}
      required
    />
  ),
  'class-by-status': (props) => {
    const field = fieldOf(props);
    return (
      <>
        <Choices {...field('classId')} label="Status" options={statusClasses(props.schedule)} required />
        <TextField {...field('since')} type="date" width="md" label="Since" required />
      </>
    );
  },
  'end-status': (props) => {
    const field = fieldOf(props);
    const classId = props.typed('classId') ?? '';
    return (
      <>
        <Hidden name="classId" value={classId} />
        <p>Status: {classTitle(props.schedule, classId)}</p>
        <TextField
          {...field('on')}
          type="date"
          width="md"
          label={statusEnds(props.schedule, classId)}
          hint="The records stay as they are after that, until the class is set again."
          required
        />
      </>
    );
  },
  reclass: (props) => {
    const classId = props.typed('classId') ?? '';
    return (
      <>
        <Hidden name="classId" value={classId} />
        <p>Status that ended: {classTitle(props.schedule, classId)}</p>
        <Select
          {...fieldOf(props)('reclassTo')}
          label="Class from now on"
          hint="Left open, the class follows how the charges ended or what was found; without either the records stay."
          options={caseClasses(props.schedule)}
        />
        <Reason {...fieldOf(props)('reason')} label="Why does the status no longer class the case?" />
      </>
    );
  },
  'add-person': (props) => <PersonFields {...props} />,
  'change-person': (props) => <PersonFields {...props} />,
  'move-record': (props) => {
    const field = fieldOf(props);
    return (
      <>
        <Hidden name="recordId" value={props.typed('recordId')} />
        <p>
          Record: <strong>{props.typed('recordId')}</strong>
        </p>
        <TextField {...field('to')} label="Number of the case it belongs to" width="lg" required />
        <Reason {...field('reason')} label="Why does it belong there?" />
      </>
    );
  },
  close: (props) => {
    const field = fieldOf(props);
    return (
      <>
        <Choices {...field('ground')} label="Why is it closed?" options={optionsOf(GROUNDS)} required />
        <TextField
          {...field('on')}
          type="date"
          width="md"
          label="Closed on"
          hint="The time its records are kept is counted from this day."
          required
        />
      </>
    );
  },
  reopen: (props) => <Reason {...fieldOf(props)('reason')} label="Why is it opened again?" />,
  merge: (props) => {
    const field = fieldOf(props);
    return (
      <>
        <TextField {...field('into')} label="Number of the case that goes on" width="lg" required />
        <Reason {...field('reason')} label="Why are the two one case?" />
      </>
    );
  },
};

function Reason(props: {
  readonly name: string;
  readonly value: string | undefined;
  readonly error: string | undefined;
  readonly label: string;
  readonly hint?: string;
}) {
  return <TextArea {...props} rows={3} maxlength={MOST_OF_A_REASON} required />;
}

function PersonFields(props: DeedForm) {
  const person = props.one?.people.find(({ id }) => id === props.typed('personId'));
  const field = fieldOf(props, {
    part: person?.part,
    bornOn: person?.bornOn,
    diedOn: person?.diedOn,
    lastArrestOn: person?.lastArrestOn,
  });
  const day = (name: string, label: string, hint?: string) => (
    <TextField {...field(name)} type="date" width="md" label={label} hint={hint} />
  );
  return (
    <>
      {person ? (
        <>
          <Hidden name="personId" value={person.id} />
          <p>
            Person: <strong>{person.id}</strong>
          </p>
        </>
      ) : (
        <TextField
          {...field('personId')}
          label="Id in the case-management system"
          hint="No name. Left open, an id is made."
          width="lg"
        />
      )}
      <Select {...field('part')} label="Part in the case" options={optionsOf(PARTS)} required />
      {day(
        'bornOn',
        'Born on',
        'Left open where it is not known: then nothing is counted from it, and the records stay.',
      )}
      {day('diedOn', 'Died on')}
      {day('lastArrestOn', 'Last arrested on')}
    </>
  );
}
