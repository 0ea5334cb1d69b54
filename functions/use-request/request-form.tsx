/** The request form: what may be asked, in the words an officer uses. The same questions for members and outside entities. */
import type { Refusal } from '../../policies/ruling.ts';
import { LEGAL_CONFORMITY_ATTESTATION } from '../../policies/public-text.ts';
import { fromNyForm, type Instant } from '../../policies/instant.ts';
import { CHARACTERISTICS } from '../../policies/editions/protected-characteristics.ts';
import type { Form } from '../edge/page-app.tsx';
import { Checkbox, Choices, DateTimeFields, errorOf, TextArea, TextField } from '../edge/fields.tsx';
import { newSecret } from '../edge/system.ts';
import type { Asked } from './contract.ts';
import { PURPOSES, TARGETS } from './labels.ts';
import { MOST_CHARACTERS, tooLong } from './too-long.ts';

export const REQUEST_FIELDS = [
  'targetKind',
  'similarObject',
  'targetDescription',
  'nearPublicStreet',
  'location',
  'graveRisk',
  'purpose',
  'lawEnforcementReason',
  'eventName',
  'elevatedThreatReason',
  'publicKeptOutHow',
  'politicalActivity',
  'immigrationEnforcement',
  'basisCharacteristics',
  'useKind',
  'startsAt',
  'endsAt',
  'attested',
];

/** What was typed, as typed, so that a refused form comes back as it was. */
export interface Typed {
  readonly form: Form;
  readonly refusals: readonly Refusal[];
}

/** Stands where a time could not be read. Its refusal comes with it, so no rule's word on it is ever shown. */
const UNREAD = '2000-01-01T05:00:00.000Z' as Instant;

/** A time that was typed, if it is one and lies in a century in which somebody could mean it. */
function timeIn(form: Form, field: string): { readonly at: Instant; readonly because: readonly Refusal[] } {
  const date = form.text(`${field}Date`);
  const year = Number(date.slice(0, 4));
  const read = fromNyForm(date, form.text(`${field}Time`), field);
  if (read.kind === 'refused') return { at: UNREAD, because: read.because };
  if (year >= 2000 && year < 2100) return { at: read.at, because: [] };
  return {
    at: UNREAD,
    because: [
      {
        clause: 'XR26-USE-07',
        field,
        found: `the year ${date.slice(0, 4)}`,
        expected: 'a year of this century',
        todo: 'correct the date',
      },
    ],
  };
}

/** Reads the form. A time that names no moment is a refusal of its own, beside those of the rules. */
export function askedIn(form: Form): { readonly asked: Asked; readonly refusals: readonly Refusal[] } {
  const [starts, ends] = [timeIn(form, 'startsAt'), timeIn(form, 'endsAt')];
  const some = (name: string): Record<string, string> => (form.text(name) ? { [name]: form.text(name) } : {});
  const asked: Asked = {
    targetKind: form.text('targetKind'),
    ...some('similarObject'),
    targetDescription: form.text('targetDescription'),
    nearPublicStreet: form.text('nearPublicStreet') === 'yes',
    location: form.text('location'),
    graveRisk: form.text('graveRisk'),
    purpose: form.text('purpose'),
    lawEnforcementReason: form.text('lawEnforcementReason'),
    ...some('eventName'),
    ...some('elevatedThreatReason'),
    publicKeptOutHow: form.text('publicKeptOutHow'),
    politicalActivity: form.text('politicalActivity') === 'yes',
    immigrationEnforcement: form.text('immigrationEnforcement') === 'yes',
    basisCharacteristics: form.texts('basisCharacteristics').filter(Boolean),
    useKind: form.text('useKind') || 'described',
    startsAt: starts.at,
    endsAt: ends.at,
    attested: form.checked('attested'),
  };
  return { asked, refusals: [...starts.because, ...ends.because, ...answers(form), ...lengths(form)] };
}

const OFFERED: Readonly<Record<string, readonly string[]>> = {
  targetKind: TARGETS.map(({ value }) => value),
  purpose: PURPOSES.map(({ value }) => value),
  nearPublicStreet: ['yes', 'no'],
  politicalActivity: ['yes', 'no'],
  immigrationEnforcement: ['yes', 'no'],
};

/** A question left open, or answered with something we did not offer, is asked again; it is neither a yes nor a no. */
function answers(form: Form): Refusal[] {
  return Object.entries(OFFERED)
    .filter(([name, values]) => !values.includes(form.text(name)))
    .map(([field]) => ({
      clause: 'XR26-USE-01',
      field,
      found: form.text(field) ? 'an answer that is not on the form' : 'no answer',
      expected: 'one of the answers on the form',
      todo: 'choose one',
    }));
}

