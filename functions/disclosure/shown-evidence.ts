/** The evidence of a disclosure as lines: what the recipient wants it for, what the ground rests on, what is on file. */
import { mustSay } from '../../policies/clause-in.ts';
import type { GroundEvidence, Recipient } from '../../policies/disclosure.ts';
import type { PublishedEdition } from '../../policies/editions/edition.ts';
import { PRIVACY_LAW } from '../../policies/editions/privacy-law.ts';
import { nyText } from '../../policies/instant.ts';
import type { DisclosureAsked } from './contract.ts';
import { lastDayOf } from './facts.ts';
import {
  CAPACITIES,
  EXEMPTIONS,
  labelIn,
  PROCEEDING_CHOICES,
  PURPOSE_CHOICES,
  SEARCHED_THROUGH,
  SEARCHES,
  SIGNERS,
  VENDOR_CHECKS,
  WELFARE_ABOUT,
} from './labels.ts';
import type { Registers } from './registers-of.ts';
import { line, warning, type Line } from './shown-lines.ts';

export function recipientLines(recipient: Recipient, edition: PublishedEdition): Line[] {
  switch (recipient.kind) {
    case 'prosecutor':
      return [
        ...line('Their case', recipient.matter?.caseNumber, mustSay(edition, 'XR26-EXT-04')),
        ...line('Jurisdiction', recipient.matter && (recipient.matter.hasJurisdiction ? 'Yes' : 'No')),
      ];
    case 'law-enforcement':
    case 'city-agency': {
      const { path } = recipient;
      const text = path?.kind === 'our-offer' ? labelIn(PROCEEDING_CHOICES, path.proceeding) : path?.reliedOn;
      const label = path?.kind === 'our-offer' ? 'We offer it for' : 'Their request relies on';
      return line(label, text, mustSay(edition, 'XR26-EXT-05'));
    }
    case 'community-leader':
    case 'civic-organization':
    case 'news-media':
      return line(
        'Purpose',
        recipient.purpose && labelIn(PURPOSE_CHOICES, recipient.purpose),
        mustSay(edition, 'XR26-EXT-07'),
      );
    case 'vendor': {
      const { standing } = recipient;
      const clause = mustSay(edition, 'XR26-EXT-17');
      if (!standing) return [];
      const checks = VENDOR_CHECKS.filter(({ value }) => standing[value]).map(({ label }) => label);
      return [
        ...line('Contract', standing.contractId, clause),
        ...line('Duty that needs it', standing.duty, clause),
        ...line('Contract ends', standing.contractEndsOn),
        ...line('On file', checks.join('. '), mustSay(edition, 'XR26-EXT-18')),
      ];
    }
    case 'agency-unit':
      return line('Their lawful duty', recipient.dutyReason, mustSay(edition, 'XR26-SAFE-14'));
    case 'new-jersey-agent': {
      const { search } = recipient;
      if (!search) return [];
      return [
        ...line('Searched for', labelIn(SEARCHES, search.what), edition.directAccess.clause),
        ...line('Searched through', labelIn(SEARCHED_THROUGH, search.through)),
        ...line('An authorized agent', search.authorizedAgent ? 'Yes' : 'No'),
      ];
    }
    case 'person-or-guardian':
      return [];
  }
}

export function groundLines(basis: GroundEvidence): Line[] {
  switch (basis.ground) {
    case 'consent':
      return basis.people.map(({ personRef, capacity, consent }) => {
        const who = `${personRef} (${labelIn(CAPACITIES, capacity).toLowerCase()})`;
        if (!consent) return warning(who, 'No written consent');
        const given = `Signed by: ${labelIn(SIGNERS, consent.signedBy).toLowerCase()}, ${nyText(consent.at)}`;
        return consent.withdrawnAt
          ? warning(who, `${given}; withdrawn ${nyText(consent.withdrawnAt)}`)
          : { label: who, text: given };
      });
    case 'required-by-law':
      return line('The law that requires it', basis.law);
    case 'mission':
      return line('How it furthers the mission', basis.how);
    case 'crime':
      return [...line('Case', basis.caseNumber), ...line('Credible information', basis.credibleInformation)];
    case 'welfare': {
      const { investigation: of } = basis;
      if (!of) return [];
      return [
        ...line('Investigation', of.reference),
        ...line('Of a City agency', of.byCityAgency ? 'Yes' : 'No'),
        ...line('Open', of.open ? 'Yes' : 'No'),
        ...line('About', labelIn(WELFARE_ABOUT, of.about)),
      ];
    }
    case 'exigent':
      return [
        ...line('Why circumstances are exigent', basis.explanation),
        ...line('Need not be explained because', basis.exemption && labelIn(EXEMPTIONS, basis.exemption)),
      ];
    case 'city-interest':
    case 'routine':
      return [];
  }
}

/** What is on file: the pre-approval or designation, and the agreement. */
export function registerLines({ agreement: named }: DisclosureAsked, registers: Registers): Line[] {
  const { agreement, designation, preApproval } = registers;
  const days = (one: Parameters<typeof lastDayOf>[0] & { readonly from: string }) => {
    const { until } = lastDayOf(one);
    return `from ${one.from}${until ? ` to ${until}` : ''}`;
  };
  return [
    ...line('Pre-approval', preApproval && `${preApproval.reference} (${preApproval.id}), ${days(preApproval)}`),
    ...line('Routine designation', designation && `${designation.title} (${designation.id}), ${days(designation)}`),
    ...line(
      'Agreement',
      agreement &&
        `${agreement.title}, with ${agreement.with}, ${agreement.reference} (${agreement.id}), ${days(agreement)}`,
      PRIVACY_LAW.agreement.id,
    ),
    ...line(
      'No agreement, because',
      named?.kind === 'no-important-privacy-interest' ? named.why : undefined,
      PRIVACY_LAW.agreement.id,
    ),
  ];
}
