/**
 * Pages of the noun breach: reporting one, the list, and a breach's own page for each who has a part in it. What the
 * privacy office does there is in breach-deeds.tsx.
 *
 * Called by  ANY /breaches, /breaches/{proxy+}
 * Faults     RecordsBusy, ChangedMeanwhile (shown as pages)
 */
import { mayDo } from '../../policies/roles.ts';
import { page } from '../edge/frame.tsx';
import { formOf, handlerOf, mustBeAble, pageApp, signedIn } from '../edge/page-app.tsx';
import { onFirstCall, readEnv } from '../edge/read-env.ts';
import { STATUS } from '../edge/statuses.ts';
import { newId, systemNow } from '../edge/system.ts';
import { recordsIn } from '../records/records.aws.ts';
import { untilWritten } from '../records/until-written.ts';
import { visitorsIn } from '../records/visitors.ts';
import { breachDeeds } from './breach-deeds.tsx';
import { breachesFor, BreachList, OwnReports, ownReports } from './breach-list.tsx';
import { eyeOn } from './breach-view.ts';
import { containmentPages } from './containment-pages.tsx';
import { noticePages } from './notice-pages.tsx';
import type { Tried } from './part.tsx';
import { reportBreach } from './report-breach.ts';
import { draftOf, ReportForm, reportIn } from './report-form.tsx';
import { notInOffice, shown, type BreachPagesNeeds, type C } from './shown.tsx';

export function breachPages(needs: () => BreachPagesNeeds) {
  const app = pageApp(needs);

  app.get('/breaches', async (c) => {
    const visitor = signedIn(c);
    const { records, now } = c.var.needs;
    const at = now();
    if (!mayDo(visitor.roles, 'read-breaches')) {
      const visitorMay = mustBeAble(c, 'report-breach');
      return page(
        c,
        { title: 'What you reported', lead: 'You see your own reports and where each stands.' },
        <>
          <p>
            <a class="usa-button" href="/breaches/new">
              Report a wrongful disclosure
            </a>
          </p>
          <OwnReports reports={await ownReports(records, visitorMay)} />
        </>,
      );
    }
    if ((await eyeOn(records, undefined, visitor, at)) === 'not-in-office') return notInOffice(c);
    const asked = c.req.query('year');
    const year = asked && /^20\d\d$/.test(asked) ? asked : at.slice(0, 4);
    return page(
      c,
      { title: 'Breaches', wide: true, lead: 'Disclosures that may have violated the law, the most urgent first.' },
      <BreachList listed={await breachesFor(records, year, at)} year={year} now={at} />,
    );
  });

  app.get('/breaches/new', (c) => {
    mustBeAble(c, 'report-breach');
    return reportPage(c);
  });

  app.post('/breaches', async (c) => {
    const person = mustBeAble(c, 'report-breach');
    const form = await formOf(c);
    const reported = await untilWritten(() =>
      reportBreach(c.var.needs, { person, ...reportIn(form), ...draftOf(form) }),
    );
    if (reported.kind === 'reported') return c.redirect(`/breaches/${reported.breach.id}`, STATUS.SeeOther);
    return reportPage(c, { part: '', form, refusals: reported.because });
  });

  app.get('/breaches/:id', (c) => shown(c, c.req.param('id')));

  breachDeeds(app);
  containmentPages(app);
  noticePages(app);
  return app;
}

async function reportPage(c: C, tried?: Tried): Promise<Response> {
  const { records, now } = c.var.needs;
  const visitor = signedIn(c);
  const at = now();
  return page(
    c,
    {
      title: 'Report a wrongful disclosure',
      lead: 'For anything that left the department, or was seen, and may have broken the law. You need not be sure: the privacy office judges it.',
      ...(tried && { status: STATUS.Refused }),
    },
    <>
      <ReportForm
        visitor={visitor}
        inOffice={(await eyeOn(records, undefined, visitor, at)) === 'office'}
        tried={tried}
        now={at}
      />
      <p>
        <a href="/breaches">What you reported before</a>
      </p>
    </>,
  );
}

const needs = onFirstCall((): BreachPagesNeeds => {
  const records = recordsIn(readEnv('RECORDS_TABLE'));
  const chiefPrivacyOfficer = readEnv('CHIEF_PRIVACY_OFFICER');
  return { records, now: systemNow, newId, chiefPrivacyOfficer, ...visitorsIn(records, systemNow) };
});

export const handler = handlerOf(breachPages(needs), 'breach-pages');
