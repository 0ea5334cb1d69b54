/** The comparisons of store and records: the list, each with its differences, and what somebody did about them. */
import type { Context, Hono } from 'hono';
import { nyDateText } from '../../policies/instant.ts';
import type { CalendarDate } from '../../policies/calendar-date.ts';
import { mayDo } from '../../policies/roles.ts';
import type { Refusal } from '../../policies/ruling.ts';
import {
  Actions,
  ErrorSummary,
  errorOf,
  Facts,
  FormSecret,
  Moment,
  Nothing,
  Notice,
  Submit,
  Tag,
  TextArea,
} from '../edge/fields.tsx';
import { page } from '../edge/frame.tsx';
import { formOf, mustBeAble, type PageEnv } from '../edge/page-app.tsx';
import { STATUS } from '../edge/statuses.ts';
import type { Visitor } from '../edge/visitor.ts';
import { reconciliations, type Difference, type Reconciliation } from '../reconciliation/contract.ts';
import { persons } from '../records/standing.ts';
import { Agreement } from './overview-page.tsx';
import { MOST_SAID, sayWhatWasDone } from './say-what-was-done.ts';
import type { RetentionPageNeeds } from './page-needs.ts';
import { countText, DIFFERENCES } from './words.ts';

type C = Context<PageEnv<RetentionPageNeeds>>;
interface Tried {
  readonly text: string;
  readonly because: readonly Refusal[];
}

const A_PAGE = 30;

export function reconciliationPages(app: Hono<PageEnv<RetentionPageNeeds>>): void {
  app.get('/retention/reconciliations', async (c) => {
    mustBeAble(c, 'read-retention');
    const from = c.req.query('from');
    const list = await c.var.needs.records.ofSubject(reconciliations, 'reconciliations', {
      newestFirst: true,
      most: A_PAGE,
      ...(from && { from }),
    });
    return page(
      c,
      {
        title: 'Store and records',
        above: <a href="/retention">Retention</a>,
        lead: 'Every day each file in the store is held against its record, and each record against the store.',
      },
      <ReconciliationList all={list.records} next={list.next} />,
    );
  });
  app.get('/retention/reconciliations/:day', (c) => showOne(c, c.req.param('day')));
  app.post('/retention/reconciliations/:day/done', async (c) => {
    const visitor = mustBeAble(c, 'manage-records');
    const form = await formOf(c);
    const id = c.req.param('day');
    const text = form.text('done');
    const said = await sayWhatWasDone(c.var.needs, { id, by: visitor.personId, text });
    if (said.kind === 'missing') return c.notFound();
    if (said.kind === 'refused') return showOne(c, id, { text, because: said.because });
    return c.redirect(`/retention/reconciliations/${encodeURIComponent(id)}`, STATUS.SeeOther);
  });
}

async function showOne(c: C, id: string, tried?: Tried): Promise<Response> {
  const visitor = mustBeAble(c, 'read-retention');
  const { records } = c.var.needs;
  const one = await records.get(reconciliations, id);
  if (!one) return c.notFound();
  const doneBy = one.done && ((await records.get(persons, one.done.by))?.name ?? one.done.by);
  return page(
    c,
    {
      title: `Store and records on ${nyDateText(one.id as CalendarDate)}`,
      above: <a href="/retention/reconciliations">Store and records</a>,
      status: tried ? STATUS.Refused : STATUS.Ok,
      wide: true,
    },
    <ReconciliationPage one={one} visitor={visitor} doneBy={doneBy} tried={tried} />,
  );
}

function ReconciliationList({ all, next }: { all: readonly Reconciliation[]; next: string | undefined }) {
  if (all.length === 0)
    return <Nothing>No comparison was made yet. The first appears here after half past five in the morning.</Nothing>;
  return (
    <>
      <ul class="pa-list">
        {all.map((one) => (
          <li>
            <p class="pa-list__what">
              <a href={`/retention/reconciliations/${one.id}`}>{nyDateText(one.id as CalendarDate)}</a>
            </p>
            <p class="pa-list__more">
              {countText(one.files)} files, {countText(one.cards)} records
              {one.differences > 0 && `, ${countText(one.differences)} that differ`}
            </p>
            <div class="pa-list__side">
              <StateTag one={one} />
            </div>
          </li>
        ))}
      </ul>
      {next && (
        <p>
          <a href={`/retention/reconciliations?from=${encodeURIComponent(next)}`}>Earlier ones</a>
        </p>
      )}
    </>
  );
}

