/** What a breach is judged to be: a violation of the law or none, on record either way, with the clauses it broke. */
import { clauseIn } from '../../policies/clause-in.ts';
import type { PublishedPolicy } from '../../policies/editions/edition.ts';
import { PRIVACY_LAW } from '../../policies/editions/privacy-law.ts';
import { Choices, Clauses, Facts, Moment, TextArea } from '../edge/fields.tsx';
import type { Form } from '../edge/page-app.tsx';
import type { BreachView } from './breach-view.ts';
import { CAUSE_LABELS, optionsOf } from './labels.ts';
import { fieldsOf, Part, PartForm, posted } from './part.tsx';
import type { TriageBreach } from './triage-breach.ts';

/** What is most often broken, in words; the clause is that of the edition it is judged by, where it has one. */
const MOST_BROKEN: readonly (readonly [clause: string, label: string])[] = [
  ['XR26-EXT-08', 'It went outside the department on none of the seven grounds'],
  [PRIVACY_LAW.approval.id, 'It needed the privacy officer’s written approval, and had none'],
  ['XR26-SAFE-16', 'Who asked, or whether it was lawful, was not confirmed'],
  ['XR26-EXT-06', 'It furthered immigration enforcement'],
  [PRIVACY_LAW.agreement.id, 'It needed an agreement with its recipient, and had none'],
  ['XR26-EXT-01', 'An outside entity reached it directly'],
  ['XR26-EXT-17', 'A vendor got more than the duties of its contract ask'],
  ['XR26-SAFE-14', 'It was passed on within the department without a lawful duty'],
];

export function brokenOptions({
  edition,
}: PublishedPolicy): readonly { readonly value: string; readonly label: string }[] {
  const found = MOST_BROKEN.flatMap(([id, label]) => {
    const value = id.startsWith('nyc-') ? id : clauseIn(edition, id);
    return value ? [{ value, label: `${label} (${value})` }] : [];
  });
  return found.filter(({ value }, index) => found.findIndex((one) => one.value === value) === index);
}

export const TRIAGE_FIELDS = ['violates', 'because', 'broken', 'cause'];

export function triageIn(form: Form, policy: PublishedPolicy) {
  const read = posted(form, 'triage');
  const violates = read.yesNo('violates', 'say whether it violates the law');
  const offered = Object.fromEntries(brokenOptions(policy).map(({ value }) => [value, true]));
  const broken = read.choices<string>('broken', offered);
  const cause = read.text('cause') ? read.choice('cause', CAUSE_LABELS) : undefined;
  const given: Pick<TriageBreach, 'violates' | 'because' | 'broken' | 'cause'> = {
    violates: violates ?? false,
    because: read.text('because'),
    broken,
    ...(cause && { cause }),
  };
  return { given, refusals: read.refusals };
}

export function TriagePart({ view, next }: { view: BreachView; next: boolean }) {
  const { breach, eye, visitor, tried, policy, names } = view;
  const { triage } = breach;
  const { typed, field, text, texts, own } = fieldsOf(tried, 'triage');
  return (
    <Part
      id="triage"
      heading="Does it violate the law?"
      tag={triage ? (triage.violates ? ['It does', 'bad'] : ['It does not', 'plain']) : ['Not decided', 'waiting']}
    >
      {triage && (
        <>
          <Facts
            items={[
              ['Decided by', `${names.get(triage.by) ?? triage.by}`],
              ['When', <Moment at={triage.at} />],
              ['Why', triage.because],
              triage.cause && ['How it came about', CAUSE_LABELS[triage.cause]],
              triage.broken.length > 0 && ['What it broke', <Clauses ids={triage.broken} />],
            ]}
          />
        </>
      )}
      {(!triage || breach.state === 'no-violation') && eye === 'office' && (
        <PartForm
          action={`/breaches/${breach.id}/triage`}
          visitor={visitor}
          summary={triage ? 'Take it back: it does violate the law' : 'Decide it'}
          open={next || own !== undefined}
          submit="Put this decision on record"
        >
          <p>The decision is kept either way, with its reason. The report below is owed only for a violation.</p>
          <Choices
            {...field('violates')}
            label="Was it a disclosure that violates the law?"
            required
            value={text('violates')}
            options={[
              { value: 'yes', label: 'Yes, it violates the law' },
              { value: 'no', label: 'No, it does not' },
            ]}
          />
          <TextArea {...typed('because')} label="Why?" hint="Names of the people in it have no place here." required />
          <Choices
            {...field('broken')}
            label="What did it break?"
            hint="For a violation, at least one."
            many
            value={texts('broken')}
            options={brokenOptions(policy)}
          />
          <Choices
            {...field('cause')}
            label="How did it come about?"
            hint="For a violation. The quarterly compilation counts by it."
            value={text('cause')}
            options={optionsOf(CAUSE_LABELS)}
          />
        </PartForm>
      )}
    </Part>
  );
}
