/** The report to the City's Chief Privacy Officer exactly as it will be sent, and the button that sends it. */
import { Actions, Checkbox, Clauses, ErrorSummary, FormSecret, Notice } from '../edge/fields.tsx';
import type { Form } from '../edge/page-app.tsx';
import type { Report } from '../mail/contract.ts';
import type { BreachView } from './breach-view.ts';
import { ClockPanel } from './breach-clock-panel.tsx';
import type { ComposedReport } from './compose-report.ts';
import { fieldsOf, posted } from './part.tsx';

export const SEND_FIELDS = ['namesNobody'];

export function sendingIn(form: Form) {
  const read = posted(form, '');
  return { shownHash: read.text('shownHash'), namesNobody: read.checked('namesNobody') };
}

export function ReportPage({ view, composed }: { view: BreachView; composed: ComposedReport }) {
  const { breach, clock, visitor, tried } = view;
  const { field, checked } = fieldsOf(tried, '');
  const before = clock.state === 'told' || clock.state === 'sent';
  return (
    <>
      <ErrorSummary refusals={tried?.refusals ?? []} fields={SEND_FIELDS} />
      <ClockPanel {...view} />
      {composed.missing.length > 0 && (
        <Notice kind="warning" heading="It cannot be sent yet">
          <ul class="usa-list">
            {composed.missing.map(({ found, expected, todo, clause }) => (
              <li>
                Found {found}; expected {expected}. {todo} <Clauses ids={[clause]} />
              </li>
            ))}
          </ul>
          <p>
            <a href={`/breaches/${breach.id}#report`}>Write what it has to say</a>
          </p>
        </Notice>
      )}
      <h2>The report</h2>
      <Sheet title={composed.title} parts={composed.parts} />
      <p>
        This is exactly what is sent. Its SHA-256 is <code>{composed.sha256}</code>. It answers{' '}
        <Clauses ids={composed.answers} />
      </p>
      {before && (
        <p>A report was sent already. Another one is a supplement; it does not change when the first was made.</p>
      )}
      {composed.missing.length === 0 && breach.state !== 'closed' && (
        <form method="post" action={`/breaches/${breach.id}/report`} class="pa-form" novalidate>
          <FormSecret visitor={visitor} />
          <input type="hidden" name="shownHash" value={composed.sha256} />
          <Checkbox
            {...field('namesNobody')}
            label="I have read it, and it names nobody"
            required
            checked={checked('namesNobody')}
          />
          <Actions>
            <button class="usa-button pa-submit-large" type="submit">
              Send to the Chief Privacy Officer
            </button>
          </Actions>
        </form>
      )}
    </>
  );
}

/** A report as its reader gets it. */
export function Sheet({ title, parts }: Pick<Report, 'title' | 'parts'>) {
  return (
    <article class="pa-sheet" aria-label={title}>
      <h3>{title}</h3>
      {parts.map(({ heading, lines }) => (
        <>
          <h4>{heading}</h4>
          {lines.map((line) => (
            <p>{line}</p>
          ))}
        </>
      ))}
    </article>
  );
}