function StateTag({ one }: { one: Reconciliation }) {
  if (one.state === 'running') return <Tag kind="waiting">being compared</Tag>;
  if (one.state === 'agreed') return <Tag kind="good">agree</Tag>;
  if (one.done) return <Tag kind="plain">looked into</Tag>;
  return one.followedBy ? <Tag kind="plain">see the later one</Tag> : <Tag kind="bad">differ</Tag>;
}

function ReconciliationPage(props: {
  one: Reconciliation;
  visitor: Visitor;
  doneBy: string | undefined;
  tried: Tried | undefined;
}) {
  const { one, visitor, doneBy, tried } = props;
  return (
    <>
      <Facts
        items={[
          ['Store and records', <Agreement one={one} />],
          ['Began', <Moment at={one.startedAt} />],
          ['Ended', one.endedAt ? <Moment at={one.endedAt} /> : 'not yet'],
          ['Files in the store', countText(one.files)],
          ['Records', countText(one.cards)],
          ['That differ', countText(one.differences)],
          one.mended > 0 && ['Of these put right at once', countText(one.mended)],
          one.followedBy !== undefined && [
            'Found again, or others, on',
            <a href={`/retention/reconciliations/${one.followedBy}`}>{nyDateText(one.followedBy as CalendarDate)}</a>,
          ],
        ]}
      />
      {one.state === 'agreed' && (
        <Notice kind="success">
          <p>Every file has its record, every record its files, and every lock and tag is as the records say.</p>
        </Notice>
      )}
      {one.shown.length > 0 && <Differences one={one} />}
      {one.done && (
        <>
          <h2>What was done</h2>
          <p class="pa-quote">{one.done.text}</p>
          <p>
            {doneBy}, <Moment at={one.done.at} />
          </p>
        </>
      )}
      {one.state === 'differs' && !one.done && mayDo(visitor.roles, 'manage-records') && (
        <DoneForm one={one} visitor={visitor} tried={tried} />
      )}
    </>
  );
}

function Differences({ one }: { one: Reconciliation }) {
  return (
    <>
      <h2>What differs</h2>
      {one.differences > one.shown.length && (
        <p>
          The first {one.shown.length} of {countText(one.differences)}. The next comparison lists what is still so.
        </p>
      )}
      <div class="pa-scroll" role="region" aria-label="What differs" tabindex={0}>
        <table class="usa-table usa-table--borderless">
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">Record</th>
              <th scope="col">Expected</th>
              <th scope="col">Found</th>
              <th scope="col">Put right</th>
            </tr>
          </thead>
          <tbody>
            {one.shown.map((difference) => (
              <DifferenceRow difference={difference} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function DifferenceRow({ difference: { kind, key, cardId, expected, found, mended } }: { difference: Difference }) {
  return (
    <tr>
      <th scope="row">
        {DIFFERENCES[kind]}
        <div class="pa-list__more">
          <code>{key}</code>
        </div>
      </th>
      <td>{cardId ? <a href={`/retention/${encodeURIComponent(cardId)}`}>{cardId}</a> : 'none'}</td>
      <td>{expected}</td>
      <td>{found}</td>
      <td>{mended ? <Tag kind="good">yes</Tag> : <Tag kind="bad">no</Tag>}</td>
    </tr>
  );
}

function DoneForm({ one, visitor, tried }: { one: Reconciliation; visitor: Visitor; tried: Tried | undefined }) {
  return (
    <>
      <h2>Record what was done</h2>
      <form class="pa-form" method="post" action={`/retention/reconciliations/${one.id}/done`}>
        {tried && <ErrorSummary refusals={tried.because} fields={['done']} />}
        <FormSecret visitor={visitor} />
        <TextArea
          name="done"
          label="What caused the differences, and what was done about each"
          hint="Name files and records by their ids, and no person, plate or place. It takes the entry off the desk."
          required
          rows={5}
          maxlength={MOST_SAID}
          value={tried?.text}
          error={errorOf(tried?.because, 'done')}
        />
        <Actions>
          <Submit>Record it</Submit>
        </Actions>
      </form>
    </>
  );
}
