/** Withdraws a disclosure before anything has left. It stays on record; whoever was asked to decide is asked no more. */
import { policyAt } from './judge.ts';
import { decisions } from '../decision/contract.ts';
import { put, type Put } from '../records/change.ts';
import { sha256 } from '../records/canonical.ts';
import { keyOf } from '../records/entity.ts';
import type { NoteTask } from '../records/notes.ts';
import { completionOf, type Disclosure } from './contract.ts';
import { reasonGiven } from './reason-given.ts';
import type { StepNeeds, Done } from './needs.ts';
import { changed, notWhile, refused, tended, written, type Tending } from './tending.ts';

export interface Withdrawing extends Tending {
  readonly reason: string;
}

export async function withdrawDisclosure(needs: StepNeeds, given: Withdrawing): Promise<Done> {
  const disclosure = await tended(needs, given);
  if (!disclosure || disclosure.requesterId !== given.person.personId) return { kind: 'missing' };
  if (disclosure.state === 'withdrawn') return { kind: 'done', disclosure };
  const closed = notWhile(disclosure, ['preparing', 'checking', 'completing', 'deciding']);
  if (closed) return closed;
  const now = needs.now();
  const because = reasonGiven(given.reason, policyAt(disclosure, now), 'say why it is withdrawn');
  if (because.length > 0) return refused(...because);

  const reason = given.reason.trim();
  const { dueAt: _, lapsesAt: __, askedBack: ___, ...open } = disclosure;
  const next: Disclosure = {
    ...open,
    state: 'withdrawn',
    endedAt: now,
    outcomeReason: reason,
    step: 'Disclosure withdrawn',
  };
  const { puts, notes } = await decisionWithdrawn(needs, disclosure, now);
  await needs.records.write(
    changed(
      next,
      { kind: 'person', id: given.person.personId },
      now,
      { act: 'disclosure withdrawn', facts: { reason: sha256(reason), was: disclosure.state } },
      {
        puts,
        notes: [...notes, { kind: 'wake', waiting: completionOf(disclosure.id), output: { kind: 'withdrawn' } }],
      },
    ),
  );
  return { kind: 'done', disclosure: written(next) };
}

/** The decision that waits is withdrawn in the same change; the version it is written at keeps an answer from slipping by. */
async function decisionWithdrawn(
  { records }: StepNeeds,
  { decisionId }: Disclosure,
  endedAt: ReturnType<StepNeeds['now']>,
): Promise<{ readonly puts: readonly Put[]; readonly notes: readonly NoteTask[] }> {
  const decision = decisionId ? await records.get(decisions, decisionId) : undefined;
  if (decision?.state !== 'waiting') return { puts: [], notes: [] };
  const { dueAt: _, ...waiting } = decision;
  const answer = { on: keyOf('decision', decision.id), for: 'answer' };
  return {
    puts: [put(decisions, { ...waiting, state: 'withdrawn', endedAt })],
    notes: [{ kind: 'wake', waiting: answer, output: { kind: 'withdrawn' } }],
  };
}
