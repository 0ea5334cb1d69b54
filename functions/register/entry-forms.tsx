/** The forms that put an agreement, an approval in advance or a routine designation on file. */
import { RECIPIENTS } from '../../policies/editions/disclosure-grounds.ts';
import { DISCLOSURE_TYPES } from '../../policies/editions/disclosure-types.ts';
import type { Refusal } from '../../policies/ruling.ts';
import { Actions, Choices, ErrorSummary, errorOf, FormSecret, Submit, TextArea, TextField } from '../edge/fields.tsx';
import type { Form } from '../edge/page-app.tsx';
import { newSecret } from '../edge/system.ts';
import type { Visitor } from '../edge/visitor.ts';
import type { Child } from 'hono/jsx';
import { TECHNOLOGIES } from './labels.ts';
import { MOST_LONG, MOST_SHORT } from './needs.ts';

export interface Tried {
  readonly form: Form;
  readonly because: readonly Refusal[];
}

export interface FormProps {
  readonly visitor: Visitor;
  readonly tried?: Tried | undefined;
}

const DRAFT = /^[\w-]{43}$/;

/** The number a form carries from when it was first shown, so that sending it twice puts one thing on file. */
export const draftIn = (form: Form): { readonly draft?: string } =>
  DRAFT.test(form.text('draft')) ? { draft: form.text('draft') } : {};

/** What was typed into a field and what is wrong with it, by the field's name. */
export const fieldsOf = (tried: Tried | undefined) => ({
  text: (name: string) => ({ name, value: tried?.form.text(name), error: errorOf(tried?.because, name) }),
  texts: (name: string) => ({ name, value: tried?.form.texts(name), error: errorOf(tried?.because, name) }),
});

export function EntryForm(
  props: FormProps & {
    readonly action: string;
    readonly fields: readonly string[];
    readonly send: string;
    readonly children?: Child;
  },
) {
  const { visitor, tried, action, fields, send, children } = props;
  return (
    <form class="pa-form" method="post" action={action}>
      {tried && <ErrorSummary refusals={tried.because} fields={fields} />}
      <FormSecret visitor={visitor} />
      <input type="hidden" name="draft" value={(tried && draftIn(tried.form).draft) ?? newSecret()} />
      {children}
      <Actions>
        <Submit>{send}</Submit>
      </Actions>
    </form>
  );
}

/** First and last day; the last is open unless it is said. */
export function DayFields({ tried }: { tried: Tried | undefined }) {
  const { text } = fieldsOf(tried);
  return (
    <>
      <TextField {...text('from')} type="date" width="md" label="First day" required />
      <TextField {...text('until')} type="date" width="md" label="Last day" hint="Leave it empty while it is open." />
    </>
  );
}

const KINDS = DISCLOSURE_TYPES.map(({ id, label }) => ({ value: id, label }));

export function AgreementForm({ visitor, tried }: FormProps) {
  const { text, texts } = fieldsOf(tried);
  return (
    <EntryForm
      {...{ visitor, tried }}
      action="/registers/agreements"
      fields={['title', 'with', 'reference', 'technologies', 'from', 'until']}
      send="Put the agreement on file"
    >
      <TextField {...text('title')} label="Title" required maxlength={MOST_SHORT} />
      <TextField {...text('with')} label="With whom it was made" required maxlength={MOST_SHORT} />
      <TextField
        {...text('reference')}
        label="Where the signed paper is"
        hint="Such as its number in the files of the Legal Bureau."
        required
        maxlength={MOST_SHORT}
      />
      <Choices
        {...texts('technologies')}
        label="Technologies it is about"
        many
        required
        options={TECHNOLOGIES.map(({ id, label }) => ({ value: id, label }))}
      />
      <DayFields tried={tried} />
    </EntryForm>
  );
}

export function PreApprovalForm({ visitor, tried }: FormProps) {
  const { text, texts } = fieldsOf(tried);
  return (
    <EntryForm
      {...{ visitor, tried }}
      action="/registers/pre-approvals"
      fields={['reference', 'approvedOn', 'covers', 'until']}
      send="Put the approval on file"
    >
      <TextField
        {...text('reference')}
        label="Reference of the City’s Chief Privacy Officer"
        hint="As the approval has it."
        required
        maxlength={MOST_SHORT}
      />
      <TextField {...text('approvedOn')} type="date" width="md" label="Approved on" required />
      <TextField {...text('until')} type="date" width="md" label="Last day" hint="Leave it empty while it is open." />
      <Choices {...texts('covers')} label="Kinds of disclosure it covers" many options={KINDS} />
      <TextField
        {...text('single')}
        label="Single disclosures it covers"
        hint="Their numbers, such as X-7K3M-Q9TX, with a blank between them."
        maxlength={MOST_LONG}
      />
    </EntryForm>
  );
}

export function DesignationForm({ visitor, tried }: FormProps) {
  const { text, texts } = fieldsOf(tried);
  return (
    <EntryForm
      {...{ visitor, tried }}
      action="/registers/designations"
      fields={['title', 'why', 'covers', 'recipients', 'from', 'until']}
      send="Make the designation"
    >
      <TextField {...text('title')} label="Title" required maxlength={MOST_SHORT} />
      <TextArea
        {...text('why')}
        label="Why disclosures of this kind are routine"
        hint="They are made in the normal course of business and further the department’s mission."
        required
        maxlength={MOST_LONG}
      />
      <Choices {...texts('covers')} label="Kinds of disclosure" many required options={KINDS} />
      <Choices
        {...texts('recipients')}
        label="Kinds of recipients"
        many
        required
        options={RECIPIENTS.map(({ kind, label }) => ({ value: kind, label }))}
      />
      <DayFields tried={tried} />
    </EntryForm>
  );
}
