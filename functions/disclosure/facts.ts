/** What the rules are told of a disclosure: as it was filled in, with what stands in the registers today. */
import { plusDays, type CalendarDate } from '../../policies/calendar-date.ts';
import type {
  Agreement,
  DisclosureFacts,
  GroundEvidence,
  ImmigrationFacts,
  OfficerDecision,
} from '../../policies/disclosure.ts';
import { nyDate } from '../../policies/instant.ts';
import type { EnclosedFacts } from '../../policies/rules/is-everything-enclosed.ts';
import type { RegisteredAgreement } from '../register/contract.ts';
import type { Approval, Disclosure, DisclosureAsked, Enclosure } from './contract.ts';
import type { Registers } from './registers-of.ts';

export function factsOf(disclosure: Disclosure, registers: Registers, shownHash: string): DisclosureFacts {
  const { asked, approval } = disclosure;
  const { disclosureType, recipient, identity, affiliation, lawfulness } = asked;
  const basis = basisOf(asked, registers);
  const agreement = agreementOf(asked, registers);
  return {
    disclosureId: disclosure.id,
    disclosureType,
    requesterId: disclosure.requesterId,
    ...(disclosure.preparedBy && { preparedBy: disclosure.preparedBy }),
    content: contentOf(remaining(disclosure)),
    recipient,
    immigration: immigrationOf(asked),
    ...(identity && { identity }),
    ...(affiliation && { affiliation }),
    ...(lawfulness && { lawfulness }),
    ...(basis && { basis }),
    ...(approval && { officerDecision: officerDecisionOf(approval) }),
    shownHash,
    ...(agreement && { agreement }),
  };
}

/** What would leave: the enclosures nobody has left out. */
export const remaining = ({ enclosures }: Pick<Disclosure, 'enclosures'>): readonly Enclosure[] =>
  enclosures.filter(({ leftOut }) => !leftOut);

/** Whoever is or acts for ICE or CBP enforces immigration law, also where the other question was answered no. */
export function immigrationOf({
  immigration,
  addressee,
}: Pick<DisclosureAsked, 'immigration' | 'addressee'>): ImmigrationFacts {
  return { ...immigration, recipientEnforces: immigration.recipientEnforces || addressee.iceOrCbp };
}

/** The most telling thing in it decides; until something is enclosed, the safe thing is taken. */
function contentOf(enclosures: readonly Enclosure[]): DisclosureFacts['content'] {
  if (enclosures.length > 0 && enclosures.every(({ kind }) => kind === 'count')) return 'anonymized-count';
  const originals = enclosures.some(({ kind }) => kind === 'image' || kind === 'record');
  return originals || enclosures.length === 0 ? 'original' : 'redacted-copy';
}

export function basisOf(
  { basis }: Pick<DisclosureAsked, 'basis'>,
  { preApproval, designation }: Pick<Registers, 'preApproval' | 'designation'>,
): GroundEvidence | undefined {
  if (basis?.ground === 'city-interest') {
    const { ground } = basis;
    if (!preApproval) return { ground };
    const { id, approvedAt, covers, from } = preApproval;
    return { ground, preApproval: { preApprovalId: id, approvedAt, covers, from, ...lastDayOf(preApproval) } };
  }
  if (basis?.ground === 'routine') {
    const { ground } = basis;
    if (!designation) return { ground };
    const { id, covers, recipients, from } = designation;
    return { ground, designation: { designationId: id, covers, recipients, from, ...lastDayOf(designation) } };
  }
  return basis;
}

function agreementOf({ agreement: named }: DisclosureAsked, { agreement }: Registers): Agreement | undefined {
  if (named?.kind !== 'agreement') return named;
  if (!agreement) return undefined;
  const { id, from, technologies } = agreement;
  return { kind: 'agreement', agreementId: id, from, technologies, ...lastDayOf(agreement) };
}

/** What was ended counts no more from the moment it was ended: its last day is the one before. */
export function lastDayOf({ until, ended }: Pick<RegisteredAgreement, 'until' | 'ended'>): {
  readonly until?: CalendarDate;
} {
  if (!ended) return until ? { until } : {};
  const last = plusDays(nyDate(ended.at), -1);
  return { until: until && until < last ? until : last };
}

function officerDecisionOf({ decisionId, answer, at, ground, shownHash, signer }: Approval): OfficerDecision {
  return { decisionId, answer, at, ground, shownHash, signer };
}

/** What is enclosed, and whether each file is there in the version that is named. */
export function enclosedFactsOf(disclosure: Disclosure, { images }: Registers): EnclosedFacts {
  const isThere = (one: Enclosure): boolean => {
    if (one.kind === 'count') return true;
    if (one.kind !== 'image') return one.file !== undefined;
    const image = images.find(({ id }) => id === one.imageId);
    return image?.state === 'kept' && image.stored?.versionId === one.file.versionId;
  };
  return {
    recipient: disclosure.asked.recipient.kind,
    enclosed: remaining(disclosure).map((one) => ({ kind: one.kind, there: isThere(one) })),
  };
}
