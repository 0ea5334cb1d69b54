/**
 * Adds a charge to a case, or corrects its words while it has not ended. A charge never classes a case (XR26-RET-06): how
 * it ended does, and that is recorded by itself (dispose-charge.ts).
 */
import { sha256 } from '../records/canonical.ts';
import type { CaseActor } from './contract.ts';
import { keepCase, SO_ALREADY } from './keep-case.ts';
import { CLASSED_BY, MOST, refused, type CaseAnswer, type CaseNeeds, type OnCase } from './needs.ts';
import { mergedAway } from './judge-case.ts';
import { hasRoom, line } from './said.ts';
import { TOLD } from './told.ts';

export interface AddCharge extends OnCase {
  /** The case-management system's own, or made from the form. */
  readonly chargeId: string;
  /** The offense charged, in the words or code of the court. */
  readonly charged: string;
}

export function addCharge(needs: CaseNeeds, given: AddCharge, by: CaseActor): Promise<CaseAnswer> {
  return keepCase(needs, given, by, ({ one }) => {
    const charged = given.charged.trim();
    const there = one.dispositions.find(({ id }) => id === given.chargeId);
    if (there?.charged === charged) return SO_ALREADY;
    const because = [
      ...mergedAway(one, 'charged'),
      ...line('charged', charged, CLASSED_BY, 'enter the offense charged'),
      ...(there ? [] : hasRoom('charged', one.dispositions.length, MOST.charges, CLASSED_BY)),
    ];
    if (because.length > 0) return refused(because);
    const dispositions = there
      ? one.dispositions.map((one) => (one === there ? { ...one, charged } : one))
      : [...one.dispositions, { id: given.chargeId, charged }];
    return {
      kind: 'step',
      case: { ...one, dispositions },
      act: TOLD.charged,
      clauses: [CLASSED_BY],
      facts: { charge: given.chargeId, charged: sha256(charged) },
      cause: 'case-reclassified',
    };
  });
}
