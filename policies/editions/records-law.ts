/**
 * The law on keeping and disposing of records, as clauses. Named, because rules read numbers from them.
 *
 * Texts are ours. The Charter's approvals come on top of any period a policy prints: a period says from when a record may
 * be disposed of, and never that it was allowed.
 */
import type { MonthsClause, StatuteClause, YearsClause } from '../clause.ts';
import { statute } from './statute.ts';

const RELETTERED = 'The day from which the paragraphs bear these letters was not checked.';

export interface RecordsLaw {
  readonly approvedDisposal: StatuteClause & MonthsClause;
  readonly archives: StatuteClause;
  readonly nonRecords: StatuteClause;
  readonly legalAction: StatuteClause & YearsClause;
}

export const RECORDS_LAW: RecordsLaw = {
  approvedDisposal: {
    ...statute(
      'nyc-1133-f',
      'NYC Charter § 1133(f), as relettered by Local Law 29 of 2019',
      '2019-07-01',
      'Nothing is destroyed or otherwise disposed of unless the commissioner of records and information services, the Corporation Counsel and the head of the agency approve, looking at its administrative, fiscal, legal, research and historical value. What is eligible is destroyed within 6 months.',
      { unverified: RELETTERED },
    ),
    months: 6,
  },
  archives: statute(
    'nyc-1133-g',
    'NYC Charter § 1133(g), as relettered by Local Law 29 of 2019',
    '2019-07-01',
    'Records of historical, research or cultural value go to the Municipal Archives instead of being destroyed.',
    { unverified: RELETTERED },
  ),
  nonRecords: statute(
    'nyc-1133-h',
    'NYC Charter § 1133(h), as relettered by Local Law 29 of 2019',
    '2019-07-01',
    'What is no record needs none of these approvals.',
    { unverified: RELETTERED },
  ),
  legalAction: {
    ...statute(
      'nysa-legal-action',
      'New York State Archives, exceptions to retention periods: legal actions and audits',
      '2019-07-01',
      'What is needed in a legal action is kept through all of it, also past its period, and for at least 1 year after it ended. What is needed in an audit is kept until the report is received.',
      {
        unverified:
          'Guidance of the State for local governments. That it binds agencies of the City, whose periods their Department of Records sets, is our reading, on the side of keeping.',
      },
    ),
    years: 1,
  },
};
