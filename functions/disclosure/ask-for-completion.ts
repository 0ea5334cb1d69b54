/**
 * Tells the requester what is missing or what the officer asks, and keeps the workflow's token until the disclosure is
 * sent again, withdrawn, or lapses. The token is written with a new version of the disclosure, so a sending at the same
 * moment meets a changed record and one of the two runs again.
 */
import { FactMalformed } from '../../policies/faults.ts';
import { keyOf } from '../records/entity.ts';
import { waitId, waits, waitWith } from '../records/waits.ts';
import { disclosureOf } from './check-disclosure.ts';
import { completionOf, type Disclosure } from './contract.ts';
import type { StepNeeds } from './needs.ts';
import { BY_WORKFLOW, mailToRequester } from './settle-disclosure.ts';
import { changed } from './tending.ts';

const STEP = 'Ask requester to complete it';

export async function askForCompletion(
  needs: StepNeeds,
  { disclosureId, token }: { readonly disclosureId: string; readonly token: string },
): Promise<void> {
  const waiting = completionOf(disclosureId);
  const [disclosure, wait] = await Promise.all([
    disclosureOf(needs, disclosureId),
    needs.records.get(waits, waitId(waiting)),
  ]);
  const now = needs.now();
  const held = waitWith(waiting, wait, token, now);
  if (disclosure.state === 'preparing')
    throw new FactMalformed(`disclosure ${disclosureId} was never sent, and a workflow asks for its completion`);
  if (disclosure.state !== 'completing') {
    await needs.records.write({
      at: now,
      by: BY_WORKFLOW,
      puts: [held],
      tells: [{ subject: keyOf('disclosure', disclosureId), act: 'completion no longer needed' }],
      notes: [{ kind: 'wake', waiting, output: { kind: disclosure.state } }],
    });
    return;
  }
  // A workflow that is started again waits again, and writes no second letter.
  const first = disclosure.step !== STEP;
  const next: Disclosure = {
    ...disclosure,
    step: STEP,
    ...(disclosure.lapsesAt && { dueAt: disclosure.lapsesAt }),
  };
  await needs.records.write(
    changed(
      next,
      BY_WORKFLOW,
      now,
      {
        act: first ? 'completion asked' : 'completion waited for',
        facts: { lapsesAt: disclosure.lapsesAt ?? '', askedBack: disclosure.askedBack !== undefined },
      },
      { puts: [held], mails: first ? [mailToRequester(disclosure, 'disclosure-to-complete')] : [] },
    ),
  );
}
