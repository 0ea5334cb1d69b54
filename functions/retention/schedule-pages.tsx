/**
 * The schedules: every version with its classes and whose word it is; and, for records officers, loading one, trying what
 * it would change, and a second person's approval. Acts are judged elsewhere (schedule-acts.ts).
 */
import type { Context, Hono } from 'hono';
import type { Refusal } from '../../policies/ruling.ts';
import { page } from '../edge/frame.tsx';
import { formOf, formWithFilesOf, mustBeAble, type Form, type PageEnv } from '../edge/page-app.tsx';
import { STATUS } from '../edge/statuses.ts';
import { persons } from '../records/standing.ts';
import { progressOf, recalculations, schedules, type ScheduleRecord } from './contract.ts';
import type { RetentionPageNeeds } from './page-needs.ts';
import { approveSchedule, loadSchedule, tryOutSchedule, withdrawSchedule, type ScheduleDone } from './schedule-acts.ts';
import { LoadForm } from './schedule-forms.tsx';
import { LoadedPage, PrintedPage, ScheduleList, type TriedOn } from './schedule-views.tsx';
import { schedulesKnown } from './schedules-known.ts';

type C = Context<PageEnv<RetentionPageNeeds>>;

const ABOVE = <a href="/retention/schedules">Schedules</a>;
const hrefOf = (id: string): string => `/retention/schedules/${encodeURIComponent(id)}`;

export function schedulePages(app: Hono<PageEnv<RetentionPageNeeds>>): void {
  app.get('/retention/schedules', async (c) => {
    const visitor = mustBeAble(c, 'read-retention');
    return page(
      c,
      {
        title: 'Schedules',
        above: <a href="/retention">Retention</a>,
        lead: 'How long each class is kept, by whose word. Nothing is disposed of by a schedule that both offices have not approved.',
      },
      <ScheduleList known={await schedulesKnown(c.var.needs.records)} visitor={visitor} />,
    );
  });
  app.get('/retention/schedules/load', (c) => loadPage(c));
  app.post('/retention/schedules', async (c) => {
    const visitor = mustBeAble(c, 'manage-records');
    const form = await formWithFilesOf(c);
    const text = form.text('file') || form.text('pasted');
    const loaded = await loadSchedule(c.var.needs, { text, by: visitor.personId });
    if (loaded.kind === 'refused') return loadPage(c, { text, because: loaded.because });
    return c.redirect(hrefOf(loaded.schedule.id), STATUS.SeeOther);
  });
  app.get('/retention/schedules/:id', (c) => showOne(c, c.req.param('id')));
  app.post('/retention/schedules/:id/dry-run', (c) =>
    deed(
      c,
      (id, by) => tryOutSchedule(c.var.needs, { id, by }),
      () => ({ reason: '' }),
    ),
  );
  app.post('/retention/schedules/:id/approve', (c) =>
    deed(
      c,
      (id, by, form) => approveSchedule(c.var.needs, { id, by, reason: form.text('reason') }),
      (form) => ({ reason: form.text('reason') }),
    ),
  );
  app.post('/retention/schedules/:id/withdraw', (c) =>
    deed(
      c,
      async (id, by, form) => {
        const done = await withdrawSchedule(c.var.needs, { id, by, reason: form.text('withdrawal') });
        // Two forms of the page ask for a reason: each by a name of its own.
        return done.kind === 'refused' ? { ...done, because: done.because.map(asWithdrawal) } : done;
      },
      (form) => ({ reason: '', withdrawal: form.text('withdrawal') }),
    ),
  );
}

const asWithdrawal = (one: Refusal): Refusal => (one.field === 'reason' ? { ...one, field: 'withdrawal' } : one);

/** One act on a schedule that is on record: done, or shown again with what is in the way and what was typed. */
async function deed(
  c: C,
  act: (id: string, by: string, form: Form) => Promise<ScheduleDone>,
  typed: (form: Form) => Omit<TriedOn, 'because'>,
): Promise<Response> {
  const visitor = mustBeAble(c, 'manage-records');
  const form = await formOf(c);
  const id = c.req.param('id') ?? '';
  if (!(await recordOf(c, id))) return c.notFound();
  const done = await act(id, visitor.personId, form);
  if (done.kind === 'refused') return showOne(c, id, { ...typed(form), because: done.because });
  return c.redirect(hrefOf(id), STATUS.SeeOther);
}

/** Longer than any id; a longer text is none. */
const LONGEST_ID = 200;

const recordOf = async (c: C, id: string): Promise<ScheduleRecord | undefined> =>
  id.length > LONGEST_ID ? undefined : c.var.needs.records.get(schedules, id);

async function loadPage(
  c: C,
  tried?: { readonly text: string; readonly because: readonly Refusal[] },
): Promise<Response> {
  const visitor = mustBeAble(c, 'manage-records');
  return page(
    c,
    {
      title: 'Load a schedule',
      above: ABOVE,
      lead: 'Loading changes nothing. It is tried next, and a second person puts it in force.',
      status: tried ? STATUS.Refused : STATUS.Ok,
    },
    <LoadForm visitor={visitor} tried={tried} />,
  );
}

async function showOne(c: C, id: string, tried?: TriedOn): Promise<Response> {
  const visitor = mustBeAble(c, 'read-retention');
  const { records } = c.var.needs;
  const known = await schedulesKnown(records);
  const record = await recordOf(c, id);
  const printed = known.printed.find((one) => one.id === id);
  const schedule = record?.schedule ?? printed;
  if (!schedule) return c.notFound();
  const options = { title: schedule.title, above: ABOVE, wide: true, status: tried ? STATUS.Refused : STATUS.Ok };
  if (!record) return page(c, options, <PrintedPage schedule={schedule} />);
  const trial = record.dryRunId === undefined ? undefined : await records.get(recalculations, record.dryRunId);
  const done = trial?.state === 'running' ? (await progressOf(records, trial.id)).done : undefined;
  const names = await namesOf(records, [record.loadedBy, record.approvedBy, record.withdrawnBy]);
  return page(
    c,
    options,
    <LoadedPage
      record={record}
      inForce={known.inForce?.id === record.id}
      trial={trial}
      done={done}
      names={names}
      visitor={visitor}
      tried={tried}
    />,
  );
}

async function namesOf(records: RetentionPageNeeds['records'], ids: readonly (string | undefined)[]) {
  const known = ids.filter((id) => id !== undefined);
  const people = await Promise.all(known.map((id) => records.get(persons, id)));
  return new Map(known.map((id, index) => [id, people[index]?.name ?? id]));
}
