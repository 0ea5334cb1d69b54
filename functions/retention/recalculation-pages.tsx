/** A working-out of dates: why, over how many records, how far it is, and what came of it. */
import type { Hono } from 'hono';
import type { Instant } from '../../policies/instant.ts';
import { Facts, Moment, Nothing, Notice, Tag } from '../edge/fields.tsx';
import { page } from '../edge/frame.tsx';
import { mustBeAble, type PageEnv } from '../edge/page-app.tsx';
import { progressOf, recalculations, type Recalculation } from './contract.ts';
import type { RetentionPageNeeds } from './page-needs.ts';
import { CAUSES, countText } from './words.ts';

const STATES = {
  owed: ['about to begin', 'waiting'],
  running: ['being worked out', 'waiting'],
  whole: ['whole', 'good'],
  abandoned: ['overtaken by a later change', 'plain'],
} as const;

/** What came of each record, in the order it is shown. */
const COUNTS = {
  same: 'The same day',
  longer: 'A later day',
  shorter: 'An earlier day',
  'due-now': 'Fall due at once',
  kept: 'Kept, without a day',
} as const;

export function recalculationPages(app: Hono<PageEnv<RetentionPageNeeds>>): void {
  app.get('/retention/recalculations/:id', async (c) => {
    mustBeAble(c, 'read-retention');
    const { records } = c.var.needs;
    const one = await records.get(recalculations, c.req.param('id'));
    if (!one) return c.notFound();
    const done = one.state === 'running' ? (await progressOf(records, one.id)).done : undefined;
    return page(
      c,
      { title: 'Dates worked out', above: <a href="/retention">Retention</a>, style: 'retention.css' },
      <RecalculationPage one={one} done={done} />,
    );
  });
}

export const recalculationHref = (id: string): string => `/retention/recalculations/${encodeURIComponent(id)}`;

export function RecalculationTag({ state }: Pick<Recalculation, 'state'>) {
  const [words, kind] = STATES[state];
  return <Tag kind={kind}>{words}</Tag>;
}

function RecalculationPage({ one, done }: { one: Recalculation; done: number | undefined }) {
  const { cause, state, startedAt, startedBy, total, endedAt, dryRun, counts } = one;
  return (
    <>
      {dryRun && (
        <Notice kind="info" heading="A trial">
          <p>It counts what would change and changes nothing.</p>
        </Notice>
      )}
      {done !== undefined && <Bar done={done} total={total} />}
      <Facts
        items={[
          ['State', <RecalculationTag state={state} />],
          ['Why', CAUSES[cause]],
          ['For', <SubjectLink one={one} />],
          ['Began', <Began at={startedAt} by={startedBy} />],
          ['Records', total === undefined ? 'being listed' : countText(total)],
          ['Ended', endedAt ? <Moment at={endedAt} /> : 'not yet'],
        ]}
      />
      {counts ? (
        <>
          <h2>{dryRun ? 'What would change' : 'What came of it'}</h2>
          <CountsTable counts={counts} />
        </>
      ) : (
        <Nothing>What came of it appears here once it is whole. Until then no date it works out counts.</Nothing>
      )}
    </>
  );
}

const Began = ({ at, by }: { at: Instant; by: string }) => (
  <>
    <Moment at={at} />, by {by}
  </>
);

function SubjectLink({ one: { subject } }: { one: Recalculation }) {
  const at = subject.indexOf('#');
  const [noun, id] = [subject.slice(0, at), subject.slice(at + 1)];
  const place = { case: '/cases', hold: '/holds', schedule: '/retention/schedules', retention: '/retention' }[noun];
  return place ? <a href={`${place}/${encodeURIComponent(id)}`}>{id}</a> : <>{id}</>;
}

function Bar({ done, total }: { done: number; total: number | undefined }) {
  return (
    <>
      <progress
        class="pa-bar"
        aria-label="Records worked out"
        value={done}
        max={Math.max(1, total ?? 0, done)}
      ></progress>
      <p>
        {countText(done)} of {total === undefined ? 'those still being listed' : countText(total)} are worked out. The
        page shows it as it was when you opened it.
      </p>
    </>
  );
}

export function CountsTable({ counts }: { counts: NonNullable<Recalculation['counts']> }) {
  return (
    <table class="usa-table usa-table--borderless pa-counts">
      <thead>
        <tr>
          <th scope="col">Compared with before</th>
          <th scope="col">Records</th>
        </tr>
      </thead>
      <tbody>
        {Object.entries(COUNTS).map(([name, words]) => (
          <tr>
            <th scope="row">{words}</th>
            <td class="pa-number">{countText(counts[name as keyof typeof COUNTS])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
