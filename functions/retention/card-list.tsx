/** Lists of records: of a class, and of what falls due in a month, each with the day that counts and what explains it. */
import { plusMonths, type CalendarDate } from '../../policies/calendar-date.ts';
import { nyDateText } from '../../policies/instant.ts';
import type { Keeping, Why } from '../../policies/retention.ts';
import { Clauses, Nothing, Tag } from '../edge/fields.tsx';
import type { Listing, Records } from '../records/records.aws.ts';
import { classSubject, retentionCards, type RetentionCard } from './contract.ts';
import { daysOf } from './months.ts';
import type { SchedulesKnown } from './schedules-known.ts';
import { scheduleNamed } from './schedules-known.ts';
import { countText, isClause, KINDS, monthText, STATES, titleOf } from './words.ts';

/** How many records one page shows. */
const A_PAGE = 50;
/** How many days of a month are read side by side. */
const DAYS_AT_ONCE = 7;

export const cardsOf = (records: Records, classId: string, from?: string): Promise<Listing<RetentionCard>> =>
  records.ofSubject(retentionCards, classSubject(classId), { newestFirst: true, most: A_PAGE, ...(from && { from }) });

export interface DueList {
  readonly month: CalendarDate;
  readonly cards: readonly RetentionCard[];
  /** Where the next page begins. */
  readonly next?: { readonly day: CalendarDate; readonly after?: string };
}

/** What falls due in a month, day by day, a page at a time; a day with more than a page goes on after its last id. */
export async function dueIn(
  records: Pick<Records, 'expiringOn'>,
  month: CalendarDate,
  from: { readonly day?: string; readonly after?: string } = {},
): Promise<DueList> {
  const days = daysOf(month).filter((day) => !from.day || day >= from.day);
  const cards: RetentionCard[] = [];
  for (let first = 0; first < days.length; first += DAYS_AT_ONCE) {
    const some = days.slice(first, first + DAYS_AT_ONCE);
    const found = await Promise.all(
      some.map((day) =>
        records.expiringOn(retentionCards, day, {
          most: A_PAGE,
          ...(day === from.day && from.after && { from: from.after }),
        }),
      ),
    );
    for (const [index, { records: ofDay, next }] of found.entries()) {
      const day = some[index]!;
      const room = A_PAGE - cards.length;
      cards.push(...ofDay.slice(0, room));
      if (ofDay.length > room || next) {
        const last = room > 0 ? ofDay[room - 1]?.id : undefined;
        return { month, cards, next: { day, ...(last && { after: last }) } };
      }
    }
  }
  return { month, cards };
}

/** The reason whose day is the one that counts: the last of them. */
export const rulingWhy = (keeping: Keeping): Why | undefined =>
  keeping.kind === 'until'
    ? keeping.why.filter(({ until }) => until === keeping.date).at(-1)
    : keeping.why.filter(({ until }) => until === undefined).at(-1);

export function CardList({
  cards,
  known,
  nothing,
}: {
  cards: readonly RetentionCard[];
  known: SchedulesKnown;
  nothing: string;
}) {
  if (cards.length === 0) return <Nothing>{nothing}</Nothing>;
  return (
    <ul class="pa-list">
      {cards.map((card) => (
        <CardItem card={card} known={known} />
      ))}
    </ul>
  );
}

function CardItem({ card, known }: { card: RetentionCard; known: SchedulesKnown }) {
  const { id, kind, keeping, state, destroyed } = card;
  const [words, color] = STATES[state];
  const why = rulingWhy(keeping);
  return (
    <li>
      <p class="pa-list__what">
        <a href={`/retention/${encodeURIComponent(id)}`}>{id}</a>
      </p>
      <div class="pa-list__more">
        {KINDS[kind]}. {titleOf(known.titles, destroyed?.classId ?? keeping.classId)}.{' '}
        {state !== 'destroyed' && why && (
          <>
            {why.text} {isClause(why.clause) ? <Clauses ids={[why.clause]} /> : `Item ${why.clause}.`}
          </>
        )}
        {state !== 'destroyed' && keeping.kind === 'until' && (
          <>
            By <ScheduleLink known={known} id={keeping.scheduleId} />.
          </>
        )}
      </div>
      <div class="pa-list__side">
        {state !== 'kept' && <Tag kind={color}>{words}</Tag>}{' '}
        {state !== 'destroyed' && (keeping.kind === 'until' ? nyDateText(keeping.date) : <Tag kind="good">kept</Tag>)}
      </div>
    </li>
  );
}

export function ScheduleLink({ known, id }: { known: SchedulesKnown; id: string }) {
  return <a href={`/retention/schedules/${encodeURIComponent(id)}`}>{scheduleNamed(known, id)?.title ?? id}</a>;
}

export function DuePage({ list, known, today }: { list: DueList; known: SchedulesKnown; today: CalendarDate }) {
  const { month, cards, next } = list;
  const of = (offset: number): string => plusMonths(month, offset).slice(0, 7);
  const days = [...new Set(cards.map(dayOf))];
  return (
    <>
      <p class="pa-starts pa-noprint">
        {[-1, 1].map((offset) => (
          <a class="usa-button usa-button--outline" href={`/retention/due?month=${of(offset)}`}>
            {monthText(of(offset))}
          </a>
        ))}
      </p>
      {days.length === 0 && (
        <Nothing>
          No record falls due in this month. What is under a hold, in an open case, without a class or by a schedule
          that is not approved has no day here.
        </Nothing>
      )}
      {days.map((day) => (
        <section>
          <h2>
            {nyDateText(day)} {day <= today && <Tag kind="waiting">may be proposed</Tag>}
          </h2>
          <CardList cards={cards.filter((card) => dayOf(card) === day)} known={known} nothing="" />
        </section>
      ))}
      {next && (
        <p>
          <a
            href={`/retention/due?${new URLSearchParams({ month: month.slice(0, 7), day: next.day, ...(next.after && { after: next.after }) }).toString()}`}
          >
            More of {monthText(month.slice(0, 7))}, from {nyDateText(next.day)}
          </a>
        </p>
      )}
    </>
  );
}

const dayOf = ({ keeping, notBefore }: RetentionCard): CalendarDate => {
  const date = keeping.kind === 'until' ? keeping.date : ('' as CalendarDate);
  return notBefore && notBefore > date ? notBefore : date;
};

export function ClassPage(props: { list: Listing<RetentionCard>; classId: string; known: SchedulesKnown }) {
  const { list, classId, known } = props;
  return (
    <>
      <p>{list.next ? `The newest ${countText(list.records.length)} first, a page at a time.` : 'The newest first.'}</p>
      <CardList cards={list.records} known={known} nothing="No record is of this class." />
      {list.next && (
        <p>
          <a href={`/retention/classes/${encodeURIComponent(classId)}?from=${encodeURIComponent(list.next)}`}>
            More of this class
          </a>
        </p>
      )}
    </>
  );
}
