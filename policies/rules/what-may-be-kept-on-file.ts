/**
 * What may be kept on file for disclosures to rest on?
 *
 * An agreement names with whom and where its paper is. An approval in advance of the City's Chief Privacy
 * Officer has its reference and the day it was given, which is not to come. A routine designation says why,
 * for which of the fixed kinds and recipients, and is made by whoever holds the privacy office. A standing
 * access says whose it is, how far it reaches and since when; one that is over is kept all the same, because
 * the register names what there was. Nothing else is put on file once its last day has passed.
 *
 * Units   days are days in New York, as typed
 * Answers allowed, with the days as they were read, or refused for everything that is in the way
 * Throws  FactMalformed when an office ended before it began
 * Source  nyc-23-1203-3, nyc-23-1202-c-2-a, nyc-23-1202-c-2-b, nyc-23-1201-privacy-officer, nyc-14-188-g-2;
 *         house-deputy-signs-off, house-kinds-of-disclosure, house-characters-of-reason
 */
import { dayTyped, type CalendarDate } from '../calendar-date.ts';
import type { Signer } from '../disclosure.ts';
import { RECIPIENTS } from '../editions/disclosure-grounds.ts';
import { isDisclosureType } from '../editions/disclosure-types.ts';
import type { PublishedPolicy } from '../editions/edition.ts';
import { PRIVACY_LAW } from '../editions/privacy-law.ts';
import { BUREAUS } from '../editions/ranks.ts';
import { nyDate, type Instant } from '../instant.ts';
import { mayDo } from '../roles.ts';
import { isBlank, ruled, unless, type Refusal, type Ruling } from '../ruling.ts';
import { statement } from './statement.ts';
import { holdsOffice } from './who-may-sign-off.ts';

/** Days as they were typed: `YYYY-MM-DD`, or nothing. */
interface Days {
  readonly from: string;
  readonly until: string;
}

export type Entry =
  | ({
      readonly kind: 'agreement';
      readonly title: string;
      readonly with: string;
      readonly reference: string;
      readonly technologies: readonly string[];
    } & Days)
  | ({
      readonly kind: 'pre-approval';
      readonly reference: string;
      readonly covers: readonly string[];
      /** How many of the single disclosures it names are not on record. */
      readonly unknown: number;
    } & Days)
  | ({
      readonly kind: 'routine-designation';
      readonly title: string;
      readonly why: string;
      readonly covers: readonly string[];
      readonly recipients: readonly string[];
      readonly signer: Signer;
    } & Days)
  | ({
      readonly kind: 'standing-access';
      readonly agencyName: string;
      readonly level: string;
      readonly system: string;
      readonly reaches: string;
      readonly extent: string;
    } & Days);

export interface ReadDays {
  readonly from: CalendarDate;
  readonly until?: CalendarDate;
}

export const ACCESS_LEVELS = ['local', 'state', 'federal', 'other-state'] as const;
export const ACCESS_REACHES = ['one-plate-search', 'named-system', 'domain-awareness-system'] as const;

const CLAUSES = {
  agreement: PRIVACY_LAW.agreement.id,
  'pre-approval': PRIVACY_LAW.cityInterest.id,
  'routine-designation': PRIVACY_LAW.routineApproved.id,
  'standing-access': 'nyc-14-188-g-2',
} as const satisfies Record<Entry['kind'], string>;

/** The clause each kind of entry is on file under. */
export const filedUnder = (kind: Entry['kind']): string => CLAUSES[kind];

export function whatMayBeKeptOnFile(
  entry: Entry,
  policy: Pick<PublishedPolicy, 'house'>,
  now: Instant,
): Ruling<{ readonly days: ReadDays }> {
  const clause = filedUnder(entry.kind);
  const { because, days } = daysOf(entry, clause, nyDate(now));
  const byOffice = entry.kind === 'routine-designation';
  return ruled(
    byOffice ? [clause, PRIVACY_LAW.privacyOfficer.id, policy.house.kindsOfDisclosure.id] : [clause],
    [...contentOf(entry, clause, policy, now), ...because],
    { days },
  );
}

