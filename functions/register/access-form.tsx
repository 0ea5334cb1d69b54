/** The form that puts an outside agency's direct access on file. */
import { IMMIGRATION_PURPOSES } from '../../policies/editions/disclosure-grounds.ts';
import { ACCESS_LEVELS, ACCESS_REACHES } from '../../policies/rules/what-may-be-kept-on-file.ts';
import { Checkbox, Choices, Select, TextArea, TextField } from '../edge/fields.tsx';
import type { Form } from '../edge/page-app.tsx';
import type { RegisteredAgreement } from './contract.ts';
import { DayFields, EntryForm, fieldsOf, type FormProps } from './entry-forms.tsx';
import { LEVEL_LABELS, REACH_LABELS, TECHNOLOGIES } from './labels.ts';
import { MOST_LONG, MOST_SHORT } from './needs.ts';
import { ACCESS_TERMS, type AccessGiven } from './record-access.ts';

const FIELDS = [
  'agencyName',
  'level',
  'technology',
  'system',
  'reaches',
  'extent',
  'immigration',
  'agencyEnforces',
  'otherPurpose',
  'agreementId',
  'from',
  'until',
  'existing',
];

/** Field of the rule to field of the form, where they differ. */
const FIELD_OF: Readonly<Record<string, string>> = {
  access: 'immigration',
  agency: 'existing',
  agreement: 'agreementId',
};

const TERM_LABELS: Readonly<Record<(typeof ACCESS_TERMS)[number], string>> = {
  keepsConfidential: 'What is seen is kept confidential',
  limitsFurtherDisclosure: 'It is passed on only with the department’s approval',
  tellsOfLegalProcess: 'The department is told of any legal process for it',
};

export const accessIn = (form: Form): AccessGiven => ({
  agencyName: form.text('agencyName'),
  level: form.text('level'),
  technology: form.text('technology'),
  newJersey: form.checked('newJersey'),
  system: form.text('system'),
  reaches: form.text('reaches'),
  extent: form.text('extent'),
  from: form.text('from'),
  until: form.text('until'),
  immigration: form.text('immigration'),
  agencyEnforces: ({ yes: true, no: false } as Readonly<Record<string, boolean>>)[form.text('agencyEnforces')],
  otherPurpose: form.text('otherPurpose'),
  agreementId: form.text('agreementId'),
  terms: form.texts('terms'),
  existing: form.checked('existing'),
});

export function AccessForm(props: FormProps & { readonly agreements: readonly RegisteredAgreement[] }) {
  const { visitor, agreements } = props;
  const tried = props.tried && {
    ...props.tried,
    because: props.tried.because.map((one) => ({ ...one, field: FIELD_OF[one.field] ?? one.field })),
  };
  const { text, texts } = fieldsOf(tried);
  return (
    <EntryForm {...{ visitor, tried }} action="/registers/access" fields={FIELDS} send="Put the access on file">
      <TextField {...text('agencyName')} label="Agency" required maxlength={MOST_SHORT} />
      <Select
        {...text('level')}
        label="Level of government"
        required
        options={ACCESS_LEVELS.map((value) => ({ value, label: LEVEL_LABELS[value] }))}
      />
      <Checkbox
        name="newJersey"
        label="It is a law enforcement agency of New Jersey"
        checked={tried?.form.checked('newJersey')}
      />
      <Select
        {...text('technology')}
        label="Technology"
        required
        options={TECHNOLOGIES.map(({ id, label }) => ({ value: id, label }))}
      />
      <TextField {...text('system')} label="System it reaches" required maxlength={MOST_SHORT} />
      <Choices
        {...text('reaches')}
        label="What it reaches"
        required
        options={ACCESS_REACHES.map((value) => ({ value, label: REACH_LABELS[value] }))}
      />
      <TextArea
        {...text('extent')}
        label="How far it reaches"
        hint="What can be seen, by whom, and what cannot."
        required
        maxlength={MOST_LONG}
      />
      <Choices
        {...text('immigration')}
        label="Does it serve immigration enforcement?"
        hint="Access that does is never put on file. That it was asked for is recorded."
        required
        options={[
          { value: 'no', label: 'No' },
          ...IMMIGRATION_PURPOSES.map(({ id, label }) => ({ value: id, label: `Yes. ${label}` })),
        ]}
      />
      <Choices
        {...text('agencyEnforces')}
        label="Does the agency, or anyone who uses the access, enforce immigration law for the federal government?"
        required
        options={[
          { value: 'no', label: 'No' },
          { value: 'yes', label: 'Yes' },
        ]}
      />
      <TextArea
        {...text('otherPurpose')}
        label="If yes: the other lawful purpose of the access"
        maxlength={MOST_LONG}
        rows={2}
      />
      <Select
        {...text('agreementId')}
        label="Agreement it rests on"
        options={agreements.map(({ id, title }) => ({ value: id, label: `${title}, ${id}` }))}
      />
      <Choices
        {...texts('terms')}
        label="What that agreement says"
        many
        options={ACCESS_TERMS.map((value) => ({ value, label: TERM_LABELS[value] }))}
      />
      <DayFields tried={tried} />
      <Checkbox
        {...text('existing')}
        label="This access exists or did exist; record it even if the policy does not allow it"
        hint="The statute’s register names whatever access there is or was. What is not allowed is shown as access that must end."
        checked={tried?.form.checked('existing')}
      />
    </EntryForm>
  );
}
