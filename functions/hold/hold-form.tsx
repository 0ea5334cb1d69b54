/** The form by which a hold is placed, in two steps: what it is, then what it would take in, before anything is placed. */
import type { Refusal } from '../../policies/ruling.ts';
import {
  Actions,
  Choices,
  ErrorSummary,
  errorOf,
  Facts,
  FormSecret,
  Notice,
  Select,
  Submit,
  TextArea,
  TextField,
} from '../edge/fields.tsx';
import type { Form } from '../edge/page-app.tsx';
import { newSecret } from '../edge/system.ts';
import type { Visitor } from '../edge/visitor.ts';
import type { Person } from '../records/standing.ts';
import { LONGEST_ID, MOST_CASES, MOST_CHARACTERS, MOST_CUSTODIANS, MOST_RECORDS, type HoldAsked } from './asked.ts';
import type { Counted } from './count-scope.ts';
import { KIND_CHOICES, KIND_LABELS, scopeText, TECHNOLOGY_LABELS } from './labels.ts';
import { FIELDS } from './read-form.ts';

export interface Tried {
  readonly form: Form;
  readonly refusals: readonly Refusal[];
}

const SCOPES = [
  { value: 'cases', label: 'Cases', hint: 'Everything kept for them, also what is filed later.' },
  { value: 'records', label: 'Single records', hint: 'By their numbers.' },
  {
    value: 'matching',
    label: 'All that matches',
    hint: 'Everything of a technology, of a device, or captured on certain days; also what is filed later.',
  },
];

export function HoldForm(props: {
  readonly visitor: Visitor;
  readonly owners: readonly Person[];
  readonly tried?: Tried | undefined;
  /** From the address: what the visitor came from. */
  readonly given?: { readonly recordId?: string | undefined; readonly caseNumber?: string | undefined };
}) {
  const { visitor, owners, tried, given = {} } = props;
  const typed = (name: string) => tried?.form.text(name);
  const field = (name: string) => ({ name, value: typed(name), error: errorOf(tried?.refusals, name) });
  const first = given.recordId ? 'records' : given.caseNumber ? 'cases' : undefined;
  const listed = owners.some(({ id }) => id === visitor.personId)
    ? owners
    : [{ id: visitor.personId, name: visitor.name, command: visitor.command }, ...owners];
  return (
    <form class="pa-form" method="post" action="/holds" novalidate>
      <ErrorSummary refusals={tried?.refusals ?? []} fields={FIELDS} />
      <FormSecret visitor={visitor} />
      <input type="hidden" name="draft" value={tried?.form.text('draft') || newSecret()} />
      <Choices {...field('kind')} label="What is it for?" required options={KIND_CHOICES} />
      <TextField
        {...field('name')}
        label="What is it called?"
        hint="A short name by which people know the matter. Members who answer for records can read it."
        required
        maxlength={MOST_CHARACTERS.name}
      />
      <TextField
        {...field('authority')}
        label="What does it rest on?"
        hint="Such as a docket number, a notice of claim, a request number or a letter with its date."
        required
        maxlength={MOST_CHARACTERS.authority}
      />
      <TextArea
        {...field('reason')}
        label="Why are these records needed?"
        required
        rows={3}
        maxlength={MOST_CHARACTERS.reason}
      />
      <Select
        {...field('ownerId')}
        value={typed('ownerId') ?? visitor.personId}
        label="Who answers for it?"
        hint="They are told by mail, and asked from time to time whether it is still needed."
        required
        options={listed.map(({ id, name, command }) => ({ value: id, label: `${name}, ${command}` }))}
      />
      <TextArea
        {...field('custodians')}
        label="Who else has such records in their hands?"
        hint={`Their directory names, one on each line, at most ${MOST_CUSTODIANS}. Each is told in writing what to keep.`}
        rows={2}
      />
      <Choices
        {...field('scope')}
        value={typed('scope') ?? first}
        label="What does it take in?"
        hint="Choose one, then fill in the part below that belongs to it. The other parts are not used."
        required
        options={SCOPES}
      />
      <fieldset class="usa-fieldset">
        <legend class="usa-legend">For cases</legend>
        <TextArea
          {...field('caseNumbers')}
          value={typed('caseNumbers') ?? given.caseNumber}
          label="Case numbers"
          hint={`One on each line, at most ${MOST_CASES}.`}
          rows={3}
        />
      </fieldset>
      <fieldset class="usa-fieldset">
        <legend class="usa-legend">For single records</legend>
        <TextArea
          {...field('recordIds')}
          value={typed('recordIds') ?? given.recordId}
          label="Record numbers"
          hint={`One on each line, at most ${MOST_RECORDS}. You can paste a column of a table.`}
          rows={3}
        />
      </fieldset>
      <fieldset class="usa-fieldset">
        <legend class="usa-legend">For all that matches</legend>
        <Select
          {...field('technology')}
          label="Technology"
          options={Object.entries(TECHNOLOGY_LABELS).map(([value, label]) => ({ value, label }))}
        />
        <TextField {...field('capturedFrom')} type="date" width="md" label="Captured on this day or later" />
        <TextField {...field('capturedUntil')} type="date" width="md" label="Captured on this day or earlier" />
        <TextField
          {...field('deviceId')}
          width="md"
          label="Number of the device"
          hint="Records of which no device or day is known are taken in too."
          maxlength={LONGEST_ID}
        />
      </fieldset>
      <Actions>
        <Submit name="step" value="review">
          See what it would take in
        </Submit>
      </Actions>
    </form>
  );
}

