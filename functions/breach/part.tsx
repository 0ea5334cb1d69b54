/**
 * One part of a breach's page: its heading, where it stands, and its form. Several forms stand on one page, so a form's
 * fields carry the name of their part; acts know them without it.
 */
import type { Child } from 'hono/jsx';
import type { CalendarDate } from '../../policies/calendar-date.ts';
import { PRIVACY_LAW } from '../../policies/editions/privacy-law.ts';
import { fromNyForm, NEW_YORK, nyDate, type Instant } from '../../policies/instant.ts';
import type { Refusal } from '../../policies/ruling.ts';
import { Actions, errorOf, FormSecret, Submit, Tag, type TagKind } from '../edge/fields.tsx';
import type { Form } from '../edge/page-app.tsx';
import type { Visitor } from '../edge/visitor.ts';
import { MOST_CHARACTERS } from './said.ts';

const CLAUSE = PRIVACY_LAW.violation.id;

/** A form that was refused: whose fields, what was typed, and what is in the way, by the fields' own names. */
export interface Tried {
  readonly part: string;
  readonly form: Form;
  readonly refusals: readonly Refusal[];
}

/** The form's name of an act's field. A page with one form alone has no parts, and then both are the same. */
export const fieldIn = (part: string, name: string): string => (part ? `${part}-${name}` : name);

/** What a field of a part shows: its name, what was typed and what is wrong with it. */
export function fieldsOf(tried: Tried | undefined, part: string) {
  const own = tried?.part === part ? tried : undefined;
  const text = (name: string): string | undefined => own?.form.text(fieldIn(part, name));
  return {
    own,
    text,
    texts: (name: string): readonly string[] | undefined => own?.form.texts(fieldIn(part, name)),
    checked: (name: string): boolean => own?.form.checked(fieldIn(part, name)) ?? false,
    field: (name: string) => ({ name: fieldIn(part, name), error: errorOf(own?.refusals, fieldIn(part, name)) }),
    /** For fields that hold one text. */
    typed: (name: string, before?: string) => ({
      name: fieldIn(part, name),
      error: errorOf(own?.refusals, fieldIn(part, name)),
      value: text(name) ?? before,
      maxlength: MOST_CHARACTERS,
    }),
    when: (name: string, before?: Instant) => ({
      name: fieldIn(part, name),
      error: errorOf(own?.refusals, fieldIn(part, name)),
      date: text(`${name}Date`) ?? (before && nyDate(before)),
      time: text(`${name}Time`) ?? (before && nyTime(before)),
    }),
  };
}

const NEW_YORK_TIME = new Intl.DateTimeFormat('en-GB', {
  timeZone: NEW_YORK,
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
export const nyTime = (at: Instant): string => NEW_YORK_TIME.format(new Date(at));

/** What was posted for a part, and what cannot be read of it. */
export interface Posted {
  text(name: string): string;
  texts(name: string): string[];
  checked(name: string): boolean;
  /** Undefined, with a refusal, when it names no moment; undefined without one when it is blank and may be. */
  when(name: string, required?: boolean): Instant | undefined;
  /** One of those a table offers; undefined, with a refusal, when it is none of them. */
  choice<Value extends string>(name: string, among: Readonly<Record<Value, unknown>>, todo?: string): Value | undefined;
  /** Several of those a table offers; one that is none of them is a refusal. */
  choices<Value extends string>(name: string, among: Readonly<Record<Value, unknown>>): readonly Value[];
  yesNo(name: string, todo?: string): boolean | undefined;
  whole(name: string): number | undefined;
  refuse(name: string, found: string, expected: string, todo: string): void;
  readonly refusals: readonly Refusal[];
}

/** Stands where a moment could not be read. Its refusal comes with it, so that nothing is ever judged by it. */
export const UNREAD = '2000-01-01T05:00:00.000Z' as Instant;

/** Reads the fields of a part. Refusals name the fields as acts do. */
export function posted(form: Form, part: string): Posted {
  const refusals: Refusal[] = [];
  const refuse = (field: string, found: string, expected: string, todo: string): undefined =>
    void refusals.push({ clause: CLAUSE, field, found, expected, todo });
  const text = (name: string): string => form.text(fieldIn(part, name));
  const among = <Value extends string>(
    name: string,
    value: string,
    offered: Readonly<Record<Value, unknown>>,
    todo = 'choose one',
  ) =>
    Object.hasOwn(offered, value)
      ? (value as Value)
      : refuse(name, value ? 'an answer that is not on the form' : 'no answer', 'one of the answers on the form', todo);
  return {
    text,
    texts: (name) => form.texts(fieldIn(part, name)).filter(Boolean),
    checked: (name) => form.checked(fieldIn(part, name)),
    refuse,
    refusals,
    when(name, required = true) {
      const [date, time] = [text(`${name}Date`), text(`${name}Time`)];
      if (!required && !date && !time) return undefined;
      const read = fromNyForm(date as CalendarDate, time, name);
      if (read.kind === 'refused') return void refusals.push(...read.because);
      // Years that nobody means would be past the reach of the clocks that are reckoned from them.
      if (read.at < '2000' || read.at >= '2100')
        return refuse(name, 'a year of another century', 'a year of this century', 'correct the date');
      return read.at;
    },
    choice: (name, offered, todo) => among(name, text(name), offered, todo),
    choices: (name, offered) =>
      form
        .texts(fieldIn(part, name))
        .filter(Boolean)
        .flatMap((value) => among(name, value, offered) ?? []),
    yesNo: (name, todo) => {
      const answer = among(name, text(name), { yes: true, no: false }, todo);
      return answer && answer === 'yes';
    },
    whole: (name) =>
      /^\d{1,7}$/.test(text(name))
        ? Number(text(name))
        : refuse(
            name,
            text(name) ? 'something that is no whole number' : 'nothing',
            'a whole number',
            'enter a number',
          ),
  };
}

/** A part of the page, with where it stands beside its heading. */
export function Part(props: {
  readonly id: string;
  readonly heading: Child;
  readonly tag?: readonly [words: string, kind: TagKind] | undefined;
  readonly children?: Child;
}) {
  return (
    <section id={props.id} class="pa-part" aria-labelledby={`${props.id}-heading`}>
      <h2 id={`${props.id}-heading`}>
        {props.heading} {props.tag && <Tag kind={props.tag[1]}>{props.tag[0]}</Tag>}
      </h2>
      {props.children}
    </section>
  );
}

/** The form of a part. Folded away unless it is the next thing to do or was just refused. */
export function PartForm(props: {
  readonly action: string;
  readonly visitor: Visitor;
  readonly summary: string;
  readonly open: boolean;
  readonly submit: Child;
  readonly kind?: 'primary' | 'outline' | 'danger' | undefined;
  readonly children?: Child;
}) {
  return (
    <details class="pa-fold" open={props.open}>
      <summary>{props.summary}</summary>
      <form method="post" action={props.action} class="pa-form" novalidate>
        <FormSecret visitor={props.visitor} />
        {props.children}
        <Actions>
          <Submit kind={props.kind}>{props.submit}</Submit>
        </Actions>
      </form>
    </details>
  );
}
