/** Whom a decision names at the door somebody came by: whose link it is, or whoever was asked so far. */
import type { Answering } from './answer-decision.ts';
import type { Decision } from './contract.ts';

export function namedIn(
  { asked }: Pick<Decision, 'asked'>,
  { door, person }: Pick<Answering, 'door' | 'person'>,
): string {
  if (door.kind === 'mail-link') return door.linkFor;
  return asked.find(({ personId }) => personId === person.personId)?.personId ?? 'nobody asked yet';
}
