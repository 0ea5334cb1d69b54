/** The assessment of harm: the facts it asks for, and the answer of the fixed steps with its reasons. */
import type { HarmFacts } from '../../policies/rules/harm-assessment.ts';
import { Checkbox, Choices, Clauses, Facts, Moment, TextArea, TextField } from '../edge/fields.tsx';
import type { Form } from '../edge/page-app.tsx';
import type { BreachView } from './breach-view.ts';
import { CONSEQUENCE_LABELS, HARM_LABELS, KIND_LABELS, optionsOf, REACHED_LABELS, YES_NO } from './labels.ts';
import { fieldsOf, Part, PartForm, posted } from './part.tsx';

export const HARM_FIELDS = [
  'kinds',
  'minorOrNotCompetent',
  'people',
  'reached',
  'contained',
  'consequences',
  'level',
  'raisedTo',
];

const RAISES = { some: HARM_LABELS.some, serious: HARM_LABELS.serious } as const;

export function harmIn(form: Form) {
  const read = posted(form, 'harm');
  const raised = read.text('level') ? read.choice('level', RAISES) : undefined;
  const people = read.whole('people');
  if (people === 0) read.refuse('people', 'nobody', 'a whole number from 1', 'enter how many people it is about');
  const facts: Omit<HarmFacts, 'breachId'> = {
    kinds: read.choices('kinds', KIND_LABELS),
    minorOrNotCompetent: read.yesNo('minorOrNotCompetent', 'say whether a minor is among them') ?? false,
    people: people ?? 0,
    reached: read.choice('reached', REACHED_LABELS, 'choose whom it reached') ?? 'unknown-recipients',
    contained: read.checked('contained'),
    consequences: read.choices('consequences', CONSEQUENCE_LABELS),
    ...(raised && { raisedTo: { level: raised, why: read.text('raisedTo') } }),
  };
  return { facts, refusals: read.refusals };
}

const KIND = { none: 'good', some: 'waiting', serious: 'bad' } as const;

export function HarmPart({ view, next }: { view: BreachView; next: boolean }) {
  const { breach, names } = view;
  const { harm } = breach;
  const { own } = fieldsOf(view.tried, 'harm');
  return (
    <Part
      id="harm"
      heading="How much harm may it do?"
      tag={harm ? [HARM_LABELS[harm.assessment.level], KIND[harm.assessment.level]] : ['Not assessed', 'waiting']}
    >
      {harm && (
        <>
          <Facts
            items={[
              [
                'Answer',
                `${HARM_LABELS[harm.assessment.level]}${harm.assessment.potentialRisk ? ': the people are owed a notice' : ''}`,
              ],
              [
                'Reasons',
                <ul class="usa-list">
                  {harm.assessment.reasons.map((reason) => (
                    <li>{reason}</li>
                  ))}
                </ul>,
              ],
              ['From what was recorded', recordedIn(harm.assessment.recorded)],
              [
                'Assessed by',
                <>
                  {names.get(harm.by) ?? harm.by}, <Moment at={harm.at} />
                </>,
              ],
            ]}
          />
          <Clauses ids={harm.assessment.clauses} />
        </>
      )}
      {view.mayAct && <HarmForm view={view} open={(next && !harm) || own !== undefined} />}
    </Part>
  );
}

const recordedIn = ({ people, reached, contained, minorOrNotCompetent, kinds, consequences }: HarmFacts): string =>
  [
    `${people} ${people === 1 ? 'person' : 'people'}${minorOrNotCompetent ? ', minors or persons not legally competent among them' : ''}`,
    REACHED_LABELS[reached],
    contained ? 'contained' : 'not contained',
    kinds.map((kind) => KIND_LABELS[kind]).join(', ') || 'no kind of information named',
    consequences.map((one) => CONSEQUENCE_LABELS[one]).join(', ') || 'no consequence foreseeable',
  ].join('\n');

function HarmForm({ view: { breach, visitor, tried }, open }: { view: BreachView; open: boolean }) {
  const { account, harm } = breach;
  const before = harm?.assessment.recorded;
  const { typed, field, text, texts, checked, own } = fieldsOf(tried, 'harm');
  const people = before?.people ?? account?.people;
  const minors = before?.minorOrNotCompetent ?? account?.minors;
  return (
    <PartForm
      action={`/breaches/${breach.id}/harm`}
      visitor={visitor}
      summary={harm ? 'Assess it again' : 'Assess the harm'}
      open={open}
      submit="Assess it"
    >
      <p>Record the facts; the level follows from them by fixed steps. You may raise it, never lower it.</p>
      <Choices
        {...field('kinds')}
        label="Nature: what kinds of information were disclosed?"
        many
        value={texts('kinds') ?? before?.kinds ?? account?.kinds}
        options={optionsOf(KIND_LABELS)}
      />
      <Choices
        {...field('minorOrNotCompetent')}
        label="Is a minor among them, or somebody not legally competent?"
        required
        value={text('minorOrNotCompetent') ?? (minors === undefined ? undefined : minors ? 'yes' : 'no')}
        options={YES_NO}
      />
      <TextField
        {...typed('people', people === undefined ? undefined : String(people))}
        label="Extent: how many people is it about?"
        width="xs"
        inputmode="numeric"
        required
      />
      <Choices
        {...field('reached')}
        label="Whom did it reach?"
        required
        value={text('reached') ?? before?.reached}
        options={optionsOf(REACHED_LABELS)}
      />
      <Checkbox
        {...field('contained')}
        label="Everyone who got it confirmed in writing that it was returned or destroyed, and not used"
        required
        checked={own ? checked('contained') : before?.contained}
      />
      <Choices
        {...field('consequences')}
        label="Foreseeable consequences for the people in it"
        hint="Leave all empty if none is foreseeable."
        many
        value={texts('consequences') ?? before?.consequences}
        options={optionsOf(CONSEQUENCE_LABELS)}
      />
      <Choices
        {...field('level')}
        label="Raise the level"
        value={text('level') ?? before?.raisedTo?.level}
        options={optionsOf(RAISES)}
      />
      <TextArea {...typed('raisedTo', before?.raisedTo?.why)} label="If raised: why?" rows={2} />
    </PartForm>
  );
}
