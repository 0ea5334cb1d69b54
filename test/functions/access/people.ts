/** People as an import has them, for tests. */
import type { PersonInput } from '../../../functions/access/contract.ts';

export function someone(directoryName: string, differing: Partial<PersonInput> = {}): PersonInput {
  return {
    directoryName,
    name: `Name of ${directoryName}`,
    email: `${directoryName}@example.gov`,
    uniformed: true,
    rank: 'captain',
    bureau: 'counterterrorism-bureau',
    command: 'CTB',
    roles: ['member', 'ctb-executive'],
    active: true,
    ...differing,
  };
}
