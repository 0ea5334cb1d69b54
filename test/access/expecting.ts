/** How what a route asks is written down. */
import type { Role, Task } from '../../policies/roles.ts';

/** The records the routes are tried on. None of the people who try has a part in them. */
export interface World {
  readonly requestId: string;
  readonly approvedId: string;
  readonly decisionId: string;
  readonly link: string;
  readonly deploymentId: string;
  readonly imageId: string;
  readonly disclosureId: string;
  readonly breachId: string;
  readonly assets: string;
}

export interface Expected {
  readonly path: (world: World) => string;
  /** Who may: `everyone`, who is signed in, or who holds one of these tasks. */
  readonly may: 'everyone' | 'signed-in' | readonly Task[];
  /** Of those who may, whose the record is not: what they get instead, unless they hold one of the tasks or roles. */
  readonly unless?: { readonly status: number; readonly tasks: readonly Task[]; readonly roles?: readonly Role[] };
  /** Whether it is for the privacy office: the role alone, without the office, is turned away with 403. */
  readonly office?: true;
  /** What they get who may; 200 for a page. An empty form is answered with what is missing. */
  readonly ok?: readonly number[];
}

export const at = (path: string) => () => path;
export const open = (path: string, ok?: readonly number[]): Expected => ({
  path: at(path),
  may: 'everyone',
  ...(ok && { ok }),
});
