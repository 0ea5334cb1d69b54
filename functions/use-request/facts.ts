/** The record of a request, turned into the facts the rules in policies/ ask for. */
import type { TargetKind } from '../../policies/editions/edition.ts';
import type { UseRequestFacts } from '../../policies/rules/what-may-be-asked.ts';
import type { Requester } from '../../policies/rules/who-may-request.ts';
import type { Standing } from '../../policies/rules/executive.ts';
import type { AskedBy, Asked, UseRequest } from './contract.ts';

export function factsOf(request: Pick<UseRequest, 'id' | 'submittedAt' | 'askedBy' | 'asked'>): UseRequestFacts {
  const { asked } = request;
  return {
    requestId: request.id,
    requester: request.askedBy.kind,
    submittedAt: request.submittedAt,
    startsAt: asked.startsAt,
    endsAt: asked.endsAt,
    targetKind: asked.targetKind as TargetKind,
    ...(asked.similarObject && { similarObjectDescription: asked.similarObject }),
    nearPublicStreet: asked.nearPublicStreet,
    graveRisk: asked.graveRisk,
    purpose: asked.purpose === 'law-enforcement' ? 'law-enforcement' : 'other-official-business',
    lawEnforcementReason: asked.lawEnforcementReason,
    ...((asked.eventName || asked.elevatedThreatReason) && {
      event: { name: asked.eventName ?? '', elevatedThreatReason: asked.elevatedThreatReason ?? '' },
    }),
    location: asked.location,
    publicKeptOutHow: asked.publicKeptOutHow,
    attestation: asked.attested,
    politicalActivity: asked.politicalActivity,
    immigrationEnforcement: asked.immigrationEnforcement,
    basisCharacteristics: asked.basisCharacteristics,
    useKind: asked.useKind === 'described' ? 'described' : 'other',
  };
}

/** Who asks, for the rule: a member by what the records say now, an entity by what staff have confirmed. */
export function requesterOf(askedBy: AskedBy, standing: Standing | undefined): Requester {
  if (askedBy.kind === 'external') {
    return askedBy.confirmation
      ? { kind: 'external', identityConfirmed: true, affiliationConfirmed: true }
      : { kind: 'external' };
  }
  return {
    kind: 'member',
    ...(standing ?? { active: false, uniformed: false, rank: 'civilian', bureau: '', roles: [] }),
  };
}

/** The rules' field names and the form's, where they differ. */
const FORM_FIELD: Readonly<Record<string, keyof Asked>> = {
  similarObjectDescription: 'similarObject',
  attestation: 'attested',
  'event.name': 'eventName',
  'event.elevatedThreatReason': 'elevatedThreatReason',
};

export const formField = (field: string): string => FORM_FIELD[field] ?? field;
