/** The page of one disclosure: where it stands and until when, what is next for whoever looks, what would leave, its ruling and its story. */
import type { Instant } from '../../policies/instant.ts';
import type { Refusal } from '../../policies/ruling.ts';
import { Clauses, ClauseLink, Countdown, ErrorSummary, Facts, Moment, Notice, Tag, Timeline } from '../edge/fields.tsx';
import type { LedgerEntry } from '../records/ledger.ts';
import { AskedFacts } from './asked-facts.tsx';
import { DISCLOSURE_ENDS } from './contract.ts';
import { DeliveryFacts } from './delivery-facts.tsx';
import { DisclosureDrawing } from './disclosure-drawing.tsx';
import { isOpenToChange, isTended, type DisclosureView } from './disclosure-view.ts';
import { EnclosureTable } from './enclosure-table.tsx';
import { STATES } from './labels.ts';
import { NextStep } from './next-step.tsx';
import { sentenceFor } from './story.ts';
import { WhyNot } from './why-not.tsx';

/** Fields of the forms on this page. */
const FIELDS = ['answerToOfficer', 'reason'];

export function DisclosurePage(view: DisclosureView) {
  const { disclosure, names, visitor, registers } = view;
  const [label, kind] = STATES[disclosure.state];
  const until = deadlineOf(view);
  return (
    <>
      <p class="pa-state">
        <Tag kind={kind}>{label}</Tag> {until && <Countdown until={until} now={view.now} />}
      </p>
      <ErrorSummary refusals={view.refusals ?? []} fields={FIELDS} />
      {disclosure.refusals && disclosure.refusals.length > 0 && (
        <Refused refusals={disclosure.refusals} stopped={view.entries.some(({ act }) => act === STOPPED)} />
      )}
      <Approval {...view} />
      {disclosure.outcomeReason && (
        <Notice kind="warning" heading={label}>
          <p>{disclosure.outcomeReason}</p>
        </Notice>
      )}
      <NextStep {...view} />
      <section>
        <h2>{disclosure.release ? 'What was released' : 'What would leave'}</h2>
        <EnclosureTable disclosure={disclosure} names={names} />
        {isTended(view) && isOpenToChange(disclosure) && (
          <p class="pa-screen">
            <a class="usa-button usa-button--outline" href={`/disclosures/${disclosure.id}/enclosures`}>
              Change what is enclosed
            </a>
          </p>
        )}
      </section>
      <AnsweredBack {...view} />
      <AskedFacts asked={disclosure.asked} registers={registers} names={names} />
      <Ruling {...view} />
      <DisclosureDrawing disclosure={disclosure} />
      <DeliveryFacts {...view} />
      <section>
        <h2>What happened</h2>
        <Timeline
          entries={view.entries.map((entry) => ({
            at: entry.at,
            what: sentenceFor(entry, names),
            who: whoDid(entry, names, visitor.personId),
            clauses: entry.clauses ?? [],
          }))}
        />
        <p class="usa-hint">Each line is an entry of this disclosure’s ledger, chained by hash to the one before it.</p>
      </section>
    </>
  );
}

/** What people wait for; the record's own `dueAt` is when the sweep looks. */
function deadlineOf({ disclosure, decision, delivery }: DisclosureView): Instant | undefined {
  if (DISCLOSURE_ENDS.includes(disclosure.state) || disclosure.state === 'checking') return undefined;
  if (disclosure.state === 'deciding') return decision?.lapsesAt;
  if (disclosure.state === 'released') return delivery?.closesAt;
  return disclosure.lapsesAt;
}

const whoDid = ({ by }: LedgerEntry, names: ReadonlyMap<string, string>, self: string): string =>
  by.kind === 'system'
    ? 'by itself'
    : by.kind === 'external'
      ? 'the recipient'
      : by.id === self
        ? 'you'
        : (names.get(by.id) ?? by.id);

/** What the ledger says when help with immigration enforcement was asked for. */
const STOPPED = 'immigration request refused';

function Refused({ refusals, stopped }: { refusals: readonly Refusal[]; stopped: boolean }) {
  return (
    <Notice kind="error" heading="Policy or law does not allow this">
      <WhyNot because={refusals} />
      {stopped && (
        <p>
          That help with immigration enforcement was asked for, and this answer, are on record and in the compilation of
          the quarter. <ClauseLink id="nyc-10-178-d" />
        </p>
      )}
    </Notice>
  );
}

function Approval({ disclosure, names }: DisclosureView) {
  const { approval } = disclosure;
  if (!approval) return null;
  const { answer, signer, at, reason, kept } = approval;
  const shown = disclosure.enclosures.filter(({ id }) => kept?.includes(id)).map(({ label }) => label);
  return (
    <Notice
      kind={answer === 'approve' ? 'success' : 'warning'}
      heading={answer === 'approve' ? (kept ? 'Approved in part' : 'Approved') : 'Declined'}
    >
      <p>
        {names.get(signer.personId) ?? signer.personId}, <Moment at={at} />
      </p>
      <p>{reason}</p>
      {kept && <p>Only these may leave: {shown.join('; ') || 'nothing'}.</p>}
    </Notice>
  );
}

function AnsweredBack({ disclosure, names }: DisclosureView) {
  const { answeredBack = [] } = disclosure;
  if (answeredBack.length === 0) return null;
  return (
    <section>
      <h2>What the officer asked</h2>
      {answeredBack.map(({ question, by, at, answer, answeredAt }) => (
        <Facts
          items={[
            [
              <>
                {names.get(by) ?? by}, <Moment at={at} />
              </>,
              question,
            ],
            [
              <>
                Answered <Moment at={answeredAt} />
              </>,
              answer,
            ],
          ]}
        />
      ))}
    </section>
  );
}

/** The clauses it was judged by, and where policy and law pull apart. */
function Ruling({ disclosure, judgement }: DisclosureView) {
  const clauses = disclosure.release?.clauses ?? disclosure.clauses ?? clausesIn(judgement);
  const { contradictions } = judgement.answer;
  return (
    <section>
      <h2>The ruling</h2>
      <Facts
        items={[
          ['Judged by', `edition ${disclosure.edition}`],
          clauses.length > 0 && ['Clauses', <Clauses ids={clauses} />],
          disclosure.release && ['Released', <Moment at={disclosure.release.at} />],
          disclosure.release && [
            'Register',
            disclosure.release.register.kind === 'row'
              ? 'A row of the statutory register'
              : `On record only: ${disclosure.release.register.exemptUnder.replaceAll('-', ' ')}`,
          ],
        ]}
      />
      {contradictions.map(({ clauses: apart, text }) => (
        <Notice heading="Policy and law pull apart here">
          <p>
            {text} <Clauses ids={apart} />
          </p>
        </Notice>
      ))}
    </section>
  );
}

const clausesIn = ({ answer }: DisclosureView['judgement']): readonly string[] =>
  answer.kind === 'refused' ? [...new Set(answer.because.map(({ clause }) => clause))] : answer.clauses;
