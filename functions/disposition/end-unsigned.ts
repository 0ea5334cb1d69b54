/**
 * Ends a batch that an office declined or that was not signed in time, or from which everything was taken. Decisions that
 * still wait are withdrawn, and the workflows that wait for them go on. Its records are put back by the next step.
 */
import { HOUSE } from '../../policies/editions/house.ts';
import { plusDays } from '../../policies/calendar-date.ts';
import { nyDate, plusMs, type Instant } from '../../policies/instant.ts';
import { RECORDS_LAW } from '../../policies/editions/records-law.ts';
import { decisions, type Decision } from '../decision/contract.ts';
import { put, type Change } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import { FIRST_STEP_MS } from '../records/deadlines.ts';
import { untilWritten } from '../records/until-written.ts';
import { retentionCards } from '../retention/contract.ts';
import { membersLine, type Disposition, type SigningOffice } from './contract.ts';
import { mailsToOfficers, peopleOf } from './officers.ts';
import { changed, dispositionOf, type StepNeeds } from './steps.ts';

interface Asked {
  readonly office: SigningOffice;
  readonly decision: Decision;
}

/** Of decisions that still wait: they are withdrawn, and whoever waits for them is told. */
export function withdrawn(asked: readonly Pick<Asked, 'decision'>[], now: Instant): Pick<Change, 'puts' | 'notes'> {
  const waiting = asked.flatMap(({ decision }) => (decision.state === 'waiting' ? [decision] : []));
  return {
    puts: waiting.map(({ dueAt: _, ...one }) => put(decisions, { ...one, state: 'withdrawn' as const, endedAt: now })),
    notes: waiting.map(({ id }) => ({
      kind: 'wake',
      waiting: { on: keyOf('decision', id), for: 'answer' },
      output: { kind: 'withdrawn' },
    })),
  };
}

/** `declinedBy` is the office that declined; without it, the time to sign is over. */
export async function endUnsigned(
  needs: StepNeeds,
  disposition: Disposition,
  asked: readonly Asked[],
  now: Instant,
  declinedBy?: SigningOffice,
): Promise<{ readonly kind: 'give-back' }> {
  const state = declinedBy ? 'declined' : 'lapsed';
  const subject = keyOf('disposition', disposition.id);
  const declined = asked.find(({ office }) => office === declinedBy)?.decision;
  const next: Disposition = {
    ...disposition,
    state,
    givingBack: true,
    endedAt: now,
    ...(declinedBy && { declinedBy }),
    step: 'Write records back as kept',
    lateAt: plusMs(now, FIRST_STEP_MS),
  };
  const { remindAt: _, ...rest } = next;
  await needs.records.write(
    changed(
      rest,
      now,
      {
        act: declinedBy ? 'batch declined' : 'batch lapsed unsigned',
        clauses: [RECORDS_LAW.approvedDisposal.id, ...(declinedBy ? [] : [HOUSE.daysToSignDisposal.id])],
        facts: { ...(declinedBy && { office: declinedBy }), ...(declined && { decision: declined.id }) },
      },
      {
        ...withdrawn(asked, now),
        mails: mailsToOfficers(await peopleOf(needs.records, 'records-officer'), 'disposition-declined', subject),
      },
    ),
  );
  return { kind: 'give-back' };
}

/** Records in one transaction; the batch and the ledger take the rest. */
const CARDS_AT_ONCE = 90;

/** Puts the records of a batch that ended unsigned back to what is kept. Run again after a kill, it goes on. */
export async function giveRecordsBack(
  needs: StepNeeds,
  { dispositionId }: { readonly dispositionId: string },
): Promise<{ readonly kind: 'given-back'; readonly records: number }> {
  const { records, now } = needs;
  const { days, id: clause } = HOUSE.daysAfterDeclined;
  const ids = await records.linesOf(membersLine(dispositionId));
  let count = 0;
  for (let from = 0; from < ids.length; from += CARDS_AT_ONCE) {
    const some = ids.slice(from, from + CARDS_AT_ONCE);
    count += await untilWritten(async () => {
      const found = await Promise.all(some.map((id) => records.get(retentionCards, id)));
      const cards = found.filter((card) => card?.state === 'proposed' && card.dispositionId === dispositionId);
      if (cards.length === 0) return 0;
      const at = now();
      const notBefore = plusDays(nyDate(at), days);
      await records.write({
        at,
        by: { kind: 'system', id: 'disposition' },
        puts: cards.map((card) => {
          const { dispositionId: _, ...rest } = card!;
          return put(retentionCards, { ...rest, state: 'kept' as const, notBefore });
        }),
        tells: [
          {
            subject: keyOf('disposition', dispositionId),
            act: 'records put back',
            clauses: [clause],
            facts: { records: cards.length, notBefore },
          },
        ],
      });
      return cards.length;
    });
  }
  await untilWritten(async () => {
    const { givingBack, lateAt: _, ...one } = await dispositionOf(needs, dispositionId);
    if (!givingBack) return;
    await records.write(
      changed({ ...one, step: ENDED[one.state] ?? one.step }, now(), {
        act: 'all records of the batch are kept again',
        facts: { records: one.records - one.leftOut },
      }),
    );
  });
  return { kind: 'given-back', records: count };
}

const ENDED: Partial<Record<Disposition['state'], string>> = {
  declined: 'Disposition declined',
  lapsed: 'Disposition lapsed',
};
