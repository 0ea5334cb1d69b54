/** Forms and pages of what is on file: one of each for every shelf. */
import type { Context, Hono } from 'hono';
import { quarterOf } from '../../policies/calendar-date.ts';
import { nyDate } from '../../policies/instant.ts';
import { mayDo } from '../../policies/roles.ts';
import { page } from '../edge/frame.tsx';
import { formOf, mustBeAble, type PageEnv } from '../edge/page-app.tsx';
import { STATUS } from '../edge/statuses.ts';
import type { Visitor } from '../edge/visitor.ts';
import type { Entity } from '../records/entity.ts';
import type { OnFile, RegisteredAccess } from './contract.ts';
import { endOnFile, ENTRIES } from './end-on-file.ts';
import { draftIn, type Tried } from './entry-forms.tsx';
import { AccessStands, EndForm, EntryPage, Resting } from './entry-views.tsx';
import { namesOf } from './on-file.ts';
import { standingOf } from './on-file-sheets.ts';
import { passes, provisionsOf } from './provisions.ts';
import type { RegisterPageNeeds } from './sheet-pages.tsx';
import { shown, SHELVES, type Shelf } from './shelves.tsx';

type C = Context<PageEnv<RegisterPageNeeds>>;

export function entryPages(app: Hono<PageEnv<RegisterPageNeeds>>): void {
  for (const shelf of SHELVES) {
    const at = `/registers/${shelf.path}`;
    app.get(`${at}/new`, (c) => newPage(c, shelf, mustBeAble(c, 'keep-registers')));

    app.post(at, async (c) => {
      const visitor = mustBeAble(c, 'keep-registers');
      const form = await formOf(c);
      const recorded = await shelf.record(c.var.needs, form, { person: visitor, ...draftIn(form) });
      if ('because' in recorded) return newPage(c, shelf, visitor, { form, because: recorded.because });
      return c.redirect(`${at}/${encodeURIComponent(recorded.id)}`, STATUS.SeeOther);
    });

    app.get(`${at}/:id`, (c) => entryPage(c, shelf, mustBeAble(c, 'read-disclosures')));

    app.post(`${at}/:id/end`, async (c) => {
      const visitor = mustBeAble(c, 'keep-registers');
      const form = await formOf(c);
      const id = c.req.param('id');
      const ended = await endOnFile(c.var.needs, { kind: shelf.kind, id, person: visitor, why: form.text('why') });
      if (ended.kind === 'missing') return c.notFound();
      if (ended.kind === 'refused') return entryPage(c, shelf, visitor, { form, because: ended.because });
      return c.redirect(`${at}/${encodeURIComponent(id)}`, STATUS.SeeOther);
    });
  }
}

async function newPage(c: C, shelf: Shelf, visitor: Visitor, tried?: Tried): Promise<Response> {
  const { records, now } = c.var.needs;
  return page(
    c,
    {
      title: shelf.add,
      above: <a href={`/registers/${shelf.path}`}>Registers</a>,
      lead: shelf.lead,
      status: tried ? STATUS.Refused : STATUS.Ok,
    },
    await shelf.form({ visitor, tried }, records, now()),
  );
}

async function entryPage(c: C, shelf: Shelf, visitor: Visitor, tried?: Tried): Promise<Response> {
  const { records, now } = c.var.needs;
  const at = now();
  const id = c.req.param('id') ?? '';
  const entry = await records.get(ENTRIES[shelf.kind] as unknown as Entity<OnFile>, id);
  if (!entry) return c.notFound();
  const quarter = quarterOf(nyDate(at));
  const resting =
    shelf.kind === 'standing-access'
      ? undefined
      : (await provisionsOf(records, quarter)).filter((one) => passes(one, { statutory: false, under: id }));
  const names = await namesOf(records, [entry.recordedBy, ...(entry.ended ? [entry.ended.by] : [])]);
  const { title, facts } = shown(shelf, entry);
  const mayEnd = mayDo(visitor.roles, 'keep-registers') && !['ended', 'over'].includes(standingOf(entry, at));
  return page(
    c,
    {
      title,
      above: (
        <>
          <a href={`/registers/${shelf.path}`}>Registers</a> · {id}
        </>
      ),
      status: tried ? STATUS.Refused : STATUS.Ok,
    },
    <>
      {shelf.kind === 'standing-access' && <AccessStands access={entry as RegisteredAccess} now={at} />}
      <EntryPage entry={entry} facts={facts} names={names} now={at} />
      {resting && <Resting id={id} provisions={resting} quarter={quarter} />}
      {mayEnd && (
        <EndForm
          action={`/registers/${shelf.path}/${encodeURIComponent(id)}/end`}
          visitor={visitor}
          tried={tried}
          says={shelf.endSays}
        />
      )}
    </>,
  );
}
