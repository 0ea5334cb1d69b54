/**
 * Form fields. Each has a label that is always there, a hint, and its error beside it, tied together for a screen reader;
 * the element's id is the field's name, so that an error summary leads to it. No field is marked by color alone.
 */
import type { Child } from 'hono/jsx';

export * from './form-parts.tsx';
export * from './words.tsx';

interface FieldProps {
  readonly name: string;
  readonly label: Child;
  readonly hint?: Child | undefined;
  readonly error?: string | undefined;
  readonly required?: boolean | undefined;
}

const describedBy = ({ name, hint, error }: FieldProps): string | undefined =>
  [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ') || undefined;

function Group({ field, children, labelled = true }: { field: FieldProps; children?: Child; labelled?: boolean }) {
  const { name, label, hint, error, required } = field;
  return (
    <div class={`usa-form-group${error ? ' usa-form-group--error' : ''}`}>
      {labelled && (
        <label class={`usa-label${error ? ' usa-label--error' : ''}`} for={name}>
          {label}
          {!required && <span class="pa-optional"> (optional)</span>}
        </label>
      )}
      <Around field={field} hint={hint} error={error} />
      {children}
    </div>
  );
}

function Around({ field, hint, error }: { field: FieldProps; hint: Child | undefined; error: string | undefined }) {
  return (
    <>
      {hint && (
        <span class="usa-hint" id={`${field.name}-hint`}>
          {hint}
        </span>
      )}
      {error && (
        <span class="usa-error-message" id={`${field.name}-error`}>
          <span class="usa-sr-only">Error: </span>
          {error}
        </span>
      )}
    </>
  );
}

const state = (field: FieldProps) => ({
  id: field.name,
  name: field.name,
  required: field.required,
  'aria-describedby': describedBy(field),
  ...(field.error && { 'aria-invalid': 'true' as const }),
});

export function TextField(
  props: FieldProps & {
    readonly value?: string | undefined;
    readonly type?: 'text' | 'email' | 'tel' | 'number' | 'date' | 'time' | 'search' | undefined;
    readonly width?: 'xs' | 'sm' | 'md' | 'lg' | 'xl' | '2xl' | undefined;
    readonly autocomplete?: string | undefined;
    readonly inputmode?: 'text' | 'numeric' | 'decimal' | 'email' | 'tel' | undefined;
    readonly maxlength?: number | undefined;
  },
) {
  const { value, type = 'text', width = '2xl', autocomplete = 'off', inputmode, maxlength, error } = props;
  const style = `usa-input usa-input--${width}${error ? ' usa-input--error' : ''}`;
  return (
    <Group field={props}>
      <input
        class={style}
        type={type}
        value={value}
        autocomplete={autocomplete}
        inputmode={inputmode}
        maxlength={maxlength}
        {...state(props)}
      />
    </Group>
  );
}

export function TextArea(
  props: FieldProps & {
    readonly value?: string | undefined;
    readonly rows?: number | undefined;
    readonly maxlength?: number | undefined;
  },
) {
  return (
    <Group field={props}>
      <textarea
        class={`usa-textarea pa-textarea${props.error ? ' usa-input--error' : ''}`}
        rows={props.rows ?? 4}
        maxlength={props.maxlength}
        {...state(props)}
      >
        {props.value}
      </textarea>
    </Group>
  );
}

export interface Choice {
  readonly value: string;
  readonly label: Child;
  readonly hint?: Child | undefined;
}

/** One of several, as radio buttons; several of several with `many`, as checkboxes of one name. */
export function Choices(
  props: FieldProps & {
    readonly options: readonly Choice[];
    readonly value?: string | readonly string[] | undefined;
    readonly many?: boolean | undefined;
  },
) {
  const { name, label, hint, error, required, options, value, many } = props;
  const kind = many ? 'checkbox' : 'radio';
  const chosen = typeof value === 'string' ? [value] : (value ?? []);
  return (
    <div class={`usa-form-group${error ? ' usa-form-group--error' : ''}`}>
      <fieldset class="usa-fieldset" aria-describedby={describedBy(props)}>
        <legend class={`usa-legend${error ? ' usa-label--error' : ''}`}>
          {label}
          {!required && <span class="pa-optional"> (optional)</span>}
        </legend>
        <Around field={props} hint={hint} error={error} />
        {options.map((option, index) => {
          const id = index === 0 ? name : `${name}-${index + 1}`;
          return (
            <div class={`usa-${kind}`}>
              <input
                class={`usa-${kind}__input`}
                type={kind}
                id={id}
                name={name}
                value={option.value}
                checked={chosen.includes(option.value)}
                required={required && !many}
              />
              <label class={`usa-${kind}__label`} for={id}>
                {option.label}
                {option.hint && <span class={`usa-${kind}__label-description`}>{option.hint}</span>}
              </label>
            </div>
          );
        })}
      </fieldset>
    </div>
  );
}

/** One statement to agree to; posts `yes`. */
export function Checkbox(props: FieldProps & { readonly checked?: boolean | undefined }) {
  return (
    <Group field={props} labelled={false}>
      <div class="usa-checkbox">
        <input class="usa-checkbox__input" type="checkbox" value="yes" checked={props.checked} {...state(props)} />
        <label class="usa-checkbox__label" for={props.name}>
          {props.label}
        </label>
      </div>
    </Group>
  );
}

export function Select(
  props: FieldProps & {
    readonly options: readonly { readonly value: string; readonly label: string }[];
    readonly value?: string | undefined;
  },
) {
  return (
    <Group field={props}>
      <select class={`usa-select${props.error ? ' usa-input--error' : ''}`} {...state(props)}>
        <option value="">Choose one</option>
        {props.options.map((option) => (
          <option value={option.value} selected={option.value === props.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Group>
  );
}

/**
 * A date and a time on New York's clocks. Posts `<name>Date` (YYYY-MM-DD) and `<name>Time` (HH:MM), for `fromNyForm`;
 * the date's id is `<name>`, where an error summary leads.
 */
export function DateTimeFields(
  props: FieldProps & { readonly date?: string | undefined; readonly time?: string | undefined },
) {
  const { name, label, hint, error, required, date, time } = props;
  const style = `usa-input${error ? ' usa-input--error' : ''}`;
  const invalid = error ? ({ 'aria-invalid': 'true' } as const) : {};
  return (
    <div class={`usa-form-group${error ? ' usa-form-group--error' : ''}`}>
      <fieldset class="usa-fieldset" aria-describedby={describedBy(props)}>
        <legend class={`usa-legend${error ? ' usa-label--error' : ''}`}>
          {label}
          {!required && <span class="pa-optional"> (optional)</span>}
        </legend>
        <Around field={props} hint={hint} error={error} />
        <div class="pa-date-time">
          <div>
            <label class="usa-label" for={name}>
              Date
            </label>
            <input
              class={style}
              type="date"
              id={name}
              name={`${name}Date`}
              value={date}
              required={required}
              {...invalid}
            />
          </div>
          <div>
            <label class="usa-label" for={`${name}Time`}>
              Time in New York
            </label>
            <input
              class={style}
              type="time"
              id={`${name}Time`}
              name={`${name}Time`}
              value={time}
              required={required}
              {...invalid}
            />
          </div>
        </div>
      </fieldset>
    </div>
  );
}
