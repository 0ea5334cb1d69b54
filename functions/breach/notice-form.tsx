/** Who was consulted, whether the people affected are told, and where that stands; whom it concerns is on the page of the notices alone. */
import { Choices, Clauses, DateTimeFields, Facts, Moment, Nothing, TextArea, TextField } from '../edge/fields.tsx';
import type { Form } from '../edge/page-app.tsx';
import type { BreachView } from './breach-view.ts';
import { CONSULTED_LABELS, DELAY_LABELS, optionsOf } from './labels.ts';
import type { Notice } from './notice-of.ts';
import { fieldsOf, Part, PartForm, posted, UNREAD } from './part.tsx';

export const CONSULTATION_FIELDS = ['with', 'at', 'said'];
export const NOTICE_FIELDS = ['answer', 'because', 'which', 'requiredBy'];

export function consultationIn(form: Form) {
  const read = posted(form, 'consultations');
  const given = {
    with: read.choice('with', CONSULTED_LABELS, 'choose who was consulted') ?? ('law-department' as const),
    at: read.when('at') ?? UNREAD,
    said: read.text('said'),
  };
  return { given, refusals: read.refusals };
}

const ANSWERS = { notify: 'The people are told', 'do-not-notify': 'They are not told' } as const;
const LAWS = { none: 'Looked for, and found none', law: 'Yes, this one:' } as const;

export function noticeIn(form: Form) {
  const read = posted(form, 'notice');
  const answer = read.choice('answer', ANSWERS, 'say whether they are told');
  const which = read.choice('which', LAWS, 'look for a law that requires it, and say what was found');
  const law = read.text('requiredBy');
  if (which === 'law' && !law)
    read.refuse('requiredBy', 'nothing', 'the law that requires it', 'name it, or say that none was found');
  return {
    given: {
      answer: answer ?? ('notify' as const),
      because: read.text('because'),
      requiredBy: which === 'law' ? law : (which ?? ''),
    },
    refusals: read.refusals,
  };
}

export function ConsultationsPart({ view, next }: { view: BreachView; next: boolean }) {
  const { breach, visitor, tried, names, now } = view;
  const { typed, field, text, when, own } = fieldsOf(tried, 'consultations');
  const asked = new Set(breach.consultations.map((one) => one.with));
  const both = asked.has('chief-privacy-officer') && asked.has('law-department');
  return (
    <Part
      id="consultations"
      heading="Consultations"
      tag={both ? ['Both consulted', 'good'] : ['Not complete', 'waiting']}
    >
      <span id="cyber-command" />
      {breach.consultations.length === 0 ? (
        <Nothing>
          What the Chief Privacy Officer and the Law Department said is recorded here before it is decided whether the
          people are told.
        </Nothing>
      ) : (
        <Facts
          items={breach.consultations.map((one) => [
            CONSULTED_LABELS[one.with],
            <>
              {one.said}
              <br />
              <span class="usa-hint">
                <Moment at={one.at} />, recorded by {names.get(one.by) ?? one.by}
              </span>
            </>,
          ])}
        />
      )}
      {view.mayAct && (
        <PartForm
          action={`/breaches/${breach.id}/consultations`}
          visitor={visitor}
          summary="Record a consultation"
          open={next || own !== undefined}
          submit="Record it"
        >
          <Choices
            {...field('with')}
            label="Who was consulted?"
            required
            value={text('with')}
            options={optionsOf(CONSULTED_LABELS)}
          />
          <TextArea
            {...typed('said')}
            label="What did they say?"
            hint="It names nobody whom the breach is about."
            required
          />
          <PartMoment {...when('at', own ? undefined : now)} />
        </PartForm>
      )}
    </Part>
  );
}

const PartMoment = (props: Omit<Parameters<typeof DateTimeFields>[0], 'label'>) => (
  <DateTimeFields {...props} label="When?" required />
);

