/** The records of a batch, a page at a time, each with the reason for its day in one line. */
import { nyDateText } from '../../policies/instant.ts';
import { ClauseLink, Moment, Nothing, Tag } from '../edge/fields.tsx';
import type { RetentionCard } from '../retention/contract.ts';
import { hrefOf } from './disposition-list.tsx';
import { ON_A_PAGE, type DispositionView } from './disposition-view.ts';

interface Props {
  readonly view: DispositionView;
  readonly mayTakeOut: boolean;
  readonly nameOf: (id: string) => string;
}

export function MemberList({ view, mayTakeOut, nameOf }: Props) {
  const { disposition, records, page, pages } = view;
  return (
    <section id="records">
      <h2>Records{pages > 1 && `, page ${page} of ${pages}`}</h2>
      {records.length === 0 ? (
        <Nothing>No record is in it yet.</Nothing>
      ) : (
        <ul class="pa-list">
          {records.map((card) => (
            <li>
              <p class="pa-list__what">
                <a href={`/retention/${encodeURIComponent(card.id)}`}>{card.id}</a>
                {mayTakeOut && card.dispositionId === disposition.id && (
                  <>
                    {' '}
                    <a
                      class="pa-quiet"
                      href={`${hrefOf(disposition.id)}?page=${page}&record=${encodeURIComponent(card.id)}#objection`}
                    >
                      Take {card.id} out
                    </a>
                  </>
                )}
              </p>
              <p class="pa-list__more">
                <Why card={card} />
              </p>
              <div class="pa-list__side">
                <Fate card={card} dispositionId={disposition.id} nameOf={nameOf} />
              </div>
            </li>
          ))}
        </ul>
      )}
      {pages > 1 && <Pages id={disposition.id} page={page} pages={pages} />}
    </section>
  );
}

/** The reason whose day it is, or the last of several; its clause says the rest. */
function Why({ card: { keeping } }: { card: RetentionCard }) {
  const day = keeping.kind === 'until' ? keeping.date : undefined;
  const why = keeping.why.findLast(({ until }) => until === day) ?? keeping.why.at(-1);
  return (
    <>
      {day && `Eligible from ${nyDateText(day)}. `}
      {why?.text} {why && <ClauseLink id={why.clause} />}
    </>
  );
}

function Fate({
  card,
  dispositionId,
  nameOf,
}: {
  card: RetentionCard;
  dispositionId: string;
  nameOf: Props['nameOf'];
}) {
  const { destroyed, objection } = card;
  if (destroyed?.certificateId === dispositionId)
    return destroyed.filesGoneAt ? (
      <>
        <Tag kind="plain">destroyed</Tag> <Moment at={destroyed.filesGoneAt} />
      </>
    ) : (
      <Tag kind="waiting">being destroyed</Tag>
    );
  if (card.dispositionId === dispositionId) return null;
  if (objection?.dispositionId === dispositionId)
    return (
      <>
        <Tag kind="good">taken out</Tag> by {nameOf(objection.by)}: {objection.reason}
      </>
    );
  return <Tag kind="good">kept</Tag>;
}

function Pages({ id, page, pages }: { id: string; page: number; pages: number }) {
  const href = (to: number): string => `${hrefOf(id)}?page=${to}#records`;
  return (
    <nav aria-label="Pages of records">
      <p>
        {page > 1 && <a href={href(page - 1)}>Previous {ON_A_PAGE}</a>}
        {page > 1 && page < pages && ' · '}
        {page < pages && <a href={href(page + 1)}>Next {ON_A_PAGE}</a>}
      </p>
    </nav>
  );
}
