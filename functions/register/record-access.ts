/**
 * Puts an outside agency's standing access on file (nyc-14-188-g-2), judged by the edition of its technology in force on
 * its last day. What no edition allows can still be recorded as an access that exists and must end. For immigration
 * enforcement nothing is recorded but that it was asked for (nyc-10-178-d).
 */
import { quarterOf, type CalendarDate } from '../../policies/calendar-date.ts';
import type { ImmigrationFacts } from '../../policies/disclosure.ts';
import { IMMIGRATION_PURPOSES, type ImmigrationPurpose } from '../../policies/editions/disclosure-grounds.ts';
import type { PublishedPolicy } from '../../policies/editions/edition.ts';
import { HOUSE } from '../../policies/editions/house.ts';
import { policyInForce } from '../../policies/editions/index.ts';
import { nyDate, nyStartOfDay, type Instant } from '../../policies/instant.ts';
import {
  dayThatJudges,
  howAccessIsRecorded,
  type AccessRecording,
} from '../../policies/rules/how-access-is-recorded.ts';
import { filedUnder, whatMayBeKeptOnFile } from '../../policies/rules/what-may-be-kept-on-file.ts';
import type { StandingAccess } from '../../policies/rules/standing-access.ts';
import type { Refusal } from '../../policies/ruling.ts';
import { immigrationRequests, immigrationRequestsOfQuarter, type ImmigrationRequest } from '../disclosure/contract.ts';
import { idFromDraft } from '../edge/system.ts';
import { sha256 } from '../records/canonical.ts';
import { put } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import { agreements, isOnFile, standingAccesses, type RegisteredAccess, type RegisteredAgreement } from './contract.ts';
import { isTechnology } from './labels.ts';
import { MOST_LONG, MOST_SHORT, refused, tooLong, type Refused, type RegisterNeeds } from './needs.ts';
import { putOnFile, type Filing } from './put-on-file.ts';

/** As the form has it; an answer that was left open is ''. */
export interface AccessGiven {
  readonly agencyName: string;
  readonly level: string;
  readonly technology: string;
  readonly newJersey: boolean;
  readonly system: string;
  readonly reaches: string;
  readonly extent: string;
  readonly from: string;
  readonly until: string;
  /** '', 'no', or the purpose of immigration enforcement it serves. */
  readonly immigration: string;
  /** Whether the agency or who uses the access enforces immigration law; undefined where it was left open. */
  readonly agencyEnforces: boolean | undefined;
  readonly otherPurpose: string;
  readonly agreementId: string;
  readonly terms: readonly string[];
  /** That it exists or did, whatever the edition says of it. */
  readonly existing: boolean;
}

/** The three terms of the agreement the edition of 2021 asks for. */
export const ACCESS_TERMS = ['keepsConfidential', 'limitsFurtherDisclosure', 'tellsOfLegalProcess'] as const;

export async function recordAccess(
  needs: RegisterNeeds,
  { given, ...filing }: Filing & { readonly given: AccessGiven },
): Promise<{ readonly kind: 'done'; readonly access: RegisteredAccess } | Refused> {
  const { records } = needs;
  const done = await putOnFile(needs, { kind: standingAccesses, prefix: 'SA', filing }, async (id, at) => {
    const kept = whatMayBeKeptOnFile({ kind: 'standing-access', ...given }, { house: HOUSE }, at);
    const agreement = given.agreementId ? await records.get(agreements, given.agreementId) : undefined;
    const slips = [
      ...lengthsOf(given),
      ...(kept.kind === 'refused' ? kept.because : []),
      ...unnamed(given, agreement, at),
      ...unanswered(given),
    ];
    const { technology, level } = given;
    const current = isTechnology(technology) ? policyInForce(technology, at) : undefined;
    // Without a technology there is no edition to judge by, and without a level nobody to count it to.
    if (!isTechnology(technology) || !current || !isLevel(level)) return refused([...unjudged(technology), ...slips]);

    const until = kept.kind === 'allowed' ? kept.days.until : undefined;
    const policy = policyOn(technology, until, at);
    const facts = factsOf(given);
    const recording = howAccessIsRecorded(
      { access: { accessId: id, ...facts }, immigration: immigrationOf(given), existing: given.existing },
      { policy: policy ?? current, current },
      at,
    );
    if (recording.kind === 'stop') await putOnRecord(needs, { id, given, technology, level, recording, filing, at });
    const because = [
      ...(policy ? [] : [beforeEveryEdition()]),
      ...(recording.kind === 'record' ? [] : recording.because),
      ...slips,
    ];
    if (because.length > 0 || recording.kind !== 'record' || kept.kind === 'refused') return refused(because);

    const { agencyName, extent } = given;
    const { allowed, clauses } = recording;
    return {
      kind: 'made',
      record: {
        agencyName,
        level,
        technology,
        extent,
        facts,
        edition: (policy ?? current).edition.id,
        clauses,
        allowed,
        ...(!allowed && { refusals: recording.because }),
        ...kept.days,
      },
      tell: {
        act: allowed ? 'standing access recorded' : 'standing access recorded that must end',
        edition: (policy ?? current).edition.id,
        clauses,
        facts: { technology, level, reaches: facts.reaches, allowed, extent: sha256(extent), ...kept.days },
      },
      ...(agreement && { unchanged: [{ key: keyOf('agreement', agreement.id), version: agreement.version }] }),
    };
  });
  return done.kind === 'done' ? { kind: 'done', access: done.record } : done;
}

