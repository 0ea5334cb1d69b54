/**
 * What use of mobile x-ray may be asked for?
 *
 * Every condition that fails is named. A person, a home or a building is refused to everyone and
 * nothing overrides it. A missing warrant is no ground for refusal. Words in free text only raise hints
 * for the decider. Some refusals oblige somebody to something, which `followUps` says.
 *
 * Units   instants are UTC
 * Answers a ruling, with the legal basis and the instant of lapse when allowed; always hints and follow-ups
 * Throws  FactMalformed when the edition given was not in force when the request was submitted, so that
 *         a request made now cannot be judged by an edition of the past
 * Source  XR26-ABS-01, CAP-03, USE-01 to USE-04, USE-06, USE-07, USE-11 to USE-14, USE-16, DSP-05 and
 *         their 2021 twins; nyc-10-178-c, nyc-10-178-d
 */
import { clauseIn, mustSay } from '../clause-in.ts';
import type { ForbiddenTarget, Policy, TargetKind } from '../editions/edition.ts';
import { BUREAUS } from '../editions/ranks.ts';
import { FactMalformed } from '../faults.ts';
import { nyDate, type Instant } from '../instant.ts';
import { isBlank, ruled, unless, type Refusal, type Ruling } from '../ruling.ts';
import { biasIn, type SuspectDescription } from './bias.ts';
import { requestWindow, type Window } from './request-window.ts';
import { screeningHints, type ScreeningFlag } from './screening-hints.ts';
import { statement } from './statement.ts';

export interface UseRequestFacts extends Window {
  readonly requestId: string;
  readonly requester: 'member' | 'external';
  readonly submittedAt: Instant;
  readonly targetKind: TargetKind;
  /** Required for a similar object. */
  readonly similarObjectDescription?: string;
  readonly nearPublicStreet: boolean;
  /** What gravely endangers public safety. */
  readonly graveRisk: string;
  readonly purpose: 'law-enforcement' | 'other-official-business';
  readonly lawEnforcementReason: string;
  /** Present when the use secures the place of an event. */
  readonly event?: { readonly name: string; readonly elevatedThreatReason: string };
  /** The location, event or address the use is for. */
  readonly location: string;
  /** How the public is kept out. An outside entity may leave it to the bureau, until the decision. */
  readonly publicKeptOutHow: string;
  /** Whether the requester attests that the use conforms to the Constitutions and the statutes. */
  readonly attestation: boolean;
  readonly politicalActivity: boolean;
  /** The unit that owns the investigation the use belongs to, when there is one. */
  readonly investigationUnit?: string;
  readonly immigrationEnforcement: boolean;
  readonly basisCharacteristics: readonly string[];
  readonly suspectDescription?: SuspectDescription;
  /** 'other' when the policy does not describe what is asked for. */
  readonly useKind: 'described' | 'other';
}

/** What a refusal obliges somebody to do, beyond telling the requester. */
export interface FollowUp {
  readonly kind: 'record-immigration-request' | 'refer-for-review' | 'draft-addendum';
  readonly clause: string;
}

export type UseRequestAnswer = Ruling<{ readonly legalBasis: string; readonly lapsesAt: Instant }> & {
  readonly flags: readonly ScreeningFlag[];
  readonly followUps: readonly FollowUp[];
};

const FORBIDDEN: readonly TargetKind[] = ['person', 'home', 'building'] satisfies readonly ForbiddenTarget[];
const IMMIGRATION = { bars: 'nyc-10-178-c', recorded: 'nyc-10-178-d' };

export function whatMayBeAsked(request: UseRequestFacts, policy: Policy, now: Instant): UseRequestAnswer {
  const { edition } = policy;
  requireEditionOf(request, policy);
  const window = requestWindow(request, policy, now);
  const bias = biasIn(
    { ...request, otherReason: !isBlank(request.lawEnforcementReason) || !isBlank(request.graveRisk) },
    edition,
  );
  const addendum = request.useKind === 'other' ? clauseIn(edition, 'XR26-USE-16') : undefined;

  const because = [
    ...target(request, policy),
    ...purpose(request, policy),
    ...neverAsked(request, policy),
    ...bias,
    ...(window.kind === 'refused' ? window.because : []),
  ];
  const clauses = [
    'XR26-ABS-01',
    'XR26-USE-01',
    'XR26-USE-02',
    'XR26-USE-03',
    'XR26-USE-04',
    'XR26-USE-11',
    'XR26-USE-12',
    'XR26-DSP-05',
  ]
    .concat(request.event ? ['XR26-CAP-03'] : [], request.requester === 'external' ? ['XR26-USE-06'] : [])
    .flatMap((id) => clauseIn(edition, id) ?? [])
    .concat(edition.characteristicBars.clause, IMMIGRATION.bars, window.kind === 'allowed' ? window.clauses : []);

  const followUps: readonly FollowUp[] = [
    ...(request.immigrationEnforcement && request.requester === 'external'
      ? [{ kind: 'record-immigration-request' as const, clause: IMMIGRATION.recorded }]
      : []),
    ...(bias[0] ? [{ kind: 'refer-for-review' as const, clause: bias[0].clause }] : []),
    ...(addendum ? [{ kind: 'draft-addendum' as const, clause: addendum }] : []),
  ];
  const flags = screeningHints({
    ...request,
    event: request.event ? `${request.event.name}\n${request.event.elevatedThreatReason}` : '',
    similarObjectDescription: request.similarObjectDescription ?? '',
  });
  return {
    ...ruled(clauses, because, { legalBasis: edition.legalBasis.kind, lapsesAt: request.startsAt }),
    flags,
    followUps,
  };
}

