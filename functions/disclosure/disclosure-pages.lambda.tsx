/**
 * Pages of the noun disclosure: the list, the form for each kind of recipient, and the page of each disclosure with what
 * is next for whoever looks. What is enclosed has pages of its own (enclosure-pages.lambda.tsx).
 *
 * Called by  ANY /disclosures, /disclosures/{proxy+}
 */
import { RECIPIENTS, type RecipientKind } from '../../policies/editions/disclosure-grounds.ts';
import type { Refusal } from '../../policies/ruling.ts';
import { ClauseLink, Notice } from '../edge/fields.tsx';
import { page } from '../edge/frame.tsx';
import { formOf, handlerOf, mustBeAble, pageApp, signedIn, type Form } from '../edge/page-app.tsx';
import { onFirstCall, readEnv } from '../edge/read-env.ts';
import { STATUS } from '../edge/statuses.ts';
import { newId, systemNow } from '../edge/system.ts';
import { recordsIn } from '../records/records.aws.ts';
import { untilWritten } from '../records/until-written.ts';
import { visitorsIn } from '../records/visitors.ts';
import { askedIn } from './asked-in.ts';
import { changeDisclosure } from './change-disclosure.ts';
import { DisclosureForm, draftOf, RecipientChooser } from './disclosure-form.tsx';
import { disclosuresFor, DisclosureList } from './disclosure-list.tsx';
import { DisclosurePage } from './disclosure-page.tsx';
import { isOpenToChange, isTended, type DisclosureView } from './disclosure-view.ts';
import { exigencyPages } from './exigency-page.tsx';
import { recipientLabel } from './labels.ts';
import type { Done } from './needs.ts';
import { onFileFor } from './on-file.ts';
import { openDisclosure } from './open-disclosure.ts';
import { viewOf, type Ask, type DisclosurePagesNeeds } from './page-needs.ts';
import { filledFrom, formOfAsked } from './prefill.ts';
import { revokeDisclosure } from './revoke-disclosure.ts';
import { sendDisclosure } from './send-disclosure.ts';
import { WhyNot } from './why-not.tsx';
import { withdrawDisclosure } from './withdraw-disclosure.ts';

export function disclosurePages(needs: () => DisclosurePagesNeeds) {
  const app = pageApp(needs);

  app.get('/disclosures', async (c) => {
    const visitor = signedIn(c);
    const listing = await disclosuresFor(c.var.needs.records, visitor, c.req.query('month'), c.var.needs.now());
    return page(c, { title: 'Disclosures', wide: true }, <DisclosureList listing={listing} visitor={visitor} />);
  });

  app.get('/disclosures/new', (c) => {
    mustBeAble(c, 'request-disclosure');
    const asked = c.req.query('to');
    const kind = kindOf(asked);
    return kind ? formPage(c, { kind, form: filledFrom(new URL(c.req.url).searchParams) }) : chooserPage(c, asked);
  });

  app.post('/disclosures', async (c) => {
    const visitor = mustBeAble(c, 'request-disclosure');
    const { needs: all } = c.var;
    const form = await formOf(c);
    const kind = kindOf(form.text('to'));
    if (!kind) return chooserPage(c, form.text('to') || 'nobody');
    const read = askedIn(form, kind, await onFileFor(all.records, kind, all.now()), all.now());
    const opened = await untilWritten(() => openDisclosure(all, { person: visitor, ...read, ...draftOf(form) }));
    if (opened.kind === 'opened') return c.redirect(`/disclosures/${opened.disclosure.id}`, STATUS.SeeOther);
    return opened.onRecordAs
      ? stoppedPage(c, opened.because, opened.onRecordAs)
      : formPage(c, { kind, form, refusals: opened.because });
  });

  app.get('/disclosures/:id', async (c) => {
    const view = await viewOf(c);
    return view
      ? page(c, { title: `Disclosure ${view.disclosure.id}`, wide: true }, <DisclosurePage {...view} />)
      : c.notFound();
  });

  app.get('/disclosures/:id/change', async (c) => {
    const view = await viewOf(c);
    if (!view) return c.notFound();
    const { disclosure } = view;
    if (!isTended(view) || !isOpenToChange(disclosure)) return closedPage(c, disclosure.id);
    const { kind } = disclosure.asked.recipient;
    return formPage(c, { kind, id: disclosure.id, form: formOfAsked(disclosure.asked) });
  });

  app.post('/disclosures/:id', async (c) => {
    const visitor = signedIn(c);
    const { needs: all } = c.var;
    const form = await formOf(c);
    const view = await viewOf(c);
    if (!view) return c.notFound();
    const { id, asked } = view.disclosure;
    const { kind } = asked.recipient;
    const read = askedIn(form, kind, await onFileFor(all.records, kind, all.now()), all.now());
    const changed = await untilWritten(() => changeDisclosure(all, { disclosureId: id, person: visitor, ...read }));
    if (changed.kind === 'missing') return c.notFound();
    if (changed.kind === 'done') return c.redirect(`/disclosures/${id}`, STATUS.SeeOther);
    const after = await viewOf(c);
    return after && !isOpenToChange(after.disclosure)
      ? statusPage(c, after, { form, refusals: changed.because })
      : formPage(c, { kind, id, form, refusals: changed.because });
  });

  app.post('/disclosures/:id/send', (c) =>
    acted(c, (given, form) =>
      sendDisclosure(c.var.needs, {
        ...given,
        ...(form.text('answerToOfficer') && { answerToOfficer: form.text('answerToOfficer') }),
      }),
    ),
  );
  app.post('/disclosures/:id/withdraw', (c) =>
    acted(c, (given, form) => withdrawDisclosure(c.var.needs, { ...given, reason: form.text('reason') })),
  );
  app.post('/disclosures/:id/revoke', (c) =>
    acted(c, (given, form) => revokeDisclosure(c.var.needs, { ...given, reason: form.text('reason') })),
  );

  exigencyPages(app);
  return app;
}

