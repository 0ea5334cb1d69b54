/**
 * Who may open a kept image?
 *
 * An active member whose role opens images, who states a permitted purpose and a need, and whose duty
 * is the case the image belongs to. A purpose that belongs to a case names that case. Nobody from an
 * outside entity opens an image, under any purpose: they get what is disclosed to them.
 *
 * Units   none
 * Answers allowed with the purpose that goes into the access log, or refused
 * Throws  nothing
 * Source  XR26-SAFE-03, SAFE-04, SAFE-07, SAFE-08, RET-04, EXT-01 and their 2021 twins
 */
import { clauseIn, mustSay } from '../clause-in.ts';
import type { Policy } from '../editions/edition.ts';
import { VIEW_PURPOSES } from '../editions/view-purposes.ts';
import type { Instant } from '../instant.ts';
import { mayDo } from '../roles.ts';
import { isBlank, ruled, unless, type Refusal, type Ruling } from '../ruling.ts';
import { statement } from './statement.ts';

export interface ViewFacts {
  readonly viewer:
    | {
        readonly kind: 'member';
        readonly active: boolean;
        readonly roles: readonly string[];
        /** Case numbers that are this person's duty; 'all' for duties that reach every record. */
        readonly dutyCases: readonly string[] | 'all';
      }
    | { readonly kind: 'external' };
  /** An id of editions/view-purposes.ts. */
  readonly purpose: string;
  /** The need, in the viewer's words. */
  readonly need: string;
  /** The case the purpose belongs to, when it belongs to one. */
  readonly caseNumber?: string;
  readonly image: { readonly imageId: string; readonly caseNumber: string };
}

export function whoMayView(facts: ViewFacts, policy: Policy, _now: Instant): Ruling<{ readonly purpose: string }> {
  const { edition } = policy;
  const { viewer } = facts;
  const duty = mustSay(edition, 'XR26-SAFE-07');
  if (viewer.kind === 'external') {
    const never: Refusal = {
      clause: clauseIn(edition, 'XR26-EXT-01') ?? duty,
      field: 'viewer',
      found: 'someone of an outside entity',
      expected: 'a member of the department',
      todo: 'ask the department to disclose the image instead',
    };
    return { kind: 'refused', because: [never] };
  }
  const covered = viewer.dutyCases === 'all' || viewer.dutyCases.includes(facts.image.caseNumber);
  const because = [
    ...unless(viewer.active, {
      clause: mustSay(edition, 'XR26-SAFE-04'),
      field: 'viewer',
      found: 'a member who is not active',
      expected: 'an active member',
      todo: 'access ended with the assignment; ask your supervisor',
    }),
    ...unless(mayDo(viewer.roles, 'view-image'), {
      clause: mustSay(edition, 'XR26-SAFE-08'),
      field: 'viewer',
      found: 'no role that may open images',
      expected: 'a role that may',
      todo: 'ask the system administrator, stating the need',
    }),
    ...unless(covered, {
      clause: duty,
      field: 'viewer',
      found: "an image of a case that is not among this member's duties",
      expected: 'a case the member is assigned to',
      todo: 'ask to be assigned to the case',
    }),
    ...purpose(facts, policy),
    ...statement('need', facts.need, mustSay(edition, 'XR26-SAFE-03'), policy, 'say what you need the image for'),
  ];
  const clauses = ['XR26-SAFE-03', 'XR26-SAFE-07', 'XR26-SAFE-08', 'XR26-RET-04', 'XR26-EXT-01'].flatMap(
    (id) => clauseIn(edition, id) ?? [],
  );
  return ruled(clauses, because, { purpose: facts.purpose });
}

function purpose(facts: ViewFacts, { edition }: Policy): readonly Refusal[] {
  const clause = mustSay(edition, 'XR26-RET-04');
  const permitted = VIEW_PURPOSES.find((one) => one.id === facts.purpose);
  return [
    ...unless(permitted !== undefined, {
      clause,
      field: 'purpose',
      found: isBlank(facts.purpose) ? 'nothing' : 'a purpose that is not on the list',
      expected: 'a permitted purpose',
      todo: 'choose a purpose from the list',
    }),
    ...unless(!permitted?.belongsToCase || facts.caseNumber === facts.image.caseNumber, {
      clause,
      field: 'caseNumber',
      found: isBlank(facts.caseNumber) ? 'nothing' : 'another case than the image belongs to',
      expected: 'the case the image belongs to',
      todo: 'enter that case, or choose a purpose that belongs to none',
    }),
  ];
}
