/**
 * One kept record: how long it is kept and why, in time and in words, what binds it, how the store locks it, and what
 * became of it. It names nobody: people are told by their part, and a plate read shows no plate.
 */
import { nyDate, nyDateText, nyStartOfDay, type Instant } from '../../policies/instant.ts';
import { mayDo } from '../../policies/roles.ts';
import type { Why } from '../../policies/retention.ts';
import { ClauseLink, Countdown, Facts, Moment, Nothing, Tag, Timeline, type TimelineEntry } from '../edge/fields.tsx';
import type { Visitor } from '../edge/visitor.ts';
import { ScheduleLink } from './card-list.tsx';
import type { RetentionCard } from './contract.ts';
import type { SchedulesKnown } from './schedules-known.ts';
import { WhyDrawing } from './why-drawing.tsx';
import { bytesText, isClause, KINDS, STATES, titleOf } from './words.ts';

interface RecordProps {
  readonly card: RetentionCard;
  readonly known: SchedulesKnown;
  readonly visitor: Visitor;
  readonly now: Instant;
}

export function RecordPage({ card, known, visitor, now }: RecordProps) {
  const today = nyDate(now);
  const { keeping, state } = card;
  return (
    <>
      <Standing card={card} now={now} />
      {state !== 'destroyed' && (
        <>
          <h2>Why</h2>
          <WhyDrawing keeping={keeping} keptOn={nyDate(card.keptAt)} today={today} />
          {keeping.why.length === 0 ? (
            <Nothing>It is kept until its dates are worked out.</Nothing>
          ) : (
            <Timeline label="Why it is kept" entries={keeping.why.map((why) => entryOf(why, card, known))} />
          )}
        </>
      )}
      <h2>The record</h2>
      <RecordFacts card={card} known={known} visitor={visitor} />
      {card.destroyed && <Tombstone card={card} known={known} />}
      {state !== 'destroyed' && <Locked card={card} />}
    </>
  );
}

/** What the page is about, large: until when, what is left, or that it is gone. */
function Standing({ card, now }: { card: RetentionCard; now: Instant }) {
  const { keeping, state, destroyed, notBefore } = card;
  const [words, color] = STATES[state];
  if (state === 'destroyed' || state === 'destroying')
    return (
      <section class="pa-due pa-due--gone">
        <Tag kind={color}>{words}</Tag>
        <p class="pa-due__large">{destroyed ? <>Destroyed {nyDateText(nyDate(destroyed.at))}</> : 'Destroyed'}</p>
      </section>
    );
  if (keeping.kind === 'keep')
    return (
      <section class="pa-due pa-due--keep">
        <Tag kind={color}>{words}</Tag>
        <p class="pa-due__large">Kept, without a day</p>
        <p>Nothing of it is proposed for disposal while any of the reasons below stands.</p>
      </section>
    );
  const today = nyDate(now);
  const due = notBefore && notBefore > keeping.date ? notBefore : keeping.date;
  return (
    <section class="pa-due">
      <Tag kind={color}>{words}</Tag>
      <p class="pa-due__large">
        {due <= today ? 'Eligible since' : 'Kept until at least'} {nyDateText(due)}
      </p>
      {!keeping.approved && (
        <p>
          The schedule it is counted by is not approved or not in force: the day is shown, and nothing is disposed of by
          it.
        </p>
      )}
      {keeping.approved && due <= today && (
        <p>
          To be destroyed by {nyDateText(keeping.disposeBy)} <ClauseLink id="nyc-1133-f" />{' '}
          <Countdown until={nyStartOfDay(keeping.disposeBy)} now={now} />
        </p>
      )}
      {notBefore && notBefore > keeping.date && (
        <p>A batch with it was declined or lapsed, so it is not proposed again before {nyDateText(notBefore)}.</p>
      )}
    </section>
  );
}

function entryOf(why: Why, { keeping }: RetentionCard, known: SchedulesKnown): TimelineEntry {
  const { text, clause, classId, scheduleId, event, on, until } = why;
  const rules = keeping.kind === 'until' && until === keeping.date;
  return {
    what: (
      <>
        {text} {rules && <Tag kind="waiting">this day counts</Tag>}
      </>
    ),
    state: rules ? 'now' : undefined,
    detail: (
      <Facts
        items={[
          event !== undefined && ['What started it', on ? `${event}, ${nyDateText(on)}` : event],
          classId !== undefined && ['Class', titleOf(known.titles, classId)],
          until !== undefined && ['By itself it would let go on', nyDateText(until)],
          scheduleId !== undefined && ['Schedule', <ScheduleLink known={known} id={scheduleId} />],
          // A class of a loaded schedule names its item there, which is no clause of a policy.
          !isClause(clause) && ['Item', clause],
        ]}
      />
    ),
    clauses: isClause(clause) ? [clause] : [],
  };
}

