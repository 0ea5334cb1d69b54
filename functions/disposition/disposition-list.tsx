/** The batches: what is open, soonest to be destroyed first, and what has ended. */
import { nyDateText, nyStartOfDay, type Instant } from '../../policies/instant.ts';
import { Countdown, Moment, Nothing, Tag } from '../edge/fields.tsx';
import type { Disposition } from './contract.ts';
import { STATES, TECHNOLOGIES } from './labels.ts';

export const hrefOf = (id: string): string => `/dispositions/${encodeURIComponent(id)}`;

export const records = (count: number): string => `${count.toLocaleString('en-US')} record${count === 1 ? '' : 's'}`;

export function DispositionList(props: {
  open: readonly Disposition[];
  ended: readonly Disposition[];
  next?: string | undefined;
  now: Instant;
}) {
  const { open, ended, next, now } = props;
  return (
    <>
      <h2>Open</h2>
      {open.length === 0 ? (
        <Nothing>
          No batch is open. Each morning what has been kept as long as the schedule asks is put into batches, and they
          appear here.
        </Nothing>
      ) : (
        <ul class="pa-list pa-list--due">
          {open.map((one) => (
            <li>
              <p class="pa-list__what">
                <a href={hrefOf(one.id)}>Batch {one.id}</a> <StateTag disposition={one} />
              </p>
              <p class="pa-list__more">{aboutOf(one)}</p>
              <div class="pa-list__due">
                <Countdown until={nyStartOfDay(one.disposeBy)} now={now} />
              </div>
            </li>
          ))}
        </ul>
      )}
      <h2>Ended</h2>
      {ended.length === 0 ? (
        <Nothing>Nothing has ended yet. Certificates of destruction will be found here.</Nothing>
      ) : (
        <ul class="pa-list">
          {ended.map((one) => (
            <li>
              <p class="pa-list__what">
                <a href={hrefOf(one.id)}>Batch {one.id}</a> <StateTag disposition={one} />
              </p>
              <p class="pa-list__more">
                {aboutOf(one)}
                {one.destroyedRecords !== undefined && `. ${records(one.destroyedRecords)} destroyed`}
              </p>
              <div class="pa-list__side">{one.endedAt && <Moment at={one.endedAt} />}</div>
            </li>
          ))}
        </ul>
      )}
      {next && (
        <p>
          <a href={`/dispositions?ended=${encodeURIComponent(next)}`}>Earlier ones</a>
        </p>
      )}
    </>
  );
}

export function StateTag({ disposition }: { disposition: Disposition }) {
  const [words, kind] = disposition.gathering
    ? (['being put together', 'waiting'] as const)
    : STATES[disposition.state];
  return <Tag kind={kind}>{words}</Tag>;
}

const aboutOf = ({ records: count, technology, classId, eligibleFrom, eligibleUntil }: Disposition): string =>
  `${records(count)} of ${TECHNOLOGIES[technology].toLowerCase()}, class ${classId}, eligible ${nyDateText(eligibleFrom)} to ${nyDateText(eligibleUntil)}`;