/** The edition that judges an access on a day; undefined before the first edition held here. */
export function policyOn(
  technology: RegisteredAccess['technology'],
  until: CalendarDate | undefined,
  now: Instant,
): PublishedPolicy | undefined {
  const today = nyDate(now);
  const day = dayThatJudges(until, today);
  return policyInForce(technology, day === today ? now : nyStartOfDay(day));
}

function factsOf(given: AccessGiven): RegisteredAccess['facts'] {
  const terms = (term: (typeof ACCESS_TERMS)[number]): boolean => given.terms.includes(term);
  return {
    agency: given.newJersey ? 'new-jersey' : 'other-government',
    system: given.system,
    reaches: given.reaches as StandingAccess['reaches'],
    forImmigrationEnforcement: false,
    ...(given.agreementId && {
      agreement: {
        agreementId: given.agreementId,
        keepsConfidential: terms('keepsConfidential'),
        limitsFurtherDisclosure: terms('limitsFurtherDisclosure'),
        tellsOfLegalProcess: terms('tellsOfLegalProcess'),
      },
    }),
  };
}

const isPurpose = (id: string): id is ImmigrationPurpose => IMMIGRATION_PURPOSES.some((one) => one.id === id);
const isLevel = (level: string): level is RegisteredAccess['level'] =>
  ['local', 'state', 'federal', 'other-state'].includes(level);

const immigrationOf = ({ immigration, agencyEnforces, otherPurpose }: AccessGiven): ImmigrationFacts => ({
  furthers: immigration === 'no' || isPurpose(immigration) ? immigration : 'unanswered',
  recipientEnforces: agencyEnforces === true,
  otherPurpose,
});

const AGENCY_OF_LEVEL = { local: 'other-local', state: 'state', 'other-state': 'state', federal: 'federal' } as const;

/** That access for immigration enforcement was asked for, and refused; once for each form. */
async function putOnRecord(
  { records, newId }: RegisterNeeds,
  stopped: {
    readonly id: string;
    readonly given: AccessGiven;
    readonly technology: RegisteredAccess['technology'];
    readonly level: RegisteredAccess['level'];
    readonly recording: AccessRecording;
    readonly filing: Filing;
    readonly at: Instant;
  },
): Promise<void> {
  const { id: on, given, technology, level, recording, filing, at } = stopped;
  const { person, draft, actor } = filing;
  const id = draft ? idFromDraft('IR', `${draft} ${person.personId}`) : newId('IR');
  if (await records.get(immigrationRequests, id)) return;
  const request: ImmigrationRequest = {
    id,
    version: 0,
    at,
    by: person.personId,
    technology,
    agency: AGENCY_OF_LEVEL[level],
    purpose: isPurpose(given.immigration) ? given.immigration : 'not-stated',
    askedThrough: 'standing-access',
    on: keyOf('standing-access', on),
    response: 'refused',
    clauses: recording.clauses,
  };
  const { agency, purpose, clauses } = request;
  await records.write({
    at,
    by: actor ?? { kind: 'person', id: person.personId },
    puts: [put(immigrationRequests, request)],
    lines: [{ from: immigrationRequestsOfQuarter(quarterOf(nyDate(at))), to: id }],
    tells: [
      {
        subject: keyOf('immigration-request', id),
        act: 'help with immigration enforcement refused',
        clauses,
        facts: { technology, agency, purpose, askedThrough: 'standing-access' },
      },
    ],
  });
}

const CLAUSE = filedUnder('standing-access');

const lengthsOf = ({ agencyName, system, extent, otherPurpose }: AccessGiven) =>
  tooLong(CLAUSE, {
    agencyName: [agencyName, MOST_SHORT],
    system: [system, MOST_SHORT],
    extent: [extent, MOST_LONG],
    otherPurpose: [otherPurpose, MOST_LONG],
  });

/** An agreement that is named is on file, and good on this day while the access is open. */
function unnamed(given: AccessGiven, agreement: RegisteredAgreement | undefined, at: Instant): readonly Refusal[] {
  if (!given.agreementId || (agreement && (given.until !== '' || isOnFile(agreement, at)))) return [];
  const found = agreement ? 'an agreement that is over' : 'no such agreement';
  return [
    { clause: CLAUSE, field: 'agreementId', found, expected: 'an agreement on file', todo: 'choose one, or none' },
  ];
}

const unanswered = ({ agencyEnforces }: AccessGiven): readonly Refusal[] =>
  agencyEnforces === undefined
    ? [{ clause: CLAUSE, field: 'agencyEnforces', found: 'no answer', expected: 'yes or no', todo: 'choose one' }]
    : [];

const unjudged = (technology: string): readonly Refusal[] =>
  isTechnology(technology)
    ? []
    : [{ clause: CLAUSE, field: 'technology', found: 'none', expected: 'one of the technologies', todo: 'choose one' }];

const beforeEveryEdition = (): Refusal => ({
  clause: CLAUSE,
  field: 'until',
  found: 'a last day before the first edition held here',
  expected: 'an access that lasted into an edition that is held here',
  todo: 'leave it out; the duty to keep the register is younger',
});
