/**
 * The form of a disclosure for one kind of recipient, and the page before it that asks who gets it. Any of it may be left
 * open and saved; what is still missing is asked for before anything is released.
 */
import { isThirdParty, RECIPIENTS, type RecipientKind } from '../../policies/editions/disclosure-grounds.ts';
import type { Refusal } from '../../policies/ruling.ts';
import {
  Actions,
  Choices,
  ErrorSummary,
  errorOf,
  FormSecret,
  Select,
  Submit,
  TextArea,
  type Choice,
} from '../edge/fields.tsx';
import type { Form } from '../edge/page-app.tsx';
import { newSecret } from '../edge/system.ts';
import type { Visitor } from '../edge/visitor.ts';
import { AddresseeFields, ADDRESSEE_FIELDS } from './addressee-fields.tsx';
import { CheckedFields, CHECKED_FIELDS } from './checked-fields.tsx';
import { GROUND_FIELDS, GroundFields } from './ground-fields.tsx';
import { recipientLabel, TECHNOLOGIES, TYPES, WAYS } from './labels.ts';
import type { OnFile } from './on-file.ts';
import { RECIPIENT_FIELDS, RecipientFields } from './recipient-fields.tsx';
import { MOST } from './typed-answers.ts';

export type { OnFile } from './on-file.ts';

/** What stands in the form: what was typed or is on record, and what is wrong with it. */
export interface Filling {
  text(name: string): string;
  texts(name: string): readonly string[];
  /** For a question that may stay open for good. */
  field(name: string): { readonly name: string; readonly value: string; readonly error: string | undefined };
  /** For one that is needed before anything is released. */
  needed(name: string): ReturnType<Filling['field']> & { readonly required: true };
  wrongAmong(names: readonly string[]): boolean;
}

export function fillingOf(form: Form | undefined, refusals: readonly Refusal[]): Filling {
  const text = (name: string): string => form?.text(name) ?? '';
  const field = (name: string) => ({ name, value: text(name), error: errorOf(refusals, name) });
  return {
    text,
    texts: (name) => form?.texts(name) ?? [],
    field,
    needed: (name) => ({ ...field(name), required: true }),
    wrongAmong: (names) => refusals.some((refusal) => names.includes(refusal.field)),
  };
}

const COMMON = ['technology', 'disclosureType', 'about', 'aboutWhom', 'way'];

/** The ids of a kind's form, where an error summary may lead. */
export const fieldsFor = (kind: RecipientKind): readonly string[] => [
  ...COMMON,
  ...ADDRESSEE_FIELDS,
  ...CHECKED_FIELDS,
  ...RECIPIENT_FIELDS[kind],
  ...(kind === 'agency-unit' ? [] : ['basis', ...Object.values(GROUND_FIELDS).flat()]),
  ...(isThirdParty(kind) ? ['agreement', 'agreementWhy'] : []),
];

/** Rules and acts name what they looked at; here is where in the form that is. */
const LEADS_TO: Readonly<Record<string, string>> = {
  addressee: 'addresseeName',
  name: 'addresseeName',
  how: 'mission',
  people: 'consent',
  preApprovalId: 'preApproval',
  designationId: 'designation',
  agreementId: 'agreement',
  furthers: 'immigration',
};

export function ledInto(kind: RecipientKind, refusals: readonly Refusal[]): readonly Refusal[] {
  const recipient = kind === 'new-jersey-agent' ? 'search' : 'basis';
  return refusals.map((refusal) => {
    const own = refusal.field.split('.').at(-1)!;
    return { ...refusal, field: own === 'recipient' ? recipient : (LEADS_TO[own] ?? own) };
  });
}

export const NONE = 'none';

const DRAFT = /^[\w-]{43}$/;

/** The number a form carries from when it was first shown, so that sending it twice opens one disclosure. */
export const draftOf = (form: Form | undefined): { readonly draft?: string } =>
  form && DRAFT.test(form.text('draft')) ? { draft: form.text('draft') } : {};

export interface DisclosureFormProps {
  readonly visitor: Visitor;
  readonly kind: RecipientKind;
  readonly onFile: OnFile;
  /** Of a disclosure that is there already. */
  readonly id?: string | undefined;
  readonly form?: Form | undefined;
  readonly refusals?: readonly Refusal[] | undefined;
}

