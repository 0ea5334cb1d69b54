/** The report of an exigent release to the City's Chief Privacy Officer: composed, read by a person, and sent by them. */
import type { Hono } from 'hono';
import { mayDo } from '../../policies/roles.ts';
import type { Refusal } from '../../policies/ruling.ts';
import { Actions, Checkbox, Clauses, ErrorSummary, errorOf, FormSecret, Notice, Submit } from '../edge/fields.tsx';
import { page } from '../edge/frame.tsx';
import { formOf, signedIn, type PageEnv } from '../edge/page-app.tsx';
import { STATUS } from '../edge/statuses.ts';
import type { Visitor } from '../edge/visitor.ts';
import { untilWritten } from '../records/until-written.ts';
import { isOwed } from './disclosure-view.ts';
import { policyAt } from './judge.ts';
import { viewOf, type Ask, type DisclosurePagesNeeds } from './page-needs.ts';
import { exigencyReport, reportExigency, type ComposedExigency } from './report-exigency.ts';
import { WhyNot } from './why-not.tsx';

export function exigencyPages(app: Hono<PageEnv<DisclosurePagesNeeds>>): void {
  app.get('/disclosures/:id/exigency', (c) => exigencyPage(c));

  app.post('/disclosures/:id/exigency', async (c) => {
    const visitor = signedIn(c);
    const form = await formOf(c);
    const disclosureId = c.req.param('id');
    const given = { shownHash: form.text('shownHash'), namesNobody: form.checked('namesNobody') };
    if (!(await viewOf(c))) return c.notFound();
    const done = await untilWritten(() => reportExigency(c.var.needs, { disclosureId, person: visitor, ...given }));
    if (done.kind === 'missing') return c.notFound();
    return done.kind === 'done'
      ? c.redirect(`/disclosures/${disclosureId}`, STATUS.SeeOther)
      : exigencyPage(c, { because: done.because, ticked: given.namesNobody });
  });
}

async function exigencyPage(c: Ask, refused?: { because: readonly Refusal[]; ticked: boolean }): Promise<Response> {
  const view = await viewOf(c);
  if (!view) return c.notFound();
  const { disclosure, visitor } = view;
  if (!mayDo(visitor.roles, 'decide-disclosure') || !disclosure.release) return c.notFound();
  if (!isOwed(view)) return c.redirect(`/disclosures/${disclosure.id}`, STATUS.SeeOther);
  const policy = policyAt(disclosure, disclosure.release.at);
  return page(
    c,
    {
      title: 'Tell the Chief Privacy Officer',
      above: <a href={`/disclosures/${disclosure.id}`}>Disclosure {disclosure.id}</a>,
      lead: 'Composed from the record. Read it; then send it. What is sent is exactly this.',
      ...(refused && { status: STATUS.Refused }),
    },
    <ExigencyPage
      disclosureId={disclosure.id}
      composed={exigencyReport(disclosure, policy, view.now)}
      visitor={visitor}
      refusals={refused?.because}
      ticked={refused?.ticked}
    />,
  );
}

interface ExigencyPageProps {
  readonly disclosureId: string;
  readonly composed: ComposedExigency;
  readonly visitor: Visitor;
  readonly refusals?: readonly Refusal[] | undefined;
  readonly ticked?: boolean | undefined;
}

function ExigencyPage({ disclosureId, composed, visitor, refusals = [], ticked }: ExigencyPageProps) {
  const { title, parts, answers, missing, shownHash } = composed;
  return (
    <>
      <ErrorSummary refusals={refusals} fields={['namesNobody']} />
      {missing.length > 0 && (
        <Notice kind="warning" heading="It cannot be sent yet">
          <WhyNot because={missing} />
        </Notice>
      )}
      <section class="pa-letter">
        <h2>{title}</h2>
        {parts.map(({ heading, lines }) => (
          <>
            <h3>{heading}</h3>
            {lines.map((line) => (
              <p>{line}</p>
            ))}
          </>
        ))}
        <p>
          It answers <Clauses ids={answers} />
        </p>
      </section>
      <form method="post" action={`/disclosures/${disclosureId}/exigency`} class="pa-form pa-screen" novalidate>
        <FormSecret visitor={visitor} />
        <input type="hidden" name="shownHash" value={shownHash} />
        <Checkbox
          name="namesNobody"
          label="I have read it. It names nobody, no plate and no place."
          required
          checked={ticked}
          error={errorOf(refusals, 'namesNobody')}
        />
        <Actions>
          <Submit>Send it to the Chief Privacy Officer</Submit>
          <a class="usa-button usa-button--outline" href={`/disclosures/${disclosureId}`}>
            Back to the disclosure
          </a>
        </Actions>
      </form>
    </>
  );
}
