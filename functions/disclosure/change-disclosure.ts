/**
 * Changes what a disclosure asks, while it is prepared or completed. Whatever an officer approved before is approved no
 * more: an approval is of exactly what was shown.
 */
import type { Refusal } from '../../policies/ruling.ts';
import { sha256 } from '../records/canonical.ts';
import { askedFrom, unreadable, type DisclosureAskedDraft } from './asked-draft.ts';
import { remaining } from './facts.ts';
import { immigrationStop, refuseForImmigration } from './immigration-stop.ts';
import { policyAt } from './judge.ts';
import type { StepNeeds, Done } from './needs.ts';
import { changed, notWhile, preparedWith, refused, tended, written, type Tending } from './tending.ts';

export interface Changing extends Tending {
  readonly asked: DisclosureAskedDraft;
  readonly refusals?: readonly Refusal[];
}

export async function changeDisclosure(needs: StepNeeds, given: Changing): Promise<Done> {
  const { person, asked: draft, refusals = [] } = given;
  const disclosure = await tended(needs, given);
  if (!disclosure) return { kind: 'missing' };
  const closed = notWhile(disclosure);
  if (closed) return closed;
  const now = needs.now();
  const by = { kind: 'person', id: person.personId } as const;
  // Judged by the technology it was opened for, so that no other answer on the form hides this one.
  const stop = immigrationStop(draft, policyAt(disclosure, now), now);
  const asked = askedFrom(draft, disclosure.asked, person.personId, now);
  if (stop) {
    await refuseForImmigration(
      needs,
      { ...disclosure, asked: { ...asked, technology: disclosure.asked.technology } },
      stop,
      by,
    );
    return refused(...stop.because);
  }
  const because = [...refusals, ...unreadable(draft, now)];
  if (draft.technology !== disclosure.asked.technology && remaining(disclosure).length > 0) because.push(OTHER);
  if (because.length > 0) return refused(...because);
  if (sha256(asked) === sha256(disclosure.asked)) return { kind: 'done', disclosure };

  const edition = policyAt({ ...disclosure, asked }, now).edition.id;
  const next = preparedWith({ ...disclosure, asked, edition }, person);
  await needs.records.write(
    changed(next, by, now, {
      act: 'disclosure changed',
      facts: { recipient: asked.recipient.kind, ground: asked.basis?.ground ?? 'none', asked: sha256(asked) },
    }),
  );
  return { kind: 'done', disclosure: written(next) };
}

const OTHER: Refusal = {
  clause: 'house-shown-is-decided',
  field: 'technology',
  found: 'another technology than its enclosures are of',
  expected: 'the same technology',
  todo: 'take the enclosures out first, or open another disclosure',
};
