/** Shapes of signing in and of the people the records know. */
import * as z from 'zod/mini';
import { RANKS, CIVILIAN } from '../../policies/editions/ranks.ts';
import { isInstant, type Instant } from '../../policies/instant.ts';
import { isRole, type Role } from '../../policies/roles.ts';
import { entity, type Kept } from '../records/entity.ts';

/** That a sign-in was finished, so that its answer from the directory is taken once. Keyed by the SHA-256 of its cookie. */
export interface SignIn extends Kept {
  readonly finishedAt: Instant;
  readonly outcome: 'session-started' | SignInRefusal;
}

export const signIns = entity<SignIn>('sign-in');

export type SignInRefusal = 'not-on-the-list' | 'no-longer-active' | 'no-role-in-both';

/** What the directory says of somebody it let in. */
export interface DirectoryAnswer {
  readonly directoryName: string;
  readonly roles: readonly Role[];
}

/**
 * Which session of a person is open. Written with every start and end, on condition of its version: of two sign-ins at
 * the same moment the later one finds the earlier and ends it.
 */
export interface OpenSession extends Kept {
  readonly sessionId?: string;
}

export const openSessions = entity<OpenSession>('session');
export const openSessionId = (personId: string): string => `of-${personId}`;

const text = z.string().check(z.trim(), z.minLength(1), z.maxLength(200));
const RANK_IDS: readonly string[] = [...RANKS.map((rank) => rank.id), CIVILIAN];

const instant = z.string().check(z.refine(isInstant, 'is no moment like 2026-02-04T05:00:00.000Z'));

const PersonInput = z.strictObject({
  /** The id on record. Without it, whoever has the directory name, or else a new person. */
  personId: z.optional(text),
  directoryName: text,
  name: text,
  email: z
    .string()
    .check(
      z.trim(),
      z.regex(/^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/, 'is no address like name@example.gov'),
      z.maxLength(200),
    ),
  uniformed: z.boolean(),
  rank: z.string().check(z.refine((rank) => RANK_IDS.includes(rank), `is none of ${RANK_IDS.join(', ')}`)),
  bureau: text,
  command: text,
  roles: z.array(z.string().check(z.refine(isRole, 'is not a role; policies/roles.ts lists them'))),
  active: z.boolean(),
  rotaOrder: z.optional(z.int().check(z.minimum(1))),
  /** The office of privacy officer, or of a deputy with who named them in writing. Left out, what is on record stays. */
  privacyOffice: z.optional(
    z.strictObject({
      office: z.enum(['agency-privacy-officer', 'deputy']),
      heldFrom: instant,
      heldUntil: z.optional(instant),
      namedBy: z.optional(text),
    }),
  ),
});
export type PersonInput = z.infer<typeof PersonInput>;

/** `by` is who asked for the import: a person's id, or the name of whatever keeps the directory in step. */
export const PeopleImport = z.strictObject({ people: z.array(PersonInput).check(z.maxLength(2000)), by: text });
export type PeopleImport = z.infer<typeof PeopleImport>;

export interface PeopleImported {
  readonly recorded: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly sessionsEnded: number;
}
