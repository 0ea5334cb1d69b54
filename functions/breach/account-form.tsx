/** The report to the Chief Privacy Officer, as a part of the breach's page: what it has to say beyond the reporter's words, and what became of it. */
import { Checkbox, Choices, Facts, Moment, Nothing, TextArea, TextField } from '../edge/fields.tsx';
import type { Form } from '../edge/page-app.tsx';
import { ReportProof } from './breach-clock-panel.tsx';
import type { BreachView } from './breach-view.ts';
import type { Account } from './describe-breach.ts';
import { KIND_LABELS, optionsOf, YES_NO } from './labels.ts';
import { fieldsOf, Part, PartForm, posted } from './part.tsx';
import { Sheet } from './report-page.tsx';

export const ACCOUNT_FIELDS = ['kinds', 'people', 'peopleExact', 'minors', 'summary', 'contained', 'corrective'];

export function accountIn(form: Form) {
  const read = posted(form, 'account');
  const account: Account = {
    kinds: read.choices('kinds', KIND_LABELS),
    people: read.whole('people') ?? 0,
    peopleExact: !read.checked('about'),
    minors: read.yesNo('minors', 'say whether minors are among them') ?? false,
    summary: read.text('summary'),
    corrective: read.text('corrective'),
    ...(read.text('contained') && { contained: read.text('contained') }),
  };
  return { account, refusals: read.refusals };
}

export function ReportPart({ view, next }: { view: BreachView; next: boolean }) {
  const { breach, eye, mayAct, reports, clock } = view;
  const told = clock.state === 'told' || clock.state === 'sent';
  const { account } = breach;
  return (
    <Part
      id="report"
      heading="Report to the City’s Chief Privacy Officer"
      tag={
        clock.state === 'told'
          ? ['Delivered', 'good']
          : clock.state === 'sent'
            ? ['Sent, to be proven', 'waiting']
            : ['Not sent', 'waiting']
      }
    >
      {reports.map((report) => (
        <>
          <Facts
            items={[
              [report.title, <ReportProof report={report} clock={clock} />],
              ['What was sent, as a hash', <code>{report.sha256}</code>],
            ]}
          />
          <details class="pa-fold">
            <summary>What was sent, word for word</summary>
            <Sheet title={report.title} parts={report.parts} />
          </details>
        </>
      ))}
      {account ? (
        <Facts
          items={[
            ['What happened', account.summary],
            ['Kinds of information', account.kinds.map((kind) => KIND_LABELS[kind]).join(', ')],
            [
              'People',
              `${account.peopleExact ? '' : 'about '}${account.people}${account.minors ? ', minors among them' : ''}`,
            ],
            account.contained !== undefined && ['What was contained', account.contained],
            ['What is done so that it does not happen again', account.corrective],
          ]}
        />
      ) : (
        <Nothing>What the report has to say is not written yet.</Nothing>
      )}
      {mayAct && <AccountForm view={view} open={next && !account} />}
      {eye === 'office' && breach.state !== 'closed' && (mayAct || reports.length > 0) && account && (
        <p>
          <a class={`usa-button${told ? ' usa-button--outline' : ''}`} href={`/breaches/${breach.id}/report`}>
            {told ? 'Read the report, or send a supplement' : 'Read the report and send it'}
          </a>
        </p>
      )}
      {mayAct && breach.state === 'triaging' && (
        <p>
          It may be sent before it is judged: the clock runs since <Moment at={breach.awareAt!} />, and an estimate will
          do.
        </p>
      )}
    </Part>
  );
}

function AccountForm({ view: { breach, visitor, tried }, open }: { view: BreachView; open: boolean }) {
  const { account } = breach;
  const { typed, field, text, texts, checked, own } = fieldsOf(tried, 'account');
  return (
    <PartForm
      action={`/breaches/${breach.id}/account`}
      visitor={visitor}
      summary={account ? 'Change what the report says' : 'Write what the report says'}
      open={open || own !== undefined}
      submit="Save it"
    >
      <TextArea
        {...typed('summary', account?.summary)}
        label="What happened, in a few sentences?"
        hint="For the Chief Privacy Officer. It names nobody."
        required
      />
      <Choices
        {...field('kinds')}
        label="What kinds of information were in it?"
        many
        required
        value={texts('kinds') ?? account?.kinds}
        options={optionsOf(KIND_LABELS)}
      />
      <TextField
        {...typed('people', account && String(account.people))}
        label="How many people is it about?"
        required
        width="xs"
        inputmode="numeric"
      />
      <Checkbox
        {...field('about')}
        label="The number is an estimate"
        required
        checked={own ? checked('about') : account && !account.peopleExact}
      />
      <Choices
        {...field('minors')}
        label="Are minors among them?"
        required
        value={text('minors') ?? (account && (account.minors ? 'yes' : 'no'))}
        options={YES_NO}
      />
      <TextArea
        {...typed('contained', account?.contained)}
        label="What was contained, and how?"
        hint="It names nobody."
        rows={2}
      />
      <TextArea
        {...typed('corrective', account?.corrective)}
        label="What is done so that it does not happen again?"
        hint="It names nobody."
        required
      />
    </PartForm>
  );
}
