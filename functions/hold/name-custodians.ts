/** Names more custodians of a hold that binds: each is told in writing what to keep, and asked to say that they do. */
import { HOUSE } from '../../policies/editions/house.ts';
import { earlierOf, plusHours } from '../../policies/instant.ts';
import { persons } from '../records/standing.ts';
import { custodiansInTheWay, refuse } from './asked.ts';
import { refused, type Done, type HoldNeeds, type OnHold } from './needs.ts';
import { noticeTo } from './notice-of.ts';
import { tended } from './tend-hold.ts';

/** An id that nobody has stands for a name that nobody has. */
export function nameCustodians(
  needs: HoldNeeds,
  given: OnHold & { readonly custodianIds: readonly string[] },
): Promise<Done> {
  return tended(needs, given, async (hold, now) => {
    const { custodianIds } = given;
    if (custodianIds.length === 0)
      return refused(refuse('custodians', 'nobody', 'at least one custodian', 'enter who has such records'));
    const before = hold.custodianIds ?? [];
    const all = [...new Set([...before, ...custodianIds])];
    const found = await Promise.all(custodianIds.map((id) => (id ? needs.records.get(persons, id) : undefined)));
    const because = [...custodiansInTheWay(all, []), ...custodiansInTheWay(custodianIds, found)];
    if (because.length > 0) return refused(...because.slice(0, 1));
    const more = all.filter((id) => !before.includes(id));
    if (more.length === 0) return { kind: 'so already' };
    const askAt = plusHours(now, HOUSE.daysToAcknowledgeHold.days * 24);
    return {
      kind: 'next',
      hold: {
        ...hold,
        custodianIds: all,
        askCustodiansAt: hold.askCustodiansAt ? earlierOf(hold.askCustodiansAt, askAt) : askAt,
      },
      told: {
        act: 'custodians named',
        clauses: [HOUSE.daysToAcknowledgeHold.id],
        facts: { custodians: more },
      },
      mails: noticeTo(more, hold, 'hold-placed'),
    };
  });
}