function RecordFacts({ card, known, visitor }: Omit<RecordProps, 'now'>) {
  const { kind, technology, keptAt, capturedAt, caseNumbers, holdIds, files, keeping, person, about, dispositionId } =
    card;
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const listed = (ids: readonly string[], under: string, task: 'read-cases' | 'read-retention') =>
    ids.map((id, index) => (
      <>
        {index > 0 && ', '}
        {mayDo(visitor.roles, task) ? <a href={`/${under}/${encodeURIComponent(id)}`}>{id}</a> : id}
      </>
    ));
  return (
    <Facts
      items={[
        ['What it is', `${KINDS[kind]}, ${technology.replaceAll('-', ' ')}`],
        about?.startsWith('image#') &&
          mayDo(visitor.roles, 'view-image') && [
            'Image',
            <a href={`/images/${encodeURIComponent(card.id)}`}>{card.id}</a>,
          ],
        capturedAt !== undefined && ['Captured', <Moment at={capturedAt} />],
        ['Kept since', <Moment at={keptAt} />],
        person !== undefined && ['About', person.part === 'suspect' ? 'a suspect' : 'a person associated with a case'],
        [
          'Class',
          <a href={`/retention/classes/${encodeURIComponent(keeping.classId)}`}>
            {titleOf(known.titles, keeping.classId)}
          </a>,
        ],
        ['Cases', caseNumbers.length > 0 ? <>{listed(caseNumbers, 'cases', 'read-cases')}</> : 'none'],
        ['Holds', holdIds.length > 0 ? <>{listed(holdIds, 'holds', 'read-retention')}</> : 'none'],
        dispositionId !== undefined && [
          'Batch',
          <a href={`/dispositions/${encodeURIComponent(dispositionId)}`}>{dispositionId}</a>,
        ],
        files.length > 0 && ['Files', `${files.length === 1 ? 'one' : files.length}, ${bytesText(bytes)}`],
        files.length > 0 && [
          'SHA-256',
          <>
            {files.map(({ sha256 }) => (
              <code>{sha256} </code>
            ))}
          </>,
        ],
        mayDo(visitor.roles, 'read-ledger') && [
          'Ledger',
          <a href={`/ledger/retention/${encodeURIComponent(card.id)}`}>What was done with it</a>,
        ],
      ]}
    />
  );
}

function Locked({ card: { lock, lockSetAt, files, workedOutFrom } }: { card: RetentionCard }) {
  if (files.length === 0) return null;
  return (
    <>
      <h2>How the store locks it</h2>
      <Facts
        items={[
          ['Legal hold', lock.legalHold ? 'on: nobody can destroy it' : 'off'],
          ['Locked until', lock.retainUntil ? <Moment at={lock.retainUntil} /> : 'no day'],
          ['Class on the file', lock.classId],
          ['Dates worked out', <Moment at={workedOutFrom.at} />],
          ['Store last told', lockSetAt ? <Moment at={lockSetAt} /> : 'not yet'],
        ]}
      />
      <p>
        The store is compared with this every day. <a href="/retention/reconciliations">See the comparisons</a>
      </p>
    </>
  );
}

function Tombstone({ card, known }: { card: RetentionCard; known: SchedulesKnown }) {
  const gone = card.destroyed!;
  return (
    <>
      <h2>What is left of it</h2>
      <Facts
        items={[
          ['Destroyed', <Moment at={gone.at} />],
          ['Its files were gone', gone.filesGoneAt ? <Moment at={gone.filesGoneAt} /> : 'not yet'],
          ['Class', titleOf(known.titles, gone.classId)],
          ['Schedule', <ScheduleLink known={known} id={gone.scheduleId} />],
          ['Bytes', `${bytesText(gone.bytes)} in ${gone.versions === 1 ? 'one version' : `${gone.versions} versions`}`],
          ['SHA-256', <code>{gone.sha256}</code>],
          ['Signatures', gone.decisionIds.join(', ') || 'none'],
          card.dispositionId !== undefined && [
            'Certificate',
            <a href={`/dispositions/${encodeURIComponent(card.dispositionId)}`}>{gone.certificateId}</a>,
          ],
        ]}
      />
    </>
  );
}
