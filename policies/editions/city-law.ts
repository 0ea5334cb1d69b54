/**
 * The statutes around the policies that rules cite: enough to name the sentence and to show it.
 * Texts are ours. Dates are when the sentence as described here began to bind. Those about identifying
 * information and breaches of security are in privacy-law.ts.
 */
import type { StatuteClause } from '../clause.ts';
import { statute } from './statute.ts';

/** One of them by its id. Throws when there is none: a rule names what is here. */
export function cityLaw(id: string): StatuteClause {
  const found = CITY_LAW.find((clause) => clause.id === id);
  if (!found) throw new Error(`${id} is no clause of city-law.ts; add it there, or correct the id`);
  return found;
}

export const CITY_LAW: readonly StatuteClause[] = [
  statute(
    'nyc-10-178-c',
    'NYC Admin. Code § 10-178(c), as amended by Local Law 63 of 2026',
    '2026-01-29',
    'No City resources, time or equipment go to immigration enforcement. Since 2026 that reaches beyond civil provisions, to federal laws that punish presence, entry, re-entry, failure to depart or registration, and to any federal personnel or agent with such duties.',
  ),
  statute(
    'nyc-10-178-d',
    'NYC Admin. Code § 10-178(d)',
    '2026-01-29',
    'Each request by an outside law enforcement agency for help with immigration enforcement is recorded, with what was answered and done.',
  ),
  statute(
    'nyc-10-178-d-report',
    'NYC Admin. Code § 10-178(d)',
    '2026-01-29',
    'A City office compiles those requests each quarter, anonymized, by requesting and by receiving agency.',
    { unverified: 'Which office the mayor designated to receive the records was not found.' },
  ),
  statute(
    'nyc-14-188-g-1',
    'NYC Admin. Code § 14-188(g)(1), as amended by Local Law 56 of 2025',
    '2026-02-04',
    'Each time data collected by a surveillance technology is given to an outside entity, the entity and the date are recorded. Freedom of information, press and media, academic research and disclosures to other governments are left out.',
  ),
  statute(
    'nyc-14-188-g-1-ice-cbp',
    'NYC Admin. Code § 14-188(g)(1), as amended by Local Law 56 of 2025',
    '2026-02-04',
    'What is given to Immigration and Customs Enforcement or to Customs and Border Protection is recorded although they are government; not so data given to further a criminal investigation to a task force with members of theirs that the department does not control alone.',
  ),
  statute(
    'nyc-14-188-g-2',
    'NYC Admin. Code § 14-188(g)(2), as amended by Local Law 56 of 2025',
    '2026-02-04',
    'A register names every local, state and federal agency with direct access, how far the access reaches, and its dates.',
  ),
  statute(
    'nyc-14-188-d',
    'NYC Admin. Code § 14-188(d)',
    '2020-07-15',
    'Before a surveillance technology is used for a purpose or in a manner its published policy does not describe, an addendum to the policy is due.',
  ),
  statute(
    'nyc-14-151',
    'NYC Admin. Code § 14-151',
    '2013-11-20',
    'Members do not practise bias-based profiling in law enforcement action.',
    { confidence: 'general-knowledge' },
  ),
  statute(
    'usc-15-260a',
    '15 U.S.C. § 260a',
    '2007-03-11',
    'Clocks go forward an hour at 2 AM on the second Sunday of March and back an hour at 2 AM on the first Sunday of November.',
    { confidence: 'general-knowledge' },
  ),
];
