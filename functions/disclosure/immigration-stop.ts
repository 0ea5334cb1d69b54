/**
 * The hard stop: help with immigration enforcement is refused whatever else is offered, and that it was asked for is
 * put on record with the answer (10-178(d)). The record holds no word of what was typed.
 */
import { IMMIGRATION_PURPOSES } from '../../policies/editions/disclosure-grounds.ts';
import type { PublishedPolicy } from '../../policies/editions/edition.ts';
import { quarterOf } from '../../policies/calendar-date.ts';
import { nyDate, type Instant } from '../../policies/instant.ts';
import type { Refusal } from '../../policies/ruling.ts';
import { isItImmigrationEnforcement } from '../../policies/rules/is-it-immigration-enforcement.ts';
import { put, type Change, type MailOwed } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import type { Actor } from '../records/ledger.ts';
import type { NoteTask } from '../records/notes.ts';
import {
  completionOf,
  immigrationRequests,
  immigrationRequestsOfQuarter,
  type Disclosure,
  type DisclosureAsked,
  type ImmigrationRequest,
} from './contract.ts';
import { immigrationOf } from './facts.ts';
import type { StepNeeds } from './needs.ts';
import { changed } from './tending.ts';

export interface Stop {
  readonly because: readonly Refusal[];
  readonly clauses: readonly string[];
}

/** Undefined when it may go on, which still needs an answer to the question. */
export function immigrationStop(
  asked: Pick<DisclosureAsked, 'immigration' | 'addressee'>,
  policy: PublishedPolicy,
  now: Instant,
): Stop | undefined {
  const ruling = isItImmigrationEnforcement(immigrationOf(asked), policy, now);
  return ruling.kind === 'stop' ? { because: ruling.because, clauses: ruling.clauses } : undefined;
}

/** The record of such a request: what it was part of, and that it was refused. */
export function immigrationRequest(
  asked: Pick<DisclosureAsked, 'technology' | 'immigration' | 'addressee' | 'recipient'>,
  { clauses }: Pick<Stop, 'clauses'>,
  given: { readonly id: string; readonly at: Instant; readonly by: string; readonly on: string },
): Pick<Change, 'puts' | 'lines'> {
  const { technology, immigration } = asked;
  const request: ImmigrationRequest = {
    ...given,
    version: 0,
    technology,
    agency: agencyOf(asked),
    purpose: IMMIGRATION_PURPOSES.find(({ id }) => id === immigration.furthers)?.id ?? 'not-stated',
    askedThrough: 'disclosure',
    response: 'refused',
    clauses,
  };
  return {
    puts: [put(immigrationRequests, request)],
    lines: [{ from: immigrationRequestsOfQuarter(quarterOf(nyDate(given.at))), to: request.id }],
  };
}

/** As it was entered; where it was not, those with such duties are federal (nyc-10-178-c). */
function agencyOf(
  asked: Pick<DisclosureAsked, 'immigration' | 'addressee' | 'recipient'>,
): ImmigrationRequest['agency'] {
  if (asked.addressee.agency) return asked.addressee.agency;
  if (immigrationOf(asked).recipientEnforces) return 'federal';
  const isAgency = ['prosecutor', 'law-enforcement', 'city-agency'].includes(asked.recipient.kind);
  return isAgency ? 'other-local' : 'not-an-agency';
}

/** Refuses a disclosure for good, wherever it stands before its release. */
export async function refuseForImmigration(
  needs: StepNeeds,
  disclosure: Disclosure,
  { because, clauses }: Stop,
  by: Actor,
): Promise<Disclosure> {
  const at = needs.now();
  const { dueAt: _, lapsesAt: __, needs: ___, askedBack: ____, ...open } = disclosure;
  const next: Disclosure = {
    ...open,
    state: 'refused',
    refusals: because,
    clauses,
    endedAt: at,
    step: 'Disclosure refused',
  };
  const on = keyOf('disclosure', disclosure.id);
  const record = immigrationRequest(disclosure.asked, { clauses }, { id: needs.newId('G'), at, by: by.id, on });
  const mails: MailOwed[] = [
    { kind: 'disclosure-refused', to: { personId: disclosure.requesterId }, about: on, subject: on },
  ];
  const notes: NoteTask[] = [{ kind: 'wake', waiting: completionOf(disclosure.id), output: { kind: 'refused' } }];
  await needs.records.write(
    changed(
      next,
      by,
      at,
      { act: 'immigration request refused', clauses, facts: factsOfStop(disclosure.asked) },
      {
        ...record,
        mails,
        notes,
      },
    ),
  );
  return next;
}

export const factsOfStop = ({ technology, recipient }: Pick<DisclosureAsked, 'technology' | 'recipient'>) => ({
  technology,
  recipient: recipient.kind,
  response: 'refused',
});
