/** What the pages of a disclosure have at hand, and the one way they read it: nothing, to whom it is none of theirs. */
import type { Context } from 'hono';
import { signedIn, type PageEnv, type PageNeeds } from '../edge/page-app.tsx';
import { disclosureSeen, type DisclosureSeen } from './disclosure-seen.ts';
import { disclosureView, type DisclosureView } from './disclosure-view.ts';
import type { EnclosingNeeds, ReportNeeds, StepNeeds } from './needs.ts';

export type DisclosurePagesNeeds = PageNeeds & ReportNeeds;
export type EnclosurePagesNeeds = PageNeeds & EnclosingNeeds;
export type Ask = Context<PageEnv<DisclosurePagesNeeds>>;

export function viewOf<N extends PageNeeds & StepNeeds>(c: Context<PageEnv<N>>): Promise<DisclosureView | undefined> {
  const { records, now } = c.var.needs;
  return disclosureView(records, c.req.param('id') ?? '', signedIn(c), now());
}

/** For pages that ask no rule. */
export function seenOf<N extends PageNeeds & StepNeeds>(c: Context<PageEnv<N>>): Promise<DisclosureSeen | undefined> {
  const { records, now } = c.var.needs;
  return disclosureSeen(records, c.req.param('id') ?? '', signedIn(c), now());
}