export function DisclosureForm({ visitor, kind, onFile, id, form, refusals: because = [] }: DisclosureFormProps) {
  const refusals = ledInto(kind, because);
  const filling = fillingOf(form, refusals);
  return (
    <>
      <ErrorSummary refusals={refusals} fields={fieldsFor(kind)} />
      <form method="post" action={id ? `/disclosures/${id}` : '/disclosures'} class="pa-form" novalidate>
        <FormSecret visitor={visitor} />
        <input type="hidden" name="to" value={kind} />
        {!id && <input type="hidden" name="draft" value={draftOf(form).draft ?? newSecret()} />}
        <h2>What would leave</h2>
        <Select
          {...filling.needed('technology')}
          label="Technology it comes from"
          options={
            kind === 'new-jersey-agent'
              ? TECHNOLOGIES.filter(({ value }) => value === 'license-plate-reader')
              : TECHNOLOGIES
          }
        />
        <Select {...filling.needed('disclosureType')} label="Kind of disclosure" options={TYPES} />
        <TextArea {...filling.needed('about')} label="What it is about" maxlength={MOST.text} />
        <TextArea
          {...filling.needed('aboutWhom')}
          label="Who is in it"
          hint="Everyone who can be told from it, as far as you know."
          rows={2}
          maxlength={MOST.text}
        />
        <h2>{recipientLabel(kind)}</h2>
        <AddresseeFields kind={kind} filling={filling} />
        <RecipientFields kind={kind} filling={filling} />
        <CheckedFields kind={kind} filling={filling} />
        {kind !== 'agency-unit' && <GroundFields kind={kind} filling={filling} onFile={onFile} />}
        {isThirdParty(kind) && <AgreementFields filling={filling} onFile={onFile} />}
        <h2>How it is handed over</h2>
        <Choices {...filling.needed('way')} label="The way" options={WAYS} value={filling.text('way') || 'page'} />
        <Actions>
          <Submit>{id ? 'Save the changes' : 'Save and go on to what is enclosed'}</Submit>
        </Actions>
      </form>
    </>
  );
}

function AgreementFields({ filling, onFile }: { filling: Filling; onFile: OnFile }) {
  return (
    <>
      <h2>The agreement</h2>
      <Select
        {...filling.needed('agreement')}
        label="What the recipient agreed to about its use"
        hint="Not needed where the disclosure is designated as routine, is exigent, or goes to the person with their own consent."
        options={[...onFile.agreements, { value: NONE, label: 'None: no important privacy interest is touched' }]}
      />
      <TextArea
        {...filling.needed('agreementWhy')}
        label="If none: why no important privacy interest is unduly compromised"
        rows={2}
        maxlength={MOST.text}
      />
    </>
  );
}

const TO_HINTS: Readonly<Partial<Record<RecipientKind, string>>> = {
  prosecutor: 'Who has jurisdiction over a criminal case; it goes on to the defense under the discovery laws.',
  'law-enforcement': 'Police, sheriffs and agencies of any government with powers of law enforcement.',
  'city-agency': 'An agency of the City of New York other than this department.',
  'person-or-guardian': 'About themselves, or about the child or person they answer for.',
  'news-media': 'Press, broadcasters and online media.',
  vendor: 'Who works for the department under a contract that needs it.',
  'agency-unit': 'Inside the department; for a lawful duty.',
  'new-jersey-agent': 'A search for one plate in the plate readers, and nothing else.',
};

/** The page before the form. It is a GET: the answer only chooses which form is shown. */
export function RecipientChooser({ asked }: { asked?: string | undefined }) {
  const options: readonly Choice[] = RECIPIENTS.map(({ kind, label }) => ({
    value: kind,
    label,
    hint: TO_HINTS[kind],
  }));
  const error = asked ? 'Found a recipient that is none of these. Choose one.' : undefined;
  return (
    <form method="get" action="/disclosures/new" class="pa-form">
      <Choices name="to" label="Who gets it?" required options={options} error={error} />
      <Actions>
        <button class="usa-button" type="submit">
          Go on
        </button>
      </Actions>
    </form>
  );
}
