/** The notices of a breach: the letter, a delay, and each person it is owed to with what reached them. The only page with their names. */
import {
  Actions,
  Checkbox,
  Choices,
  Clauses,
  DateTimeFields,
  ErrorSummary,
  Facts,
  FormSecret,
  Moment,
  Nothing,
  Notice as Note,
  Submit,
  Tag,
  TextArea,
  TextField,
} from '../edge/fields.tsx';
import type { Form } from '../edge/page-app.tsx';
import type { BreachView } from './breach-view.ts';
import type { PersonToTell } from './contract.ts';
import { DELAY_LABELS, optionsOf, OUTCOME_LABELS, WAY_LABELS } from './labels.ts';
import { STANDS, tagOf } from './notice-form.tsx';
import type { Notice } from './notice-of.ts';
import { fieldIn, fieldsOf, Part, PartForm, posted, UNREAD } from './part.tsx';

const LETTER = ['whatWasDisclosed', 'toWhom'];
const PERSON = ['name', 'address', 'email', 'minorOrNotCompetent'];
const ATTEMPT = ['way', 'outcome', 'at', 'personRef'];
const PART_FIELDS: Readonly<Record<string, readonly string[]>> = {
  letter: LETTER,
  delay: ['ground', 'why'],
  people: PERSON,
};

/** The form's part for an attempt at one person. */
export const attemptPart = (personRef: string): string => `attempt-${personRef}`;

export function letterIn(form: Form) {
  const read = posted(form, 'letter');
  return {
    given: { whatWasDisclosed: read.text('whatWasDisclosed'), toWhom: read.text('toWhom') },
    refusals: read.refusals,
  };
}

export function delayIn(form: Form) {
  const read = posted(form, 'delay');
  return {
    given: { ground: read.choice('ground', DELAY_LABELS) ?? ('other' as const), why: read.text('why') },
    refusals: read.refusals,
  };
}

export function personIn(form: Form) {
  const read = posted(form, 'people');
  const email = read.text('email');
  if (email && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email))
    read.refuse('email', 'something that is no address', 'an e-mail address', 'correct it, or leave it empty');
  return {
    given: {
      name: read.text('name'),
      address: read.text('address'),
      ...(email && { email }),
      minorOrNotCompetent: read.checked('minorOrNotCompetent'),
    },
    refusals: read.refusals,
  };
}

export function attemptIn(form: Form, personRef: string) {
  const read = posted(form, attemptPart(personRef));
  const given = {
    way: read.choice('way', WAY_LABELS, 'choose how it was tried') ?? ('post' as const),
    outcome: read.choice('outcome', OUTCOME_LABELS, 'say whether it reached the person') ?? ('unknown' as const),
    at: read.when('at') ?? UNREAD,
  };
  return { given, refusals: read.refusals };
}

export function NoticesPage({ view, notice }: { view: BreachView; notice: Notice }) {
  const { breach, tried } = view;
  const fields = tried ? (PART_FIELDS[tried.part] ?? ATTEMPT).map((name) => fieldIn(tried.part, name)) : [];
  const missing = notice.kind === 'owed' ? notice.missing : [];
  return (
    <>
      <ErrorSummary refusals={tried?.refusals ?? []} fields={fields} />
      {missing.length > 0 && (
        <Note kind="warning" heading="No letter can be sent yet">
          <ul class="usa-list">
            {missing.map(({ found, expected, todo, clause }) => (
              <li>
                Found {found}; expected {expected}. {todo} <Clauses ids={[clause]} />
              </li>
            ))}
          </ul>
        </Note>
      )}
      <LetterPart view={view} />
      <Part id="people" heading="The people" tag={tagOf(notice)}>
        {breach.people.length === 0 && (
          <Nothing>Each person the notice is owed to appears here, with every attempt to reach them.</Nothing>
        )}
        {breach.people.map((person) => (
          <PersonSection view={view} notice={notice} person={person} />
        ))}
        {view.mayAct && <PersonForm view={view} open={breach.people.length === 0} />}
      </Part>
      <DelayPart view={view} />
    </>
  );
}

function LetterPart({ view: { breach, mayAct, visitor, tried } }: { view: BreachView }) {
  const { letter } = breach;
  const { typed, own } = fieldsOf(tried, 'letter');
  return (
    <Part id="letter" heading="The letter" tag={letter ? ['Written', 'good'] : ['Not written', 'waiting']}>
      {letter && (
        <Facts
          items={[
            ['What was disclosed', letter.whatWasDisclosed],
            ['To whom', letter.toWhom],
            ['Written', <Moment at={letter.at} />],
          ]}
        />
      )}
      {mayAct && (
        <PartForm
          action={`/breaches/${breach.id}/letter`}
          visitor={visitor}
          summary={letter ? 'Change the letter' : 'Write the letter'}
          open={!letter || own !== undefined}
          submit="Save the letter"
        >
          <p>Every person gets these two statements, in writing.</p>
          <TextArea {...typed('whatWasDisclosed', letter?.whatWasDisclosed)} label="What was disclosed?" required />
          <TextArea {...typed('toWhom', letter?.toWhom)} label="To whom was it disclosed?" rows={2} required />
        </PartForm>
      )}
    </Part>
  );
}

