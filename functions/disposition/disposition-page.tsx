/**
 * The page of one batch: how long is left of the six months and who answers for it, where it stands, who has signed, what
 * is in it and why, and the way to take a record out.
 */
import { HOUSE } from '../../policies/editions/house.ts';
import { RECORDS_LAW } from '../../policies/editions/records-law.ts';
import { nyDateText, nyStartOfDay, type Instant } from '../../policies/instant.ts';
import { mayDo } from '../../policies/roles.ts';
import type { Refusal } from '../../policies/ruling.ts';
import {
  Actions,
  ClauseLink,
  Countdown,
  ErrorSummary,
  errorOf,
  Facts,
  FormSecret,
  Moment,
  Notice,
  Select,
  Submit,
  Tag,
  TextArea,
  TextField,
  Timeline,
} from '../edge/fields.tsx';
import type { Form } from '../edge/page-app.tsx';
import type { Visitor } from '../edge/visitor.ts';
import { isOpen } from './contract.ts';
import { DispositionDrawing } from './disposition-drawing.tsx';
import { hrefOf, records, StateTag } from './disposition-list.tsx';
import type { DispositionView } from './disposition-view.ts';
import { bytesText, OFFICE_TITLES, TECHNOLOGIES } from './labels.ts';
import { isOpenToObjection, mayObject, MOST_CHARACTERS } from './object-to-disposal.ts';
import { MemberList } from './member-list.tsx';
import { sentenceFor } from './story.ts';

const FIELDS = ['cardId', 'reason', 'ownerId'];

export interface DispositionPageProps {
  readonly view: DispositionView;
  readonly visitor: Visitor;
  readonly now: Instant;
  readonly tried?: { readonly form: Form; readonly because: readonly Refusal[] } | undefined;
}

export function DispositionPage(props: DispositionPageProps) {
  const { view, visitor, now, tried } = props;
  const { disposition, names } = view;
  const nameOf = (id: string): string => names.get(id) ?? id;
  return (
    <>
      {tried && <ErrorSummary refusals={tried.because} fields={FIELDS} />}
      <p>
        <StateTag disposition={disposition} />
      </p>
      {isOpen(disposition) && <SixMonths view={view} now={now} />}
      {disposition.state === 'proposed' && !disposition.gathering && (
        <p>
          Until <Moment at={disposition.graceEndsAt} /> anyone who may place a hold can take a record out. Then the
          three offices are asked to sign. <ClauseLink id={HOUSE.daysOfGrace.id} />
        </p>
      )}
      {disposition.certificateId && (
        <Notice kind="success" heading="Destroyed and certified">
          <p>
            <a href={`${hrefOf(disposition.id)}/certificate`}>Read the certificate</a>
          </p>
        </Notice>
      )}
      <What view={view} />
      <Signatures view={view} nameOf={nameOf} />
      <DispositionDrawing disposition={disposition} />
      {isOpen(disposition) && mayDo(visitor.roles, 'manage-records') && <PassOn {...props} />}
      <MemberList view={view} mayTakeOut={isOpenToObjection(disposition) && mayObject(visitor.roles)} nameOf={nameOf} />
      {isOpenToObjection(disposition) && mayObject(visitor.roles) && <Objection {...props} />}
      <section>
        <h2>What happened</h2>
        <Timeline
          entries={view.ledger.map((entry) => ({
            at: entry.at,
            what: sentenceFor(entry, nameOf),
            ...(entry.by.kind === 'person' && { who: nameOf(entry.by.id) }),
            clauses: entry.clauses,
          }))}
        />
      </section>
    </>
  );
}

function SixMonths({ view: { disposition, names }, now }: { view: DispositionView; now: Instant }) {
  const { disposeBy, ownerId } = disposition;
  return (
    <>
      <p class="pa-deadline">
        <Countdown until={nyStartOfDay(disposeBy)} now={now} />
      </p>
      <p>
        To be destroyed by {nyDateText(disposeBy)}, six months after it became eligible.{' '}
        {ownerId ? `${names.get(ownerId) ?? ownerId} answers for it.` : 'Nobody answers for it yet.'}{' '}
        <ClauseLink id={RECORDS_LAW.approvedDisposal.id} />
      </p>
    </>
  );
}

