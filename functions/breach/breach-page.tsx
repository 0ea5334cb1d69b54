/** The page of a breach as the privacy office and those who oversee it see it: the clock, what is owed, and a part for each thing owed. */
import definition from '../../workflows/breach/breach.asl.json' with { type: 'json' };
import { WorkflowDrawing, type Definition } from '../edge/drawing.tsx';
import { Clauses, ErrorSummary, Facts, Moment, Tag, TextArea, Timeline } from '../edge/fields.tsx';
import { ACCOUNT_FIELDS, ReportPart } from './account-form.tsx';
import { ClockPanel } from './breach-clock-panel.tsx';
import type { BreachView } from './breach-view.ts';
import { CONTAINMENT_FIELDS, ContainmentPart } from './containment.tsx';
import { BREACH_ENDS, type Breach } from './contract.ts';
import { HARM_FIELDS, HarmPart } from './harm-form.tsx';
import { STATE_LABELS } from './labels.ts';
import { CONSULTATION_FIELDS, ConsultationsPart, NOTICE_FIELDS, NoticePart } from './notice-form.tsx';
import { noticeOf } from './notice-of.ts';
import { fieldIn, fieldsOf, Part, PartForm } from './part.tsx';
import { KnownEarlier, READ_FIELDS } from './reading-page.tsx';
import { Reported } from './reported.tsx';
import { SECURITY_FIELDS, SecurityPart } from './security-form.tsx';
import { sentenceFor, whoDid } from './story.ts';
import { TRIAGE_FIELDS, TriagePart } from './triage-form.tsx';

const FIELDS: Readonly<Record<string, readonly string[]>> = {
  read: READ_FIELDS,
  triage: TRIAGE_FIELDS,
  account: ACCOUNT_FIELDS,
  containment: CONTAINMENT_FIELDS,
  harm: HARM_FIELDS,
  consultations: CONSULTATION_FIELDS,
  notice: NOTICE_FIELDS,
  security: SECURITY_FIELDS,
  close: ['because'],
};

/** The way to every step but the first. */
const ROUTE = ['Check what the breach needs', 'Is anything still owed?'];

export function BreachPage({ view }: { view: BreachView }) {
  const { breach, tried, owed, policy, now } = view;
  const next = owed.find(({ done }) => !done)?.id;
  const ended = breach.state === 'no-violation';
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
      {!ended && <ClockPanel {...view} />}
      {view.mayAct && <KnownEarlier view={view} />}
      <Owed view={view} next={next} />
      <Reported breach={breach} names={view.names} />
      <TriagePart view={view} next={next === 'triage'} />
      {(!ended || view.reports.length > 0) && <ReportPart view={view} next={next === 'report'} />}
      {!ended && (
        <>
          <ContainmentPart view={view} next={next === 'containment'} />
          <HarmPart view={view} next={next === 'harm'} />
          <SecurityPart view={view} next={next === 'security'} />
          <ConsultationsPart view={view} next={next === 'consultations' || next === 'cyber-command'} />
          <NoticePart view={view} notice={noticeOf(breach, policy, now)} next={next === 'notice'} />
          <ClosePart view={view} />
        </>
      )}
      <section>
        <h2>Where it stands</h2>
        <WorkflowDrawing
          definition={definition as Definition}
          lit={breach.step}
          walked={ROUTE.slice(0, breach.step === ROUTE[0] ? 0 : ROUTE.length)}
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
            <span class="pa-owed__mark">
              {done ? (isUnasked(id, breach) ? 'None asked' : '✓ Done') : id === next ? 'Next' : 'Open'}
            </span>
            <span>
              <a href={href}>{what}</a> <Clauses ids={[clause]} />
              {open && (
                <span class="pa-owed__open">
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

/** Nothing is open where nothing was asked; that is no reason to call it done. */
const isUnasked = (id: string, { containment }: Breach): boolean => id === 'containment' && containment.length === 0;

function ClosePart({ view: { breach, mayAct, visitor, tried, owed, names } }: { view: BreachView }) {
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
      {!breach.closing && (open === 0 || own) && mayAct && (
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
