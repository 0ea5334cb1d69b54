/**
 * People of the agency as the records know them, and the sessions they are signed in with. Roles come from the
 * directory at sign-in and from the record; rank, command and training come from the record alone, read afresh at every
 * request, so that a transfer or a lost rank counts from the moment it is written.
 */
import type { Instant } from '../../policies/instant.ts';
import type { Role } from '../../policies/roles.ts';
import { entity, keyOf, type Kept } from './entity.ts';

export interface Person extends Kept {
  /** The name the directory signs the person in by (the ID token's `cognito:username` / `preferred_username`). */
  readonly directoryName: string;
  readonly name: string;
  readonly email: string;
  readonly uniformed: boolean;
  /** A rank id of policies/editions/ranks, or `civilian`. */
  readonly rank: string;
  /** The bureau id, `counterterrorism` for CTB. */
  readonly bureau: string;
  readonly command: string;
  readonly roles: readonly Role[];
  readonly active: boolean;
  /** Among the executives of a bureau: who is asked first. Absent: not on the rota. */
  readonly rotaOrder?: number;
  /** Whether the person is the Agency Privacy Officer or a deputy the officer named, and since and until when. */
  readonly privacyOffice?: PrivacyOffice;
  /** When a naming was ended before it began: what a list says was held from then or before is over. */
  readonly officeEndedAt?: Instant;
}

/** Held from and until instants; without an end it lasts until it is ended. */
export interface PrivacyOffice {
  readonly office: 'agency-privacy-officer' | 'deputy';
  readonly heldFrom: Instant;
  readonly heldUntil?: Instant;
  /** Of a deputy: the officer who named them in writing. */
  readonly namedBy?: string;
  /** Of a deputy named here: the record of the writing. */
  readonly namingId?: string;
}

export const persons = entity<Person>('person', (person) => ({ subject: ['people', person.name] }));

/** `linesOf(roleLine('ctb-executive'))` lists the ids of the people who have the role. */
export const roleLine = (role: Role): string => `role#${role}`;

/** `get(persons, await linesOf(directoryLine(name)))`: the person behind a directory name. */
export const directoryLine = (directoryName: string): string => `directory#${directoryName}`;

export interface Session extends Kept {
  readonly personId: string;
  readonly startedAt: Instant;
  readonly lastSeenAt: Instant;
  /** The roles whose groups the directory named at sign-in; a person acts in those that their record has too. */
  readonly directoryRoles: readonly Role[];
  readonly endedAt?: Instant;
  /** Bound into every form, so that another site cannot post on this session. */
  readonly formSecret: string;
  /** The version of the official-business notice that was shown at sign-in (XR26-AUD-03). */
  readonly noticeShown: string;
}

/** Keyed by the SHA-256 of the cookie, so that the table's reader cannot take over a session. */
export const sessions = entity<Session>('session', (session) => ({
  subject: [keyOf('person', session.personId), session.startedAt],
}));

/** A signed-in person at this moment. */
export interface SignedIn {
  readonly person: Person;
  readonly session: Session;
}
