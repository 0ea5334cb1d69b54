/**
 * The register of direct access (nyc-14-188-g-2), as a sheet. An open access is judged afresh by the edition in force
 * today, so that one which an edition ended is seen; what is over keeps how it was judged when it was recorded.
 */
import { nyDate, nyDateText, type Instant } from '../../policies/instant.ts';
import { isGood } from '../../policies/rules/how-an-entry-stands.ts';
import { standingAccess } from '../../policies/rules/standing-access.ts';
import type { Refusal } from '../../policies/ruling.ts';
import type { RegisteredAccess } from './contract.ts';
import { LEVEL_LABELS, REACH_LABELS, technologyLabel } from './labels.ts';
import { daysIn, standingOf, STANDING_LABELS } from './on-file-sheets.ts';
import { policyOn } from './record-access.ts';
import type { Row, Sheet } from './sheet.ts';

export interface AccessJudged {
  readonly allowed: boolean;
  readonly edition: string;
  readonly clauses: readonly string[];
  readonly refusals: readonly Refusal[];
}

/** What is said of an access now. */
export function judgedNow(access: RegisteredAccess, now: Instant): AccessJudged {
  const { id: accessId, facts, technology, allowed, edition, clauses, refusals = [] } = access;
  const policy = isGood(standingOf(access, now)) ? policyOn(technology, undefined, now) : undefined;
  if (!policy) return { allowed, edition, clauses, refusals };
  const ruling = standingAccess({ accessId, ...facts }, policy, now);
  return ruling.kind === 'allowed'
    ? { allowed: true, edition: policy.edition.id, clauses: ruling.clauses, refusals: [] }
    : {
        allowed: false,
        edition: policy.edition.id,
        clauses: [...new Set(ruling.because.map(({ clause }) => clause))],
        refusals: ruling.because,
      };
}

/** An access that is open now and that the edition in force does not allow. */
export const mustEnd = (access: RegisteredAccess, now: Instant): boolean =>
  isGood(standingOf(access, now)) && !judgedNow(access, now).allowed;

export const accessSheet = (known: readonly RegisteredAccess[], now: Instant): Sheet => ({
  name: 'access',
  title: 'Direct access of other agencies',
  answers: 'nyc-14-188-g-2',
  period: `As it stood on ${nyDateText(nyDate(now))}`,
  only: [],
  query: '',
  suffix: nyDate(now),
  columns: [
    { label: 'Agency' },
    { label: 'Access', whole: true, beneath: true },
    { label: 'Level' },
    { label: 'Technology' },
    { label: 'System', beneath: true },
    { label: 'How far it reaches' },
    { label: 'Extent', beneath: true },
    { label: 'From', whole: true },
    { label: 'Until', whole: true },
    { label: 'Ended on', whole: true, beneath: true },
    { label: 'Stands' },
    { label: 'Policy' },
    { label: 'Clauses', beneath: true, clauses: true },
    { label: 'Agreement', whole: true },
  ],
  rows: known.map((one): Row => {
    const judged = judgedNow(one, now);
    const { edition, clauses } = judged;
    return {
      href: `/registers/access/${encodeURIComponent(one.id)}`,
      alarm: mustEnd(one, now),
      cells: [
        one.agencyName,
        one.id,
        LEVEL_LABELS[one.level],
        technologyLabel(one.technology),
        one.facts.system,
        REACH_LABELS[one.facts.reaches],
        one.extent,
        ...daysIn(one),
        one.ended ? nyDate(one.ended.at) : '',
        STANDING_LABELS[standingOf(one, now)],
        policyText(one, judged.allowed, edition, now),
        clauses.join(' '),
        one.facts.agreement?.agreementId ?? 'None',
      ],
    };
  }),
});

const policyText = (one: RegisteredAccess, allowed: boolean, edition: string, now: Instant): string => {
  if (allowed) return `Allowed by ${edition}`;
  return mustEnd(one, now) ? `Not allowed by ${edition}: it must end` : `Was not allowed by ${edition}`;
};
