/** The page of one containment task: for whoever was asked, who sees nothing else of the breach, and for the office. */
import { page } from '../edge/frame.tsx';
import { formOf, signedIn } from '../edge/page-app.tsx';
import { STATUS } from '../edge/statuses.ts';
import { untilWritten } from '../records/until-written.ts';
import type { App } from './breach-deeds.tsx';
import { eyeOn, isOpen, namesOf } from './breach-view.ts';
import { doneContainment } from './contain-breach.ts';
import { doneIn, TaskPage } from './containment.tsx';
import { breaches } from './contract.ts';
import type { Tried } from './part.tsx';
import { STYLE, type C } from './shown.tsx';

export function containmentPages(app: App): void {
  const PATH = '/breaches/:id/containment/:taskId';
  app.get(PATH, (c) => taskPage(c, c.req.param('id'), c.req.param('taskId')));

  app.post(`${PATH}/done`, async (c) => {
    const person = signedIn(c);
    const { id, taskId } = c.req.param();
    const found = await taskFor(c, id, taskId);
    if (!found) return c.notFound();
    const form = await formOf(c);
    const back = `/breaches/${encodeURIComponent(id)}/containment/${encodeURIComponent(taskId)}`;
    if (!found.mayAnswer) return c.redirect(back, STATUS.SeeOther);
    const done = await untilWritten(() =>
      doneContainment(c.var.needs, { breachId: id, person, taskId, ...doneIn(form) }),
    );
    if (done.kind === 'missing') return c.notFound();
    if (done.kind === 'refused') return taskPage(c, id, taskId, { part: '', form, refusals: done.because });
    return c.redirect(back, STATUS.SeeOther);
  });
}

/** The task, when the visitor has a part in it. */
async function taskFor(c: C, id: string, taskId: string) {
  const visitor = signedIn(c);
  const { records, now } = c.var.needs;
  const breach = await records.get(breaches, id);
  const task = breach?.containment.find((one) => one.id === taskId);
  if (!breach || !task) return undefined;
  const isOffice = (await eyeOn(records, breach, visitor, now())) === 'office';
  const isAsked = task.askedOf === visitor.personId;
  if (!isOffice && !isAsked) return undefined;
  return { task, visitor, isOffice, mayAnswer: !task.done && isOpen(breach) };
}

async function taskPage(c: C, id: string, taskId: string, tried?: Tried): Promise<Response> {
  const found = await taskFor(c, id, taskId);
  if (!found) return c.notFound();
  const { askedOf, by, done } = found.task;
  const names = await namesOf(c.var.needs.records, new Set([askedOf, by, ...(done ? [done.by] : [])]));
  return page(
    c,
    {
      title: 'Contain a wrongful disclosure',
      above: `Breach ${id}`,
      style: STYLE,
      ...(tried && { status: STATUS.Refused }),
    },
    <TaskPage breachId={id} names={names} tried={tried} {...found} />,
  );
}
