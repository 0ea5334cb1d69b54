/** Reading a report: what is shown before it, the choice since when the office knew, and the little a reporter sees of their own. */
import { nyText } from '../../policies/instant.ts';
import {
  Actions,
  Choices,
  Clauses,
  DateTimeFields,
  ErrorSummary,
  Facts,
  FormSecret,
  Moment,
  Notice,
  Submit,
  Tag,
  TextArea,
} from '../edge/fields.tsx';
import type { Form } from '../edge/page-app.tsx';
import type { BreachView } from './breach-view.ts';
import { STATE_LABELS } from './labels.ts';
import { fieldIn, fieldsOf, PartForm, posted } from './part.tsx';
import { Reported } from './reported.tsx';

export const READ_FIELDS = ['since', 'awareSince', 'howEarlier'];

const SINCE = {
  now: 'Nobody of the privacy office knew of it before now',
  earlier: 'I have known, or the office has, since:',
} as const;

export function readingIn(form: Form) {
  const read = posted(form, 'read');
  const since = read.choice('since', SINCE);
  const awareSince = since === 'earlier' ? read.when('awareSince') : undefined;
  const howEarlier = read.text('howEarlier');
  return { given: awareSince ? { awareSince, howEarlier } : {}, refusals: read.refusals };
}

/** Awareness can be put earlier, never later. */
export function KnownEarlier({ view: { breach, visitor, tried } }: { view: BreachView }) {
  const { typed, when, own } = fieldsOf(tried, 'read');
  return (
    <PartForm
      action={`/breaches/${breach.id}/read`}
      visitor={visitor}
      summary="The privacy office knew of it earlier"
      open={own !== undefined}
      submit="Put it earlier"
      kind="outline"
    >
      <input type="hidden" name={fieldIn('read', 'since')} value="earlier" />
      <DateTimeFields {...when('awareSince')} label="Since when?" hint="It can only be put earlier." required />
      <TextArea {...typed('howEarlier')} label="How did you learn of it?" rows={2} required />
    </PartForm>
  );
}

/** All that anybody sees of a report that nobody of the office has read: reading it is what makes the office aware. */
export function SealedPage({ view }: { view: BreachView }) {
  const { breach, eye, visitor, tried, now } = view;
  const { typed, field, text, when } = fieldsOf(tried, 'read');
  return (
    <>
      <ErrorSummary refusals={tried?.refusals ?? []} fields={READ_FIELDS.map((name) => fieldIn('read', name))} />
      <Facts
        items={[
          ['A report was made', <Moment at={breach.reportedAt} />],
          ['It says', 'That a disclosure may have been wrong. Nothing more is shown before it is read.'],
        ]}
      />
      <Notice kind="warning" heading="Reading it starts the clock">
        <p>
          Once somebody of the privacy office has read it, the office is aware, and the time to tell the City’s Chief
          Privacy Officer runs, through nights and weekends. Not reading it stops nothing: it is asked of the officer,
          the deputies and the chief of the bureau, over and over.{' '}
          <Clauses ids={[view.policy.edition.breachReport.clause, view.policy.house.firstToKnow.id]} />
        </p>
      </Notice>
      {eye === 'office' ? (
        <form method="post" action={`/breaches/${breach.id}/read`} class="pa-form" novalidate>
          <FormSecret visitor={visitor} />
          <Choices
            {...field('since')}
            label="Since when does the privacy office know?"
            required
            value={text('since') ?? 'now'}
            options={Object.entries(SINCE).map(([value, label]) => ({ value, label }))}
          />
          <DateTimeFields {...when('awareSince')} label="If earlier: since when?" hint={`It is now ${nyText(now)}.`} />
          <TextArea {...typed('howEarlier')} label="If earlier: how did you learn of it?" rows={2} />
          <Actions>
            <Submit>Read it now</Submit>
          </Actions>
        </form>
      ) : (
        <p>It is for the Agency Privacy Officer or a deputy to read.</p>
      )}
    </>
  );
}

/** What a reporter sees: their own words and the state, never what was found. */
export function ReporterPage({ view: { breach, names } }: { view: BreachView }) {
  const [words, kind] = STATE_LABELS[breach.state];
  return (
    <>
      <p class="pa-state">
        <Tag kind={kind}>{words}</Tag>
      </p>
      <Notice kind="success" heading="Thank you. What happens now">
        <p>
          The Agency Privacy Officer and the deputies are asked to read it. From then on a clock runs for their report
          to the City’s Chief Privacy Officer. They may ask you for more; there is nothing else you have to do.
        </p>
        <p>Keep what you have as it is. Do not tell others who need not know.</p>
      </Notice>
      <Reported breach={breach} names={names} />
    </>
  );
}