function What({ view: { disposition, scheduleTitle, of } }: { view: DispositionView }) {
  const { records: count, leftOut, destroyedRecords } = disposition;
  const { capturedFrom, capturedUntil, eligibleFrom, eligibleUntil } = disposition;
  return (
    <section>
      <h2>What it is</h2>
      <Facts
        items={[
          ['Records', records(count)],
          leftOut > 0 && ['Left out and kept', records(leftOut)],
          destroyedRecords !== undefined && ['Destroyed', records(destroyedRecords)],
          ['Technology', TECHNOLOGIES[disposition.technology]],
          ['Class', of ? `${of.title} (${disposition.classId})` : disposition.classId],
          ['Schedule', scheduleTitle],
          ['Files', bytesText(disposition.bytes)],
          capturedFrom && capturedUntil && ['Captured', `${nyDateText(capturedFrom)} to ${nyDateText(capturedUntil)}`],
          ['Eligible', `${nyDateText(eligibleFrom)} to ${nyDateText(eligibleUntil)}`],
          disposition.list.sha256 !== '' && ['Hash of the list', <code>{disposition.list.sha256}</code>],
        ]}
      />
    </section>
  );
}

function Signatures({ view, nameOf }: { view: DispositionView; nameOf: (id: string) => string }) {
  const { signatures, disposition } = view;
  return (
    <section>
      <h2>Who signs</h2>
      {signatures.length === 0 ? (
        <p>
          Three offices, by different people: {Object.values(OFFICE_TITLES).join(', ')}. They are asked when the days of
          grace are over.
        </p>
      ) : (
        <Facts
          items={signatures.map(({ office, decision }) => {
            const answer = decision?.answer;
            const asked = decision?.asked.at(-1);
            return [
              OFFICE_TITLES[office],
              answer ? (
                <>
                  <Tag kind={answer.answer === 'approve' ? 'good' : 'bad'}>
                    {answer.answer === 'approve' ? 'signed' : 'declined'}
                  </Tag>{' '}
                  {nameOf(answer.by)}, <Moment at={answer.at} />. {answer.reason}
                </>
              ) : decision?.state === 'waiting' ? (
                `asked${asked ? ` of ${nameOf(asked.personId)}` : ''}, not answered yet`
              ) : (
                'no longer asked'
              ),
            ] as const;
          })}
        />
      )}
      {disposition.signingEndsAt && isOpen(disposition) && (
        <p>
          Unsigned by <Moment at={disposition.signingEndsAt} /> it lapses.{' '}
          <ClauseLink id={HOUSE.daysToSignDisposal.id} />
        </p>
      )}
    </section>
  );
}

function PassOn({ view: { disposition, officers }, visitor, tried }: DispositionPageProps) {
  return (
    <section>
      <h2>Who answers for the six months</h2>
      <form class="pa-form" method="post" action={`${hrefOf(disposition.id)}/owner`}>
        <FormSecret visitor={visitor} />
        <Select
          name="ownerId"
          label="Records officer"
          required
          options={officers.map(({ id, name }) => ({ value: id, label: name }))}
          value={tried?.form.text('ownerId') ?? disposition.ownerId}
          error={errorOf(tried?.because, 'ownerId')}
        />
        <Actions>
          <Submit kind="outline">Pass it on</Submit>
        </Actions>
      </form>
    </section>
  );
}

function Objection({ view: { disposition, page }, visitor, tried }: DispositionPageProps) {
  const typed = (name: string) => tried?.form.text(name);
  return (
    <section id="objection">
      <h2>Take a record out</h2>
      <p>
        It is kept, and not proposed again for {HOUSE.daysAfterDeclined.days} days. Where it has to stay longer, place a
        hold. <ClauseLink id={HOUSE.daysAfterDeclined.id} />
      </p>
      <form class="pa-form" method="post" action={`${hrefOf(disposition.id)}/objections?page=${page}`}>
        <FormSecret visitor={visitor} />
        <TextField
          name="cardId"
          label="Number of the record"
          hint="As it stands in the list above."
          width="lg"
          required
          value={typed('cardId')}
          error={errorOf(tried?.because, 'cardId')}
        />
        <TextArea
          name="reason"
          label="Why it is to stay"
          required
          value={typed('reason')}
          error={errorOf(tried?.because, 'reason')}
          maxlength={MOST_CHARACTERS}
        />
        <Actions>
          <Submit>Take it out</Submit>
        </Actions>
      </form>
    </section>
  );
}
