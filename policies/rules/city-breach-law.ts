/**
 * Is a breach also a breach of security under the City's other law, and what follows?
 *
 * That law protects private information: what identifies a person together with a number that opens
 * something, a biometric measurement, or a login. An x-ray image or a plate alone is not that. Where both laws
 * apply, one notice that meets both is enough, and where a law of the State was followed nobody is told again;
 * the report to the City's offices stays due. A finding that nobody need be told is for inadvertent acts of
 * those authorized only, is written down, and is kept for years.
 *
 * Units   days are days in New York; residents are counted
 * Answers whether it applies; whom to report to; whether people, and consumer agencies, are told; how long a
 *         finding is kept
 * Throws  FactMalformed when a finding lies in the future
 * Source  nyc-10-501-private, nyc-10-501-breach, nyc-10-501-good-faith, nyc-10-502-a, nyc-10-502-b,
 *         nyc-10-502-f, nyc-10-502-g, nyc-10-502-h, nyc-10-502-i, nyc-10-502-j; house-characters-of-reason
 */
import { plusYears, type CalendarDate } from '../calendar-date.ts';
import type { PublishedPolicy } from '../editions/edition.ts';
import { PRIVACY_LAW } from '../editions/privacy-law.ts';
import { FactMalformed } from '../faults.ts';
import { isAfter, nyDate, type Instant } from '../instant.ts';
import { unless, type Refusal } from '../ruling.ts';
import { statement } from './statement.ts';

/** Elements of section 10-501(b). The last needs no personal information beside it. */
export const PRIVATE_ELEMENTS = [
  'social-security-number',
  'driver-or-non-driver-card-number',
  'account-number-with-code',
  'account-number-usable-alone',
  'biometric-measurement',
  'login-with-password',
] as const;
export type PrivateElement = (typeof PRIVATE_ELEMENTS)[number];

export interface SecurityFacts {
  readonly breachId: string;
  readonly computerized: boolean;
  /** Whether it identifies people at all. */
  readonly personalInformation: boolean;
  readonly elements: readonly PrivateElement[];
  /** Whether it was encrypted with a key that nobody else got. */
  readonly safelyEncrypted: boolean;
  readonly lawfullyPublic: boolean;
  /** How it came about; good faith is for a legitimate purpose of the agency. */
  readonly act: 'unauthorized' | 'inadvertent-by-authorized' | 'good-faith-by-personnel';
  readonly residentsToTell: number;
  readonly toldUnderStateLaw: boolean;
  /** Whether the notice of the Identifying Information Law says what this law asks too. */
  readonly oneNoticeMeetsBoth: boolean;
  readonly noNoticeFinding?: { readonly harmIsUnlikely: boolean; readonly because: string; readonly at: Instant };
}

export type SecurityAnswer =
  | { readonly kind: 'does-not-apply'; readonly followProtocols: boolean; readonly because: string }
  | {
      readonly kind: 'applies';
      readonly reportTo: readonly ('chief-privacy-officer' | 'cyber-command' | 'technology-office')[];
      readonly tellPeople: 'separately' | 'by-one-notice' | 'told-under-state-law' | 'not-needed';
      readonly tellConsumerAgencies: boolean;
      /** Last day on which the written finding must be kept at least. */
      readonly keepFindingUntil?: CalendarDate;
      /** What keeps a finding from counting; people are told while there is anything. */
      readonly refused: readonly Refusal[];
      readonly clauses: readonly string[];
    };

export function cityBreachLaw(facts: SecurityFacts, policy: PublishedPolicy, now: Instant): SecurityAnswer {
  const law = PRIVACY_LAW;
  const without = (followProtocols: boolean, because: string): SecurityAnswer => ({
    kind: 'does-not-apply',
    followProtocols,
    because,
  });
  if (!facts.computerized) return without(false, law.breachOfSecurity.id);
  if (!isPrivate(facts)) return without(false, law.privateInformation.id);
  if (facts.act === 'good-faith-by-personnel') return without(true, law.goodFaith.id);

  const refused = finding(facts, policy, now);
  const found = facts.noNoticeFinding && refused.length === 0 ? facts.noNoticeFinding : undefined;
  const tellPeople = found
    ? 'not-needed'
    : facts.toldUnderStateLaw
      ? 'told-under-state-law'
      : facts.oneNoticeMeetsBoth
        ? 'by-one-notice'
        : 'separately';
  const toTell = tellPeople === 'separately' || tellPeople === 'by-one-notice';
  const tellConsumerAgencies = toTell && facts.residentsToTell >= law.consumerAgencies.count;
  const clauseOf = {
    'not-needed': law.noNoticeKept.id,
    'told-under-state-law': law.stateNotice.id,
    'by-one-notice': law.noDuplicates.id,
    separately: law.securityNotice.id,
  }[tellPeople];
  return {
    kind: 'applies',
    reportTo: ['chief-privacy-officer', 'cyber-command', 'technology-office'],
    tellPeople,
    tellConsumerAgencies,
    ...(found ? { keepFindingUntil: plusYears(nyDate(found.at), law.noNoticeKept.years) } : {}),
    refused,
    clauses: [
      law.privateInformation.id,
      law.breachOfSecurity.id,
      law.securityReport.id,
      law.protocols.id,
      clauseOf,
      ...(tellConsumerAgencies ? [law.consumerAgencies.id] : []),
    ],
  };
}

function isPrivate({ elements, personalInformation, safelyEncrypted, lawfullyPublic }: SecurityFacts): boolean {
  const withIdentity = personalInformation && !safelyEncrypted && elements.some((one) => one !== 'login-with-password');
  return !lawfullyPublic && (withIdentity || elements.includes('login-with-password'));
}

function finding(
  { breachId, act, noNoticeFinding }: SecurityFacts,
  policy: PublishedPolicy,
  now: Instant,
): readonly Refusal[] {
  if (!noNoticeFinding) return [];
  if (isAfter(noNoticeFinding.at, now)) {
    throw new FactMalformed(
      `breach ${breachId} has a finding of ${noNoticeFinding.at}, which is after now (${now}); correct the record`,
    );
  }
  const about = { clause: PRIVACY_LAW.noNoticeKept.id, field: 'noNoticeFinding', todo: 'tell the people affected' };
  return [
    ...unless(act === 'inadvertent-by-authorized', {
      ...about,
      found: 'an act that was not inadvertent, or by someone not authorized',
      expected: 'an inadvertent act of someone authorized',
    }),
    ...unless(noNoticeFinding.harmIsUnlikely, {
      ...about,
      found: 'misuse or harm that is likely',
      expected: 'misuse and harm found unlikely',
    }),
    ...statement('noNoticeFinding', noNoticeFinding.because, about.clause, policy, 'write down why'),
  ];
}
