/** The City's other law: is the breach also a breach of security under section 10-502, and what follows from that? */
import type { SecurityAnswer, SecurityFacts } from '../../policies/rules/city-breach-law.ts';
import { nyDateText, type Instant } from '../../policies/instant.ts';
import { Checkbox, Choices, Clauses, Facts, Moment, Notice, TextArea, TextField } from '../edge/fields.tsx';
import type { Form } from '../edge/page-app.tsx';
import type { BreachView } from './breach-view.ts';
import { ACT_LABELS, ELEMENT_LABELS, optionsOf, YES_NO } from './labels.ts';
import { fieldsOf, Part, PartForm, posted } from './part.tsx';

export const SECURITY_FIELDS = [
  'computerized',
  'personalInformation',
  'elements',
  'safelyEncrypted',
  'lawfullyPublic',
  'act',
  'residentsToTell',
  'toldUnderStateLaw',
  'oneNoticeMeetsBoth',
  'noNoticeFinding',
  'harmIsUnlikely',
];

export function securityIn(form: Form, now: Instant) {
  const read = posted(form, 'security');
  const because = read.text('noNoticeFinding');
  const facts: Omit<SecurityFacts, 'breachId'> = {
    computerized: read.yesNo('computerized', 'say whether it was computerized data') ?? true,
    personalInformation: read.yesNo('personalInformation', 'say whether it identifies people') ?? true,
    elements: read.choices('elements', ELEMENT_LABELS),
    safelyEncrypted: read.checked('safelyEncrypted'),
    lawfullyPublic: read.checked('lawfullyPublic'),
    act: read.choice('act', ACT_LABELS, 'choose who did it, and how') ?? 'unauthorized',
    residentsToTell: read.whole('residentsToTell') ?? 0,
    toldUnderStateLaw: read.checked('toldUnderStateLaw'),
    oneNoticeMeetsBoth: read.checked('oneNoticeMeetsBoth'),
    ...((because || read.checked('harmIsUnlikely')) && {
      noNoticeFinding: { harmIsUnlikely: read.checked('harmIsUnlikely'), because, at: now },
    }),
  };
  return { facts, refusals: read.refusals };
}

const TELLS: Readonly<Record<Extract<SecurityAnswer, { kind: 'applies' }>['tellPeople'], string>> = {
  separately: 'The people are told by a notice of its own',
  'by-one-notice': 'One notice meets both laws',
  'told-under-state-law': 'The people were told under the law of the State, and are not told again',
  'not-needed': 'No notice is needed, by the written finding',
};

const OFFICES = {
  'chief-privacy-officer': 'the Chief Privacy Officer',
  'cyber-command': 'Cyber Command',
  'technology-office': 'the Office of Technology',
};

export function SecurityPart({ view, next }: { view: BreachView; next: boolean }) {
  const { breach, names, tried } = view;
  const { security } = breach;
  const { own } = fieldsOf(tried, 'security');
  return (
    <Part
      id="security"
      heading="The City’s breach law"
      tag={
        security
          ? security.answer.kind === 'applies'
            ? ['It applies', 'bad']
            : ['It does not apply', 'plain']
          : ['Not judged', 'waiting']
      }
    >
      {security && (
        <>
          <SecurityFinding answer={security.answer} />
          <p class="usa-hint">
            Judged by {names.get(security.by) ?? security.by}, <Moment at={security.at} />
          </p>
        </>
      )}
      {view.mayAct && <SecurityForm view={view} open={(next && !security) || own !== undefined} />}
    </Part>
  );
}

function SecurityFinding({ answer }: { answer: SecurityAnswer }) {
  if (answer.kind === 'does-not-apply') {
    return (
      <Facts
        items={[
          ['Answer', 'Section 10-502 does not apply'],
          answer.followProtocols && ['Still', 'Follow the protocols of Cyber Command'],
          ['Because of', <Clauses ids={[answer.because]} />],
        ]}
      />
    );
  }
  return (
    <>
      <Facts
        items={[
          ['Report to', answer.reportTo.map((office) => OFFICES[office]).join(', ')],
          ['People', TELLS[answer.tellPeople]],
          ['Consumer reporting agencies', answer.tellConsumerAgencies ? 'Told too' : 'Not told'],
          answer.keepFindingUntil !== undefined && [
            'The finding is kept until at least',
            nyDateText(answer.keepFindingUntil),
          ],
          ['By', <Clauses ids={answer.clauses} />],
        ]}
      />
      {answer.refused.length > 0 && (
        <Notice kind="warning" heading="The finding does not count, so the people are told">
          <ul class="usa-list">
            {answer.refused.map(({ found, expected }) => (
              <li>
                Found {found}; expected {expected}.
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  );
}

function SecurityForm({ view: { breach, visitor, tried }, open }: { view: BreachView; open: boolean }) {
  const before = breach.security?.facts;
  const { typed, field, text, texts, checked, own } = fieldsOf(tried, 'security');
  const yesNo = (name: 'computerized' | 'personalInformation'): string | undefined =>
    text(name) ?? (before && (before[name] ? 'yes' : 'no'));
  const checkedOf = (
    name: 'safelyEncrypted' | 'lawfullyPublic' | 'toldUnderStateLaw' | 'oneNoticeMeetsBoth',
  ): boolean => (own ? checked(name) : (before?.[name] ?? false));
  const one = (name: Parameters<typeof checkedOf>[0], label: string) => (
    <Checkbox {...field(name)} label={label} required checked={checkedOf(name)} />
  );
  return (
    <PartForm
      action={`/breaches/${breach.id}/security`}
      visitor={visitor}
      summary={breach.security ? 'Judge it again' : 'Judge whether it applies'}
      open={open}
      submit="Judge it"
    >
      <p>
        It protects what identifies a person together with a number, a measurement or a login that opens something. An
        x-ray image or a plate alone is not that.
      </p>
      <Choices
        {...field('computerized')}
        label="Was it computerized data?"
        required
        value={yesNo('computerized')}
        options={YES_NO}
      />
      <Choices
        {...field('personalInformation')}
        label="Does it identify people at all?"
        required
        value={yesNo('personalInformation')}
        options={YES_NO}
      />
      <Choices
        {...field('elements')}
        label="Which of these were in it?"
        hint="Leave all empty if none was."
        many
        value={texts('elements') ?? before?.elements}
        options={optionsOf(ELEMENT_LABELS)}
      />
      {one('safelyEncrypted', 'It was encrypted, and nobody else got the key')}
      {one('lawfullyPublic', 'It was lawfully public already')}
      <Choices
        {...field('act')}
        label="Who did it, and how?"
        required
        value={text('act') ?? before?.act}
        options={optionsOf(ACT_LABELS)}
      />
      <TextField
        {...typed('residentsToTell', String(before?.residentsToTell ?? breach.people.length))}
        label="How many residents are to be told?"
        width="xs"
        inputmode="numeric"
        required
      />
      {one('toldUnderStateLaw', 'They were told under the law of the State')}
      {one('oneNoticeMeetsBoth', 'The notice of the Identifying Information Law says what this law asks too')}
      <TextArea
        {...typed('noNoticeFinding', before?.noNoticeFinding?.because)}
        label="A written finding that nobody need be told: why?"
        hint="Only for a mistake of somebody authorized. It is kept for years."
        rows={2}
      />
      <Checkbox
        {...field('harmIsUnlikely')}
        label="For the finding: misuse and harm are unlikely"
        required
        checked={own ? checked('harmIsUnlikely') : before?.noNoticeFinding?.harmIsUnlikely}
      />
    </PartForm>
  );
}