function requireEditionOf(request: UseRequestFacts, { edition }: Policy): void {
  const day = nyDate(request.submittedAt);
  if (day < edition.from || (edition.until !== undefined && day > edition.until)) {
    throw new FactMalformed(
      `request ${request.requestId} was submitted on ${day}, when edition ${edition.id} was not in force; ask under the edition of that day`,
    );
  }
}

/** The object, where it stands, and what makes it grave enough. */
function target(request: UseRequestFacts, policy: Policy): readonly Refusal[] {
  const { edition } = policy;
  const limits = mustSay(edition, 'XR26-ABS-01');
  const forbidden = FORBIDDEN.includes(request.targetKind);
  const described: readonly string[] = edition.permittedTargets;
  return [
    ...unless(!forbidden, {
      clause: mustSay(edition, 'XR26-USE-03'),
      field: 'targetKind',
      found: request.targetKind,
      expected: 'a motor vehicle, a truck, a temporary enclosed structure or a similar object',
      todo: 'do not use the device; nobody can allow this',
    }),
    ...unless(forbidden || described.includes(request.targetKind), {
      clause: limits,
      field: 'targetKind',
      found: 'a kind of object the policy does not list',
      expected: 'a motor vehicle, a truck, a temporary enclosed structure or a similar object',
      todo: 'choose from the list',
    }),
    ...(request.targetKind === 'similar-object'
      ? statement(
          'similarObjectDescription',
          request.similarObjectDescription,
          limits,
          policy,
          'say what the object is',
        )
      : []),
    ...unless(request.nearPublicStreet, {
      clause: limits,
      field: 'nearPublicStreet',
      found: 'not on or near a public street',
      expected: 'an object on or near a public street',
      todo: 'the device may not be used there; choose another means',
    }),
    ...statement('graveRisk', request.graveRisk, limits, policy, 'say what gravely endangers public safety'),
    ...unless(!isBlank(request.location), {
      clause: request.requester === 'external' ? mustSay(edition, 'XR26-USE-06') : limits,
      field: 'location',
      found: 'nothing',
      expected: 'a location, event or address',
      todo: 'name the place',
    }),
  ];
}

/** What the use is for, the event, the public, and the attestation. */
function purpose(request: UseRequestFacts, policy: Policy): readonly Refusal[] {
  const { edition } = policy;
  const lawEnforcement = mustSay(edition, 'XR26-USE-02');
  const kept = mustSay(edition, 'XR26-USE-04');
  const leftToBureau = request.requester === 'external' && isBlank(request.publicKeptOutHow);
  return [
    ...unless(request.purpose === 'law-enforcement', {
      clause: lawEnforcement,
      field: 'purpose',
      found: 'other official business',
      expected: 'a legitimate law enforcement purpose',
      todo: 'the device serves no other purpose; withdraw the request if it has none',
    }),
    ...statement(
      'lawEnforcementReason',
      request.lawEnforcementReason,
      lawEnforcement,
      policy,
      'state the law enforcement purpose',
    ),
    ...(request.event ? eventStatements(request.event, policy) : []),
    ...(leftToBureau
      ? []
      : statement(
          'publicKeptOutHow',
          request.publicKeptOutHow,
          kept,
          policy,
          'say how members of the public are kept out of the scan',
        )),
    ...unless(request.attestation, {
      clause: mustSay(edition, 'XR26-USE-01'),
      field: 'attestation',
      found: 'not given',
      expected: 'the attestation that the use conforms to the Constitutions and the statutes',
      todo: 'read the attestation and check the box if it is true',
    }),
  ];
}

function eventStatements(event: NonNullable<UseRequestFacts['event']>, policy: Policy): readonly Refusal[] {
  const clause = mustSay(policy.edition, 'XR26-CAP-03');
  return [
    ...unless(!isBlank(event.name), {
      clause,
      field: 'event.name',
      found: 'nothing',
      expected: 'the name of the event',
      todo: 'name the event, or leave out the event',
    }),
    ...statement(
      'event.elevatedThreatReason',
      event.elevatedThreatReason,
      clause,
      policy,
      'say why the threat environment is elevated',
    ),
  ];
}

/** What nobody may ask for. */
function neverAsked(request: UseRequestFacts, { edition }: Policy): readonly Refusal[] {
  const political = clauseIn(edition, 'XR26-USE-12');
  const intelligence = clauseIn(edition, 'XR26-USE-13');
  const otherUnit = request.investigationUnit !== undefined && request.investigationUnit !== BUREAUS.intelligence;
  return [
    ...(political
      ? unless(!request.politicalActivity, {
          clause: political,
          field: 'politicalActivity',
          found: 'an investigation of political activity',
          expected: 'none: mobile x-ray is not used for it by any unit',
          todo: 'withdraw the request; only the Intelligence Division may investigate political activity, and without this device',
        })
      : []),
    ...(intelligence
      ? unless(!(request.politicalActivity && otherUnit), {
          clause: intelligence,
          field: 'investigationUnit',
          found: 'a unit other than the Intelligence Division',
          expected: 'the Intelligence Division for an investigation of political activity',
          todo: 'hand the investigation to the Intelligence Division',
        })
      : []),
    ...unless(!request.immigrationEnforcement, {
      clause: IMMIGRATION.bars,
      field: 'immigrationEnforcement',
      found: 'a use that serves immigration enforcement',
      expected: 'none: no City resources go to it',
      todo: 'withdraw the request; what an outside agency asked for is put on record',
    }),
    ...unless(request.useKind === 'described', {
      clause: clauseIn(edition, 'XR26-USE-16') ?? mustSay(edition, 'XR26-ABS-01'),
      field: 'useKind',
      found: 'a use the policy does not describe',
      expected: 'a use that the edition in force or an addendum to it describes',
      todo: 'wait for an addendum to the policy; then ask again',
    }),
  ];
}
