/**
 * Pages of the noun use-request: the form for members, the form for outside entities, and a request's own page.
 *
 * Called by  ANY /requests, /requests/{proxy+}, /ask, /ask/{proxy+}
 */
import { Actions, ErrorSummary, FormSecret, Notice, Submit } from '../edge/fields.tsx';
import { page } from '../edge/frame.tsx';
import { formOf, handlerOf, mustBeAble, pageApp, signedIn, type Form, type PageNeeds } from '../edge/page-app.tsx';
import { onFirstCall, readEnv } from '../edge/read-env.ts';
import { STATUS } from '../edge/statuses.ts';
import { newId, systemNow } from '../edge/system.ts';
import { recordsIn, type Records } from '../records/records.aws.ts';
import { untilWritten } from '../records/until-written.ts';
import { visitorsIn } from '../records/visitors.ts';
import { askPages } from './ask-pages.tsx';
import { confirmEntity } from './confirm-entity.ts';
import { askedIn, DraftNumber, draftOf, REQUEST_FIELDS, RequestQuestions, type Typed } from './request-form.tsx';
import { RequestList, requestsFor } from './request-list.tsx';
import { filledFrom } from './prefill.ts';
import { RequestPage } from './request-page.tsx';
import { requestView } from './request-view.ts';
import { submitUseRequest } from './submit-use-request.ts';
import { withdrawUseRequest } from './withdraw-use-request.ts';
import type { Visitor } from '../edge/visitor.ts';

export interface UseRequestPagesNeeds extends PageNeeds {
  readonly records: Records;
  readonly newId: (prefix: string) => string;
}

export function useRequestPages(needs: () => UseRequestPagesNeeds) {
  const app = pageApp(needs);

  app.get('/requests', async (c) => {
    const visitor = signedIn(c);
    const listing = await requestsFor(c.var.needs.records, visitor, c.req.query('month'), c.var.needs.now());
    return page(c, { title: 'Requests', wide: true }, <RequestList listing={listing} visitor={visitor} />);
  });

  app.get('/requests/new', (c) => {
    const visitor = mustBeAble(c, 'request-use');
    return page(
      c,
      { title: 'Request mobile x-ray', lead: 'A Counterterrorism Bureau executive decides each request by itself.' },
      <RequestForm
        visitor={visitor}
        typed={undefined}
        filled={filledFrom(new URL(c.req.url).searchParams, c.var.needs.now())}
      />,
    );
  });

  app.post('/requests', async (c) => {
    const visitor = mustBeAble(c, 'request-use');
    const form = await formOf(c);
    const { asked, refusals } = askedIn(form);
    const submitted = await untilWritten(() =>
      submitUseRequest(c.var.needs, {
        askedBy: { kind: 'member', personId: visitor.personId, standing: visitor },
        asked,
        refusals,
        ...draftOf(form),
      }),
    );
    if (submitted.kind === 'submitted') return c.redirect(`/requests/${submitted.request.id}`, STATUS.SeeOther);
    const typed: Typed = { form, refusals: submitted.because };
    return page(
      c,
      { title: 'Request mobile x-ray', status: STATUS.Refused },
      <RequestForm visitor={visitor} typed={typed} onRecordAs={submitted.onRecordAs} />,
    );
  });

  app.get('/requests/:id', async (c) => {
    const view = await requestView(c.var.needs.records, c.req.param('id'), signedIn(c), c.var.needs.now());
    return view
      ? page(c, { title: `Request ${view.request.id}`, wide: true }, <RequestPage {...view} />)
      : c.notFound();
  });

  app.post('/requests/:id/withdraw', async (c) => {
    const visitor = signedIn(c);
    const form = await formOf(c);
    const id = c.req.param('id');
    const result = await untilWritten(() =>
      withdrawUseRequest(c.var.needs, { requestId: id, personId: visitor.personId, reason: form.text('reason') }),
    );
    if (result.kind === 'withdrawn') return c.redirect(`/requests/${id}`, STATUS.SeeOther);
    const view = await requestView(c.var.needs.records, id, visitor, c.var.needs.now());
    return view
      ? page(
          c,
          { title: `Request ${id}`, wide: true, status: STATUS.Refused },
          <RequestPage {...view} refusals={result.because} typed={(name) => form.text(name)} />,
        )
      : c.notFound();
  });

  app.post('/requests/:id/confirm', async (c) => {
    const visitor = mustBeAble(c, 'confirm-external-request');
    const form = await formOf(c);
    const id = c.req.param('id');
    const outcome = form.text('outcome');
    // Neither button: nothing was said, least of all that the entity could not be confirmed.
    if (outcome !== 'confirmed' && outcome !== 'not-confirmed')
      return c.redirect(`/requests/${encodeURIComponent(id)}`, STATUS.SeeOther);
    const given = {
      requestId: id,
      personId: visitor.personId,
      outcome,
      identityHow: form.text('identityHow'),
      affiliationHow: form.text('affiliationHow'),
      publicKeptOutHow: form.text('publicKeptOutHow'),
    } as const;
    const result = await untilWritten(() => confirmEntity(c.var.needs, given));
    if (result.kind !== 'refused') return c.redirect(`/requests/${id}`, STATUS.SeeOther);
    const view = await requestView(c.var.needs.records, id, visitor, c.var.needs.now());
    return view
      ? page(
          c,
          { title: `Request ${id}`, wide: true, status: STATUS.Refused },
          <RequestPage {...view} refusals={result.because} typed={(name) => form.text(name)} />,
        )
      : c.notFound();
  });

  askPages(app);
  return app;
}

function RequestForm({
  visitor,
  typed,
  filled,
  onRecordAs,
}: {
  visitor: Visitor;
  typed: Typed | undefined;
  filled?: Form | undefined;
  onRecordAs?: string | undefined;
}) {
  return (
    <>
      {filled && (
        <Notice heading="Filled in from a link">
          <p>
            Check every answer: you ask, not the link. The questions about people and the statement at the end are left
            for you.
          </p>
        </Notice>
      )}
      <ErrorSummary refusals={typed?.refusals ?? []} fields={REQUEST_FIELDS} />
      {onRecordAs && (
        <p>This attempt is on record as {onRecordAs}: which conditions failed and when, not what was typed.</p>
      )}
      <form method="post" action="/requests" class="pa-form" novalidate>
        <FormSecret visitor={visitor} />
        <DraftNumber typed={typed} />
        <RequestQuestions typed={typed ?? (filled && { form: filled, refusals: [] })} />
        <Actions>
          <Submit>Send the request</Submit>
        </Actions>
      </form>
    </>
  );
}

const needs = onFirstCall(() => {
  const records = recordsIn(readEnv('RECORDS_TABLE'));
  return { records, now: systemNow, newId, ...visitorsIn(records, systemNow) };
});

export const handler = handlerOf(useRequestPages(needs), 'use-request-pages');
