/**
 * Does what this stage asks for (ask, remind, ask the next) and leaves the task token where the answer finds it.
 *
 * The token is written together with a new version of the decision, so an answer given at the same moment meets a
 * changed record and one of the two runs again: the answer is never left without a waiting workflow to wake.
 */
import type { Instant } from '../../policies/instant.ts';
import { put, type Change, type Put } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import type { MailKind } from '../records/mail-owed.ts';
import { waitId, waits, waitWith } from '../records/waits.ts';
import { decisionOf, type DecisionNeeds } from './check-who-is-asked.ts';
import { decisions, type Decision } from './contract.ts';
import { outcomeOf } from './outcome.ts';
import { stageOf } from './stage.ts';

export const waitingOn = (decisionId: string) => ({ on: keyOf('decision', decisionId), for: 'answer' }) as const;

const MAIL: Readonly<Record<'ask' | 'remind' | 'escalate', MailKind>> = {
  ask: 'decision-asked',
  remind: 'decision-reminder',
  escalate: 'decision-passed-on',
};
const TOLD = {
  ask: 'decision asked',
  remind: 'decision reminder sent',
  escalate: 'decision passed on',
  wait: 'decision waited for',
} as const;

export interface AskForDecision {
  readonly decisionId: string;
  readonly token: string;
}

export async function askForDecision(needs: DecisionNeeds, { decisionId, token }: AskForDecision): Promise<void> {
  const [decision, wait] = await Promise.all([
    decisionOf(needs, decisionId),
    needs.records.get(waits, waitId(waitingOn(decisionId))),
  ]);
  const now = needs.now();
  const waiting = waitWith(waitingOn(decisionId), wait, token, now);
  const ended = outcomeOf(decision, now);
  const by = { kind: 'system', id: 'decision' } as const;
  if (ended) {
    const found = { subject: decision.on, act: 'decision found answered', facts: { decision: decision.id } };
    await needs.records.write({
      at: now,
      by,
      puts: [waiting],
      tells: [found],
      notes: [{ kind: 'wake', waiting: waitingOn(decisionId), output: ended }],
    });
    return;
  }
  await needs.records.write({ at: now, by, ...stageChange(decision, waiting, now) });
}

function stageChange(
  decision: Decision,
  waiting: Put,
  now: Instant,
): Pick<Change, 'puts' | 'tells' | 'mails' | 'notes'> {
  const stage = stageOf(decision, now);
  const told = (act: string, clauses: readonly string[], facts: Record<string, string>) => [
    { subject: decision.on, act, edition: decision.edition, clauses, facts: { decision: decision.id, ...facts } },
  ];
  if (stage.stage === 'lapsed' || stage.stage === 'answered') {
    // The time ran out between the check and this step: the workflow looks again and writes the lapse.
    return {
      puts: [waiting],
      tells: told('decision out of time', [stage.because], {}),
      notes: [{ kind: 'look-again', waiting: waitingOn(decision.id) }],
    };
  }
  const { executiveId } = stage;
  const asked =
    stage.stage === 'ask' || stage.stage === 'escalate'
      ? [...decision.asked, { personId: executiveId, at: now }]
      : decision.asked.map((asking, place) =>
          stage.stage === 'remind' && place === stage.place ? { ...asking, remindedAt: now } : asking,
        );
  return {
    puts: [put(decisions, { ...decision, asked, dueAt: stage.nextAt }), waiting],
    tells: told(TOLD[stage.stage], [stage.because], { asks: executiveId }),
    mails:
      stage.stage === 'wait'
        ? []
        : [
            {
              kind: MAIL[stage.stage],
              to: { personId: executiveId },
              about: keyOf('decision', decision.id),
              subject: decision.on,
            },
          ],
  };
}
