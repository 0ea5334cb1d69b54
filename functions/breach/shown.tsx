/** Answers with the page of a breach, as whoever asks may see it; after a form was refused, with what was typed. */
import type { Context } from 'hono';
import type { Refusal } from '../../policies/ruling.ts';
import { page } from '../edge/frame.tsx';
import { mustBeAble, signedIn, type Form, type PageEnv, type PageNeeds } from '../edge/page-app.tsx';
import { STATUS } from '../edge/statuses.ts';
import { BreachPage } from './breach-page.tsx';
import { breachView, type BreachView } from './breach-view.ts';
import type { BreachNeeds } from './needs.ts';
import { fieldIn, type Tried } from './part.tsx';
import { ReporterPage, SealedPage } from './reading-page.tsx';

export type BreachPagesNeeds = PageNeeds & BreachNeeds;
export type C = Context<PageEnv<BreachPagesNeeds>>;

export const STYLE = 'clock.css';

export async function shown(c: C, id: string, tried?: Tried): Promise<Response> {
  const visitor = signedIn(c);
  const { records, now } = c.var.needs;
  const view = await breachView(records, id, visitor, now());
  if (view === 'not-in-office') return notInOffice(c);
  if (!view) return c.notFound();
  const options = { title: `Breach ${id}`, style: STYLE, ...(tried && { status: STATUS.Refused }) };
  const isReporters = view.breach.reporterId === visitor.personId;
  if (view.eye === 'reporter' || (view.eye === 'overseer' && isReporters && view.breach.state === 'reported'))
    return page(c, options, <ReporterPage view={view} />);
  if (view.breach.state === 'reported') return page(c, options, <SealedPage view={{ ...view, tried }} />);
  return page(c, { ...options, wide: true }, <BreachPage view={{ ...view, tried }} />);
}

/** The breach as the office sees it, for a page that is the office's alone; otherwise the answer to give. */
export async function ofOffice(c: C, id: string): Promise<BreachView | Response> {
  const visitor = mustBeAble(c, 'handle-breach');
  const { records, now } = c.var.needs;
  const view = await breachView(records, id, visitor, now());
  if (view === 'not-in-office') return notInOffice(c);
  if (!view) return c.notFound();
  // Reading comes first: it is what makes the office aware.
  if (view.eye !== 'office') return notInOffice(c);
  return view;
}

export const triedWith = (part: string, form: Form, because: readonly Refusal[]): Tried => ({
  part,
  form,
  refusals: because.map((refusal) => ({ ...refusal, field: fieldIn(part, refusal.field) })),
});

export const notInOffice = (c: C): Promise<Response> =>
  page(
    c,
    {
      title: 'You do not hold the office now',
      status: STATUS.Forbidden,
      lead: 'Breaches are for the Agency Privacy Officer and the deputies named in writing, while the naming lasts.',
    },
    <p>
      If you were named, ask the Agency Privacy Officer to have it recorded. What you reported yourself is under{' '}
      <a href="/breaches/new">Report a wrongful disclosure</a>.
    </p>,
  );
