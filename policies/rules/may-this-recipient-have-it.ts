/**
 * May this recipient have it, for what it is wanted for?
 *
 * Apart from any ground the policies say for what each kind of recipient may be given something: prosecutors
 * with jurisdiction; agencies on their own request under some law, or as partners in three kinds of
 * proceeding; community leaders, civic organizations and media for three purposes; vendors for a duty of their
 * contract; units of the department for a lawful duty; agents of New Jersey for one plate, where the policy
 * lets them. And what goes to a third party and is not routine needs an agreement, or the reason why not.
 *
 * Units   days are days in New York
 * Answers what is missing, what refuses, and the clauses of the recipient
 * Throws  nothing
 * Source  XR26-EXT-04, EXT-05, EXT-07, EXT-16 to EXT-19, SAFE-14 and their twins; LPR26-EXT-01, LPR26-EXT-02,
 *         XR26-EXT-01, XR21-EXT-04; nyc-23-1201-third-party, nyc-23-1203-3; house-characters-of-reason
 */
import { mustSay } from '../clause-in.ts';
import {
  findings,
  type DisclosureFacts,
  type Findings,
  type Need,
  type Recipient,
  type VendorStanding,
} from '../disclosure.ts';
import { isThirdParty } from '../editions/disclosure-grounds.ts';
import type { PublishedPolicy } from '../editions/edition.ts';
import { PRIVACY_LAW } from '../editions/privacy-law.ts';
import { nyDate, type Instant } from '../instant.ts';
import { isBlank, unless, type Refusal } from '../ruling.ts';
import { statement } from './statement.ts';

type Of<Kind extends Recipient['kind']> = Extract<Recipient, { kind: Kind }>;

export function mayThisRecipientHaveIt(facts: DisclosureFacts, policy: PublishedPolicy, now: Instant): Findings {
  return findings(purpose(facts.recipient, policy, now));
}

/** The agreement of 23-1203(3); asked only when identifying information leaves. */
export function agreementFor(facts: DisclosureFacts, policy: PublishedPolicy, now: Instant): Findings {
  const { recipient, basis, agreement } = facts;
  const own = recipient.kind === 'person-or-guardian' && basis?.ground === 'consent';
  if (!isThirdParty(recipient.kind) || basis?.ground === 'routine' || basis?.ground === 'exigent' || own)
    return findings();
  const law = { clause: PRIVACY_LAW.agreement.id, field: 'agreement' };
  const clauses = [PRIVACY_LAW.agreement.id, PRIVACY_LAW.thirdParty.id];
  if (!agreement) {
    const none = {
      ...law,
      found: 'none',
      expected: 'an agreement about the use of what is disclosed',
      todo: 'name the agreement, or say why no important privacy interest is touched',
    };
    return findings({ needs: [{ ...none, need: 'agreement' }], clauses });
  }
  if (agreement.kind === 'no-important-privacy-interest') {
    const todo = 'say why no important privacy interest is unduly compromised';
    return findings({ clauses }, lacking('agreement', statement('agreement', agreement.why, law.clause, policy, todo)));
  }
  const today = nyDate(now);
  const { from, until, technologies } = agreement;
  const because = [
    ...unless(!from || from <= today, {
      ...law,
      found: `an agreement that begins ${from}`,
      expected: 'one in force',
      todo: 'wait until it begins, or name another',
    }),
    ...unless(!until || today <= until, {
      ...law,
      found: `an agreement that ended ${until}`,
      expected: 'one in force',
      todo: 'renew the agreement',
    }),
    ...unless(!technologies || technologies.includes(policy.edition.technology), {
      ...law,
      found: 'an agreement about other technologies',
      expected: 'one about what is disclosed',
      todo: 'name the agreement that covers it',
    }),
  ];
  return findings({ because, clauses });
}

const lacking = (need: Need['need'], because: readonly Refusal[]): Partial<Findings> => ({
  needs: because.map((one) => ({ ...one, need })),
});

function purpose(recipient: Recipient, policy: PublishedPolicy, now: Instant): Partial<Findings> {
  switch (recipient.kind) {
    case 'prosecutor':
      return prosecutor(recipient, mustSay(policy.edition, 'XR26-EXT-04'));
    case 'law-enforcement':
    case 'city-agency':
      return agency(recipient, mustSay(policy.edition, 'XR26-EXT-05'), policy);
    case 'community-leader':
    case 'civic-organization':
    case 'news-media':
      return community(recipient, mustSay(policy.edition, 'XR26-EXT-07'));
    case 'vendor':
      return vendor(recipient.standing, policy, now);
    case 'agency-unit':
      return unit(recipient, policy);
    case 'new-jersey-agent':
      return newJersey(recipient, policy);
    case 'person-or-guardian':
      return {};
  }
}

function prosecutor({ matter }: Of<'prosecutor'>, clause: string): Partial<Findings> {
  const expected = 'a prosecutor with jurisdiction over a criminal case';
  if (!matter || isBlank(matter.caseNumber)) {
    return {
      ...lacking('prosecutor-jurisdiction', [
        { clause, field: 'matter', found: 'no case', expected, todo: 'enter the case and who has jurisdiction' },
      ]),
      clauses: [clause],
    };
  }
  const because = unless(matter.hasJurisdiction, {
    clause,
    field: 'matter',
    found: 'a prosecutor without jurisdiction',
    expected,
    todo: 'turn it over to the prosecutor who has it',
  });
  return { because, clauses: [clause] };
}

