/**
 * Is a provision of data a row of the statutory register, and if not, why?
 *
 * Everything that leaves is logged; the register of 14-188(g)(1) is a filter of it. It leaves out what goes
 * out under the Freedom of Information Law, to press and media, to academic research and to other governments,
 * but not what goes to ICE or CBP: that is a row, unless it furthers a criminal investigation and goes to a
 * task force with members of theirs that the department does not control alone.
 *
 * Units   days are days in New York
 * Answers a row, or logged only with the exemption; and the clause either way
 * Throws  nothing
 * Source  nyc-14-188-g-1, nyc-14-188-g-1-ice-cbp
 */
import { cityLaw } from '../editions/city-law.ts';
import { isInForce } from '../editions/published.ts';
import type { RecipientKind } from '../editions/disclosure-grounds.ts';
import type { PublishedPolicy } from '../editions/edition.ts';
import { nyDate, type Instant } from '../instant.ts';

export interface Provision {
  readonly provisionId: string;
  readonly providedAt: Instant;
  readonly recipient: RecipientKind | 'foil-requester' | 'academic-research';
  readonly government: boolean;
  readonly iceOrCbp: boolean;
  readonly taskForce?: { readonly departmentAloneControls: boolean; readonly furthersCriminalInvestigation: boolean };
}

export type Exemption =
  | 'before-the-duty'
  | 'inside-the-department'
  | 'freedom-of-information'
  | 'press-or-media'
  | 'academic-research'
  | 'other-government'
  | 'criminal-task-force';

export type RegisterRow =
  | { readonly kind: 'row'; readonly clause: string }
  | { readonly kind: 'logged-only'; readonly exemptUnder: Exemption; readonly clause: string };

const DUTY = 'nyc-14-188-g-1';
const ICE_CBP = 'nyc-14-188-g-1-ice-cbp';

export function disclosureRegister(provision: Provision, _policy: PublishedPolicy, _now: Instant): RegisterRow {
  const exempt = (exemptUnder: Exemption, clause = DUTY): RegisterRow => ({ kind: 'logged-only', exemptUnder, clause });
  if (!isInForce(cityLaw(DUTY), nyDate(provision.providedAt))) return exempt('before-the-duty');
  if (provision.recipient === 'agency-unit') return exempt('inside-the-department');
  if (provision.iceOrCbp) {
    const { departmentAloneControls = true, furthersCriminalInvestigation = false } = provision.taskForce ?? {};
    const isTaskForce = !departmentAloneControls && furthersCriminalInvestigation;
    return isTaskForce ? exempt('criminal-task-force', ICE_CBP) : { kind: 'row', clause: ICE_CBP };
  }
  if (provision.recipient === 'foil-requester') return exempt('freedom-of-information');
  if (provision.recipient === 'news-media') return exempt('press-or-media');
  if (provision.recipient === 'academic-research') return exempt('academic-research');
  return provision.government ? exempt('other-government') : { kind: 'row', clause: DUTY };
}
