/**
 * Pages of the noun hold: the list, placing one in two steps, a hold's own page, and the holds on one record.
 *
 * Called by  ANY /holds, /holds/{proxy+}
 * Faults     RecordsBusy, ChangedMeanwhile (shown as pages)
 */
import type { Context, Hono } from 'hono';
import { dayTyped } from '../../policies/calendar-date.ts';
import { mayDo } from '../../policies/roles.ts';
import { page } from '../edge/frame.tsx';
import {
  formOf,
  handlerOf,
  mustBeAble,
  mustBeAbleToAny,
  pageApp,
  signedIn,
  type PageEnv,
  type PageNeeds,
} from '../edge/page-app.tsx';
import { onFirstCall, readEnv } from '../edge/read-env.ts';
import { STATUS } from '../edge/statuses.ts';
import { newId, systemNow } from '../edge/system.ts';
import { recordsIn } from '../records/records.aws.ts';
import { visitorsIn } from '../records/visitors.ts';
import { acknowledgeHold } from './acknowledge-hold.ts';
import { refuse } from './asked.ts';
import { countScope } from './count-scope.ts';
import { holds } from './contract.ts';
import { fieldOf, type Deed, type DeedTried } from './hold-deeds.tsx';
import { HoldForm, HoldReview, type Tried } from './hold-form.tsx';
import { HoldList, RecordHolds } from './hold-list.tsx';
import { HoldPage } from './hold-page.tsx';
import { holdsOn, holdView, listedHolds, maySee, namesOf, owners, READ } from './hold-view.ts';
import type { Done, HoldNeeds } from './needs.ts';
import { nameCustodians } from './name-custodians.ts';
import { judgePlacing, placeHold } from './place-hold.ts';
import { custodiansNamed, readHold } from './read-form.ts';
import { releaseHold } from './release-hold.ts';
import { changeOwner, reviewHold } from './tend-hold.ts';

export type HoldPageNeeds = PageNeeds & HoldNeeds;
type C = Context<PageEnv<HoldPageNeeds>>;

export function holdPages(needs: () => HoldPageNeeds): Hono<PageEnv<HoldPageNeeds>> {
  const app = pageApp(needs);

  app.get('/holds', async (c) => {
    const visitor = mustBeAbleToAny(c, READ);
    const { records, now } = c.var.needs;
    const which = c.req.query('show') === 'released' ? 'released' : 'binding';
    const listing = await listedHolds(records, which, c.req.query('after'));
    return page(
      c,
      { title: 'Holds', lead: 'What stays, whatever its date says, because of something that is going on.' },
      <HoldList
        listing={listing}
        which={which}
        mayPlace={mayDo(visitor.roles, 'place-hold')}
        names={await namesOf(
          records,
          listing.records.map(({ ownerId }) => ownerId),
        )}
        now={now()}
      />,
    );
  });

  app.get('/holds/new', (c) => {
    mustBeAble(c, 'place-hold');
    return formPage(c, undefined, { recordId: c.req.query('record'), caseNumber: c.req.query('case') });
  });

  app.post('/holds', async (c) => {
    const visitor = mustBeAble(c, 'place-hold');
    const form = await formOf(c);
    if (form.text('step') === 'change') return formPage(c, { form, refusals: [] });
    const read = await readHold(c.var.needs.records, form);
    const placing = { person: visitor, ...read };
    if (form.text('step') !== 'place') {
      const { because } = await judgePlacing(c.var.needs, placing);
      return because.length > 0 ? formPage(c, { form, refusals: because }) : reviewPage(c, form, read.asked);
    }
    const placed = await placeHold(c.var.needs, placing);
    if (placed.kind === 'refused') return formPage(c, { form, refusals: placed.because });
    return c.redirect(`/holds/${encodeURIComponent(placed.hold.id)}`, STATUS.SeeOther);
  });

  app.get('/holds/record/:id', async (c) => {
    mustBeAbleToAny(c, READ);
    const { records, now } = c.var.needs;
    const on = await holdsOn(records, c.req.param('id'));
    if (!on) return c.notFound();
    const names = await namesOf(
      records,
      on.holds.map(({ ownerId }) => ownerId),
    );
    return page(
      c,
      { title: `Holds on record ${on.card.id}`, above: <a href="/holds">Holds</a> },
      <RecordHolds on={on} names={names} now={now()} />,
    );
  });

  app.get('/holds/:id', (c) => holdPage(c, c.req.param('id')));

  app.post('/holds/:id/release', (c) =>
    deed(c, 'release', (holdId, text) => {
      const person = mustBeAble(c, 'release-hold');
      const typed = text('endedOn');
      const endedOn = dayTyped(typed);
      const unread = typed && !endedOn;
      return releaseHold(c.var.needs, {
        holdId,
        person,
        reason: text('reason'),
        ...(endedOn && { endedOn }),
        ...(unread && {
          refusals: [refuse('endedOn', 'a day that cannot be read', 'a day as YYYY-MM-DD', 'enter it again')],
        }),
      });
    }),
  );

  app.post('/holds/:id/owner', (c) =>
    deed(c, 'owner', (holdId, text) =>
      changeOwner(c.var.needs, { holdId, person: signedIn(c), ownerId: text('ownerId') }),
    ),
  );

  app.post('/holds/:id/acknowledge', (c) =>
    deed(c, 'acknowledge', (holdId) => acknowledgeHold(c.var.needs, { holdId, person: signedIn(c) })),
  );

  app.post('/holds/:id/custodians', (c) =>
    deed(c, 'custodians', async (holdId, text) => {
      const custodianIds = await custodiansNamed(c.var.needs.records, text('custodians'));
      return nameCustodians(c.var.needs, { holdId, person: signedIn(c), custodianIds });
    }),
  );

  app.post('/holds/:id/review', (c) =>
    deed(c, 'review', (holdId, text) =>
      reviewHold(c.var.needs, { holdId, person: signedIn(c), reason: text('reason') }),
    ),
  );

  return app;
}

