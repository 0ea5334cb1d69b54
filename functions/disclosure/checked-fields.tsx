/**
 * What is confirmed and determined of every disclosure, whatever its ground: who asks, for whom, that it is lawful, and
 * that it does not serve immigration enforcement.
 */
import type { ImmigrationFacts } from '../../policies/disclosure.ts';
import type { RecipientKind } from '../../policies/editions/disclosure-grounds.ts';
import { Choices, ClauseLink, Notice, TextArea } from '../edge/fields.tsx';
import type { Filling } from './disclosure-form.tsx';
import { CONFIRMED, IMMIGRATION_CHOICES, LAWFUL } from './labels.ts';
import { MOST, type Answers } from './typed-answers.ts';

export const CHECKED_FIELDS = [
  'identity',
  'identityHow',
  'affiliation',
  'affiliationHow',
  'lawfulness',
  'lawfulnessBecause',
  'immigration',
];

export interface Checked {
  readonly identity?: { readonly outcome: 'confirmed' | 'not-confirmed'; readonly how: string };
  readonly affiliation?: { readonly outcome: 'confirmed' | 'not-confirmed'; readonly how: string };
  readonly lawfulness?: { readonly outcome: 'lawful' | 'unlawful'; readonly because: string };
}

export function checkedIn(answers: Answers): Checked {
  /** Words on how, without saying what came of it, say nothing. */
  const outcome = <Value extends string>(name: string, offered: readonly { readonly value: Value }[], words: string) =>
    words && !answers.text(name) ? answers.mustChoose(name, offered, 'what came of it') : answers.choice(name, offered);
  const confirmation = (name: 'identity' | 'affiliation') => {
    const how = answers.text(`${name}How`);
    const found = outcome(name, CONFIRMED, how);
    return found && { outcome: found, how };
  };
  const [identity, affiliation] = [confirmation('identity'), confirmation('affiliation')];
  const because = answers.text('lawfulnessBecause');
  const lawful = outcome('lawfulness', LAWFUL, because);
  return {
    ...(identity && { identity }),
    ...(affiliation && { affiliation }),
    ...(lawful && { lawfulness: { outcome: lawful, because } }),
  };
}

/** Left open, it is asked again: it is neither a yes nor a no. */
export const furthersIn = (answers: Answers, by: string): ImmigrationFacts['furthers'] =>
  answers.mustChoose('immigration', IMMIGRATION_CHOICES, 'whether it furthers immigration enforcement', by) ??
  'unanswered';

export function CheckedFields({ kind, filling }: { kind: RecipientKind; filling: Filling }) {
  const person = kind === 'person-or-guardian';
  const how = (name: string, label: string) => (
    <TextArea {...filling.needed(name)} label={label} rows={2} maxlength={MOST.text} />
  );
  return (
    <>
      <h2>Confirmed before anything leaves</h2>
      <Choices
        {...filling.needed('identity')}
        label="Is it confirmed who they are?"
        hint="By a way you found yourself, such as a published number."
        options={CONFIRMED}
      />
      {how('identityHow', 'How it was confirmed')}
      <Choices
        {...filling.needed('affiliation')}
        label={
          person
            ? 'Is it confirmed that they are the person concerned, or their parent or legal guardian?'
            : 'Is it confirmed whom they act for?'
        }
        options={CONFIRMED}
      />
      {how('affiliationHow', 'How that was confirmed')}
      <Choices {...filling.needed('lawfulness')} label="Is the release lawful?" options={LAWFUL} />
      {how('lawfulnessBecause', 'Why')}

      <h2>Immigration enforcement</h2>
      <Notice kind="warning" heading="A yes stops it">
        <p>
          Nothing leaves for immigration enforcement, on no ground and with nobody’s approval. A yes ends this form, and
          that it was asked for is kept on record with our answer. <ClauseLink id="nyc-10-178-c" />{' '}
          <ClauseLink id="nyc-10-178-d" />
        </p>
      </Notice>
      <Choices
        {...filling.needed('immigration')}
        label="Does it further immigration enforcement in any of these ways?"
        hint="Asked of every disclosure. The law reaches beyond civil provisions and beyond one federal department."
        options={IMMIGRATION_CHOICES}
      />
    </>
  );
}
