/** Records what the investigation found where nobody was convicted: it classes the case as a conviction would. */
import type { CaseActor, CaseFinding } from './contract.ts';
import { judged } from './judge-case.ts';
import { keepCase, SO_ALREADY } from './keep-case.ts';
import { refused, type CaseAnswer, type CaseNeeds, type OnCase } from './needs.ts';
import { TOLD } from './told.ts';

export interface RecordFinding extends OnCase {
  readonly finding: CaseFinding;
}

export function recordFinding(needs: CaseNeeds, given: RecordFinding, by: CaseActor): Promise<CaseAnswer> {
  return keepCase(needs, given, by, (at) => {
    const { one } = at;
    if (one.finding === given.finding) return SO_ALREADY;
    const { because, clauses } = judged(at, 'find', { finding: given.finding });
    if (because.length > 0) return refused(because);
    return {
      kind: 'step',
      case: { ...one, finding: given.finding },
      act: TOLD.found,
      clauses,
      facts: { finding: given.finding, ...(one.finding && { was: one.finding }) },
      cause: 'case-reclassified',
    };
  });
}