function agency(
  { path }: Of<'law-enforcement' | 'city-agency'>,
  clause: string,
  policy: PublishedPolicy,
): Partial<Findings> {
  const need = 'request-or-proceeding';
  const expected = 'their own request under law, regulation or policy, or an offer for one of three proceedings';
  if (!path) {
    return {
      ...lacking(need, [{ clause, field: 'path', found: 'neither', expected, todo: 'say which it is' }]),
      clauses: [clause],
    };
  }
  if (path.kind === 'their-request') {
    const todo = 'name the law, regulation or policy their request relies on';
    return { ...lacking(need, statement('reliedOn', path.reliedOn, clause, policy, todo)), clauses: [clause] };
  }
  const because = unless(path.proceeding !== 'other', {
    clause,
    field: 'proceeding',
    found: 'none of the three proceedings',
    expected,
    todo: 'offer nothing for this',
  });
  return { because, clauses: [clause] };
}

function community(
  { purpose: wanted }: Of<'community-leader' | 'civic-organization' | 'news-media'>,
  clause: string,
): Partial<Findings> {
  const about = {
    clause,
    field: 'purpose',
    expected: 'to further an investigation, to tell of an unusual incident, or to answer a concern of the community',
  };
  if (!wanted)
    return {
      ...lacking('public-purpose', [{ ...about, found: 'none', todo: 'choose the purpose' }]),
      clauses: [clause],
    };
  return {
    because: unless(wanted !== 'other', { ...about, found: 'another purpose', todo: 'give out nothing for this' }),
    clauses: [clause],
  };
}

function vendor(standing: VendorStanding | undefined, { edition }: PublishedPolicy, now: Instant): Partial<Findings> {
  const [approved, duties, reviews, bound] = (
    ['XR26-EXT-16', 'XR26-EXT-17', 'XR26-EXT-18', 'XR26-EXT-19'] as const
  ).map((id) => mustSay(edition, id)) as [string, string, string, string];
  const clauses = [approved, duties, reviews, bound];
  if (!standing || isBlank(standing.contractId) || isBlank(standing.duty)) {
    const none = {
      clause: duties,
      field: 'standing',
      found: 'no contract or duty',
      expected: 'the contract, and the duty that needs this',
      todo: 'enter both',
    };
    return { ...lacking('vendor-standing', [none]), clauses };
  }
  const held = (holds: boolean, clause: string, found: string, expected: string) =>
    unless(holds, { clause, field: 'standing', found, expected, todo: 'give the vendor nothing until it is so' });
  const { contractEndsOn } = standing;
  return {
    because: [
      ...held(standing.approvedVendor, approved, 'a vendor that is not approved', 'an approved vendor'),
      ...held(
        !contractEndsOn || nyDate(now) <= contractEndsOn,
        duties,
        'a contract that has ended',
        'a contract in force',
      ),
      ...held(standing.noMoreThanNeeded, duties, 'more than the duty needs', 'no more than the duty needs'),
      ...held(standing.responsibilityDetermined, reviews, 'no responsibility determination', 'one on file'),
      ...held(standing.integrityReviewed, reviews, 'no integrity review', 'one on file'),
      ...held(
        !standing.sensitive || standing.backgroundChecked,
        reviews,
        'sensitive supply and no background check',
        'a background check',
      ),
      ...held(standing.boundToConfidentiality, bound, 'no duty of confidentiality', 'one that is signed'),
    ],
    clauses,
  };
}

function unit({ dutyReason }: Of<'agency-unit'>, policy: PublishedPolicy): Partial<Findings> {
  const clause = mustSay(policy.edition, 'XR26-SAFE-14');
  const todo = 'say which lawful duty of the other unit needs it';
  return { ...lacking('duty-reason', statement('dutyReason', dutyReason, clause, policy, todo)), clauses: [clause] };
}

function newJersey({ search }: Of<'new-jersey-agent'>, { edition }: PublishedPolicy): Partial<Findings> {
  const { to, clause } = edition.directAccess;
  if (to !== 'new-jersey-plate-search') {
    const never = {
      clause,
      field: 'recipient',
      found: 'a search by an outside agent',
      expected: 'no direct access',
      todo: 'have the agency ask for a disclosure as another law enforcement agency',
    };
    return { because: [never], clauses: [clause] };
  }
  const expected = 'one specific plate, searched by an authorized agent';
  if (!search)
    return {
      ...lacking('plate-search', [{ clause, field: 'search', found: 'none', expected, todo: 'enter the search' }]),
      clauses: [clause],
    };
  return {
    because: [
      ...unless(search.authorizedAgent, {
        clause,
        field: 'search',
        found: 'an agent who is not authorized',
        expected,
        todo: 'refuse the search',
      }),
      ...unless(search.what === 'one-complete-plate', {
        clause,
        field: 'search',
        found: search.what,
        expected,
        todo: 'search for one complete plate',
      }),
      ...unless(search.through === 'plate-search', {
        clause: 'LPR26-EXT-02',
        field: 'search',
        found: 'the Domain Awareness System',
        expected: 'the plate search only',
        todo: 'refuse the access',
      }),
    ],
    clauses: [clause, 'LPR26-EXT-02'],
  };
}
