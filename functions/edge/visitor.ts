/** Who is asking, as a page needs to know it: the person's record and the session, read afresh for every request. */
import type { Role } from '../../policies/roles.ts';

export interface Visitor {
  readonly personId: string;
  readonly name: string;
  readonly email: string;
  /** Roles in force for this request: those of the record that the directory also gave at sign-in. */
  readonly roles: readonly Role[];
  /** A rank id of policies/editions/ranks, or `civilian`. */
  readonly rank: string;
  readonly bureau: string;
  readonly command: string;
  readonly uniformed: boolean;
  readonly active: boolean;
  /** The session's record id, which is the SHA-256 of the cookie; safe to log, useless to sign in with. */
  readonly sessionId: string;
  /** Goes into every form of this session and comes back with it. */
  readonly formSecret: string;
}
