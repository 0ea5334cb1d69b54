/**
 * The card of something that was just kept: kept without a date, under legal hold, until its dates are worked out. It is
 * written in the transaction that keeps the record, together with its `cardsLine` for each of its cases.
 */
import type { Technology } from '../../policies/editions/edition.ts';
import type { Instant } from '../../policies/instant.ts';
import { OPEN_CASE, UNCLASSED, type FilePerson, type KeptKind } from '../../policies/retention.ts';
import { lockOf } from './lock-of.ts';
import type { RetentionCard, StoredFile } from './contract.ts';

/** The clause that keeps a record while no case of it is closed and classed. */
const KEEPS_UNTIL_CLOSED: Readonly<Record<Technology, string>> = {
  'mobile-x-ray': 'XR26-RET-07',
  'portable-electronic-device': 'PED26-RET-04',
  'digital-camera': 'CAM26-RET-04',
  'license-plate-reader': 'LPR26-RET-08',
};

export interface JustKept {
  readonly id: string;
  readonly kind: KeptKind;
  readonly technology: Technology;
  readonly keptAt: Instant;
  readonly caseNumbers: readonly string[];
  /** `keyOf` the record with what was captured, where there is one. */
  readonly about?: string;
  readonly capturedAt?: Instant;
  readonly person?: FilePerson;
  readonly deviceId?: string;
  readonly read?: NonNullable<RetentionCard['read']>;
  readonly relevance?: string;
  readonly files: readonly StoredFile[];
  /** Holds it is taken in by from the start, where they are known. */
  readonly holdIds?: readonly string[];
}

/** What its files are tagged with when they are copied to where they stay. */
export const firstClassOf = (caseNumbers: readonly string[]): string =>
  caseNumbers.length > 0 ? OPEN_CASE : UNCLASSED;

/** Version 0: to be `put`. Its files are under legal hold already, since they are copied under it. */
export function firstCard({ holdIds = [], ...given }: JustKept): RetentionCard {
  const classId = firstClassOf(given.caseNumbers);
  const keeping = {
    kind: 'keep',
    classId,
    why: [
      {
        clause: KEEPS_UNTIL_CLOSED[given.technology],
        event: 'kept',
        text:
          given.caseNumbers.length > 0
            ? 'Kept while its case is open, and until the case is closed and classed.'
            : 'Kept until its dates are worked out.',
      },
    ],
  } as const;
  return {
    ...given,
    version: 0,
    state: 'kept',
    holdIds,
    keeping,
    workedOutFrom: { cases: {}, at: given.keptAt },
    lock: lockOf(keeping, holdIds),
    lockSetAt: given.keptAt,
  };
}