const kindOf = (asked: string | undefined): RecipientKind | undefined =>
  RECIPIENTS.find(({ kind }) => kind === asked)?.kind;

const chooserPage = (c: Ask, asked: string | undefined): Promise<Response> =>
  page(
    c,
    {
      title: 'Ask for a disclosure',
      lead: 'Each kind of recipient is asked its own questions.',
      ...(asked && { status: STATUS.Refused }),
    },
    <RecipientChooser asked={asked} />,
  );

async function formPage(
  c: Ask,
  given: { kind: RecipientKind; id?: string; form?: Form | undefined; refusals?: readonly Refusal[] },
): Promise<Response> {
  const { kind, id, refusals } = given;
  const { records, now } = c.var.needs;
  return page(
    c,
    {
      title: id ? `Change disclosure ${id}` : 'Ask for a disclosure',
      above: `To: ${recipientLabel(kind).toLowerCase()}`,
      lead: 'You can save it before all is known. Nothing leaves until everything is, and until whoever has to agree has agreed.',
      ...(refusals && { status: STATUS.Refused }),
    },
    <DisclosureForm {...given} visitor={signedIn(c)} onFile={await onFileFor(records, kind, now())} />,
  );
}

/** Not the form again: the answer was given, and a second try would not be an answer to the same question. */
function stoppedPage(c: Ask, because: readonly Refusal[], recordId: string): Promise<Response> {
  return page(
    c,
    { title: 'Stopped: immigration enforcement', status: STATUS.Refused },
    <>
      <Notice kind="error" heading="Nothing leaves">
        <WhyNot because={because} />
        <p>
          That it was asked for, and this answer, are on record as {recordId}, and in the compilation of the quarter;
          not what was typed. <ClauseLink id="nyc-10-178-d" />
        </p>
      </Notice>
      <p>
        If the answer was a slip, say so to the privacy officer, naming {recordId}, and{' '}
        <a href="/disclosures/new">ask again</a>. The record stays.
      </p>
    </>,
  );
}

const closedPage = (c: Ask, id: string): Promise<Response> =>
  page(
    c,
    {
      title: 'It is not open to change',
      status: STATUS.Conflict,
      lead: 'What is asked and enclosed can be changed by its requester, while it is prepared or waits to be completed.',
    },
    <p>
      <a href={`/disclosures/${id}`}>Back to disclosure {id}</a>
    </p>,
  );

/** An act of one button: back to the page, or the page again with what is in the way. */
async function acted(
  c: Ask,
  act: (given: { disclosureId: string; person: ReturnType<typeof signedIn> }, form: Form) => Promise<Done>,
): Promise<Response> {
  const visitor = signedIn(c);
  const form = await formOf(c);
  const disclosureId = c.req.param('id') ?? '';
  // Whoever may not see it learns nothing from trying either.
  if (!(await viewOf(c))) return c.notFound();
  const done = await untilWritten(() => act({ disclosureId, person: visitor }, form));
  if (done.kind === 'missing') return c.notFound();
  if (done.kind === 'done') return c.redirect(`/disclosures/${disclosureId}`, STATUS.SeeOther);
  const view = await viewOf(c);
  return view ? statusPage(c, view, { form, refusals: done.because }) : c.notFound();
}

/** The page of the disclosure, after something it was asked for was refused. What ended it is on the page already. */
function statusPage(
  c: Ask,
  view: DisclosureView,
  { form, refusals }: { form: Form; refusals: readonly Refusal[] },
): Promise<Response> {
  const ended = view.disclosure.state === 'refused';
  return page(
    c,
    { title: `Disclosure ${view.disclosure.id}`, wide: true, status: STATUS.Refused },
    <DisclosurePage {...view} refusals={ended ? [] : refusals} typed={(name) => form.text(name)} />,
  );
}

const needs = onFirstCall((): DisclosurePagesNeeds => {
  const records = recordsIn(readEnv('RECORDS_TABLE'));
  return {
    records,
    chiefPrivacyOfficer: readEnv('CHIEF_PRIVACY_OFFICER'),
    now: systemNow,
    newId,
    ...visitorsIn(records, systemNow),
  };
});

export const handler = handlerOf(disclosurePages(needs), 'disclosure-pages');