async function deed(
  c: C,
  which: Deed,
  act: (holdId: string, text: (name: string) => string) => Promise<Done>,
): Promise<Response> {
  const visitor = signedIn(c);
  const id = c.req.param('id') ?? '';
  if (which === 'release') mustBeAble(c, 'release-hold');
  const hold = await c.var.needs.records.get(holds, id);
  // Who may not see it is not told that it is there.
  if (!hold || !maySee(hold, visitor)) return c.notFound();
  const form = await formOf(c);
  const done = await act(id, (name) => form.text(fieldOf(which, name)));
  if (done.kind === 'missing') return c.notFound();
  if (done.kind === 'refused') return holdPage(c, id, { deed: which, form, refusals: done.because });
  return c.redirect(`/holds/${encodeURIComponent(id)}`, STATUS.SeeOther);
}

async function holdPage(c: C, id: string, tried?: DeedTried): Promise<Response> {
  const visitor = signedIn(c);
  const { records, now } = c.var.needs;
  const view = await holdView(records, id, visitor, now());
  if (!view) return c.notFound();
  return page(
    c,
    {
      title: view.hold.name,
      above: READ.some((task) => mayDo(visitor.roles, task)) ? (
        <>
          <a href="/holds">Holds</a> · {id}
        </>
      ) : (
        `Hold ${id}`
      ),
      ...(tried && { status: STATUS.Refused }),
    },
    <HoldPage view={view} owners={await owners(records)} tried={tried} />,
  );
}

async function formPage(
  c: C,
  tried?: Tried,
  given?: { readonly recordId?: string | undefined; readonly caseNumber?: string | undefined },
): Promise<Response> {
  const visitor = signedIn(c);
  return page(
    c,
    {
      title: 'Place a hold',
      above: <a href="/holds">Holds</a>,
      lead: 'From the moment it is placed nothing it takes in is destroyed. You see what that is before you place it.',
      ...(tried && tried.refusals.length > 0 && { status: STATUS.Refused }),
    },
    <HoldForm visitor={visitor} owners={await owners(c.var.needs.records)} tried={tried} {...(given && { given })} />,
  );
}

async function reviewPage(c: C, form: Tried['form'], asked: Parameters<typeof HoldReview>[0]['asked']) {
  const visitor = signedIn(c);
  const { records } = c.var.needs;
  const [counted, names] = await Promise.all([
    countScope(records, asked.scope),
    namesOf(records, [asked.ownerId, ...asked.custodianIds]),
  ]);
  return page(
    c,
    { title: 'What the hold would take in', above: <a href="/holds">Holds</a> },
    <HoldReview
      visitor={visitor}
      form={form}
      asked={asked}
      counted={counted}
      ownerName={names.get(asked.ownerId) ?? asked.ownerId}
      custodianNames={asked.custodianIds.map((id) => names.get(id) ?? id)}
    />,
  );
}

const needs = onFirstCall((): HoldPageNeeds => {
  const records = recordsIn(readEnv('RECORDS_TABLE'));
  return { records, now: systemNow, newId, ...visitorsIn(records, systemNow) };
});

export const handler = handlerOf(holdPages(needs), 'hold-pages');