/** The second step: what was counted, everything that was typed, and the one button that places it. */
export function HoldReview(props: {
  readonly visitor: Visitor;
  readonly form: Form;
  readonly asked: HoldAsked;
  readonly counted: Counted;
  readonly ownerName: string;
  readonly custodianNames: readonly string[];
}) {
  const { visitor, form, asked, counted, ownerName, custodianNames } = props;
  return (
    <>
      <Takes counted={counted} />
      <h2>What will be placed</h2>
      <Facts
        items={[
          ['For', KIND_LABELS[asked.kind]],
          ['Called', asked.name],
          ['Rests on', asked.authority],
          ['Why', asked.reason],
          ['Answers for it', ownerName],
          ['Told in writing besides', custodianNames.join(', ') || 'nobody'],
          ['Takes in', scopeText(asked.scope)],
        ]}
      />
      {counted.cases && <CasesCounted cases={counted.cases} />}
      <form class="pa-form" method="post" action="/holds">
        <FormSecret visitor={visitor} />
        {['draft', ...FIELDS].map((name) => (
          <input type="hidden" name={name} value={form.text(name)} />
        ))}
        <Actions>
          <Submit name="step" value="place">
            Place the hold
          </Submit>
          <Submit name="step" value="change" kind="outline">
            Change it first
          </Submit>
        </Actions>
      </form>
    </>
  );
}

function Takes({ counted: { kept, proposed, gone, atLeast } }: { counted: Counted }) {
  const records = kept === 1 ? 'record' : 'records';
  return (
    <Notice kind={kept === 0 ? 'warning' : 'info'} heading={`${atLeast ? 'At least ' : ''}${kept} ${records}`}>
      <p>
        {kept === 0
          ? 'Nothing that is kept now would be taken in. Check the numbers. What is filed later is taken in where the hold is on cases or on all that matches.'
          : `That is what is kept now and would be taken in.${atLeast ? ' There are more than can be counted while you wait; each is told once the hold is placed.' : ''}`}
      </p>
      {proposed > 0 && (
        <p>
          {proposed} of them {proposed === 1 ? 'is' : 'are'} in a batch that is proposed to be destroyed. The hold takes{' '}
          {proposed === 1 ? 'it' : 'them'} out.
        </p>
      )}
      {gone > 0 && (
        <p>
          {gone} {gone === 1 ? 'is' : 'are'} gone already. The hold will name {gone === 1 ? 'it' : 'them'}.
        </p>
      )}
      <p>Nothing is placed yet.</p>
    </Notice>
  );
}

function CasesCounted({ cases }: { cases: NonNullable<Counted['cases']> }) {
  return (
    <table class="usa-table">
      <caption>The cases, and how many records are listed for each</caption>
      <thead>
        <tr>
          <th scope="col">Case</th>
          <th scope="col">Stands</th>
          <th scope="col">Records</th>
        </tr>
      </thead>
      <tbody>
        {cases.map(({ number, standing, records }) => (
          <tr>
            <th scope="row">{number}</th>
            <td>{standing}</td>
            <td>{records}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
