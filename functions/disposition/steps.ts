/** What the steps of a disposition's workflow have in common. */
import type { Instant } from '../../policies/instant.ts';
import type { Change } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import { RecordMissing } from '../records/faults.ts';
import type { Files } from '../records/files.ts';
import type { Told } from '../records/ledger.ts';
import { put } from '../records/change.ts';
import type { Records } from '../records/records.aws.ts';
import { dispositions, withDue, type Disposition } from './contract.ts';

export interface StepNeeds {
  readonly records: Records;
  readonly files: Pick<Files, 'bucket' | 'put' | 'text'>;
  /** Signs a certificate. */
  readonly sign: (text: string) => Promise<{ readonly signature: string; readonly keyId: string }>;
  readonly now: () => Instant;
  readonly newId: (prefix: string) => string;
}

export const BY_WORKFLOW = { kind: 'system', id: 'disposition' } as const;

export async function dispositionOf({ records }: Pick<StepNeeds, 'records'>, id: string): Promise<Disposition> {
  const disposition = await records.get(dispositions, id);
  if (!disposition) throw new RecordMissing(`disposition ${id} is not in the table; a workflow was started for it`);
  return disposition;
}

/** A change of a batch, told on its own story. */
export function changed(
  next: Disposition,
  at: Instant,
  told: Omit<Told, 'subject'>,
  more: Partial<Omit<Change, 'at' | 'tells'>> = {},
): Change {
  return {
    by: BY_WORKFLOW,
    ...more,
    at,
    puts: [put(dispositions, withDue(next)), ...(more.puts ?? [])],
    tells: [{ subject: keyOf('disposition', next.id), ...told }],
  };
}
