/**
 * Pages of the noun case: the list, opening one, a case's own page, and a page with one form for each thing that is done to
 * it. They do nothing by themselves: the acts are those that the case-management system calls too.
 *
 * Called by  ANY /cases, /cases/{proxy+}
 * Faults     RecordsBusy, ChangedMeanwhile (shown as pages)
 */
import type { Context } from 'hono';
import { nyDate } from '../../policies/instant.ts';
import { mayDo } from '../../policies/roles.ts';
import type { Refusal } from '../../policies/ruling.ts';
import { Actions, ClauseLink, ErrorSummary, errorOf, FormSecret, Notice, Submit, TextField } from '../edge/fields.tsx';
import { page } from '../edge/frame.tsx';
import { formOf, handlerOf, mustBeAble, pageApp, type Form, type PageEnv, type PageNeeds } from '../edge/page-app.tsx';
import { onFirstCall, readEnv } from '../edge/read-env.ts';
import { STATUS } from '../edge/statuses.ts';
import { idFromDraft, newId, newSecret, systemNow } from '../edge/system.ts';
import { caseNumberOf } from '../image/contract.ts';
import { recordsIn } from '../records/records.aws.ts';
import { visitorsIn } from '../records/visitors.ts';
import { CaseList } from './case-list.tsx';
import { CasePage } from './case-page.tsx';
import { casesFor, caseView, type CaseView } from './case-view.ts';
import { caseHref, numberAt, type Case } from './contract.ts';
import { FORMS, isThere, typedFrom } from './deed-forms.tsx';
import { DEEDS, isDeed } from './deeds.ts';
import { STATES } from './labels.ts';
import type { CaseNeeds } from './needs.ts';
import { doneFrom, FIELDS } from './read-form.ts';

export type CasePagesNeeds = PageNeeds & CaseNeeds;
type C = Context<PageEnv<CasePagesNeeds>>;

const STYLE = 'case.css';
const MOST_LISTED = 1_000_000;

export function casePages(needs: () => CasePagesNeeds) {
  const app = pageApp(needs);

  app.get('/cases', async (c) => {
    const visitor = mustBeAble(c, 'read-cases');
    const { records, now } = c.var.needs;
    const at = now();
    const asked = caseNumberOf((c.req.query('number') ?? '').slice(0, 200));
    if (asked) {
      const seen = await caseView(records, asked, visitor, at);
      // A number that is barred and one that nobody knows look alike: a search tells nobody which cases there are.
      if (seen && 'view' in seen) return c.redirect(caseHref(asked), STATUS.SeeOther);
    }
    const state = stateAsked(c.req.query('state'));
    const listing = await casesFor(records, visitor, state, c.req.query('from'));
    return page(
      c,
      {
        title: 'Cases',
        lead: 'What is kept for a case stays as long as the case asks for.',
        style: STYLE,
        ...(asked && { status: STATUS.NotFound }),
      },
      <CaseList
        {...listing}
        state={state}
        mayOpen={mayDo(visitor.roles, 'keep-cases')}
        notFound={asked || undefined}
        now={at}
      />,
    );
  });

  app.get('/cases/new', (c) => openingPage(c));

  app.post('/cases', async (c) => {
    const visitor = mustBeAble(c, 'keep-cases');
    const form = await formOf(c);
    const answer = await doneFrom(c.var.needs, 'open', form.text('caseNumber'), form, { personId: visitor.personId });
    if (answer.kind === 'refused') return openingPage(c, form, answer.because);
    return answer.kind === 'missing' ? c.notFound() : c.redirect(caseHref(answer.case.id), STATUS.SeeOther);
  });

  app.get('/cases/:number', async (c) => {
    const read = await readable(c);
    if (!('view' in read)) return read.answer;
    const { view } = read;
    return page(
      c,
      { title: `Case ${view.caseNumber}`, above: <a href="/cases">Cases</a>, style: STYLE },
      <CasePage view={view} />,
    );
  });

  app.get('/cases/:number/:deed', async (c) => {
    mustBeAble(c, 'keep-cases');
    const read = await readable(c);
    return 'view' in read ? deedPage(c, read.view) : read.answer;
  });

  app.post('/cases/:number/:deed', async (c) => {
    const visitor = mustBeAble(c, 'keep-cases');
    const read = await readable(c);
    if (!('view' in read)) return read.answer;
    const { caseNumber } = read.view;
    const form = await formOf(c);
    const name = c.req.param('deed');
    if (!isDeed(name)) return c.notFound();
    const made = madeIds(name, form, caseNumber, visitor.personId);
    const answer = await doneFrom(c.var.needs, name, caseNumber, form, { personId: visitor.personId }, made);
    if (answer.kind === 'missing') return c.notFound();
    if (answer.kind === 'refused') return deedPage(c, read.view, form, answer.because);
    const { part } = DEEDS[name];
    const back = caseHref(name === 'merge' ? answer.case.id : caseNumber);
    return c.redirect(part ? `${back}#${part}` : back, STATUS.SeeOther);
  });
  return app;
}

