/** What is done to a hold while it binds: somebody else answers for it, or its owner says that it is still needed. */
import { HOUSE } from '../../policies/editions/house.ts';
import { retentionPolicyAt } from '../../policies/editions/retention-clauses.ts';
import { plusHours, type Instant } from '../../policies/instant.ts';
import { mayDo } from '../../policies/roles.ts';
import { statement } from '../../policies/rules/statement.ts';
import { charactersIn, type Refusal } from '../../policies/ruling.ts';
import { sha256 } from '../records/canonical.ts';
import { put, type MailOwed } from '../records/change.ts';
import type { Told } from '../records/ledger.ts';
import { persons } from '../records/standing.ts';
import { untilWritten } from '../records/until-written.ts';
import { HOLD_CLAUSE, LONGEST_ID, MOST_CHARACTERS, refuse } from './asked.ts';
import { holdKey, holds, type Hold } from './contract.ts';
import { refused, written, type Doer, type Done, type HoldNeeds, type OnHold } from './needs.ts';

/** Its owner, and who places or releases holds. */
export const mayTend = (hold: Hold, { personId, roles }: Doer): boolean =>
  hold.ownerId === personId || mayDo(roles, 'place-hold') || mayDo(roles, 'release-hold');

/** Hands a hold to another owner, who is told what they now answer for. */
export function changeOwner(needs: HoldNeeds, given: OnHold & { readonly ownerId: string }): Promise<Done> {
  return tended(needs, given, async (hold) => {
    const { ownerId } = given;
    if (ownerId === hold.ownerId) return { kind: 'so already' };
    const owner = ownerId.length > LONGEST_ID ? undefined : await needs.records.get(persons, ownerId);
    if (!owner?.active)
      return refused(refuse('ownerId', 'nobody who is active', 'an active member', 'choose the person from the list'));
    const about = holdKey(hold.id);
    return {
      kind: 'next',
      hold: { ...hold, ownerId },
      told: { act: 'hold given to another owner', facts: { from: hold.ownerId, to: ownerId } },
      mails: [{ kind: 'hold-placed', to: { personId: ownerId }, about, subject: about }],
    };
  });
}

/** Keeps a hold that was looked at: its owner is asked again after the house's days. */
export function reviewHold(needs: HoldNeeds, given: OnHold & { readonly reason: string }): Promise<Done> {
  return tended(needs, given, async (hold, now) => {
    const reason = given.reason.trim();
    const length = charactersIn(reason);
    const because = [
      ...statement('reason', reason, HOLD_CLAUSE, retentionPolicyAt(now), 'say why it is still needed'),
      ...(length > MOST_CHARACTERS.reason
        ? [refuse('reason', `${length} characters`, `at most ${MOST_CHARACTERS.reason}`, 'shorten it')]
        : []),
    ];
    if (because.length > 0) return refused(...because);
    const { remindAt: _, ...rest } = hold;
    return {
      kind: 'next',
      hold: { ...rest, reviewAt: plusHours(now, HOUSE.daysToReviewHold.days * 24) },
      told: { act: 'hold reviewed and kept', clauses: [HOUSE.daysToReviewHold.id], facts: { reason: sha256(reason) } },
    };
  });
}

type Tended =
  | ReturnType<typeof refused>
  | { readonly kind: 'so already' }
  | {
      readonly kind: 'next';
      readonly hold: Hold;
      readonly told: Omit<Told, 'subject'>;
      readonly mails?: readonly MailOwed[];
    };

/** One act on a hold that binds, by who may tend it: judged again where a change came first. */
export function tended(
  needs: HoldNeeds,
  { holdId, person }: OnHold,
  act: (hold: Hold, now: Instant) => Promise<Tended>,
): Promise<Done> {
  return untilWritten(async (): Promise<Done> => {
    const hold = await needs.records.get(holds, holdId);
    if (!hold) return { kind: 'missing' };
    const because = [...notTheirs(hold, person), ...over(hold)];
    if (because.length > 0) return refused(...because);
    const now = needs.now();
    const outcome = await act(hold, now);
    if (outcome.kind === 'refused') return outcome;
    if (outcome.kind === 'so already') return { kind: 'done', hold };
    await needs.records.write({
      at: now,
      by: { kind: 'person', id: person.personId },
      puts: [put(holds, outcome.hold)],
      tells: [{ subject: holdKey(holdId), ...outcome.told }],
      ...(outcome.mails && { mails: outcome.mails }),
    });
    return { kind: 'done', hold: written(outcome.hold) };
  });
}

const notTheirs = (hold: Hold, person: Doer): readonly Refusal[] =>
  mayTend(hold, person)
    ? []
    : [refuse('person', 'somebody else', 'its owner, or who places or releases holds', 'ask the owner of the hold')];

const over = ({ state }: Hold): readonly Refusal[] =>
  state === 'placing' || state === 'placed'
    ? []
    : [refuse('state', 'a hold that was released', 'one that binds', 'place a new hold if one is needed')];
