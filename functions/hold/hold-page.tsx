/** The page of one hold: where it stands, how many records have been told, what it binds, who answers, and what happened. */
import { nyDateText } from '../../policies/instant.ts';
import { mayDo } from '../../policies/roles.ts';
import { Countdown, Facts, Moment, Notice, Tag, Timeline } from '../edge/fields.tsx';
import type { Person } from '../records/standing.ts';
import type { Hold } from './contract.ts';
import { Acknowledge, HoldDeeds, type DeedTried } from './hold-deeds.tsx';
import { MOST_LISTED, type HoldView, type Progress } from './hold-view.ts';
import { KIND_LABELS, scopeText, STATE_LABELS } from './labels.ts';
import { sentenceFor, whoDid } from './story.ts';

export function HoldPage(props: {
  readonly view: HoldView;
  readonly owners: readonly Person[];
  readonly tried?: DeedTried | undefined;
}) {
  const { view, owners, tried } = props;
  const { hold, names, now, visitor, progress } = view;
  const name = (id: string): string => names.get(id) ?? id;
  return (
    <>
      <p class="pa-state">
        <Tag kind={STATE_LABELS[hold.state][1]}>{STATE_LABELS[hold.state][0]}</Tag>{' '}
        {hold.reviewAt && <Countdown until={hold.reviewAt} now={now} past="past its review" />}
      </p>
      {hold.reviewAt && <p class="usa-hint">The time left until its owner looks whether it is still needed.</p>}
      <Acknowledge hold={hold} visitor={visitor} />
      <Standing hold={hold} progress={progress} />
      <AlreadyGone hold={hold} keptAfterAll={view.keptAfterAll} />
      <h2>What it is</h2>
      <Facts
        items={[
          ['For', KIND_LABELS[hold.kind]],
          ['Rests on', hold.authority],
          ['Why', hold.reason],
          ['Answers for it', name(hold.ownerId)],
          ['Told in writing besides', <Custodians hold={hold} name={name} />],
          [
            'Placed by',
            <>
              {name(hold.placedBy)}, <Moment at={hold.placedAt} />
            </>,
          ],
          hold.release && [
            'Released by',
            <>
              {name(hold.release.by)}, <Moment at={hold.release.at} />
            </>,
          ],
          hold.release && ['Why it was released', hold.release.reason],
          hold.release && ['What it was for ended', nyDateText(hold.release.endedOn)],
        ]}
      />
      <Binds hold={hold} linked={mayDo(visitor.roles, 'read-retention') || mayDo(visitor.roles, 'place-hold')} />
      <HoldDeeds hold={hold} visitor={visitor} owners={owners} tried={tried} />
      <section>
        <h2>What happened</h2>
        <Timeline
          entries={view.entries.map((entry) => ({
            at: entry.at,
            what: sentenceFor(entry, names),
            who: whoDid(entry, names),
            clauses: entry.clauses ?? [],
          }))}
        />
        <p class="usa-hint">Each line is an entry of this hold’s ledger, chained by hash to the one before it.</p>
      </section>
    </>
  );
}

/** Each with when they said that they keep it, or that they have not. */
function Custodians({
  hold: { custodianIds = [], acknowledged = [] },
  name,
}: {
  hold: Hold;
  name: (id: string) => string;
}) {
  if (custodianIds.length === 0) return 'nobody';
  return (
    <ul class="usa-list usa-list--unstyled">
      {custodianIds.map((id) => {
        const at = acknowledged.find(({ personId }) => personId === id)?.at;
        return (
          <li>
            {name(id)}:{' '}
            {at ? (
              <>
                keeps it, <Moment at={at} />
              </>
            ) : (
              <Tag kind="waiting">has not answered</Tag>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function Standing({ hold: { state }, progress }: { hold: Hold; progress: Progress | undefined }) {
  if (state === 'placed')
    return <p>Nothing it takes in is destroyed while it binds. Every record of it has been told.</p>;
  if (state === 'released')
    return <p>Its records are kept by their own dates and by every other hold on them. Every one has been told.</p>;
  const told = progress?.told ?? 0;
  const counted =
    progress?.total === undefined
      ? 'The records are being listed.'
      : `${told} of ${progress.total} records have been told so far.`;
  return (
    <Notice
      kind={state === 'placing' ? 'success' : 'info'}
      heading={
        state === 'placing'
          ? 'It binds now, whatever has been told so far'
          : 'Nothing is let go before every date is known'
      }
    >
      <p role="status">{counted} Load this page again to see how far it is.</p>
      {progress?.total !== undefined && progress.total > 0 && (
        <progress value={Math.min(told, progress.total)} max={progress.total} aria-label="Records told">
          {told} of {progress.total}
        </progress>
      )}
    </Notice>
  );
}

function AlreadyGone({ hold: { gone }, keptAfterAll }: { hold: Hold; keptAfterAll: ReadonlySet<string> }) {
  if (!gone)
    return <p>What was destroyed before the hold was placed is still being looked up. It will be named here.</p>;
  const more = gone.more && (
    <p>
      More batches were being destroyed in that hour than were looked through. Their certificates name every record.
    </p>
  );
  if (gone.count === 0) return more ? <Notice>{more}</Notice> : null;
  return (
    <Notice
      kind="warning"
      heading={`${gone.count} ${gone.count === 1 ? 'record was' : 'records were'} gone before it was placed`}
    >
      <p>Their destruction was signed and on record before this hold. The certificates say what, when and by whom.</p>
      <ul class="usa-list">
        {gone.named.slice(0, MOST_LISTED).map(({ id, at }) => (
          <li>
            {id}: already gone at <Moment at={at} />
            {keptAfterAll.has(id) && '; the store kept it after all, and this hold binds it'}
          </li>
        ))}
      </ul>
      {gone.count > MOST_LISTED && <p>And {gone.count - MOST_LISTED} more.</p>}
      {more}
    </Notice>
  );
}

function Binds({ hold: { scope }, linked }: { hold: Hold; linked: boolean }) {
  const listed = scope.kind === 'records' ? scope.ids : scope.kind === 'cases' ? scope.caseNumbers : [];
  const href = (one: string): string =>
    scope.kind === 'records' ? `/holds/record/${encodeURIComponent(one)}` : `/cases/${encodeURIComponent(one)}`;
  return (
    <section>
      <h2>What it binds</h2>
      <p>It takes in {scopeText(scope)}.</p>
      {listed.length > 0 && (
        <details class="pa-fold" open={listed.length <= 5}>
          <summary>
            {listed.length} {scope.kind === 'records' ? 'by number' : 'cases'}
          </summary>
          <ul class="usa-list">
            {listed.slice(0, MOST_LISTED).map((one) => (
              <li>{linked ? <a href={href(one)}>{one}</a> : one}</li>
            ))}
          </ul>
          {listed.length > MOST_LISTED && <p>And {listed.length - MOST_LISTED} more.</p>}
        </details>
      )}
    </section>
  );
}
