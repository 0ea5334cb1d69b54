/**
 * Reads a form strictly: an answer that was not offered, a day that does not exist and a text that is too long are each
 * refused, naming the field, and are never taken for another answer. A question left open stays open.
 */
import { isCalendarDate, type CalendarDate } from '../../policies/calendar-date.ts';
import { fromNyForm, isAfter, type Instant } from '../../policies/instant.ts';
import type { Refusal } from '../../policies/ruling.ts';
import type { Form } from '../edge/page-app.tsx';

export const MOST = { line: 200, text: 4000 } as const;

const ADDRESS = /^[^\s@<>"',;]{1,64}@[^\s@<>"',;]{1,190}\.[^\s@<>"',;.]{2,}$/;

export type Answers = ReturnType<typeof answersIn>;

/** `clause` is cited where a question names none of its own. */
export function answersIn(form: Form, clause: string, now: Instant) {
  const refusals: Refusal[] = [];
  const refuse = (field: string, found: string, expected: string, todo: string, by = clause): undefined => {
    refusals.push({ clause: by, field, found, expected, todo });
  };

  function text(name: string, most: number = MOST.text): string {
    const typed = form.text(name);
    if (typed.length > most) refuse(name, `${typed.length} characters`, `at most ${most}`, 'shorten it');
    return typed.slice(0, most);
  }
  const maybe = (name: string, most: number = MOST.text): string | undefined => text(name, most) || undefined;
  function must(name: string, expected: string, most: number = MOST.text): string {
    const typed = text(name, most);
    if (!typed) refuse(name, 'nothing', expected, 'fill it in');
    return typed;
  }

  /** Each answer once, however often it was sent. */
  const answersTo = (name: string): readonly string[] => [...new Set(form.texts(name).filter(Boolean))];

  function choice<Value extends string>(
    name: string,
    offered: readonly { readonly value: Value }[],
    by?: string,
  ): Value | undefined {
    const [typed, ...others] = answersTo(name);
    if (!typed) return undefined;
    // No form of ours sends two; neither of them is taken for the answer.
    if (others.length > 0) return refuse(name, 'more than one answer', 'one of them', 'choose one', by);
    const chosen = offered.find(({ value }) => value === typed)?.value;
    if (!chosen) refuse(name, 'an answer that is not on the form', 'one of the answers on the form', 'choose one', by);
    return chosen;
  }
  /** `expected` says what is asked, for a list of all that is missing. */
  function mustChoose<Value extends string>(
    name: string,
    offered: readonly { readonly value: Value }[],
    expected: string,
    by?: string,
  ): Value | undefined {
    return answersTo(name).length > 0
      ? choice(name, offered, by)
      : refuse(name, 'no answer', expected, 'choose one', by);
  }

  /** Any number of the answers on the form. */
  function several<Value extends string>(name: string, offered: readonly { readonly value: Value }[]): Value[] {
    const typed = form.texts(name).filter(Boolean);
    const chosen = offered.map(({ value }) => value).filter((value) => typed.includes(value));
    if (typed.some((value) => !chosen.includes(value as Value)))
      refuse(name, 'an answer that is not on the form', 'answers on the form', 'choose again');
    return chosen;
  }

  function day(name: string): CalendarDate | undefined {
    const typed = form.text(name);
    if (!typed) return undefined;
    if (isCalendarDate(typed) && /^20\d\d/.test(typed)) return typed;
    return refuse(name, 'a day that cannot be read', 'a day of this century as YYYY-MM-DD', 'enter it again');
  }

  /** A time in the past, as typed into a date and a time field. */
  function pastTime(name: string, by?: string): Instant | undefined {
    const [date, time] = [form.text(`${name}Date`), form.text(`${name}Time`)];
    if (!date && !time) return undefined;
    const read = fromNyForm(date, time, name);
    if (read.kind === 'refused') {
      refusals.push(...read.because);
      return undefined;
    }
    if (isAfter(read.at, now)) return refuse(name, 'a time to come', 'a time in the past', 'correct it', by);
    if (!read.at.startsWith('20')) return refuse(name, 'another century', 'a year of this century', 'correct it', by);
    return read.at;
  }

  function address(name: string): string {
    const typed = must(name, 'the address where word of it is sent', MOST.line);
    if (typed && !ADDRESS.test(typed))
      refuse(name, 'no mail address', 'one address, such as name@agency.gov', 'correct it');
    return typed;
  }

  return { refusals, refuse, text, maybe, must, choice, mustChoose, several, day, pastTime, address };
}
