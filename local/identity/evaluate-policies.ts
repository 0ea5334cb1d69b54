/**
 * Do these policies allow this principal to take this action on this resource?
 *
 * An explicit deny in any document wins; then any allow, in an identity policy or (same account) in the resource's
 * policy; then no. A permissions boundary must allow as well. Nothing here knows any service.
 * Source: IAM User Guide, "Policy evaluation logic".
 */
import type { PolicyDocument } from '../contract.ts';
import { conditionsHold, matchesWildcard, withVariables, type Context } from './conditions.ts';

export interface Principal {
  readonly kind: 'owner' | 'role' | 'service' | 'anonymous';
  /** ARN of the role or session; for a service, its name such as `events.amazonaws.com`. */
  readonly names: readonly string[];
  readonly account: string;
}

export interface Question {
  readonly principal: Principal;
  readonly action: string;
  readonly resource: string;
  readonly context: Context;
  readonly identityPolicies: readonly PolicyDocument[];
  readonly boundary?: PolicyDocument;
  readonly resourcePolicy?: PolicyDocument;
}

/** `allowed`, or the words AWS ends its message with. */
export type Verdict = { readonly allowed: true } | { readonly allowed: false; readonly because: string };

const ALLOWED: Verdict = { allowed: true };

export function evaluatePolicies(question: Question): Verdict {
  const { principal, action, identityPolicies, boundary, resourcePolicy } = question;
  const identity = effectsOf(identityPolicies, question, false);
  const resource = effectsOf(resourcePolicy ? [resourcePolicy] : [], question, true);
  if (identity.denies) return { allowed: false, because: 'with an explicit deny in an identity-based policy' };
  if (resource.denies) return { allowed: false, because: 'with an explicit deny in a resource-based policy' };
  if (principal.kind === 'owner') return ALLOWED;
  if (principal.kind === 'service' && resourcePolicy === undefined) return ALLOWED;
  if (resource.allows) return ALLOWED;
  if (!identity.allows) {
    const kind = principal.kind === 'role' ? 'identity-based' : 'resource-based';
    return { allowed: false, because: `because no ${kind} policy allows the ${action} action` };
  }
  if (boundary) {
    const bounded = effectsOf([boundary], question, false);
    if (bounded.denies) return { allowed: false, because: 'with an explicit deny in a permissions boundary' };
    if (!bounded.allows)
      return { allowed: false, because: `because no permissions boundary allows the ${action} action` };
  }
  return ALLOWED;
}

function effectsOf(
  documents: readonly PolicyDocument[],
  question: Question,
  namesPrincipals: boolean,
): { allows: boolean; denies: boolean } {
  const effects = { allows: false, denies: false };
  for (const document of documents) {
    for (const statement of [document.Statement].flat()) {
      if (!applies(statement, question, namesPrincipals)) continue;
      if (statement['Effect'] === 'Deny') effects.denies = true;
      else effects.allows = true;
    }
  }
  return effects;
}

function applies(statement: Readonly<Record<string, unknown>>, question: Question, namesPrincipals: boolean): boolean {
  const { action, resource, context, principal } = question;
  const actionMatches = (pattern: string): boolean => matchesWildcard(pattern.toLowerCase(), action.toLowerCase());
  const resourceMatches = (pattern: string): boolean => matchesWildcard(withVariables(pattern, context), resource);
  return (
    covers(statement['Action'], statement['NotAction'], actionMatches) &&
    // A key policy or a role's trust policy may leave Resource out: it is about the resource it hangs on.
    (namesPrincipals && statement['Resource'] === undefined && statement['NotResource'] === undefined
      ? true
      : covers(statement['Resource'], statement['NotResource'], resourceMatches)) &&
    (!namesPrincipals || principalMatches(statement, principal)) &&
    conditionsHold(statement['Condition'], context)
  );
}

function covers(listed: unknown, excluded: unknown, matches: (pattern: string) => boolean): boolean {
  if (listed !== undefined) return [listed].flat().some((pattern) => matches(String(pattern)));
  return excluded !== undefined && ![excluded].flat().some((pattern) => matches(String(pattern)));
}

function principalMatches(statement: Readonly<Record<string, unknown>>, principal: Principal): boolean {
  const { Principal: listed, NotPrincipal: excluded } = statement;
  const isDeny = statement['Effect'] === 'Deny';
  return listed !== undefined
    ? isNamed(listed, principal, isDeny)
    : excluded !== undefined && !isNamed(excluded, principal, isDeny);
}

/**
 * Naming the whole account (its root) denies everyone in it, but allows nobody by itself: it leaves the decision to
 * identity policies.
 */
function isNamed(listed: unknown, principal: Principal, isDeny: boolean): boolean {
  if (listed === '*') return true;
  const { AWS: people, Service: services } = listed as { AWS?: string | string[]; Service?: string | string[] };
  if (principal.kind === 'service') return [services ?? []].flat().some((name) => principal.names.includes(name));
  return [people ?? []].flat().some((name) => {
    if (name === '*') return true;
    if (principal.kind === 'anonymous') return false;
    const isAccount = name === principal.account || name === `arn:aws:iam::${principal.account}:root`;
    return isAccount ? isDeny || principal.kind === 'owner' : principal.names.includes(name);
  });
}
