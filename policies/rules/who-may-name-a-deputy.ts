/**
 * Who may name a deputy of the Agency Privacy Officer, and whom?
 *
 * The officer, in office at that moment, in writing and from a day on; a deputy names nobody. The deputy is an
 * active member of the Legal Bureau with the role of a privacy officer, is not the officer, and holds no office
 * that has yet to end. A naming counts from the moment it is made and never before. Ending one is the officer's too.
 *
 * Units   instants are UTC; days are days in New York, as typed, the last one whole
 * Answers allowed, with the instants from and until which the naming lasts, or refused
 * Throws  FactMalformed when an office ended before it began
 * Source  nyc-23-1201-privacy-officer, house-deputy-signs-off, house-characters-of-reason
 */
import { dayTyped, plusDays } from '../calendar-date.ts';
import type { Signer } from '../disclosure.ts';
import type { PublishedPolicy } from '../editions/edition.ts';
import { PRIVACY_LAW } from '../editions/privacy-law.ts';
import { BUREAUS } from '../editions/ranks.ts';
import { isAfter, laterOf, nyDate, nyStartOfDay, plusMs, type Instant } from '../instant.ts';
import { mayDo } from '../roles.ts';
import { ruled, unless, type Refusal, type Ruling } from '../ruling.ts';
import { statement } from './statement.ts';
import { holdsOffice } from './who-may-sign-off.ts';

export interface NamingFacts {
  readonly officer: Signer;
  /** Who is named; absent when nobody on record is. */
  readonly deputy?: Signer;
  /** The naming, in the officer's words. */
  readonly statement: string;
  /** As typed: `YYYY-MM-DD`; `until` may be empty. */
  readonly from: string;
  readonly until: string;
}

export interface Naming {
  readonly heldFrom: Instant;
  readonly heldUntil?: Instant;
}

type House = Pick<PublishedPolicy, 'house'>;

export function whoMayNameADeputy(facts: NamingFacts, policy: House, now: Instant): Ruling<Naming> {
  const naming = policy.house.deputySignsOff.id;
  const today = nyDate(now);
  const from = dayTyped(facts.from);
  const until = dayTyped(facts.until);
  const because = [
    ...byTheOfficer(facts.officer, now),
    ...whom(facts, policy, now),
    ...statement('statement', facts.statement, naming, policy, 'write the naming'),
    ...unless(from !== undefined && from >= today, {
      clause: naming,
      field: 'from',
      found: from ? 'a day that has passed' : 'no day',
      expected: 'today or a later day',
      todo: 'enter the day from which the deputy may act',
    }),
    ...unless(facts.until === '' || (until !== undefined && until >= (from ?? today)), {
      clause: naming,
      field: 'until',
      found: until ? 'a day before the first' : 'no day that exists',
      expected: 'the last day, or nothing while it is open',
      todo: 'correct the last day, or leave it empty',
    }),
  ];
  return ruled([PRIVACY_LAW.privacyOfficer.id, naming], because, {
    heldFrom: laterOf(now, nyStartOfDay(from ?? today)),
    ...(until && { heldUntil: plusMs(nyStartOfDay(plusDays(until, 1)), -1) }),
  });
}

export function whoMayEndADeputy(
  facts: Pick<NamingFacts, 'officer'> & { why: string },
  policy: House,
  now: Instant,
): Ruling {
  const naming = policy.house.deputySignsOff.id;
  return ruled(
    [PRIVACY_LAW.privacyOfficer.id, naming],
    [...byTheOfficer(facts.officer, now), ...statement('why', facts.why, naming, policy, 'say why the naming ends')],
  );
}

function byTheOfficer(officer: Signer, now: Instant): readonly Refusal[] {
  const isOfficer =
    officer.active &&
    officer.bureau === BUREAUS.legal &&
    officer.office === 'agency-privacy-officer' &&
    mayDo(officer.roles, 'decide-disclosure') &&
    holdsOffice(officer, now);
  return unless(isOfficer, {
    clause: PRIVACY_LAW.privacyOfficer.id,
    field: 'officer',
    found: officer.office === 'deputy' ? 'a deputy' : 'someone who is not the Agency Privacy Officer now',
    expected: 'the Agency Privacy Officer, in office',
    todo: 'leave it to the officer',
  });
}

function whom({ officer, deputy }: NamingFacts, { house }: House, now: Instant): readonly Refusal[] {
  const refused = (found: string, expected: string, todo: string): Refusal => ({
    clause: house.deputySignsOff.id,
    field: 'deputyId',
    found,
    expected,
    todo,
  });
  if (!deputy) return [refused('nobody on record', 'a member of the Legal Bureau', 'choose the person from the list')];
  const holds = deputy.office !== 'none' && (!deputy.heldUntil || isAfter(deputy.heldUntil, now));
  return [
    ...unless(deputy.active, refused('a member who is not active', 'an active member', 'choose someone else')),
    ...unless(
      deputy.bureau === BUREAUS.legal,
      refused('a member of another bureau', 'a member of the Legal Bureau', 'choose someone of the Legal Bureau'),
    ),
    ...unless(
      mayDo(deputy.roles, 'decide-disclosure'),
      refused('no role that may decide a disclosure', 'the role of a privacy officer', 'ask the system administrator'),
    ),
    ...unless(deputy.personId !== officer.personId, refused('the officer', 'another person', 'choose someone else')),
    ...unless(
      !holds || deputy.personId === officer.personId,
      refused('someone who holds the office already', 'someone who does not', 'end that naming first'),
    ),
  ];
}
