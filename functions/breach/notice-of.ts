/** What the rules on notices to people are told of a breach, and what they answer. */
import type { PublishedPolicy } from '../../policies/editions/edition.ts';
import { isAfter, laterOf, type Instant } from '../../policies/instant.ts';
import { individualNotice, type IndividualNotice, type NoticeFacts } from '../../policies/rules/individual-notice.ts';
import { noticeFactsWith } from '../../policies/rules/may-a-breach-be-closed.ts';
import type { Breach } from './contract.ts';

/** As the rule answers, or that a notice is owed and nobody is named yet. */
export type Notice = IndividualNotice | { readonly kind: 'owed-to-nobody-named' };

export function noticeOf(breach: Breach, policy: PublishedPolicy, now: Instant): Notice {
  const facts = noticeFactsWith(noticeFactsOf(breach), breach.security?.answer);
  const { potentialRisk, determination, requiredBy } = facts.triggers;
  const isOwed =
    potentialRisk === true || determination?.answer === 'notify' || (requiredBy !== undefined && requiredBy !== 'none');
  if (isOwed && facts.people.length === 0) return { kind: 'owed-to-nobody-named' };
  return individualNotice(facts, policy, now);
}

export function noticeFactsOf(breach: Breach): NoticeFacts {
  const { determination, harm, letter, delay, people, requiredBy } = breach;
  const asked = determination && {
    officer: consultedAt(breach, 'chief-privacy-officer', determination.at),
    law: consultedAt(breach, 'law-department', determination.at),
  };
  return {
    breachId: breach.id,
    triggers: {
      ...(harm && { potentialRisk: harm.assessment.potentialRisk }),
      ...(determination && {
        determination: {
          answer: determination.answer,
          because: determination.because,
          ...(asked?.officer && { chiefPrivacyOfficerConsultedAt: asked.officer }),
          ...(asked?.law && { lawDepartmentConsultedAt: asked.law }),
        },
      }),
      ...(requiredBy && { requiredBy }),
    },
    ...(letter && { letter }),
    ...(delay && { delay }),
    people: people.map(({ personRef, attempts }) => ({ personRef, attempts })),
  };
}

/** When somebody was last consulted, up to a moment. */
export function consultedAt(
  { consultations }: Breach,
  whom: Breach['consultations'][number]['with'],
  until: Instant,
): Instant | undefined {
  const moments = consultations.filter((one) => one.with === whom && !isAfter(one.at, until)).map(({ at }) => at);
  return moments.length > 0 ? moments.reduce(laterOf) : undefined;
}
