/** The page of a breach as the privacy office and those who oversee it see it, and the little a reporter sees of their own. */
import { nyText } from '../../policies/instant.ts';
import definition from '../../workflows/breach/breach.asl.json' with { type: 'json' };
import { WorkflowDrawing, type Definition } from '../edge/drawing.tsx';
import {
  Actions,
  Choices,
  Clauses,
  DateTimeFields,
  ErrorSummary,
  Facts,
  FormSecret,
  Moment,
  Notice,
  Submit,
  Tag,
  TextArea,
  Timeline,
} from '../edge/fields.tsx';
import type { Form } from '../edge/page-app.tsx';
import { ACCOUNT_FIELDS, ReportPart } from './account-form.tsx';
import { ClockPanel } from './breach-clock-panel.tsx';
import type { BreachView } from './breach-view.ts';
import { CONTAINMENT_FIELDS, ContainmentPart } from './containment.tsx';
import { BREACH_ENDS, type Breach } from './contract.ts';
import { HARM_FIELDS, HarmPart } from './harm-form.tsx';
import { RECIPIENT_LABELS, STATE_LABELS, TECHNOLOGY_LABELS } from './labels.ts';
import { CONSULTATION_FIELDS, ConsultationsPart, NOTICE_FIELDS, NoticePart } from './notice-form.tsx';
import { noticeOf } from './notice-of.ts';
import { fieldIn, fieldsOf, Part, PartForm, posted } from './part.tsx';
import { SECURITY_FIELDS, SecurityPart } from './security-form.tsx';
import { sentenceFor, whoDid } from './story.ts';
import { TRIAGE_FIELDS, TriagePart } from './triage-form.tsx';

const FIELDS: Readonly<Record<string, readonly string[]>> = {
  read: ['since', 'awareSince', 'howEarlier'],
  triage: TRIAGE_FIELDS,
  account: ACCOUNT_FIELDS,
  containment: CONTAINMENT_FIELDS,
  harm: HARM_FIELDS,
  consultations: CONSULTATION_FIELDS,
  notice: NOTICE_FIELDS,
  security: SECURITY_FIELDS,
  close: ['because'],
};

export function BreachPage({ view }: { view: BreachView }) {
  const { breach, tried, owed, policy, now } = view;
  const next = owed.find(({ done }) => !done)?.id;
  const notice = breach.state === 'violation' || breach.state === 'closed' ? noticeOf(breach, policy, now) : undefined;
  const [words, kind] = STATE_LABELS[breach.state];
  return (
    <>
      <ErrorSummary
        refusals={tried?.refusals ?? []}
        fields={tried && (FIELDS[tried.part] ?? []).map((name) => fieldIn(tried.part, name))}
      />
      <p class="pa-state">
        <Tag kind={kind}>{words}</Tag>
      </p>
      {breach.state !== 'no-violation' && <ClockPanel {...view} />}
      {view.eye === 'office' && (breach.state === 'triaging' || breach.state === 'violation') && (
        <KnownEarlier view={view} />
      )}
      <Owed view={view} next={next} />
      <Reported breach={breach} names={view.names} />
      <TriagePart view={view} next={next === 'triage'} />
      {breach.state !== 'no-violation' && <ReportPart view={view} next={next === 'report'} />}
      {breach.state !== 'no-violation' && <ContainmentPart view={view} next={next === 'containment'} />}
      {notice && (
        <>
          <HarmPart view={view} next={next === 'harm'} />
          <SecurityPart view={view} next={next === 'security'} />
          <ConsultationsPart view={view} next={next === 'consultations' || next === 'cyber-command'} />
          <NoticePart view={view} notice={notice} next={next === 'notice'} />
          <ClosePart view={view} />
        </>
      )}
      <section>
        <h2>Where it stands</h2>
        <WorkflowDrawing
          definition={definition as Definition}
          lit={breach.step}
          title={`Breach ${breach.id}: the workflow`}
        />
      </section>
      <section>
        <h2>What happened</h2>
        <Timeline
          entries={view.entries.map((entry) => ({
            at: entry.at,
            what: sentenceFor(entry, view.names),
            who: whoDid(entry, view.names),
            clauses: entry.clauses ?? [],
          }))}
        />
        <p class="usa-hint">Each line is an entry of this breach’s ledger, chained by hash to the one before it.</p>
      </section>
    </>
  );
}

function Owed({ view: { owed, breach }, next }: { view: BreachView; next: string | undefined }) {
  if (BREACH_ENDS.includes(breach.state)) return null;
  return (
    <section aria-labelledby="owed">
      <h2 id="owed">{next ? 'What is owed' : 'Nothing is owed any more'}</h2>
      <ol class="pa-owed">
        {owed.map(({ id, what, done, open, href, clause }) => (
          <li {...(id === next && { 'aria-current': 'step' })}>
            <span class="pa-owed__mark">{done ? '✓ Done' : id === next ? 'Next' : 'Open'}</span>
            <span>
              <a href={href}>{what}</a> <Clauses ids={[clause]} />
              {open && (
                <span class="usa-hint">
                  Found {open.found}: {open.todo}
                </span>
              )}
            </span>
          </li>
        ))}
        {!next && (
          <li aria-current="step">
            <span class="pa-owed__mark">Next</span>
            <a href="#close">Close it</a>
          </li>
        )}
      </ol>
    </section>
  );
}

