/** What the pages of a quarter show. A compilation reads the same on paper: forms and links are not printed. */
import { clauseById } from '../../policies/editions/all-clauses.ts';
import type { Refusal } from '../../policies/ruling.ts';
import type { Compilation, CompiledPart } from '../../policies/rules/quarterly-compilation.ts';
import {
  Actions,
  Checkbox,
  ClauseLink,
  Countdown,
  ErrorSummary,
  errorOf,
  Facts,
  FormSecret,
  Moment,
  Nothing,
  Notice,
  Submit,
  Tag,
  type TagKind,
} from '../edge/fields.tsx';
import type { Visitor } from '../edge/visitor.ts';
import type { Report } from '../mail/contract.ts';
import { isBrokenDown, periodOf, rowsOf, toldText } from './compose-quarter.ts';
import type { QuarterlyReport } from './contract.ts';
import { byLabel, LEFT_OUT, PART_WORDS } from './labels.ts';
import type { ListedQuarter, QuarterView, SentQuarter } from './quarter-view.ts';

export function QuarterList({ quarters }: { quarters: readonly ListedQuarter[] }) {
  return (
    <ul class="pa-list">
      {quarters.map(({ id, quarter, ended, onRecord, report }) => (
        <li>
          <p class="pa-list__what">
            <a href={`/quarterly-reports/${id}`}>{id}</a>
          </p>
          <p class="pa-list__more">{periodOf(quarter)}</p>
          <div class="pa-list__side">
            <Standing ended={ended} onRecord={onRecord} report={report} />
          </div>
        </li>
      ))}
    </ul>
  );
}

function Standing(props: { ended: boolean; onRecord: QuarterlyReport | undefined; report: Report | undefined }) {
  const [words, kind] = standingOf(props);
  return <Tag kind={kind}>{words}</Tag>;
}

function standingOf({ ended, onRecord, report }: Parameters<typeof Standing>[0]): readonly [string, TagKind] {
  if (!ended) return ['still running', 'plain'];
  if (report?.undeliverableAt) return ['came back, to be sent again', 'bad'];
  if (report?.deliveredAt) return ['sent and delivered', 'good'];
  if (report) return ['sent, delivery not proven yet', 'waiting'];
  return onRecord ? ['to be sent', 'waiting'] : ['not opened', 'plain'];
}

export interface TriedToSend {
  readonly because: readonly Refusal[];
}

export function QuarterPage(props: {
  view: QuarterView;
  agency: string;
  visitor: Visitor;
  tried?: TriedToSend | undefined;
}) {
  const { view, agency, tried, visitor } = props;
  const { id, quarter, ended, onRecord, sent, draft } = view;
  return (
    <>
      {tried && <ErrorSummary refusals={tried.because} fields={['hasRead']} />}
      {!ended && (
        <Notice heading="This quarter is still running">
          <p>It is compiled after its last day in New York. Until then no figure of it is shown anywhere.</p>
        </Notice>
      )}
      {ended && onRecord?.state === 'open' && onRecord.dueAt && (
        <p>
          <Countdown until={onRecord.dueAt} now={view.now} />
        </p>
      )}
      {ended && sent.length === 0 && !draft && (
        <Nothing>The compilation of this quarter has not been sent yet. It will stand here as it was sent.</Nothing>
      )}
      {draft && (
        <section aria-labelledby="draft" class={sent.length > 0 ? 'pa-noprint' : undefined}>
          <h2 id="draft">{sent.length > 0 ? 'To be sent again' : 'To be sent'}</h2>
          <Notice kind="warning" heading="A draft: not sent, not to be handed on">
            <p>{draftReason(view)}</p>
          </Notice>
          <Answers ids={draft.answers} />
          <Facts items={factsOf(agency, quarter, draft.title)} />
          <Parts compilation={draft.compilation} id={id} sending="draft" />
          {view.inOffice ? (
            <SendForm id={id} shownHash={draft.sha256} visitor={visitor} tried={tried} />
          ) : (
            <Nothing>Only the Agency Privacy Officer or a deputy who holds the office now may send it.</Nothing>
          )}
        </section>
      )}
      {sent.toReversed().map((one) => (
        <Sent one={one} of={sent.length} agency={agency} id={id} />
      ))}
      {(draft ?? sent.length > 0) && <LeftOut />}
    </>
  );
}

function draftReason({ sent }: QuarterView): string {
  const last = sent.at(-1);
  if (!last) return 'This is what would be sent now. It is compiled afresh each time the page is opened.';
  return last.report?.undeliverableAt
    ? 'The mail that carried the last one came back, so it was not told.'
    : 'What was recorded since the last sending changes it. What was sent stays as it was; this goes out beside it.';
}

const factsOf = (agency: string, quarter: QuarterView['quarter'], title: string) =>
  [
    ['Title', title],
    ['Agency', `The department (${agency})`],
    ['Period', periodOf(quarter)],
    ['To', 'The Chief Privacy Officer of the City'],
  ] as const;

