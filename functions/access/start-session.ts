/**
 * Starts the session of somebody the directory let in, if the records know them: one session a person, so the one before
 * ends in the same change. Whoever is not let in is told why, and the ledger is told too.
 *
 * A ticket is good for one session. A session's roles are those the directory names; a person acts in those of them
 * that the record has as well (SAFE-10: rank and role come from the directory, SAFE-08: tasks as allotted).
 */
import { OFFICIAL_BUSINESS_NOTICE } from '../../policies/public-text.ts';
import type { Instant } from '../../policies/instant.ts';
import { sha256 } from '../records/canonical.ts';
import { put, type Put } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import type { Records } from '../records/records.aws.ts';
import { directoryLine, persons, sessions, type Person, type Session } from '../records/standing.ts';
import { untilWritten } from '../records/until-written.ts';
import { openSessionId, openSessions, signIns, type DirectoryAnswer, type SignInRefusal } from './contract.ts';
import type { Ticket } from './sign-in-ticket.ts';

export interface SessionNeeds {
  readonly records: Records;
  now(): Instant;
  newSecret(): string;
}

export type SessionStarted =
  /** `cookie` is the session's secret; only its SHA-256 is kept. */
  | { readonly kind: 'started'; readonly cookie: string }
  | { readonly kind: 'refused'; readonly because: SignInRefusal }
  | { readonly kind: 'ticket-used' };

export function startSession(
  needs: SessionNeeds,
  ticket: Pick<Ticket, 'cookie' | 'noticeShown'>,
  who: DirectoryAnswer,
): Promise<SessionStarted> {
  const { records } = needs;
  const signInId = sha256(ticket.cookie);
  return untilWritten(async (): Promise<SessionStarted> => {
    if (await records.get(signIns, signInId)) return { kind: 'ticket-used' };
    const at = needs.now();
    const finished = (outcome: 'session-started' | SignInRefusal) =>
      put(signIns, { id: signInId, version: 0, finishedAt: at, outcome });

    const person = await personBehind(records, who.directoryName);
    const because = refusalOf(person, who);
    if (!person || because) {
      const told = {
        subject: keyOf('sign-in', signInId),
        act: 'sign-in refused',
        clauses: ['XR26-SAFE-07', 'XR26-SAFE-08'],
        facts: { because: because ?? 'not-on-the-list' },
      };
      await records.write({
        at,
        by: person ? { kind: 'person', id: person.id } : { kind: 'system', id: 'access' },
        puts: [finished(because ?? 'not-on-the-list')],
        tells: [told],
      });
      return { kind: 'refused', because: because ?? 'not-on-the-list' };
    }

    const cookie = needs.newSecret();
    const session: Session = {
      id: sha256(cookie),
      version: 0,
      personId: person.id,
      startedAt: at,
      lastSeenAt: at,
      directoryRoles: who.roles,
      formSecret: needs.newSecret(),
      noticeShown: ticket.noticeShown,
    };
    const before = await openSessionOf(records, person.id);
    await records.write({
      at,
      by: { kind: 'person', id: person.id },
      puts: [finished('session-started'), put(sessions, session), ...before.moved(at, session.id)],
      unchanged: [{ key: keyOf('person', person.id), version: person.version }],
      tells: [
        {
          subject: keyOf('person', person.id),
          act: 'session started',
          clauses: [OFFICIAL_BUSINESS_NOTICE.clause, 'XR26-SAFE-06'],
          facts: {
            session: session.id,
            noticeShown: ticket.noticeShown,
            roles: who.roles,
            sessionsEnded: before.open ? 1 : 0,
          },
        },
      ],
    });
    return { kind: 'started', cookie };
  });
}

/** Ends a session. One that is over already stays as it is. */
export function endSession(needs: Pick<SessionNeeds, 'records' | 'now'>, sessionId: string): Promise<void> {
  const { records } = needs;
  return untilWritten(async () => {
    const session = await records.get(sessions, sessionId);
    if (!session || session.endedAt) return;
    const at = needs.now();
    const open = await openSessionOf(records, session.personId);
    await records.write({
      at,
      by: { kind: 'person', id: session.personId },
      puts: open.open?.id === session.id ? open.moved(at) : [put(sessions, { ...session, endedAt: at })],
      tells: [{ subject: keyOf('person', session.personId), act: 'session ended', facts: { session: session.id } }],
    });
  });
}

/** A person's open session, and what moves on from it: the session ended, and the next one named if there is one. */
export async function openSessionOf(
  records: Records,
  personId: string,
): Promise<{ readonly open?: Session; moved(at: Instant, next?: string): readonly Put[] }> {
  const pointer = await records.get(openSessions, openSessionId(personId));
  const found = pointer?.sessionId ? await records.get(sessions, pointer.sessionId) : undefined;
  const open = found?.endedAt ? undefined : found;
  return {
    ...(open && { open }),
    moved: (at, next) => [
      put(openSessions, {
        id: openSessionId(personId),
        version: pointer?.version ?? 0,
        ...(next && { sessionId: next }),
      }),
      ...(open ? [put(sessions, { ...open, endedAt: at })] : []),
    ],
  };
}

/** The one person with this directory name. A name that two records claim belongs to neither. */
async function personBehind(records: Records, directoryName: string): Promise<Person | undefined> {
  const [id, other] = await records.linesOf(directoryLine(directoryName));
  return id && !other ? records.get(persons, id) : undefined;
}

function refusalOf(person: Person | undefined, who: DirectoryAnswer): SignInRefusal | undefined {
  if (!person) return 'not-on-the-list';
  if (!person.active) return 'no-longer-active';
  return person.roles.some((role) => who.roles.includes(role)) ? undefined : 'no-role-in-both';
}