function Reported({ breach, names }: { breach: Breach; names: ReadonlyMap<string, string> }) {
  const { given, reportedAt, reporterId } = breach;
  return (
    <Part id="reported" heading="What was reported">
      <Facts
        items={[
          ['What happened', given.what],
          ['How', given.how],
          ['Technology', TECHNOLOGY_LABELS[given.technology]],
          ['Discovered', nyText(given.discoveredAt)],
          given.occurredAt !== undefined && ['Happened', nyText(given.occurredAt)],
          ['To whom', `${given.toWhom} (${RECIPIENT_LABELS[given.recipient]})`],
          given.disclosureId !== undefined && ['Disclosure', given.disclosureId],
          ['Reported by', `${names.get(reporterId) ?? reporterId}, ${nyText(reportedAt)}`],
        ]}
      />
    </Part>
  );
}

function ClosePart({ view: { breach, eye, visitor, tried, owed, names } }: { view: BreachView }) {
  const { typed, own } = fieldsOf(tried, 'close');
  const open = owed.filter(({ done }) => !done).length;
  return (
    <Part
      id="close"
      heading="Close it"
      tag={
        breach.closing
          ? ['Closed', 'good']
          : open > 0
            ? [`${open} still owed`, 'waiting']
            : ['It may be closed', 'good']
      }
    >
      {breach.closing && (
        <Facts
          items={[
            ['Why', breach.closing.because],
            [
              'By',
              <>
                {names.get(breach.closing.by) ?? breach.closing.by}, <Moment at={breach.closing.at} />
              </>,
            ],
          ]}
        />
      )}
      {!breach.closing && open > 0 && <p>It can be closed once nothing of the list above is open.</p>}
      {!breach.closing && (open === 0 || own) && eye === 'office' && (
        <PartForm
          action={`/breaches/${breach.id}/close`}
          visitor={visitor}
          summary="Close the breach"
          open
          submit="Close it"
        >
          <TextArea {...typed('because')} label="Why is nothing owed any more?" rows={2} required />
        </PartForm>
      )}
    </Part>
  );
}

const SINCE = {
  now: 'Nobody of the privacy office knew of it before now',
  earlier: 'I have known, or the office has, since:',
} as const;

export function readingIn(form: Form) {
  const read = posted(form, 'read');
  const since = read.choice('since', SINCE);
  const awareSince = since === 'earlier' ? read.when('awareSince') : undefined;
  const howEarlier = read.text('howEarlier');
  return { given: awareSince ? { awareSince, howEarlier } : {}, refusals: read.refusals };
}

/** Awareness can be put earlier, never later. */
function KnownEarlier({ view: { breach, visitor, tried } }: { view: BreachView }) {
  const { typed, when, own } = fieldsOf(tried, 'read');
  return (
    <PartForm
      action={`/breaches/${breach.id}/read`}
      visitor={visitor}
      summary="The privacy office knew of it earlier"
      open={own !== undefined}
      submit="Put it earlier"
      kind="outline"
    >
      <input type="hidden" name={fieldIn('read', 'since')} value="earlier" />
      <DateTimeFields {...when('awareSince')} label="Since when?" hint="It can only be put earlier." required />
      <TextArea {...typed('howEarlier')} label="How did you learn of it?" rows={2} required />
    </PartForm>
  );
}

/** All that anybody sees of a report that nobody of the office has read: reading it is what makes the office aware. */
export function SealedPage({ view }: { view: BreachView }) {
  const { breach, eye, visitor, tried, now } = view;
  const { typed, field, text, when } = fieldsOf(tried, 'read');
  return (
    <>
      <ErrorSummary
        refusals={tried?.refusals ?? []}
        fields={(FIELDS.read ?? []).map((name) => fieldIn('read', name))}
      />
      <Facts
        items={[
          ['A report was made', <Moment at={breach.reportedAt} />],
          ['It says', 'That a disclosure may have been wrong. Nothing more is shown before it is read.'],
        ]}
      />
      <Notice kind="warning" heading="Reading it starts the clock">
        <p>
          Once somebody of the privacy office has read it, the office is aware, and the time to tell the City’s Chief
          Privacy Officer runs, through nights and weekends. Not reading it stops nothing: it is asked of the officer,
          the deputies and the chief of the bureau, over and over.{' '}
          <Clauses ids={[view.policy.edition.breachReport.clause, view.policy.house.firstToKnow.id]} />
        </p>
      </Notice>
      {eye === 'office' ? (
        <form method="post" action={`/breaches/${breach.id}/read`} class="pa-form" novalidate>
          <FormSecret visitor={visitor} />
          <Choices
            {...field('since')}
            label="Since when does the privacy office know?"
            required
            value={text('since') ?? 'now'}
            options={Object.entries(SINCE).map(([value, label]) => ({ value, label }))}
          />
          <DateTimeFields {...when('awareSince')} label="If earlier: since when?" hint={`It is now ${nyText(now)}.`} />
          <TextArea {...typed('howEarlier')} label="If earlier: how did you learn of it?" rows={2} />
          <Actions>
            <Submit>Read it now</Submit>
          </Actions>
        </form>
      ) : (
        <p>It is for the Agency Privacy Officer or a deputy to read.</p>
      )}
    </>
  );
}

/** What a reporter sees: their own words and the state, never what was found. */
export function ReporterPage({ view: { breach, names } }: { view: BreachView }) {
  const [words, kind] = STATE_LABELS[breach.state];
  return (
    <>
      <p class="pa-state">
        <Tag kind={kind}>{words}</Tag>
      </p>
      <Notice kind="success" heading="Thank you. What happens now">
        <p>
          The Agency Privacy Officer and the deputies are asked to read it. From then on a clock runs for their report
          to the City’s Chief Privacy Officer. They may ask you for more; there is nothing else you have to do.
        </p>
        <p>Keep what you have as it is. Do not tell others who need not know.</p>
      </Notice>
      <Reported breach={breach} names={names} />
    </>
  );
}
