/**
 * Judges a disclosure inside its workflow and says how it goes on. It reads where the disclosure stands first, so a
 * workflow started a second time (after a crash, by the sweep) picks up there and repeats nothing. What ended in time or
 * by an officer's answer is written here, because nobody else is there to write it.
 */
import { FactMalformed } from '../../policies/faults.ts';
import type { Instant } from '../../policies/instant.ts';
import { deliveries } from '../delivery/contract.ts';
import { RecordMissing } from '../records/faults.ts';
import { applyDecision } from './apply-decision.ts';
import { disclosures, type Disclosure, type DisclosureState } from './contract.ts';
import { secondsLeft } from './due.ts';
import { goOn } from './go-on.ts';
import type { StepNeeds } from './needs.ts';
import { endUncollected, lapseDisclosure } from './settle-disclosure.ts';

/** How the workflow goes on. */
export type Onward =
  | { readonly kind: 'complete'; readonly seconds: number }
  | { readonly kind: 'sign-off'; readonly decisionId: string }
  | { readonly kind: 'release' }
  | { readonly kind: 'seal' }
  | { readonly kind: 'collect'; readonly seconds: number }
  | {
      readonly kind: Extract<
        DisclosureState,
        'received' | 'not-collected' | 'revoked' | 'refused' | 'declined' | 'withdrawn' | 'lapsed'
      >;
    };

export async function checkDisclosure(
  needs: StepNeeds,
  { disclosureId }: { readonly disclosureId: string },
): Promise<Onward> {
  const disclosure = await disclosureOf(needs, disclosureId);
  const now = needs.now();
  switch (disclosure.state) {
    case 'preparing':
    case 'completing':
      return toBeCompleted(needs, disclosure, now);
    case 'checking':
      return goOn(needs, disclosure, now);
    case 'deciding':
      return applyDecision(needs, disclosure, now);
    case 'released':
      return toBeCollected(needs, disclosure, now);
    default:
      return { kind: disclosure.state };
  }
}

export async function disclosureOf({ records }: Pick<StepNeeds, 'records'>, id: string): Promise<Disclosure> {
  const disclosure = await records.get(disclosures, id);
  if (!disclosure) throw new RecordMissing(`disclosure ${id} is not in the table; a workflow was started for it`);
  return disclosure;
}

/** The sweep starts a workflow for what was never sent and whose time is over, too. */
async function toBeCompleted(needs: StepNeeds, disclosure: Disclosure, now: Instant): Promise<Onward> {
  const until = disclosure.lapsesAt;
  if (!until) throw new FactMalformed(`disclosure ${disclosure.id} waits without an end; look at its ledger`);
  if (now >= until) return lapseDisclosure(needs, disclosure, now, 'house-days-to-complete-disclosure');
  return { kind: 'complete', seconds: secondsLeft(until, now) };
}

async function toBeCollected(needs: StepNeeds, disclosure: Disclosure, now: Instant): Promise<Onward> {
  const delivery = await needs.records.get(deliveries, disclosure.release?.deliveryId ?? '');
  if (!delivery)
    throw new RecordMissing(`disclosure ${disclosure.id} is released and has no delivery; look at its ledger`);
  if (now >= delivery.closesAt) return endUncollected(needs, disclosure, delivery, now);
  return delivery.state === 'sealing'
    ? { kind: 'seal' }
    : { kind: 'collect', seconds: secondsLeft(delivery.closesAt, now) };
}
