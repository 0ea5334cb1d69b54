/** What the privacy office does on a breach's page: each part's form is read, handed to its act, and shown again when it is refused. */
import type { Hono } from 'hono';
import type { Refusal } from '../../policies/ruling.ts';
import { page } from '../edge/frame.tsx';
import { formOf, type Form, type PageEnv } from '../edge/page-app.tsx';
import { STATUS } from '../edge/statuses.ts';
import { untilWritten } from '../records/until-written.ts';
import { accountIn } from './account-form.tsx';
import { assessHarm } from './assess-harm.ts';
import type { BreachView } from './breach-view.ts';
import { closeBreach } from './close-breach.ts';
import { composedReport } from './compose-report.ts';
import { recordConsultation } from './consult.ts';
import { askContainment } from './contain-breach.ts';
import { containmentIn } from './containment.tsx';
import { describeBreach } from './describe-breach.ts';
import { determineNotice } from './determine-notice.ts';
import { harmIn } from './harm-form.tsx';
import { judgeSecurity } from './judge-security.ts';
import type { Acted, BreachNeeds, OnBreach } from './needs.ts';
import { consultationIn, noticeIn } from './notice-form.tsx';
import { posted } from './part.tsx';
import { readBreach } from './read-breach.ts';
import { readingIn } from './reading-page.tsx';
import { ReportPage, sendingIn } from './report-page.tsx';
import { securityIn } from './security-form.tsx';
import { sendReport } from './send-report.ts';
import { ofOffice, shown, STYLE, triedWith, type BreachPagesNeeds, type C } from './shown.tsx';
import { triageBreach } from './triage-breach.ts';
import { triageIn } from './triage-form.tsx';

export type App = Hono<PageEnv<BreachPagesNeeds>>;

/** What a form asks for, or what of it could not be read. */
type Reading = {
  readonly refusals: readonly Refusal[];
  readonly act: (needs: BreachNeeds, on: OnBreach) => Promise<Acted>;
};
export type Reader = (form: Form, view: BreachView) => Reading;

/** Does what a part's form asks for, once it can be read. The whole is tried again when the breach changed meanwhile. */
export async function deed(
  c: C,
  part: string,
  read: Reader,
  again: (form: Form, because: readonly Refusal[]) => Promise<Response>,
  back = `/breaches/${encodeURIComponent(c.req.param('id')!)}#${part}`,
): Promise<Response> {
  const breachId = c.req.param('id')!;
  const view = await ofOffice(c, breachId);
  if (view instanceof Response) return view;
  const form = await formOf(c);
  const { refusals, act } = read(form, view);
  if (refusals.length > 0) return again(form, refusals);
  const done = await untilWritten(() => act(c.var.needs, { breachId, person: view.visitor }));
  if (done.kind === 'missing') return c.notFound();
  return done.kind === 'refused' ? again(form, done.because) : c.redirect(back, STATUS.SeeOther);
}

const READERS: Readonly<Record<string, Reader>> = {
  read: (form) => {
    const { given, refusals } = readingIn(form);
    return { refusals, act: (needs, on) => readBreach(needs, { ...on, ...given }) };
  },
  triage: (form, { policy }) => {
    const { given, refusals } = triageIn(form, policy);
    return { refusals, act: (needs, on) => triageBreach(needs, { ...on, ...given }) };
  },
  account: (form) => {
    const { account, refusals } = accountIn(form);
    return { refusals, act: (needs, on) => describeBreach(needs, { ...on, account }) };
  },
  containment: (form) => {
    const { given, refusals } = containmentIn(form);
    return { refusals, act: (needs, on) => askContainment(needs, { ...on, ...given }) };
  },
  harm: (form) => {
    const { facts, refusals } = harmIn(form);
    return { refusals, act: (needs, on) => assessHarm(needs, { ...on, facts }) };
  },
  consultations: (form) => {
    const { given, refusals } = consultationIn(form);
    return { refusals, act: (needs, on) => recordConsultation(needs, { ...on, ...given }) };
  },
  notice: (form) => {
    const { given, refusals } = noticeIn(form);
    return { refusals, act: (needs, on) => determineNotice(needs, { ...on, ...given }) };
  },
  security: (form, { now }) => {
    const { facts, refusals } = securityIn(form, now);
    return { refusals, act: (needs, on) => judgeSecurity(needs, { ...on, facts }) };
  },
  close: (form) => {
    const read = posted(form, 'close');
    return {
      refusals: read.refusals,
      act: (needs, on) => closeBreach(needs, { ...on, because: read.text('because') }),
    };
  },
};

/** Where a done form leads: the part it belongs to, unless something else is to be read first. */
const BACK: Readonly<Record<string, string>> = { read: '', triage: '#owed', account: '#report' };

export function breachDeeds(app: App): void {
  for (const [part, read] of Object.entries(READERS)) {
    app.post(`/breaches/:id/${part}`, (c) => {
      const id = c.req.param('id');
      const back = `/breaches/${encodeURIComponent(id)}${BACK[part] ?? `#${part}`}`;
      return deed(c, part, read, (form, because) => shown(c, id, triedWith(part, form, because)), back);
    });
  }

  app.get('/breaches/:id/report', async (c) => {
    const view = await ofOffice(c, c.req.param('id'));
    return view instanceof Response ? view : reportPage(c, view);
  });

  app.post('/breaches/:id/report', (c) =>
    deed(
      c,
      'report',
      (form) => ({ refusals: [], act: (needs, on) => sendReport(needs, { ...on, ...sendingIn(form) }) }),
      async (form, because) => {
        const view = await ofOffice(c, c.req.param('id'));
        return view instanceof Response ? view : reportPage(c, { ...view, tried: triedWith('', form, because) });
      },
    ),
  );
}

async function reportPage(c: C, view: BreachView): Promise<Response> {
  const { breach, policy, now, tried } = view;
  const id = encodeURIComponent(breach.id);
  // What was reported is not shown before it is read, and the report says what was.
  if (breach.state === 'reported' || (breach.state === 'no-violation' && breach.reportIds.length === 0))
    return c.redirect(`/breaches/${id}`, STATUS.SeeOther);
  return page(
    c,
    {
      title: 'Report to the Chief Privacy Officer',
      above: <a href={`/breaches/${id}#report`}>Breach {breach.id}</a>,
      style: STYLE,
      ...(tried && { status: STATUS.Refused }),
    },
    <ReportPage view={view} composed={composedReport(breach, policy, now)} />,
  );
}
