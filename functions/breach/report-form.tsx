/** The form by which anybody of the department reports a disclosure that may have been wrong. Short: the reporter may be in a hurry. */
import { RECIPIENTS } from '../../policies/editions/disclosure-grounds.ts';
import type { Instant } from '../../policies/instant.ts';
import type { Refusal } from '../../policies/ruling.ts';
import {
  Actions,
  Choices,
  DateTimeFields,
  ErrorSummary,
  FormSecret,
  Select,
  Submit,
  TextArea,
  TextField,
} from '../edge/fields.tsx';
import type { Form } from '../edge/page-app.tsx';
import { newSecret } from '../edge/system.ts';
import type { Visitor } from '../edge/visitor.ts';
import type { BreachReportGiven } from './contract.ts';
import { optionsOf, RECIPIENT_LABELS, TECHNOLOGY_LABELS } from './labels.ts';
import { fieldsOf, posted, UNREAD, type Tried } from './part.tsx';

export const REPORT_FIELDS = [
  'technology',
  'what',
  'how',
  'discoveredAt',
  'occurredAt',
  'disclosureId',
  'recipient',
  'toWhom',
  'awareSince',
];

/** Longer than any id of ours; what is longer is none, and its words stay out of the record. */
const LONGEST_ID = 40;

/** Reads the form. What cannot be read is a refusal of its own, beside those of the rules. */
export function reportIn(form: Form): {
  readonly given: BreachReportGiven;
  readonly awareSince?: Instant;
  readonly refusals: readonly Refusal[];
} {
  const read = posted(form, '');
  const technology = read.choice('technology', TECHNOLOGY_LABELS, 'choose the technology it came from');
  const recipient = read.choice('recipient', RECIPIENT_LABELS, 'choose the kind of recipient, or that nobody knows');
  const discoveredAt = read.when('discoveredAt');
  const occurredAt = read.when('occurredAt', false);
  const awareSince = read.when('awareSince', false);
  const disclosureId = read.text('disclosureId').toUpperCase();
  if (disclosureId.length > LONGEST_ID)
    read.refuse(
      'disclosureId',
      `${disclosureId.length} characters`,
      'a number such as X-7K3M-Q9TX',
      'leave it empty if you do not know it',
    );
  return {
    given: {
      technology: technology ?? 'mobile-x-ray',
      what: read.text('what'),
      how: read.text('how'),
      discoveredAt: discoveredAt ?? UNREAD,
      ...(occurredAt && { occurredAt }),
      ...(disclosureId && { disclosureId }),
      recipient: recipient ?? 'unknown',
      toWhom: read.text('toWhom'),
    },
    ...(awareSince && { awareSince }),
    refusals: read.refusals,
  };
}

const DRAFT = /^[\w-]{43}$/;

/** The number a form carries from when it was first shown, so that sending it twice reports once. */
export const draftOf = (form: Form): { readonly draft?: string } =>
  DRAFT.test(form.text('draft')) ? { draft: form.text('draft') } : {};

export function ReportForm(props: {
  readonly visitor: Visitor;
  /** Whether whoever reports is the officer or a deputy: then the office knows. */
  readonly inOffice: boolean;
  readonly tried?: Tried | undefined;
  readonly now: Instant;
}) {
  const { visitor, inOffice, tried, now } = props;
  const { typed, field, text, when } = fieldsOf(tried, '');
  return (
    <>
      <ErrorSummary refusals={tried?.refusals ?? []} fields={REPORT_FIELDS} />
      <form method="post" action="/breaches" class="pa-form" novalidate>
        <FormSecret visitor={visitor} />
        <input type="hidden" name="draft" value={(tried && draftOf(tried.form).draft) ?? newSecret()} />
        <TextArea
          {...typed('what')}
          label="What happened?"
          hint="What was disclosed, and why it may have been wrong. Leave out the names of the people in it; the privacy office asks if it needs them."
          required
        />
        <TextArea {...typed('how')} label="How did it happen, as far as you know?" rows={2} required />
        <Choices
          {...field('technology')}
          label="Which technology did it come from?"
          required
          value={text('technology')}
          options={optionsOf(TECHNOLOGY_LABELS)}
        />
        <DateTimeFields
          {...when('discoveredAt', tried ? undefined : now)}
          label="When was it discovered?"
          hint="By you or by anybody else. Now is filled in; correct it if it was earlier."
          required
        />
        <DateTimeFields {...when('occurredAt')} label="When did it happen?" />
        <Select
          {...field('recipient')}
          label="What kind of recipient got it?"
          required
          value={text('recipient')}
          options={[
            ...RECIPIENTS.map(({ kind, label }) => ({ value: kind, label })),
            { value: 'unknown', label: RECIPIENT_LABELS.unknown },
          ]}
        />
        <TextField
          {...typed('toWhom')}
          label="To whom did it go?"
          hint="An agency, an office or an address; a few words."
          required
        />
        <TextField
          {...typed('disclosureId')}
          maxlength={LONGEST_ID}
          width="md"
          label="Number of the disclosure, if you know it"
          hint="It looks like X-7K3M-Q9TX."
        />
        {inOffice && (
          <DateTimeFields
            {...when('awareSince')}
            label="You answer for breaches: since when do you know of it?"
            hint="The clock runs from then. Left empty, it runs from when it was discovered."
          />
        )}
        <Actions>
          <Submit>Report it</Submit>
        </Actions>
      </form>
    </>
  );
}
