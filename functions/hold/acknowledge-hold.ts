/**
 * A custodian says that they keep what a hold names. The notice is in writing, and so is this: the owner sees who has said
 * it and who has not, and who has not is asked again (functions/deadline/sweep-hold.ts).
 */
import { HOUSE } from '../../policies/editions/house.ts';
import { put } from '../records/change.ts';
import { untilWritten } from '../records/until-written.ts';
import { refuse } from './asked.ts';
import { holdKey, holds, notAcknowledged, type Hold } from './contract.ts';
import { refused, written, type Done, type HoldNeeds, type OnHold } from './needs.ts';

/** Whether a person is asked for it now. */
export const isAskedOf = (hold: Hold, personId: string): boolean =>
  !hold.release && notAcknowledged(hold).includes(personId);

export function acknowledgeHold(needs: HoldNeeds, { holdId, person }: OnHold): Promise<Done> {
  return untilWritten(async (): Promise<Done> => {
    const hold = await needs.records.get(holds, holdId);
    if (!hold) return { kind: 'missing' };
    const { personId } = person;
    if (!(hold.custodianIds ?? []).includes(personId))
      return refused(
        refuse(
          'person',
          'somebody the hold does not name',
          'a custodian it names',
          'leave it; nothing is asked of you',
        ),
      );
    if (!isAskedOf(hold, personId)) return { kind: 'done', hold };
    const at = needs.now();
    const acknowledged = [...(hold.acknowledged ?? []), { personId, at }];
    const next = withoutAsking({ ...hold, acknowledged });
    await needs.records.write({
      at,
      by: { kind: 'person', id: personId },
      puts: [put(holds, next)],
      tells: [
        {
          subject: holdKey(holdId),
          act: 'hold acknowledged',
          clauses: [HOUSE.daysToAcknowledgeHold.id],
          facts: { left: notAcknowledged(next).length },
        },
      ],
    });
    return { kind: 'done', hold: written(next) };
  });
}

/** Nobody is left to be asked again. */
function withoutAsking(hold: Hold): Hold {
  if (notAcknowledged(hold).length > 0) return hold;
  const { askCustodiansAt: _, ...rest } = hold;
  return rest;
}
