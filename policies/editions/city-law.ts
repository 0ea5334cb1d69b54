/**
 * The statutes around the policies that rules cite: enough to name the sentence and to show it.
 * Texts are ours. Dates are when the sentence as described here began to bind.
 */
import { calendarDate } from '../calendar-date.ts';
import type { Clause } from '../clause.ts';

const statute = (id: string, cite: string, from: string, text: string): Clause => ({
  id,
  authority: 'statute',
  cite,
  text,
  from: calendarDate(from),
});

export const CITY_LAW: readonly Clause[] = [
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
  ),
  statute(
    'usc-15-260a',
    '15 U.S.C. § 260a',
    '2007-03-11',
    'Clocks go forward an hour at 2 AM on the second Sunday of March and back an hour at 2 AM on the first Sunday of November.',
  ),
];
