/** The list of holds, those that bind or those that were released, and the holds on one record. */
import { nyDate, nyDateText, type Instant } from '../../policies/instant.ts';
import { Countdown, Moment, Nothing, Notice, Tag } from '../edge/fields.tsx';
import type { Listing } from '../records/records.aws.ts';
import type { Hold } from './contract.ts';
import type { OnRecord } from './hold-view.ts';
import { KIND_LABELS, scopeText, STATE_LABELS } from './labels.ts';

export function HoldList(props: {
  readonly listing: Listing<Hold>;
  readonly which: 'binding' | 'released';
  readonly mayPlace: boolean;
  readonly names: ReadonlyMap<string, string>;
  readonly now: Instant;
}) {
  const { listing, which, mayPlace, names, now } = props;
  const here = which === 'released' ? '?show=released' : '?show=binding';
  const last = listing.records.at(-1);
  return (
    <>
      {mayPlace && (
        <p class="pa-starts">
          <a class="usa-button" href="/holds/new">
            Place a hold
          </a>
        </p>
      )}
      <nav aria-label="Which holds">
        <p>
          <a href="/holds" {...(which === 'binding' && { 'aria-current': 'page' })}>
            Those that bind
          </a>{' '}
          ·{' '}
          <a href="/holds?show=released" {...(which === 'released' && { 'aria-current': 'page' })}>
            Those that were released
          </a>
        </p>
      </nav>
      {listing.records.length === 0 ? (
        <Nothing>
          {which === 'binding'
            ? 'No hold binds. One that is placed appears here, and nothing it takes in is destroyed from that moment.'
            : 'No hold was released. One that is stays here, with who released it and why.'}
        </Nothing>
      ) : (
        <Holds holds={listing.records} names={names} now={now} />
      )}
      {listing.next && last && (
        <p>
          <a href={`/holds${here}&after=${encodeURIComponent(last.id)}`}>Earlier ones</a>
        </p>
      )}
    </>
  );
}

export function Holds(props: {
  readonly holds: readonly Hold[];
  readonly names: ReadonlyMap<string, string>;
  readonly now: Instant;
}) {
  return (
    <ul class="pa-list">
      {props.holds.map((hold) => (
        <li>
          <p class="pa-list__what">
            <a href={`/holds/${encodeURIComponent(hold.id)}`}>{hold.name}</a>
          </p>
          <p class="pa-list__more">
            {KIND_LABELS[hold.kind]} {hold.id}: {scopeText(hold.scope)}. Placed <Moment at={hold.placedAt} />;{' '}
            {props.names.get(hold.ownerId) ?? hold.ownerId} answers for it.
          </p>
          {hold.release && (
            <p class="pa-list__more">
              Released <Moment at={hold.release.at} />.
            </p>
          )}
          <div class="pa-list__side">
            <Tag kind={STATE_LABELS[hold.state][1]}>{STATE_LABELS[hold.state][0]}</Tag>{' '}
            {hold.reviewAt && hold.remindAt && (
              <Countdown until={hold.reviewAt} now={props.now} past="past its review" />
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

export function RecordHolds(props: {
  readonly on: OnRecord;
  readonly names: ReadonlyMap<string, string>;
  readonly now: Instant;
}) {
  const { card, holds } = props.on;
  const binding = holds.filter(({ release }) => !release);
  const before = holds.filter(({ release }) => release);
  if (card.state === 'destroying' || card.state === 'destroyed')
    return (
      <Notice kind="warning" heading="This record is gone">
        <p>
          Its destruction was on record
          {card.destroyed && (
            <>
              {' '}
              on {nyDateText(nyDate(card.destroyed.at))}, under certificate {card.destroyed.certificateId}
            </>
          )}
          . A hold placed after that does not bring it back.
        </p>
      </Notice>
    );
  return (
    <>
      <h2>Holds that bind it</h2>
      {binding.length === 0 ? (
        <Nothing>No hold binds this record. It is kept by its own date and its cases.</Nothing>
      ) : (
        <>
          <p>While any of these binds, the record has no date and is not destroyed. Each is released by itself.</p>
          <Holds holds={binding} names={props.names} now={props.now} />
        </>
      )}
      {before.length > 0 && (
        <>
          <h2>Released, and still counted</h2>
          <p>After a legal action a record is kept for at least one more year.</p>
          <Holds holds={before} names={props.names} now={props.now} />
        </>
      )}
    </>
  );
}
