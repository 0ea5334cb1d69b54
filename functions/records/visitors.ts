/**
 * The person behind a session cookie, read afresh at every request: a transfer, a lost role or an ended session counts
 * from the moment it is written. When a session was last used is bookkeeping, written at most once a minute for each.
 *
 * Faults  RecordsBusy (retry)
 */
import { HOUSE } from '../../policies/editions/house.ts';
import { msBetween, plusHours, plusMinutes, type Instant } from '../../policies/instant.ts';
import type { Visitor } from '../edge/visitor.ts';
import { sha256 } from './canonical.ts';
import { put } from './change.ts';
import { ChangedMeanwhile } from './faults.ts';
import type { Records } from './records.aws.ts';
import { persons, sessions, type Person, type Session } from './standing.ts';

export interface Visitors {
  /** Undefined when there is no such session, it ended or ran out, or the person is no longer active. */
  visitorOf(cookieSecret: string): Promise<Visitor | undefined>;
}

/** How exactly the last use of a session is known. Engineering, not law: the idle limit is in minutes. */
const NOTED_EVERY_MS = 60_000;

export function visitorsIn(records: Pick<Records, 'get' | 'keep'>, now: () => Instant): Visitors {
  return {
    async visitorOf(cookieSecret) {
      const at = now();
      const session = await records.get(sessions, sha256(cookieSecret));
      if (!session || !isOpen(session, at)) return undefined;
      const person = await records.get(persons, session.personId);
      if (!person?.active) return undefined;
      if (msBetween(session.lastSeenAt, at) >= NOTED_EVERY_MS) {
        await records.keep(put(sessions, { ...session, lastSeenAt: at })).catch((error: unknown) => {
          // Another request of the same session noted it first, or the session was ended in this moment and stays so.
          if (!(error instanceof ChangedMeanwhile)) throw error;
        });
      }
      return visitorFrom(person, session);
    },
  };
}

/** Open until it is ended, is idle for the house's minutes, or has lasted the house's hours. */
export function isOpen(session: Session, now: Instant): boolean {
  const idleAt = plusMinutes(session.lastSeenAt, HOUSE.minutesIdle.minutes);
  const overAt = plusHours(session.startedAt, HOUSE.hoursOfSession.hours);
  return !session.endedAt && now < idleAt && now < overAt;
}

/** A person acts in the roles that both their record and, at sign-in, the directory gave them. */
export function visitorFrom(person: Person, session: Session): Visitor {
  const { id, name, email, rank, bureau, command, uniformed, active } = person;
  const roles = person.roles.filter((role) => session.directoryRoles.includes(role));
  return {
    personId: id,
    name,
    email,
    roles,
    rank,
    bureau,
    command,
    uniformed,
    active,
    sessionId: session.id,
    formSecret: session.formSecret,
  };
}