function DelayPart({ view: { breach, mayAct, visitor, tried } }: { view: BreachView }) {
  const { delay } = breach;
  const held = delay && !delay.liftedAt;
  const { typed, field, text, own } = fieldsOf(tried, 'delay');
  return (
    <Part
      id="delay"
      heading="Holding the letters back"
      tag={held ? ['Held back', 'waiting'] : ['Not held back', 'plain']}
    >
      {delay && (
        <Facts
          items={[
            ['Ground', DELAY_LABELS[delay.ground]],
            ['Why', delay.why],
            ['Since', <Moment at={delay.at} />],
            delay.liftedAt !== undefined && ['Until', <Moment at={delay.liftedAt} />],
          ]}
        />
      )}
      {held && mayAct && (
        <form method="post" action={`/breaches/${breach.id}/delay/lift`}>
          <FormSecret visitor={visitor} />
          <Submit>The ground is gone: send the letters</Submit>
        </form>
      )}
      {!held && mayAct && (
        <PartForm
          action={`/breaches/${breach.id}/delay`}
          visitor={visitor}
          summary="Hold them back, on a ground of the statute"
          open={own !== undefined}
          submit="Hold them back"
          kind="outline"
        >
          <Choices
            {...field('ground')}
            label="On which ground?"
            required
            value={text('ground')}
            options={optionsOf(DELAY_LABELS)}
          />
          <TextArea {...typed('why')} label="Why does it hold?" rows={2} required />
        </PartForm>
      )}
    </Part>
  );
}

function PersonForm({ view: { breach, visitor, tried }, open }: { view: BreachView; open: boolean }) {
  const { typed, field, checked, own } = fieldsOf(tried, 'people');
  return (
    <PartForm
      action={`/breaches/${breach.id}/people`}
      visitor={visitor}
      summary="Add a person"
      open={open || own !== undefined}
      submit="Add the person"
    >
      <TextField {...typed('name')} label="Name" required />
      <TextArea
        {...typed('address')}
        label="Address for post"
        rows={3}
        hint="Needed unless there is an e-mail address."
      />
      <TextField {...typed('email')} label="E-mail address, if there is one" type="email" />
      <Checkbox
        {...field('minorOrNotCompetent')}
        label="A minor, or not legally competent: the letter goes to the parent or guardian"
        required
        checked={checked('minorOrNotCompetent')}
      />
    </PartForm>
  );
}

function PersonSection({ view, notice, person }: { view: BreachView; notice: Notice; person: PersonToTell }) {
  const { breach, mayAct, visitor, tried, now } = view;
  const { personRef, attempts } = person;
  const where = notice.kind === 'owed' ? notice.people.find((one) => one.personRef === personRef)?.notice : undefined;
  const part = attemptPart(personRef);
  const { field, text, when, own } = fieldsOf(tried, part);
  const path = `/breaches/${breach.id}`;
  return (
    <section class="pa-part" id={`person-${personRef}`} aria-labelledby={`person-${personRef}-heading`}>
      <h3 id={`person-${personRef}-heading`}>
        {person.name} {where && <Tag kind={where === 'open' ? 'waiting' : 'good'}>{STANDS[where]}</Tag>}
      </h3>
      <Facts
        items={[
          ['Reference', personRef],
          ['Address', person.address],
          person.email !== undefined && ['E-mail', person.email],
          person.minorOrNotCompetent && ['To', 'The parent or guardian'],
          ...attempts.map(
            (attempt, index) =>
              [
                `Attempt ${index + 1}`,
                <>
                  {WAY_LABELS[attempt.way]}, <Moment at={attempt.at} />: {OUTCOME_LABELS[attempt.outcome]}
                </>,
              ] as const,
          ),
        ]}
      />
      <p>
        <a href={`${path}/notices/${encodeURIComponent(personRef)}/letter`}>The letter, to print</a>
      </p>
      {mayAct && (
        <>
          {person.email && (
            <form method="post" action={`${path}/people/${encodeURIComponent(personRef)}/mail`}>
              <FormSecret visitor={visitor} />
              <Actions>
                <Submit kind="outline">Send it by e-mail</Submit>
              </Actions>
            </form>
          )}
          <PartForm
            action={`${path}/people/${encodeURIComponent(personRef)}/attempts`}
            visitor={visitor}
            summary="Note an attempt"
            open={own !== undefined}
            submit="Note it"
          >
            <Choices
              {...field('way')}
              label="How was it tried?"
              required
              value={text('way')}
              options={optionsOf(WAY_LABELS)}
            />
            <DateTimeFields {...when('at', own ? undefined : now)} label="When?" required />
            <Choices
              {...field('outcome')}
              label="Did it reach the person?"
              required
              value={text('outcome')}
              options={optionsOf(OUTCOME_LABELS)}
            />
          </PartForm>
        </>
      )}
    </section>
  );
}
