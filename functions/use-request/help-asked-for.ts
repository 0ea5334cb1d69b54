/**
 * That a use was asked for to help with immigration enforcement is put on record with the refusal, whoever asked: what
 * outside agencies ask for is compiled each quarter (nyc-10-178-d).
 */
import { quarterOf } from '../../policies/calendar-date.ts';
import { nyDate, type Instant } from '../../policies/instant.ts';
import { immigrationRequests, immigrationRequestsOfQuarter, type ImmigrationRequest } from '../disclosure/contract.ts';
import { put, type Line, type Put } from '../records/change.ts';
import type { Judgement } from './judge.ts';
import type { SubmitNeeds, Submission } from './submit-use-request.ts';

const AGENCIES: Readonly<Record<string, ImmigrationRequest['agency']>> = {
  'federal-agency': 'federal',
  'state-agency': 'state',
  'city-agency': 'other-local',
  'other-police': 'other-local',
};

/** The record and its line; none when the request was refused for other reasons. */
export function helpAskedFor(
  { newId }: SubmitNeeds,
  { refusals }: Judgement,
  askedBy: Submission['askedBy'],
  { at, on }: { readonly at: Instant; readonly on: string },
): { readonly puts: readonly Put[]; readonly lines: readonly Line[] } {
  const because = refusals.filter(({ field }) => field === 'immigrationEnforcement');
  if (because.length === 0) return { puts: [], lines: [] };
  const request: ImmigrationRequest = {
    id: newId('G'),
    version: 0,
    at,
    by: askedBy.kind === 'member' ? askedBy.personId : 'external',
    technology: 'mobile-x-ray',
    agency: askedBy.kind === 'external' ? (AGENCIES[askedBy.entityKind] ?? 'not-an-agency') : 'not-an-agency',
    purpose: 'not-stated',
    askedThrough: 'use-request',
    on,
    response: 'refused',
    clauses: [...new Set(because.map(({ clause }) => clause))],
  };
  return {
    puts: [put(immigrationRequests, request)],
    lines: [{ from: immigrationRequestsOfQuarter(quarterOf(nyDate(at))), to: request.id }],
  };
}