function Sent({ one, of, agency, id }: { one: SentQuarter; of: number; agency: string; id: string }) {
  const { number, sending, report, byName } = one;
  return (
    <section aria-labelledby={`sending-${number}`}>
      <h2 id={`sending-${number}`}>{of === 1 ? 'As it was sent' : `Sending ${number} of ${of}`}</h2>
      {report && <Answers ids={report.answers} />}
      <Facts
        items={[
          ...factsOf(agency, sending.compilation.quarter, report?.title ?? id),
          [
            'Compiled and sent',
            <>
              <Moment at={sending.at} /> by {byName}
            </>,
          ],
          ['Delivery', report && deliveryOf(report)],
          ['SHA-256', report && <code>{report.sha256}</code>],
        ]}
      />
      <Parts compilation={sending.compilation} id={id} sending={String(number)} />
    </section>
  );
}

function deliveryOf({ sentAt, deliveredAt, undeliverableAt }: Report) {
  if (undeliverableAt)
    return (
      <>
        <Tag kind="bad">came back</Tag> <Moment at={undeliverableAt} />
      </>
    );
  if (deliveredAt)
    return (
      <>
        <Tag kind="good">delivered</Tag> <Moment at={deliveredAt} />
      </>
    );
  if (!sentAt) return <Tag kind="waiting">waits for the mail service</Tag>;
  return (
    <>
      <Tag kind="waiting">not proven yet</Tag> handed to the mail service <Moment at={sentAt} />
    </>
  );
}

/** The law it answers, in a conspicuous place. */
function Answers({ ids }: { ids: readonly string[] }) {
  const clauses = ids.map((id) => [id, clauseById(id)] as const);
  return (
    <Notice heading="This report answers">
      <ul class="usa-list">
        {clauses.map(([id, clause]) => (
          <li>
            {clause?.cite ?? id} <ClauseLink id={id} />
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function Parts({ compilation, id, sending }: { compilation: Compilation; id: string; sending: string }) {
  return (
    <>
      {compilation.parts.map((part) => (
        <Part part={part} id={id} sending={sending} />
      ))}
    </>
  );
}

function Part({ part, id, sending }: { part: CompiledPart; id: string; sending: string }) {
  const { heading, counts } = PART_WORDS[part.about];
  const csv = (by: string) => `/quarterly-reports/${id}/${part.about}-${by}.csv?sending=${sending}`;
  return (
    <>
      <h3>{heading}</h3>
      <p>{counts}</p>
      <p>
        Total: <strong>{toldText(part.total)}</strong>
        {part.corrected && '. It has changed since it was last sent; it is not broken down'}.{' '}
        {!isBrokenDown(part) && (
          <a class="pa-noprint" href={csv('total')}>
            CSV of the total<span class="usa-sr-only"> of {heading.toLowerCase()}</span>
          </a>
        )}
      </p>
      {isBrokenDown(part) &&
        part.tables.map((table) => (
          <div
            class="pa-scroll"
            tabindex={0}
            role="region"
            aria-label={`${heading}, ${byLabel(table.by).toLowerCase()}`}
          >
            <table class="usa-table pa-counts">
              <caption>
                {byLabel(table.by)}.{' '}
                <a class="pa-noprint" href={csv(`by-${table.by}`)}>
                  CSV
                  <span class="usa-sr-only">
                    {' '}
                    of {heading.toLowerCase()} {byLabel(table.by).toLowerCase()}
                  </span>
                </a>
              </caption>
              <thead>
                <tr>
                  <th scope="col">Category</th>
                  <th scope="col">Count</th>
                </tr>
              </thead>
              <tbody>
                {rowsOf(table).map(([category, count]) => (
                  <tr>
                    <th scope="row">{category}</th>
                    <td class="pa-number">{count}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        ))}
    </>
  );
}

function LeftOut() {
  return (
    <section aria-labelledby="left-out">
      <h2 id="left-out">What is left out, and why</h2>
      <Facts items={LEFT_OUT.map(({ what, why }) => [what, why] as const)} />
      <p>
        <ClauseLink id="house-smallest-count-shown" />
      </p>
    </section>
  );
}

function SendForm(props: { id: string; shownHash: string; visitor: Visitor; tried: TriedToSend | undefined }) {
  const { id, shownHash, visitor, tried } = props;
  return (
    <form class="pa-form pa-noprint" method="post" action={`/quarterly-reports/${id}/send`}>
      <FormSecret visitor={visitor} />
      <input type="hidden" name="shownHash" value={shownHash} />
      <Checkbox
        name="hasRead"
        label="I have read this compilation. It names nobody."
        required
        error={errorOf(tried?.because, 'hasRead')}
      />
      <Actions>
        <Submit>Send it to the Chief Privacy Officer</Submit>
      </Actions>
    </form>
  );
}
