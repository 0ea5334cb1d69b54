/** What is kept for a case, with the date of each record and the sentence that says why; and how far a working-out is. */
import { nyDateText } from '../../policies/instant.ts';
import { mayDo } from '../../policies/roles.ts';
import type { Keeping, Why } from '../../policies/retention.ts';
import { Clauses, Moment, Notice, Nothing, spoken, Tag, type TagKind } from '../edge/fields.tsx';
import type { CardState, RetentionCard } from '../retention/contract.ts';
import { KEPT_PER_PAGE, type CaseView } from './case-view.ts';
import { caseHref } from './contract.ts';

export function Running({ view: { recalculation, counts } }: { view: CaseView }) {
  if (!recalculation || !counts?.recalculationId) return null;
  const { record, done } = recalculation;
  const total = record.total ?? 0;
  return (
    <Notice heading="The dates of its records are being worked out">
      <p>
        {record.total === undefined
          ? 'The records are being listed.'
          : `${done.toLocaleString('en-US')} of ${total.toLocaleString('en-US')} records are worked out.`}{' '}
        Until all are, no date of the case counts and nothing of it is destroyed.
      </p>
      <p>
        <label for="worked-out">How far it is</label>{' '}
        <progress
          id="worked-out"
          class="pa-progress"
          max={Math.max(1, total)}
          value={record.total === undefined ? undefined : done}
        >
          {done} of {total}
        </progress>{' '}
        <a href={caseHref(counts.id)}>Look again</a>
      </p>
    </Notice>
  );
}

const STATE_TAGS: Readonly<Record<CardState, readonly [words: string, kind: TagKind]>> = {
  kept: ['Kept', 'good'],
  proposed: ['In a batch to be signed', 'waiting'],
  destroying: ['Being destroyed', 'bad'],
  destroyed: ['Destroyed', 'plain'],
};

export function KeptPart({ view }: { view: CaseView }) {
  const { cards, total, from, withoutCard } = view.kept;
  const address = caseHref(view.caseNumber);
  return (
    <section id="kept" class="pa-part" aria-labelledby="kept-heading">
      <h2 id="kept-heading">What is kept for it</h2>
      {total + withoutCard.length === 0 ? (
        <Nothing>Nothing is kept for this case. An image that is filed under its number appears here.</Nothing>
      ) : (
        <>
          {total > KEPT_PER_PAGE && (
            <p>
              Records {from + 1} to {Math.min(total, from + KEPT_PER_PAGE)} of {total.toLocaleString('en-US')}
            </p>
          )}
          <ul class="pa-list">
            {cards.map((card) => (
              <Kept card={card} view={view} />
            ))}
            {from === 0 &&
              withoutCard.slice(0, KEPT_PER_PAGE).map((id) => (
                <li>
                  <p class="pa-list__what">
                    <a href={`/images/${encodeURIComponent(id)}`}>{id}</a>
                  </p>
                  <p class="pa-list__more">An image whose time nobody has worked out. It stays.</p>
                </li>
              ))}
          </ul>
          <p>
            {from > 0 && <a href={`${address}?kept=${Math.max(0, from - KEPT_PER_PAGE)}#kept`}>Records before these</a>}{' '}
            {from + KEPT_PER_PAGE < total && (
              <a href={`${address}?kept=${from + KEPT_PER_PAGE}#kept`}>Records after these</a>
            )}
          </p>
        </>
      )}
    </section>
  );
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The reasons, that first which the answer follows from: one without a day where there is none, the latest day where there is. */
export function rulingFirst(keeping: Keeping): readonly Why[] {
  const rules = ({ until }: Why): boolean => until === (keeping.kind === 'until' ? keeping.date : undefined);
  return [...keeping.why.filter(rules), ...keeping.why.filter((why) => !rules(why))];
}

function Kept({ card, view }: { card: RetentionCard; view: CaseView }) {
  const { keeping, destroyed } = card;
  const [words, kind] = STATE_TAGS[card.state];
  const movable = view.mayKeep && (card.state === 'kept' || card.state === 'proposed');
  const number = card.caseNumbers.includes(view.caseNumber) ? view.caseNumber : card.caseNumbers[0];
  const why = rulingFirst(keeping)[0];
  const place =
    card.kind === 'image' ? 'images' : mayDo(view.visitor.roles, 'read-retention') ? 'retention' : undefined;
  const address = place && `/${place}/${encodeURIComponent(card.id)}`;
  return (
    <li>
      <p class="pa-list__what">{address ? <a href={address}>{card.id}</a> : card.id}</p>
      <p class="pa-list__more">
        {capital(spoken(card.kind))}, kept since <Moment at={card.keptAt} />.{' '}
        <strong>
          {destroyed
            ? 'Only the proof is left.'
            : keeping.kind === 'until'
              ? `Until ${nyDateText(keeping.date)}.`
              : 'Stays, without a date.'}
        </strong>{' '}
        {why && !destroyed && (
          <>
            {why.text} <Clauses ids={[why.clause]} />
          </>
        )}
      </p>
      <div class="pa-list__side">
        <Tag kind={kind}>{words}</Tag> {card.holdIds.length > 0 && !destroyed && <Tag kind="waiting">On hold</Tag>}{' '}
        {movable && number !== undefined && (
          <a href={`${caseHref(number)}/move-record?recordId=${encodeURIComponent(card.id)}`}>
            Move<span class="usa-sr-only"> {card.id}</span>
          </a>
        )}
      </div>
    </li>
  );
}
