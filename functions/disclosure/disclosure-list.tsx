/** The list of disclosures: one's own; for those who oversee them, all that were opened in a month. */
import { mayDo } from '../../policies/roles.ts';
import type { Instant } from '../../policies/instant.ts';
import { Countdown, Moment, Nothing, Tag } from '../edge/fields.tsx';
import type { Visitor } from '../edge/visitor.ts';
import { keyOf } from '../records/entity.ts';
import type { Records } from '../records/records.aws.ts';
import { disclosures, disclosuresOfMonth, type Disclosure } from './contract.ts';
import { isOpenToChange } from './disclosure-view.ts';
import { labelIn, recipientLabel, STATES, TECHNOLOGIES, TYPES } from './labels.ts';

export interface Listing {
  readonly disclosures: readonly Disclosure[];
  /** `2026-11` for those who see whole months. */
  readonly month?: string;
  readonly now: Instant;
}

const MONTH = /^20\d\d-(0[1-9]|1[0-2])$/;

export async function disclosuresFor(
  records: Records,
  visitor: Visitor,
  asked: string | undefined,
  now: Instant,
): Promise<Listing> {
  if (mayDo(visitor.roles, 'read-disclosures')) {
    const month = asked && MONTH.test(asked) ? asked : now.slice(0, 7);
    const ids = await records.linesOf(disclosuresOfMonth(month));
    const found = await Promise.all(ids.map((id) => records.get(disclosures, id)));
    const opened = found.filter((one) => one !== undefined).toSorted((a, b) => (a.openedAt < b.openedAt ? 1 : -1));
    return { disclosures: opened, month, now };
  }
  const own = await records.ofSubject(disclosures, keyOf('person', visitor.personId), { newestFirst: true });
  return { disclosures: own.records, now };
}

const monthBeside = (month: string, by: 1 | -1): string => {
  const [year, number] = month.split('-').map(Number) as [number, number];
  const count = year * 12 + (number - 1) + by;
  return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}`;
};

export function DisclosureList({
  listing: { disclosures: found, month, now },
  visitor,
}: {
  listing: Listing;
  visitor: Visitor;
}) {
  return (
    <>
      {mayDo(visitor.roles, 'request-disclosure') && (
        <p>
          <a class="usa-button" href="/disclosures/new">
            New disclosure
          </a>
        </p>
      )}
      {month && (
        <nav aria-label="Months" class="pa-months">
          <a href={`/disclosures?month=${monthBeside(month, -1)}`}>Earlier</a> · Opened in {month} (UTC) ·{' '}
          <a href={`/disclosures?month=${monthBeside(month, 1)}`}>Later</a>
        </nav>
      )}
      {found.length === 0 ? (
        <Nothing>
          {month
            ? 'No disclosure was opened in this month.'
            : 'Disclosures you ask for appear here, with where each stands.'}
        </Nothing>
      ) : (
        <ul class="pa-list">
          {found.map((disclosure) => (
            <Entry disclosure={disclosure} now={now} />
          ))}
        </ul>
      )}
    </>
  );
}

function Entry({ disclosure, now }: { disclosure: Disclosure; now: Instant }) {
  const { id, asked, state, openedAt, lapsesAt } = disclosure;
  const [label, kind] = STATES[state];
  return (
    <li>
      <p class="pa-list__what">
        <a href={`/disclosures/${id}`}>{id}</a>
      </p>
      <p class="pa-list__more">
        {labelIn(TYPES, asked.disclosureType)}. {labelIn(TECHNOLOGIES, asked.technology)}, to:{' '}
        {recipientLabel(asked.recipient.kind).toLowerCase()}. Opened <Moment at={openedAt} />
      </p>
      <div class="pa-list__side">
        <Tag kind={kind}>{label}</Tag>
        {lapsesAt && isOpenToChange(disclosure) && (
          <p class="pa-list__more">
            <Countdown until={lapsesAt} now={now} />
          </p>
        )}
      </div>
    </li>
  );
}
