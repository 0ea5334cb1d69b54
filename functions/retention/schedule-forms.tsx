/** The forms of a schedule: loading one, trying it, and putting it in force. */
import type { Refusal } from '../../policies/ruling.ts';
import { Actions, ErrorSummary, errorOf, FormSecret, Submit, TextArea } from '../edge/fields.tsx';
import type { Visitor } from '../edge/visitor.ts';
import type { LoadedProps } from './schedule-views.tsx';

interface TriedToLoad {
  readonly text: string;
  readonly because: readonly Refusal[];
}

/** Each refusal names where in the text it is, and leads to where the text can be corrected. */
const inText = (because: readonly Refusal[]): readonly Refusal[] =>
  because.map((refusal) => ({ ...refusal, field: 'pasted', found: `${refusal.found}, at ${refusal.field}` }));

export function LoadForm({ visitor, tried }: { visitor: Visitor; tried: TriedToLoad | undefined }) {
  return (
    <form class="pa-form" method="post" action="/retention/schedules" enctype="multipart/form-data">
      {tried && <ErrorSummary refusals={inText(tried.because)} />}
      <FormSecret visitor={visitor} />
      <div class="usa-form-group">
        <label class="usa-label" for="file">
          The schedule as a file <span class="pa-optional">(optional)</span>
        </label>
        <span class="usa-hint" id="file-hint">
          JSON, at most 90 kB: its number, title, source, first day, approvals and classes.
        </span>
        <input
          class="usa-input pa-file"
          type="file"
          id="file"
          name="file"
          accept=".json,application/json"
          aria-describedby="file-hint"
        />
      </div>
      <TextArea
        name="pasted"
        label="Or its text, pasted"
        hint="Used when no file is chosen. Each thing that is in the way is named by its field, such as classes.3.rule."
        rows={12}
        value={tried?.text}
        error={tried && 'What is in the way is named at the top, field by field.'}
      />
      <Actions>
        <Submit>Load it</Submit>
      </Actions>
    </form>
  );
}

export function DryRunForm({
  record,
  visitor,
  again,
}: Pick<LoadedProps, 'record' | 'visitor'> & { readonly again: boolean }) {
  return (
    <form method="post" action={`/retention/schedules/${encodeURIComponent(record.id)}/dry-run`}>
      <FormSecret visitor={visitor} />
      <Submit kind="outline">{again ? 'Try it again' : 'Try what it would change'}</Submit>
    </form>
  );
}

export function ApproveForm({ record, visitor, tried, trial }: LoadedProps) {
  const shorter = (trial?.counts?.shorter ?? 0) + (trial?.counts?.['due-now'] ?? 0);
  return (
    <>
      <h2>Put it in force</h2>
      {visitor.personId === record.loadedBy ? (
        <p>You loaded it. A second person puts it in force.</p>
      ) : (
        <form class="pa-form" method="post" action={`/retention/schedules/${encodeURIComponent(record.id)}/approve`}>
          <FormSecret visitor={visitor} />
          <p>
            Dates are worked out anew for every record.{' '}
            {shorter > 0 && 'Some would come earlier: see the counts above. '}
            Nothing is destroyed by this: what falls due is proposed, open to objection, and signed by three offices.
          </p>
          <TextArea
            name="reason"
            label="Why it takes effect"
            hint="Such as the approval it rests on."
            required
            value={tried?.reason}
            error={errorOf(tried?.because, 'reason')}
          />
          <Actions>
            <Submit>Put it in force</Submit>
          </Actions>
        </form>
      )}
    </>
  );
}

export function WithdrawForm({ record, visitor, tried }: Pick<LoadedProps, 'record' | 'visitor' | 'tried'>) {
  return (
    <>
      <h2>Withdraw it</h2>
      <form class="pa-form" method="post" action={`/retention/schedules/${encodeURIComponent(record.id)}/withdraw`}>
        <FormSecret visitor={visitor} />
        <TextArea
          name="withdrawal"
          label="Why it is withdrawn"
          hint="It stays on file as withdrawn. One without the mistake is loaded under another version."
          required
          value={tried?.withdrawal}
          error={errorOf(tried?.because, 'withdrawal')}
        />
        <Actions>
          <Submit kind="outline">Withdraw it</Submit>
        </Actions>
      </form>
    </>
  );
}
