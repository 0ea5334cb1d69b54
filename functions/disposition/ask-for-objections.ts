/**
 * Keeps the workflow's token while a batch is open to objection. It is written with a new version of the batch, so that an
 * objection at the same moment meets a changed record and one of the two runs again.
 */
import { plusMs } from '../../policies/instant.ts';
import { FIRST_STEP_MS } from '../records/deadlines.ts';
import { waitId, waits, waitWith } from '../records/waits.ts';
import { objectionsTo } from './contract.ts';
import { changed, dispositionOf, type StepNeeds } from './steps.ts';

export async function askForObjections(
  needs: StepNeeds,
  { dispositionId, token }: { readonly dispositionId: string; readonly token: string },
): Promise<void> {
  const waiting = objectionsTo(dispositionId);
  const [disposition, wait] = await Promise.all([
    dispositionOf(needs, dispositionId),
    needs.records.get(waits, waitId(waiting)),
  ]);
  const now = needs.now();
  const held = waitWith(waiting, wait, token, now);
  const isOver = disposition.state !== 'proposed' || now >= disposition.graceEndsAt;
  const next = isOver
    ? disposition
    : { ...disposition, step: 'Ask for objections', lateAt: plusMs(disposition.graceEndsAt, FIRST_STEP_MS) };
  await needs.records.write(
    changed(
      next,
      now,
      {
        act: isOver ? 'objections no longer waited for' : 'objections waited for',
        facts: { graceEndsAt: disposition.graceEndsAt },
      },
      { puts: [held], notes: isOver ? [{ kind: 'look-again', waiting }] : [] },
    ),
  );
}
