/** What stands around the fields of a form: what is in the way, the secret that proves the form ours, and its buttons. */
import type { Child } from 'hono/jsx';
import type { Refusal } from '../../policies/ruling.ts';
import { FORM_FIELD } from './form.ts';
import type { Visitor } from './visitor.ts';
import { ClauseLink } from './words.tsx';

/** What is wrong with a field, for its `error`: of the refusals, those that name it. */
export function errorOf(refusals: readonly Refusal[] | undefined, name: string): string | undefined {
  const own = refusals?.filter((refusal) => refusal.field === name) ?? [];
  return own.length > 0 ? own.map(sentenceOf).join(' ') : undefined;
}

const sentenceOf = ({ found, expected, todo }: Refusal): string =>
  `Found ${found}; expected ${expected}. ${capital(todo)}${/[.!?]$/.test(todo) ? '' : '.'}`;
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * Everything that is in the way, before the form; the page opens with the focus on it, without a script. `fields` are the form's field names: a refusal about something else,
 * such as who is asking, has nothing to lead to and is shown as text.
 */
export function ErrorSummary({
  refusals,
  fields,
}: {
  refusals: readonly Refusal[];
  fields?: readonly string[] | undefined;
}) {
  if (refusals.length === 0) return null;
  const heading = refusals.length === 1 ? 'One thing is in the way' : `${refusals.length} things are in the way`;
  return (
    <div
      class="usa-alert usa-alert--error pa-errors"
      role="alert"
      aria-labelledby="error-summary"
      tabindex={-1}
      autofocus
    >
      <div class="usa-alert__body">
        <h2 class="usa-alert__heading" id="error-summary">
          {heading}
        </h2>
        <ul class="usa-list">
          {refusals.map((refusal) => (
            <li>
              {!fields || fields.includes(refusal.field) ? (
                <a href={`#${refusal.field}`}>{sentenceOf(refusal)}</a>
              ) : (
                sentenceOf(refusal)
              )}{' '}
              <ClauseLink id={refusal.clause} />
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

/** The hidden field that proves a form is ours: the session's, or on a page for everyone `publicFormSecret(c)`. */
export function FormSecret(props: { readonly visitor: Pick<Visitor, 'formSecret'> } | { readonly secret: string }) {
  return <input type="hidden" name={FORM_FIELD} value={'visitor' in props ? props.visitor.formSecret : props.secret} />;
}

/** The button that sends a form. On a phone it stays at the foot of the screen. `name` and `value` tell buttons apart. */
export function Submit(props: {
  readonly children?: Child;
  readonly kind?: 'primary' | 'outline' | 'danger' | undefined;
  readonly name?: string | undefined;
  readonly value?: string | undefined;
}) {
  const style = { primary: '', outline: ' usa-button--outline', danger: ' usa-button--secondary' }[
    props.kind ?? 'primary'
  ];
  return (
    <button class={`usa-button${style}`} type="submit" name={props.name} value={props.value}>
      {props.children}
    </button>
  );
}

/** A row for a form's buttons; it keeps to the foot of a phone's screen. */
export function Actions({ children }: { children?: Child }) {
  return <div class="pa-actions">{children}</div>;
}