function lengths(form: Form): Refusal[] {
  return REQUEST_FIELDS.filter((name) => form.text(name).length > MOST_CHARACTERS).map((field) =>
    tooLong('XR26-USE-01', field, form.text(field).length),
  );
}

const DRAFT = /^[\w-]{43}$/;

/** The number a form carries from when it was first shown, so that sending it twice asks once. */
export const draftOf = (form: Form): { readonly draft?: string } =>
  DRAFT.test(form.text('draft')) ? { draft: form.text('draft') } : {};

export const DraftNumber = ({ typed }: { typed: Typed | undefined }) => (
  <input type="hidden" name="draft" value={(typed && draftOf(typed.form).draft) ?? newSecret()} />
);

const YES_NO = [
  { value: 'no', label: 'No' },
  { value: 'yes', label: 'Yes' },
];

export function RequestQuestions({ typed, external }: { typed: Typed | undefined; external?: boolean }) {
  const text = (name: string): string | undefined => typed?.form.text(name);
  const field = (name: string) => ({ name, error: errorOf(typed?.refusals, name) });
  return (
    <>
      <h2>What is to be screened</h2>
      <Choices
        {...field('targetKind')}
        label="Object"
        required
        value={text('targetKind')}
        options={TARGETS.map((target) => ({ ...target }))}
      />
      <TextField {...field('similarObject')} label="If a similar object: what is it?" value={text('similarObject')} />
      <TextField
        {...field('targetDescription')}
        label="Description"
        hint="Enough to find it: make, color, where it stands."
        required
        value={text('targetDescription')}
      />
      <TextField {...field('location')} label="Location, event or address" required value={text('location')} />
      <Choices
        {...field('nearPublicStreet')}
        label="Is it on or near a public street?"
        required
        value={text('nearPublicStreet')}
        options={[...YES_NO].reverse()}
      />
      <DateTimeFields
        {...field('startsAt')}
        label="From"
        required
        date={text('startsAtDate')}
        time={text('startsAtTime')}
      />
      <DateTimeFields
        {...field('endsAt')}
        label="Until"
        required
        date={text('endsAtDate')}
        time={text('endsAtTime')}
        hint="At most 24 hours after the start."
      />

      <h2>Why</h2>
      <TextArea
        {...field('graveRisk')}
        label="What gravely endangers public safety?"
        hint="The items or materials you look for, and why they may be there."
        required
        value={text('graveRisk')}
      />
      <Choices
        {...field('purpose')}
        label="Purpose"
        required
        value={text('purpose')}
        options={PURPOSES.map((purpose) => ({ ...purpose }))}
      />
      <TextArea
        {...field('lawEnforcementReason')}
        label="Law enforcement reason"
        required
        value={text('lawEnforcementReason')}
      />
      <TextField {...field('eventName')} label="Event, if the use secures one" value={text('eventName')} />
      <TextArea
        {...field('elevatedThreatReason')}
        label="If an event: why is the threat elevated?"
        rows={2}
        value={text('elevatedThreatReason')}
      />

      <h2>People</h2>
      <TextArea
        {...field('publicKeptOutHow')}
        label="How will members of the public be kept out of the scan?"
        required={!external}
        hint={
          external
            ? 'If you cannot say, the bureau settles it before anyone decides.'
            : 'Cordon, timing, spotters: what will be done.'
        }
        value={text('publicKeptOutHow')}
      />
      <Choices
        {...field('politicalActivity')}
        label="Does it concern an investigation of political activity?"
        required
        value={text('politicalActivity')}
        options={YES_NO}
      />
      <Choices
        {...field('immigrationEnforcement')}
        label="Does it serve immigration enforcement?"
        required
        value={text('immigrationEnforcement')}
        options={YES_NO}
      />
      <Choices
        {...field('basisCharacteristics')}
        label="Is it based on any of these characteristics of a person?"
        hint="Check every one that plays a part. Leave all empty if none does."
        many
        value={typed?.form.texts('basisCharacteristics')}
        options={CHARACTERISTICS.map(({ id, label }) => ({ value: id, label }))}
      />
      <Choices
        {...field('useKind')}
        label="Kind of use"
        value={text('useKind') || 'described'}
        options={[
          { value: 'described', label: 'Screening an object, as the published policy describes' },
          { value: 'other', label: 'Something else the policy does not describe' },
        ]}
      />

      <h2>{LEGAL_CONFORMITY_ATTESTATION.title}</h2>
      <Checkbox
        {...field('attested')}
        label={LEGAL_CONFORMITY_ATTESTATION.paragraphs.join(' ')}
        required
        checked={typed?.form.checked('attested')}
      />
    </>
  );
}
