/** Staff confirm, or cannot confirm, who an outside entity's liaison is and that the liaison speaks for it. */
import { HOUSE } from '../../policies/editions/house.ts';
import type { Refusal } from '../../policies/ruling.ts';
import { put } from '../records/change.ts';
import { sha256 } from '../records/canonical.ts';
import { keyOf } from '../records/entity.ts';
import { confirmationOf } from './ask-for-confirmation.ts';
import { mailToRequester } from './check-use-request.ts';
import { useRequests, type UseRequest } from './contract.ts';
import type { SubmitNeeds } from './submit-use-request.ts';
import { MOST_CHARACTERS, tooLong } from './too-long.ts';

const CONFIRMED = 'house-external-requester-confirmed';

export interface Confirming {
  readonly requestId: string;
  readonly personId: string;
  readonly outcome: 'confirmed' | 'not-confirmed';
  readonly identityHow: string;
  readonly affiliationHow: string;
  /** Staff may add what the liaison left to the bureau. */
  readonly publicKeptOutHow?: string;
}

export type Confirmed =
  | { readonly kind: 'confirmed' | 'ended'; readonly request: UseRequest }
  | { readonly kind: 'refused'; readonly because: readonly Refusal[] };

export async function confirmEntity(needs: SubmitNeeds, given: Confirming): Promise<Confirmed> {
  const request = await needs.records.get(useRequests, given.requestId);
  const because: Refusal[] = [];
  const told = (field: 'identityHow' | 'affiliationHow', todo: string) => {
    const length = given[field].trim().length;
    if (length < 3)
      because.push({ clause: CONFIRMED, field, found: 'nothing', expected: 'how it was confirmed', todo });
    if (length > MOST_CHARACTERS) because.push(tooLong(CONFIRMED, field, length));
  };
  const plan = given.publicKeptOutHow?.trim() ?? '';
  if (!request || request.askedBy.kind !== 'external')
    return refusedFor('request', 'no such request of an outside entity');
  if (request.state !== 'confirming' && request.state !== 'submitted')
    return refusedFor('state', `a request that is ${request.state}`);
  if (request.askedBy.confirmation) return refusedFor('state', 'a request whose requester is confirmed already');
  told('identityHow', 'say how the person was identified, for example by a call to a published number');
  told('affiliationHow', 'say how it was established that the person speaks for the entity');
  if (given.outcome === 'confirmed' && plan && plan.length < HOUSE.charactersOfReason.count) {
    // The check would refuse the entity's request for it.
    because.push({
      clause: HOUSE.charactersOfReason.id,
      field: 'publicKeptOutHow',
      found: `${plan.length} characters`,
      expected: `nothing yet, or at least ${HOUSE.charactersOfReason.count} characters`,
      todo: 'say how members of the public are kept out of the scan',
    });
  }
  if (plan.length > MOST_CHARACTERS) because.push(tooLong('XR26-USE-04', 'publicKeptOutHow', plan.length));
  if (because.length > 0) return { kind: 'refused', because };

  const now = needs.now();
  const confirmation = {
    identityHow: given.identityHow.trim(),
    affiliationHow: given.affiliationHow.trim(),
    by: given.personId,
    at: now,
  };
  const subject = keyOf('use-request', request.id);
  const by = { kind: 'person', id: given.personId } as const;
  const facts = { identity: sha256(confirmation.identityHow), affiliation: sha256(confirmation.affiliationHow) };
  const waiting = confirmationOf(request.id);
  if (given.outcome === 'not-confirmed') {
    const { dueAt: _, ...open } = request;
    const refusals: Refusal[] = [
      {
        clause: CONFIRMED,
        field: 'requester',
        found: 'a requester who could not be confirmed',
        expected: 'a confirmed identity and affiliation',
        todo: 'ask again through someone who can be confirmed',
      },
    ];
    const ended: UseRequest = {
      ...open,
      state: 'refused',
      refusals,
      endedAt: now,
      step: 'Request refused',
      outcomeReason: `${confirmation.identityHow}; ${confirmation.affiliationHow}`,
    };
    await needs.records.write({
      at: now,
      by,
      puts: [put(useRequests, ended)],
      tells: [{ subject, act: 'entity not confirmed', edition: request.edition, clauses: [CONFIRMED], facts }],
      notes: [{ kind: 'wake', waiting, output: { kind: 'refused' } }],
      mails: [mailToRequester(request, 'request-refused')],
    });
    return { kind: 'ended', request: ended };
  }
  const asked = plan && !request.asked.publicKeptOutHow ? { ...request.asked, publicKeptOutHow: plan } : request.asked;
  const next: UseRequest = { ...request, asked, askedBy: { ...request.askedBy, confirmation } };
  await needs.records.write({
    at: now,
    by,
    puts: [put(useRequests, next)],
    tells: [{ subject, act: 'entity confirmed', edition: request.edition, clauses: [CONFIRMED, 'XR26-USE-06'], facts }],
    notes: [{ kind: 'wake', waiting, output: { kind: 'confirmed' } }],
  });
  return { kind: 'confirmed', request: next };
}

const refusedFor = (field: string, found: string): Confirmed => ({
  kind: 'refused',
  because: [
    {
      clause: CONFIRMED,
      field,
      found,
      expected: 'a request that waits for confirmation',
      todo: 'open it from your desk',
    },
  ],
});