function contentOf(
  entry: Entry,
  clause: string,
  policy: Pick<PublishedPolicy, 'house'>,
  now: Instant,
): readonly Refusal[] {
  const named = (field: string, text: string, expected: string) =>
    unless(!isBlank(text), { clause, field, found: 'nothing', expected, todo: 'write it' });
  const chosen = (field: string, right: boolean) =>
    unless(right, { clause, field, found: 'no answer', expected: 'an answer of the list', todo: 'choose what is so' });
  switch (entry.kind) {
    case 'agreement':
      return [
        ...named('title', entry.title, 'a title'),
        ...named('with', entry.with, 'with whom it was made'),
        ...named('reference', entry.reference, 'where the signed paper is, such as its number'),
        ...chosen('technologies', entry.technologies.length > 0),
      ];
    case 'pre-approval': {
      const house = policy.house.kindsOfDisclosure.id;
      return [
        ...named('reference', entry.reference, "the reference of the Chief Privacy Officer's approval"),
        ...unless(entry.covers.length > 0 && entry.unknown === 0, {
          clause: house,
          field: 'covers',
          found: entry.covers.length === 0 ? 'nothing it covers' : `${entry.unknown} that is not on record`,
          expected: 'kinds of disclosure of the list, or numbers of disclosures on record',
          todo: 'choose what it covers',
        }),
      ];
    }
    case 'routine-designation':
      return [
        ...named('title', entry.title, 'a title'),
        ...statement('why', entry.why, clause, policy, 'say why disclosures of this kind are routine'),
        ...unless(entry.covers.length > 0 && entry.covers.every(isDisclosureType), {
          clause: policy.house.kindsOfDisclosure.id,
          field: 'covers',
          found: 'no kind of the list',
          expected: 'one or more kinds of the list',
          todo: 'choose which kinds of disclosure it is for',
        }),
        ...chosen('recipients', entry.recipients.length > 0 && entry.recipients.every(isRecipient)),
        ...madeByTheOffice(entry.signer, policy, now),
      ];
    case 'standing-access':
      return [
        ...named('agencyName', entry.agencyName, 'the name of the agency'),
        ...chosen('level', (ACCESS_LEVELS as readonly string[]).includes(entry.level)),
        ...chosen('reaches', (ACCESS_REACHES as readonly string[]).includes(entry.reaches)),
        ...named('system', entry.system, 'the name of the system'),
        ...statement('extent', entry.extent, clause, policy, 'say how far the access reaches'),
      ];
  }
}

const isRecipient = (kind: string): boolean => RECIPIENTS.some((one) => one.kind === kind);

function madeByTheOffice(signer: Signer, { house }: Pick<PublishedPolicy, 'house'>, now: Instant): readonly Refusal[] {
  const isDeputy = signer.office === 'deputy';
  const inOffice =
    signer.active &&
    signer.bureau === BUREAUS.legal &&
    mayDo(signer.roles, 'decide-disclosure') &&
    holdsOffice(signer, now);
  return unless(inOffice, {
    clause: isDeputy ? house.deputySignsOff.id : PRIVACY_LAW.privacyOfficer.id,
    field: 'signer',
    found: signer.office === 'none' ? 'someone without the privacy office' : 'an office that is not held now',
    expected: 'the Agency Privacy Officer or a deputy, in office',
    todo: 'leave it to whoever holds the office now',
  });
}

function daysOf(
  { kind, from, until }: Entry,
  clause: string,
  today: CalendarDate,
): { readonly because: readonly Refusal[]; readonly days: ReadDays } {
  // Of an approval in advance, the first day is the one it was given on.
  const [field, given] = kind === 'pre-approval' ? (['approvedOn', true] as const) : (['from', false] as const);
  const first = dayTyped(from);
  const last = dayTyped(until);
  const because = [
    ...unless(first !== undefined && (!given || first <= today), {
      clause,
      field,
      found: first ? 'a day to come' : 'no day',
      expected: given ? 'the day it was given' : 'its first day',
      todo: given ? 'enter today or an earlier day' : 'enter the day from which it counts',
    }),
    ...unless(until === '' || (last !== undefined && (!first || last >= first)), {
      clause,
      field: 'until',
      found: last ? 'a day before the first' : 'no day that exists',
      expected: 'its last day, or nothing while it is open',
      todo: 'correct the last day, or leave it empty',
    }),
    ...unless(kind === 'standing-access' || !last || last >= today, {
      clause,
      field: 'until',
      found: 'a last day that has passed',
      expected: 'today or a later day',
      todo: 'put on file what is still good',
    }),
  ];
  return { because, days: { from: first ?? today, ...(last && { until: last }) } };
}
