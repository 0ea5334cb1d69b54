/**
 * The quarterly reports: the list of quarters, each compilation to read and to print, its tables as CSV, and sending it.
 *
 * Called by  ANY /quarterly-reports, /quarterly-reports/{proxy+}
 * Faults     RecordsBusy, ChangedMeanwhile (shown as pages)
 */
import type { Context, Hono } from 'hono';
import type { Task } from '../../policies/roles.ts';
import { page } from '../edge/frame.tsx';
import {
  formOf,
  handlerOf,
  mustBeAble,
  mustBeAbleToAny,
  pageApp,
  type PageEnv,
  type PageNeeds,
} from '../edge/page-app.tsx';
import { onFirstCall, readEnv } from '../edge/read-env.ts';
import { STATUS } from '../edge/statuses.ts';
import { newId, systemNow } from '../edge/system.ts';
import type { Visitor } from '../edge/visitor.ts';
import { recordsIn } from '../records/records.aws.ts';
import { visitorsIn } from '../records/visitors.ts';
import { QuarterList, QuarterPage, type TriedToSend } from './quarter-page.tsx';
import { quartersOf, quarterView, type QuarterView } from './quarter-view.ts';
import { sendQuarterlyReport, type QuarterNeeds } from './send-quarterly-report.ts';

export type QuarterlyReportPageNeeds = PageNeeds & QuarterNeeds & { readonly agency: string };
type C = Context<PageEnv<QuarterlyReportPageNeeds>>;

const READERS = ['send-quarterly-report', 'read-breaches'] as const satisfies readonly Task[];

export function quarterlyReportPages(needs: () => QuarterlyReportPageNeeds): Hono<PageEnv<QuarterlyReportPageNeeds>> {
  const app = pageApp(needs);
  app.get('/quarterly-reports', async (c) => {
    mustBeAbleToAny(c, READERS);
    return page(
      c,
      {
        title: 'Quarterly reports',
        lead: 'Anonymized compilations for the City’s Chief Privacy Officer: wrongful disclosures, exigent ones, and requests for help with immigration enforcement.',
      },
      <QuarterList quarters={await quartersOf(c.var.needs)} />,
    );
  });
  app.get('/quarterly-reports/:quarter', async (c) => {
    const visitor = mustBeAbleToAny(c, READERS);
    const view = await quarterView(c.var.needs, c.req.param('quarter'), visitor);
    return view ? quarterPage(c, view, visitor) : c.notFound();
  });
  app.get('/quarterly-reports/:quarter/:part{[a-z-]+\\.csv}', async (c) => {
    const visitor = mustBeAbleToAny(c, READERS);
    const view = await quarterView(c.var.needs, c.req.param('quarter'), visitor);
    const fileName = `${c.req.param('quarter')}-${c.req.param('part')}`;
    const table = view && tablesOf(view, c.req.query('sending')).find((one) => one.fileName === fileName);
    if (!table) return c.notFound();
    return c.body(table.csv, STATUS.Ok, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${fileName}"`,
    });
  });
  app.post('/quarterly-reports/:quarter/send', async (c) => {
    const visitor = mustBeAble(c, 'send-quarterly-report');
    const form = await formOf(c);
    const id = c.req.param('quarter');
    const sent = await sendQuarterlyReport(c.var.needs, {
      quarter: id,
      personId: visitor.personId,
      shownHash: form.text('shownHash'),
      hasRead: form.checked('hasRead'),
    });
    if (sent.kind === 'done') return c.redirect(`/quarterly-reports/${id}`, STATUS.SeeOther);
    const view = sent.kind === 'refused' ? await quarterView(c.var.needs, id, visitor) : undefined;
    return view && sent.kind === 'refused' ? quarterPage(c, view, visitor, sent) : c.notFound();
  });
  return app;
}

async function quarterPage(c: C, view: QuarterView, visitor: Visitor, tried?: TriedToSend): Promise<Response> {
  return page(
    c,
    {
      title: `Quarterly compilation ${view.id}`,
      above: <a href="/quarterly-reports">Quarterly reports</a>,
      status: tried ? STATUS.Refused : STATUS.Ok,
    },
    <QuarterPage view={view} agency={c.var.needs.agency} visitor={visitor} tried={tried} />,
  );
}

/** As they were sent; the draft's for those who see it. */
function tablesOf({ sent, draft }: QuarterView, sending: string | undefined) {
  if (sending === 'draft' || (sending === undefined && sent.length === 0)) return draft?.tables ?? [];
  const which = sending === undefined ? sent.at(-1) : sent.find(({ number }) => String(number) === sending);
  return which?.report?.tables ?? [];
}

const needs = onFirstCall((): QuarterlyReportPageNeeds => {
  const records = recordsIn(readEnv('RECORDS_TABLE'));
  return {
    records,
    now: systemNow,
    newId,
    chiefPrivacyOfficer: readEnv('CHIEF_PRIVACY_OFFICER'),
    agency: readEnv('AGENCY'),
    ...visitorsIn(records, systemNow),
  };
});

export const handler = handlerOf(quarterlyReportPages(needs), 'quarterly-report-pages');
