/** A decision mail that reaches nobody: its person is marked as not to be reached, and the next is asked at once. */
import type { Instant } from '../../policies/instant.ts';
import { decisions } from '../decision/contract.ts';
import { put, type Put } from '../records/change.ts';
import type { Mail } from '../records/mail-owed.ts';
import type { NoteTask } from '../records/notes.ts';
import type { Records } from '../records/records.aws.ts';

export interface PassedOn {
  readonly puts: readonly Put[];
  readonly notes: readonly NoteTask[];
}

const NOTHING: PassedOn = { puts: [], notes: [] };

/** What goes into the change that says so of the mail; nothing for any other mail, or once the decision is settled. */
export async function passedOn(records: Pick<Records, 'get'>, { about, to }: Mail, now: Instant): Promise<PassedOn> {
  if (!about.startsWith('decision#') || !('personId' in to)) return NOTHING;
  const decision = await records.get(decisions, about.slice('decision#'.length));
  const place = decision?.asked.findLastIndex(({ personId }) => personId === to.personId) ?? -1;
  if (!decision || decision.state !== 'waiting' || place < 0) return NOTHING;
  const asked = decision.asked.map((asking, index) => (index === place ? { ...asking, undeliverableAt: now } : asking));
  return {
    puts: [put(decisions, { ...decision, asked })],
    notes: [{ kind: 'look-again', waiting: { on: about, for: 'answer' } }],
  };
}