const stateAsked = (asked: string | undefined): Case['state'] =>
  asked && Object.hasOwn(STATES, asked) ? (asked as Case['state']) : 'open';

/** The case as this visitor may see it, or the answer to give. */
async function readable(c: C): Promise<{ readonly view: CaseView } | { readonly answer: Response }> {
  const visitor = mustBeAble(c, 'read-cases');
  const { records, now } = c.var.needs;
  const caseNumber = numberAt(c.req.param('number') ?? '');
  const from = Number(/^\d{1,6}$/.exec(c.req.query('kept') ?? '')?.[0] ?? 0);
  const isNumber = caseNumber !== undefined && caseNumberOf(caseNumber) === caseNumber && from < MOST_LISTED;
  const seen = isNumber ? await caseView(records, caseNumber, visitor, now(), from) : undefined;
  if (!seen) return { answer: await c.notFound() };
  return 'view' in seen ? seen : { answer: await barredPage(c, seen.barred) };
}

const barredPage = (c: C, { found, expected, todo, clause }: Refusal): Promise<Response> =>
  page(
    c,
    { title: 'This case is not open to you', above: <a href="/cases">Cases</a>, status: STATUS.Forbidden },
    <Notice kind="error" heading="A case is open to those whose duty it is">
      <p>
        Found {found}; expected {expected}. What to do: {todo}. <ClauseLink id={clause} />
      </p>
    </Notice>,
  );

/** Ids that a form makes for itself, from its own draft number, so that a form sent twice makes one. */
function madeIds(name: string, form: Form, caseNumber: string, personId: string): Readonly<Record<string, string>> {
  const draft = `${form.text('draft')} ${caseNumber} ${personId}`;
  if (name === 'add-charge') return { chargeId: idFromDraft('CH', draft) };
  if (name === 'add-person' && !form.text('personId')) return { personId: idFromDraft('PE', draft) };
  return {};
}

async function openingPage(c: C, form?: Form, refusals?: readonly Refusal[]): Promise<Response> {
  const visitor = mustBeAble(c, 'keep-cases');
  const typed = typedFrom(form, (name) => (name === 'caseNumber' ? c.req.query('number') : undefined));
  const field = (name: string) => ({ name, value: typed(name), error: errorOf(refusals, name) });
  return page(
    c,
    {
      title: 'Open a case',
      above: <a href="/cases">Cases</a>,
      lead: 'What was filed under its number before belongs to it at once. The case becomes your duty.',
      ...(refusals && { status: STATUS.Refused }),
    },
    <form method="post" action="/cases" class="pa-form" novalidate>
      <ErrorSummary refusals={refusals ?? []} fields={['caseNumber', 'openedOn']} />
      <FormSecret visitor={visitor} />
      <TextField
        {...field('caseNumber')}
        label="Case number"
        hint="As the case-management system has it."
        width="lg"
        maxlength={60}
        required
      />
      <TextField
        {...field('openedOn')}
        type="date"
        width="md"
        label="Day the investigation began"
        hint="Today, if it is left open."
      />
      <Actions>
        <Submit>Open the case</Submit>
      </Actions>
    </form>,
  );
}

async function deedPage(c: C, view: CaseView, form?: Form, refusals?: readonly Refusal[]): Promise<Response> {
  const name = c.req.param('deed') ?? '';
  const { one, caseNumber, visitor, schedule, now } = view;
  const today: Readonly<Record<string, string>> = name === 'close' ? { on: nyDate(now) } : {};
  const typed = typedFrom(form, (field) => c.req.query(field) ?? today[field]);
  if (!isDeed(name) || (!refusals && !isThere(name, { one, typed }))) return c.notFound();
  const { title, lead, submit, kind, part } = DEEDS[name];
  const action = `${caseHref(caseNumber)}/${name}`;
  return page(
    c,
    {
      title,
      lead,
      above: <a href={`${caseHref(caseNumber)}${part && `#${part}`}`}>Case {caseNumber}</a>,
      ...(refusals && { status: STATUS.Refused }),
    },
    <form method="post" action={action} class="pa-form" novalidate>
      <ErrorSummary refusals={refusals ?? []} fields={FIELDS[name]} />
      <FormSecret visitor={visitor} />
      <input type="hidden" name="draft" value={form?.text('draft') || newSecret()} />
      {FORMS[name]({ one, schedule, typed, refusals })}
      <Actions>
        <Submit kind={kind}>{submit}</Submit>
      </Actions>
    </form>,
  );
}

const needs = onFirstCall((): CasePagesNeeds => {
  const records = recordsIn(readEnv('RECORDS_TABLE'));
  return { records, now: systemNow, newId, ...visitorsIn(records, systemNow) };
});

export const handler = handlerOf(casePages(needs), 'case-pages');
