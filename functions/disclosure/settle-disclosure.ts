/**
 * How a disclosure ends when nobody ends it: it lapses before its release, or its recipient confirms no receipt in time.
 * Each end is written once, by the check of its workflow, which finds the time over.
 */
import type { Instant } from '../../policies/instant.ts';
import { deliveries, type Delivery } from '../delivery/contract.ts';
import { put, type Change, type MailOwed } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import type { DisclosureMailKind } from '../records/mail-owed.ts';
import type { Disclosure, DisclosureState } from './contract.ts';
import type { StepNeeds } from './needs.ts';
import { changed } from './tending.ts';

export const BY_WORKFLOW = { kind: 'system', id: 'disclosure' } as const;

const ENDED = {
  refused: 'Disclosure refused',
  declined: 'Disclosure declined',
  lapsed: 'Disclosure lapsed',
  'not-collected': 'Disclosure not collected',
} as const satisfies Partial<Record<DisclosureState, string>>;

/** The record of a disclosure at its end: nothing falls due any more, except a report that is owed. */
export function endedAs(
  disclosure: Disclosure,
  state: keyof typeof ENDED,
  at: Instant,
  over: Partial<Disclosure> = {},
) {
  const { dueAt: _, lapsesAt: __, needs: ___, askedBack: ____, ...open } = disclosure;
  return { ...open, ...over, state, endedAt: at, step: ENDED[state] } satisfies Disclosure;
}

export const mailToRequester = ({ id, requesterId }: Disclosure, kind: DisclosureMailKind): MailOwed => ({
  kind,
  to: { personId: requesterId },
  about: keyOf('disclosure', id),
  subject: keyOf('disclosure', id),
});

/** It was never complete, or never decided. It is not approved by time. */
export async function lapseDisclosure(
  needs: StepNeeds,
  disclosure: Disclosure,
  now: Instant,
  clause: string,
  unchanged: Change['unchanged'] = [],
): Promise<{ readonly kind: 'lapsed' }> {
  await needs.records.write(
    changed(
      endedAs(disclosure, 'lapsed', now),
      BY_WORKFLOW,
      now,
      { act: 'disclosure lapsed', clauses: [clause], facts: { was: disclosure.state } },
      { mails: [mailToRequester(disclosure, 'disclosure-lapsed')], unchanged },
    ),
  );
  return { kind: 'lapsed' };
}

/** The time to collect is over: nothing can be opened any more, and whatever was opened stays on record. */
export async function endUncollected(
  needs: StepNeeds,
  disclosure: Disclosure,
  delivery: Delivery,
  now: Instant,
): Promise<{ readonly kind: 'not-collected' }> {
  const { dueAt: _, code: __, visit: ___, ...over } = delivery;
  await needs.records.write(
    changed(
      endedAs(disclosure, 'not-collected', now),
      BY_WORKFLOW,
      now,
      {
        act: 'disclosure not collected',
        clauses: ['house-days-to-collect'],
        facts: { delivery: delivery.id, opened: delivery.openings.length },
      },
      {
        puts: [put(deliveries, { ...over, state: 'expired', endedAt: now })],
        mails: [mailToRequester(disclosure, 'disclosure-not-collected')],
      },
    ),
  );
  return { kind: 'not-collected' };
}
