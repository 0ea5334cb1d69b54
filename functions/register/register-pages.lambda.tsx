/**
 * The registers: what left and to whom, who reaches in, and what is on file for disclosures to rest on.
 *
 * Called by  ANY /registers, /registers/{proxy+}
 * Faults     RecordsBusy, ChangedMeanwhile (shown as pages)
 */
import type { Hono } from 'hono';
import { handlerOf, pageApp, type PageEnv } from '../edge/page-app.tsx';
import { onFirstCall, readEnv } from '../edge/read-env.ts';
import { newId, systemNow } from '../edge/system.ts';
import { recordsIn } from '../records/records.aws.ts';
import { visitorsIn } from '../records/visitors.ts';
import { deputyPages } from './deputy-pages.tsx';
import { entryPages } from './entry-pages.tsx';
import { sheetPages, type RegisterPageNeeds } from './sheet-pages.tsx';

export function registerPages(needs: () => RegisterPageNeeds): Hono<PageEnv<RegisterPageNeeds>> {
  const app = pageApp(needs);
  // In this order: `/registers/access/print` and `/registers/access/new` are no ids.
  sheetPages(app);
  deputyPages(app);
  entryPages(app);
  return app;
}

const needs = onFirstCall((): RegisterPageNeeds => {
  const records = recordsIn(readEnv('RECORDS_TABLE'));
  return { records, now: systemNow, newId, agency: readEnv('AGENCY'), ...visitorsIn(records, systemNow) };
});

export const handler = handlerOf(registerPages(needs), 'register-pages');
