/**
 * How long everything is kept, and why: the calendar of what falls due, the index by class, each record with its reasons,
 * the schedules, what is being worked out, and whether store and records agree.
 *
 * Called by  ANY /retention, /retention/{proxy+}
 * Faults     RecordsBusy, ChangedMeanwhile (shown as pages)
 */
import type { Hono } from 'hono';
import { nyDate } from '../../policies/instant.ts';
import { page } from '../edge/frame.tsx';
import { handlerOf, mustBeAble, pageApp, type PageEnv } from '../edge/page-app.tsx';
import { onFirstCall, readEnv } from '../edge/read-env.ts';
import { newId, systemNow } from '../edge/system.ts';
import { recordsIn } from '../records/records.aws.ts';
import { visitorsIn } from '../records/visitors.ts';
import { cardsOf, ClassPage, dueIn, DuePage } from './card-list.tsx';
import { retentionCards } from './contract.ts';
import { firstDayOf } from './months.ts';
import { keptText, OverviewPage, overviewOf } from './overview-page.tsx';
import type { RetentionPageNeeds } from './page-needs.ts';
import { recalculationPages } from './recalculation-pages.tsx';
import { reconciliationPages } from './reconciliation-pages.tsx';
import { RecordPage } from './record-page.tsx';
import { schedulePages } from './schedule-pages.tsx';
import { schedulesKnown } from './schedules-known.ts';
import { KINDS, monthText, titleOf } from './words.ts';

const STYLE = 'retention.css';
const ABOVE = <a href="/retention">Retention</a>;
/** Longer than any id; a longer text is none. */
const LONGEST_ID = 200;

export function retentionPages(needs: () => RetentionPageNeeds): Hono<PageEnv<RetentionPageNeeds>> {
  const app = pageApp(needs);
  app.get('/retention', async (c) => {
    const visitor = mustBeAble(c, 'read-retention');
    const { records, now } = c.var.needs;
    return page(
      c,
      {
        title: 'Retention',
        lead: 'How long everything is kept and why, what falls due, and whether the store and the records agree.',
        wide: true,
        style: STYLE,
      },
      <OverviewPage overview={await overviewOf(records, now())} visitor={visitor} />,
    );
  });
  app.get('/retention/due', async (c) => {
    mustBeAble(c, 'read-retention');
    const { records, now } = c.var.needs;
    const today = nyDate(now());
    const month = firstDayOf(c.req.query('month') ?? today.slice(0, 7));
    const after = c.req.query('after');
    if (!month || (after ?? '').length > LONGEST_ID) return c.notFound();
    const day = c.req.query('day');
    const list = await dueIn(records, month, { ...(day && { day }), ...(after && { after }) });
    return page(
      c,
      {
        title: `Due in ${monthText(month.slice(0, 7))}`,
        above: ABOVE,
        lead: 'Each record with the day it may be proposed for disposal, and why that day.',
        style: STYLE,
      },
      <DuePage list={list} known={await schedulesKnown(records)} today={today} />,
    );
  });
  app.get('/retention/classes/:classId', async (c) => {
    mustBeAble(c, 'read-retention');
    const { records } = c.var.needs;
    const classId = c.req.param('classId');
    const known = await schedulesKnown(records);
    if (!known.titles.has(classId)) return c.notFound();
    const list = await cardsOf(records, classId, c.req.query('from'));
    return page(
      c,
      { title: titleOf(known.titles, classId), above: ABOVE, lead: `Kept ${keptText(known, classId)}.`, style: STYLE },
      <ClassPage list={list} classId={classId} known={known} />,
    );
  });
  reconciliationPages(app);
  recalculationPages(app);
  schedulePages(app);
  // Last: what is no other place is the id of a record.
  app.get('/retention/:id', async (c) => {
    const visitor = mustBeAble(c, 'read-retention');
    const { records, now } = c.var.needs;
    const id = c.req.param('id');
    const card = id.length > LONGEST_ID ? undefined : await records.get(retentionCards, id);
    if (!card) return c.notFound();
    return page(
      c,
      {
        title: card.id,
        above: (
          <>
            {ABOVE} · {KINDS[card.kind]}
          </>
        ),
        style: STYLE,
      },
      <RecordPage card={card} known={await schedulesKnown(records)} visitor={visitor} now={now()} />,
    );
  });
  return app;
}

const needs = onFirstCall((): RetentionPageNeeds => {
  const records = recordsIn(readEnv('RECORDS_TABLE'));
  return { records, now: systemNow, newId, ...visitorsIn(records, systemNow) };
});

export const handler = handlerOf(retentionPages(needs), 'retention-pages');
