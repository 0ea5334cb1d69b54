/** The people who are in what is disclosed, and the written consent of each: one row of questions for each person. */
import type { PersonConsent } from '../../policies/disclosure.ts';
import { DateTimeFields, Select, TextField } from '../edge/fields.tsx';
import type { Filling } from './disclosure-form.tsx';
import { CAPACITIES, SIGNERS } from './labels.ts';
import { MOST, type Answers } from './typed-answers.ts';

/** As many rows as a form can have. Saving it brings more empty ones, so nobody needs a script to add one. */
export const MOST_PEOPLE = 20;
const LEAST_ROWS = 2;
const QUESTIONS = ['consent', 'capacity', 'signedBy', 'signedAt', 'withdrawnAt'] as const;

/** The first row has plain names, since that is where the rules point; the others a number after them. */
const nameIn = (row: number, question: (typeof QUESTIONS)[number]): string =>
  row === 1 ? question : `${question}${row}`;

const ROWS = Array.from({ length: MOST_PEOPLE }, (_, index) => index + 1);

export const consentNames = (): readonly string[] =>
  ROWS.flatMap((row) => QUESTIONS.map((question) => nameIn(row, question)));

export function consentIn(answers: Answers): readonly PersonConsent[] {
  return ROWS.flatMap((row) => {
    const name = (question: (typeof QUESTIONS)[number]) => nameIn(row, question);
    const personRef = answers.text(name('consent'), MOST.line);
    const capacity = answers.choice(name('capacity'), CAPACITIES);
    const signedBy = answers.choice(name('signedBy'), SIGNERS);
    const at = answers.pastTime(name('signedAt'));
    const withdrawnAt = answers.pastTime(name('withdrawnAt'));
    if (!personRef && !capacity && !signedBy && !at) return [];
    if (!personRef) answers.refuse(name('consent'), 'nothing', 'which person this is', 'fill it in, or empty the row');
    if (!capacity) answers.refuse(name('capacity'), 'no answer', 'the capacity of this person', 'choose one');
    if (at && !signedBy) answers.refuse(name('signedBy'), 'no answer', 'who signed the consent', 'choose one');
    if (signedBy && !at && !answers.refusals.some(({ field }) => field === name('signedAt')))
      answers.refuse(name('signedAt'), 'no time', 'when the consent was signed', 'enter it');
    return [
      {
        personRef,
        capacity: capacity ?? 'adult',
        ...(signedBy && at && { consent: { signedBy, at, ...(withdrawnAt && { withdrawnAt }) } }),
      },
    ];
  });
}

export function ConsentFields({ filling }: { filling: Filling }) {
  const used = ROWS.filter((row) =>
    QUESTIONS.some((question) => filling.text(nameIn(row, question)) || filling.text(`${nameIn(row, question)}Date`)),
  );
  const shown = Math.min(MOST_PEOPLE, Math.max(LEAST_ROWS, (used.at(-1) ?? 0) + 1));
  return (
    <>
      <p>Every person who is in it consents in writing. Save the form for more rows.</p>
      {ROWS.slice(0, shown).map((row) => (
        <PersonRow row={row} filling={filling} />
      ))}
    </>
  );
}

function PersonRow({ row, filling }: { row: number; filling: Filling }) {
  const field = (question: (typeof QUESTIONS)[number]) =>
    (row === 1 ? filling.needed : filling.field)(nameIn(row, question));
  const time = (question: 'signedAt' | 'withdrawnAt') => {
    const name = nameIn(row, question);
    return {
      ...(question === 'signedAt' ? field(question) : filling.field(name)),
      date: filling.text(`${name}Date`),
      time: filling.text(`${name}Time`),
    };
  };
  const signed = time('signedAt');
  return (
    <fieldset class="usa-fieldset pa-row">
      <legend class="usa-legend">Person {row}</legend>
      <TextField
        {...field('consent')}
        label="Which person"
        hint="As the case file refers to them."
        width="lg"
        maxlength={MOST.line}
      />
      <Select {...field('capacity')} label="In which capacity" options={CAPACITIES} />
      <Select {...field('signedBy')} label="Who signed the written consent" options={SIGNERS} />
      <DateTimeFields {...signed} label="When it was signed" />
      {signed.date && <DateTimeFields {...time('withdrawnAt')} label="If it was withdrawn: when" />}
    </fieldset>
  );
}
