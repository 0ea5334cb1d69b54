/**
 * A posted form as what an act is given: each field that was filled, judged against the act's own shape. What does not fit
 * is told by field, in the words of the form.
 */
import type { Refusal } from '../../policies/ruling.ts';
import { amountOf } from '../../policies/ruling.ts';
import type { Form } from '../edge/page-app.tsx';
import { CASE_ACTS, type CaseAct } from './acts.ts';
import type { CaseActor } from './contract.ts';
import { CLASSED_BY, refused, type CaseAnswer, type CaseNeeds } from './needs.ts';

/** The fields of each act's form, beside the number of the case. */
export const FIELDS: Readonly<Record<CaseAct, readonly string[]>> = {
  open: ['openedOn'],
  'add-charge': ['chargeId', 'charged'],
  'dispose-charge': ['chargeId', 'outcome', 'on', 'classId', 'appeal'],
  'record-finding': ['finding'],
  'class-by-status': ['classId', 'since'],
  'end-status': ['classId', 'on'],
  reclass: ['classId', 'reclassTo', 'reason'],
  'add-person': ['personId', 'part', 'bornOn', 'diedOn', 'lastArrestOn'],
  'change-person': ['personId', 'part', 'bornOn', 'diedOn', 'lastArrestOn'],
  'move-record': ['recordId', 'to', 'reason'],
  close: ['on', 'ground'],
  reopen: ['reason'],
  merge: ['into', 'reason'],
};

const DAYS = ['openedOn', 'on', 'since', 'bornOn', 'diedOn', 'lastArrestOn'];
const NUMBERS = ['caseNumber', 'to', 'into'];
const TEXTS = ['charged', 'reason'];

/** Does what a form asks for. `made` are fields that the form leaves to the page, such as an id of its own. */
export function doneFrom(
  needs: CaseNeeds,
  name: CaseAct,
  caseNumber: string,
  form: Form,
  by: CaseActor,
  made: Readonly<Record<string, string>> = {},
): Promise<CaseAnswer> {
  const typed = Object.fromEntries(
    FIELDS[name]
      .map((field) => [field, form.text(field)] as const)
      // A reason or the words of a charge that were left out are the act's to ask for, by their own clause.
      .filter(([field, text]) => text !== '' || TEXTS.includes(field)),
  );
  return given(needs, name, { ...typed, ...made, caseNumber }, by);
}

/** Judges what was given against the act's shape, and does it. */
function given<Name extends CaseAct>(
  needs: CaseNeeds,
  name: Name,
  raw: Readonly<Record<string, string>>,
  by: CaseActor,
): Promise<CaseAnswer> {
  const { shape, act } = CASE_ACTS[name] as unknown as (typeof CASE_ACTS)['reopen'];
  const parsed = shape.safeParse(raw);
  if (parsed.success) return act(needs, parsed.data, by);
  const fields = [...new Set(parsed.error.issues.map(({ path }) => String(path[0] ?? 'caseNumber')))];
  return Promise.resolve(refused(fields.map((field) => unfit(field, raw[field]))));
}

function unfit(field: string, text: string | undefined): Refusal {
  const found = text ? `something that does not fit (${amountOf(text)})` : 'nothing';
  const because = (expected: string, todo: string): Refusal => ({ clause: CLASSED_BY, field, found, expected, todo });
  if (DAYS.includes(field)) return because('a day of the years 1900 to 2199', 'enter the day');
  if (NUMBERS.includes(field)) return because('a case number of at most 60 letters', 'enter the number');
  if (TEXTS.includes(field)) return because('a shorter text', 'shorten it');
  if (field.endsWith('Id') && field !== 'classId')
    return because('an id of letters, digits and marks, without blanks', 'correct the id');
  return because('one of the answers on the form', 'choose one');
}
