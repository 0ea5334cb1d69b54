/** Facts of a disclosure for which everything is there, for tests to take away one at a time. Ids only, no names. */
import type { DisclosureFacts, GroundEvidence, OfficerDecision, Recipient, Signer } from '../../policies/disclosure.ts';
import type { DisclosureCase } from '../../policies/data/every-disclosure.ts';
import type { GroundId, RecipientKind } from '../../policies/editions/disclosure-grounds.ts';
import type { PublishedPolicy } from '../../policies/editions/edition.ts';
import { PUBLISHED_EDITIONS } from '../../policies/editions/index.ts';
import { HOUSE } from '../../policies/editions/house.ts';
import { plusHours, type Instant } from '../../policies/instant.ts';
import { mayThisBeDisclosed, type DisclosureAnswer } from '../../policies/rules/may-this-be-disclosed.ts';
import { day, NOW, THEN } from './facts.ts';

/** A moment at which an edition is in force: a noon in May 2025 for 2021, one in November 2026 for the others. */
export const momentOf = (editionId: string): Instant => (editionId === 'xray-2021' ? THEN : NOW);

export const under = (editionId: string): PublishedPolicy => {
  const edition = PUBLISHED_EDITIONS.find(({ id }) => id === editionId);
  if (!edition) throw new Error(`no edition ${editionId}`);
  return { edition, house: HOUSE };
};

export const officer: Signer = {
  personId: 'P-9',
  active: true,
  roles: ['privacy-officer'],
  bureau: 'legal-bureau',
  office: 'agency-privacy-officer',
  heldFrom: plusHours(THEN, -10_000),
};

export const deputy: Signer = { ...officer, personId: 'P-10', office: 'deputy' };

export const approval = (ground: GroundId, now: Instant): OfficerDecision => ({
  decisionId: 'DEC-1',
  answer: 'approve',
  at: plusHours(now, -1),
  ground,
  shownHash: 'hash-1',
  signer: officer,
});

export function evidenceOf(ground: GroundId, now: Instant): GroundEvidence {
  switch (ground) {
    case 'consent':
      return {
        ground,
        people: [{ personRef: 'X-1', capacity: 'adult', consent: { signedBy: 'person', at: plusHours(now, -48) } }],
      };
    case 'required-by-law':
      return { ground, law: 'CPL 245.20(1), automatic discovery' };
    case 'mission':
      return { ground, how: 'it helps to find a vehicle that is sought' };
    case 'city-interest':
      return {
        ground,
        preApproval: { preApprovalId: 'PA-1', approvedAt: plusHours(now, -100), covers: ['still-images'] },
      };
    case 'routine': {
      const everyone: readonly RecipientKind[] = [
        'prosecutor',
        'law-enforcement',
        'city-agency',
        'person-or-guardian',
        'community-leader',
        'civic-organization',
        'news-media',
        'vendor',
        'new-jersey-agent',
      ];
      const designation = {
        designationId: 'RD-1',
        covers: ['still-images'],
        recipients: everyone,
        from: day('2021-06-01'),
      };
      return { ground, designation };
    }
    case 'crime':
      return { ground, caseNumber: 'C-2026-17' };
    case 'welfare':
      return { ground, investigation: { reference: 'W-3', byCityAgency: true, open: true, about: 'minor' } };
    case 'exigent':
      return { ground, explanation: 'a child is missing in freezing weather' };
  }
}

export function recipientOf(kind: RecipientKind): Recipient {
  switch (kind) {
    case 'prosecutor':
      return { kind, matter: { caseNumber: 'C-2026-17', hasJurisdiction: true } };
    case 'law-enforcement':
      return { kind, path: { kind: 'their-request', reliedOn: 'a subpoena under CPL 610' } };
    case 'city-agency':
      return { kind, path: { kind: 'our-offer', proceeding: 'civil-litigation' } };
    case 'person-or-guardian':
      return { kind };
    case 'community-leader':
    case 'civic-organization':
    case 'news-media':
      return { kind, purpose: 'further-an-investigation' };
    case 'vendor':
      return {
        kind,
        standing: {
          contractId: 'K-1',
          duty: 'repair of the image store',
          approvedVendor: true,
          noMoreThanNeeded: true,
          responsibilityDetermined: true,
          integrityReviewed: true,
          sensitive: true,
          backgroundChecked: true,
          boundToConfidentiality: true,
        },
      };
    case 'agency-unit':
      return { kind, dutyReason: 'the other unit works on the same case' };
    case 'new-jersey-agent':
      return { kind, search: { what: 'one-complete-plate', through: 'plate-search', authorizedAgent: true } };
  }
}

/** Everything is there, on this ground, for this recipient. */
export const disclosure = (kind: RecipientKind, ground: GroundId | 'none', now: Instant): DisclosureFacts => ({
  disclosureId: 'D-1',
  disclosureType: 'still-images',
  requesterId: 'P-1',
  content: 'original',
  recipient: recipientOf(kind),
  immigration: { furthers: 'no', recipientEnforces: false },
  identity: { outcome: 'confirmed', how: 'badge and call back', byId: 'P-2', at: plusHours(now, -3) },
  affiliation: { outcome: 'confirmed', how: 'called the agency', byId: 'P-2', at: plusHours(now, -3) },
  lawfulness: { outcome: 'lawful', because: 'the ground is met', byId: 'P-2', at: plusHours(now, -2) },
  ...(ground === 'none' ? {} : { basis: evidenceOf(ground, now), officerDecision: approval(ground, now) }),
  shownHash: 'hash-1',
  agreement: { kind: 'agreement', agreementId: 'A-1' },
});

/** The same without some fields. */
export const without = <Of extends object, Field extends keyof Of>(
  of: Of,
  ...fields: readonly Field[]
): Omit<Of, Field> =>
  Object.fromEntries(Object.entries(of).filter(([name]) => !fields.includes(name as Field))) as Omit<Of, Field>;

/** The facts of one case of everyDisclosure, at the moment its edition is judged. */
export function factsOf({ edition, recipient, ground, evidence }: DisclosureCase): DisclosureFacts {
  const now = momentOf(edition.id);
  const complete = disclosure(recipient, ground, now);
  switch (evidence) {
    case 'complete':
      return complete;
    case 'no-decision':
      return without(complete, 'officerDecision');
    case 'no-evidence':
      return ground === 'none'
        ? complete
        : { ...complete, basis: ground === 'consent' ? { ground, people: [] } : { ground } };
    case 'not-confirmed':
      return without(complete, 'identity', 'affiliation', 'lawfulness');
    case 'no-purpose':
      return { ...complete, recipient: { kind: recipient } };
    case 'immigration':
      return { ...complete, immigration: { furthers: 'civil-provisions', recipientEnforces: true } };
  }
}

export const asked = (facts: DisclosureFacts, policy = under('xray-2026'), now = NOW): DisclosureAnswer =>
  mayThisBeDisclosed(facts, policy, now);

/** The answer line by line: 'refused XR26-EXT-09 consent', 'needs officer-approval', or 'allowed'. */
export const said = (facts: DisclosureFacts, policy = under('xray-2026'), now = NOW): readonly string[] => {
  const answer = asked(facts, policy, now);
  if (answer.kind === 'refused') return answer.because.map(({ clause, field }) => `refused ${clause} ${field}`);
  return answer.kind === 'needs' ? answer.needs.map(({ need }) => `needs ${need}`) : ['allowed'];
};