export const NOTICE_TAGS = {
  undecided: ['Not decided', 'waiting'],
  'not-owed': ['Not owed', 'plain'],
  'owed-to-nobody-named': ['Owed, nobody named yet', 'waiting'],
  open: ['Owed, not done', 'waiting'],
  delayed: ['Owed, held back', 'waiting'],
  done: ['Done', 'good'],
} as const;

export const tagOf = (notice: Notice) => NOTICE_TAGS[notice.kind === 'owed' ? notice.state : notice.kind];

const TRIGGERS = {
  'risk-of-harm': 'a potential risk of harm',
  determination: 'a determination after both consultations',
  law: 'a law that requires it',
} as const;

export function NoticePart({ view, notice, next }: { view: BreachView; notice: Notice; next: boolean }) {
  const { breach, eye, names } = view;
  const { determination, requiredBy, delay } = breach;
  const { own } = fieldsOf(view.tried, 'notice');
  return (
    <Part id="notice" heading="Are the people told?" tag={tagOf(notice)}>
      {notice.kind === 'owed' && (
        <Facts
          items={[
            ['Owed because of', notice.triggers.map((trigger) => TRIGGERS[trigger]).join(', ')],
            ...notice.people.map(({ personRef, notice: where }) => [personRef, STANDS[where]] as const),
            ['By', <Clauses ids={notice.clauses} />],
          ]}
        />
      )}
      {notice.kind === 'not-owed' && (
        <Facts
          items={[
            ['Not owed because', notice.reasons.join('; ')],
            ['By', <Clauses ids={notice.clauses} />],
          ]}
        />
      )}
      {determination && (
        <Facts
          items={[
            ['Determined', ANSWERS[determination.answer]],
            ['Why', determination.because],
            ['A law that requires it', requiredBy === 'none' ? LAWS.none : (requiredBy ?? 'not looked for yet')],
            [
              'By',
              <>
                {names.get(determination.by) ?? determination.by}, <Moment at={determination.at} />
              </>,
            ],
          ]}
        />
      )}
      {delay && (
        <Facts
          items={[
            ['Held back', `${DELAY_LABELS[delay.ground]}: ${delay.why}`],
            ['Lifted', delay.liftedAt ? <Moment at={delay.liftedAt} /> : 'Not yet'],
          ]}
        />
      )}
      {view.mayAct && <NoticeForm view={view} open={(next && !determination) || own !== undefined} />}
      {eye === 'office' &&
        (breach.people.length > 0 || notice.kind === 'owed-to-nobody-named' || notice.kind === 'owed') && (
          <p>
            <a class="usa-button" href={`/breaches/${breach.id}/notices`}>
              The letter, the people and what reached them
            </a>
          </p>
        )}
    </Part>
  );
}

export const STANDS = {
  told: 'Told',
  'reasonably-tried': 'Reasonable efforts made',
  open: 'Not told yet',
} as const;

function NoticeForm({ view: { breach, visitor, tried }, open }: { view: BreachView; open: boolean }) {
  const { typed, field, text } = fieldsOf(tried, 'notice');
  const { determination, requiredBy } = breach;
  const found = requiredBy && (requiredBy === 'none' ? 'none' : 'law');
  return (
    <PartForm
      action={`/breaches/${breach.id}/notice`}
      visitor={visitor}
      summary={determination ? 'Determine it again' : 'Determine whether they are told'}
      open={open}
      submit="Put this determination on record"
    >
      <p>
        A risk of harm found above, or a law, is enough for a notice whatever is determined here. A determination counts
        once both the Chief Privacy Officer and the Law Department were consulted.
      </p>
      <Choices
        {...field('answer')}
        label="Are the people told?"
        required
        value={text('answer') ?? determination?.answer}
        options={optionsOf(ANSWERS)}
      />
      <TextArea {...typed('because', determination?.because)} label="Why?" required />
      <Choices
        {...field('which')}
        label="Does a law or regulation require it?"
        required
        value={text('which') ?? found}
        options={optionsOf(LAWS)}
      />
      <TextField {...typed('requiredBy', found === 'law' ? requiredBy : undefined)} label="Which?" />
    </PartForm>
  );
}
