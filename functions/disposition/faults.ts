/** What can go wrong with a disposition, named as its workflow reacts to it. */
import { FactMalformed, Fault } from '../../policies/faults.ts';
import type { RetentionCard } from '../retention/contract.ts';

/** An office that has to sign has nobody who may. Somebody may be given the role at any time. */
export class NobodyToSign extends Fault {
  override readonly name = 'NobodyToSign';
  readonly retryable = true;
}

/** Records of a batch are neither destroyed nor kept after all were tried. Somebody has to look; the next run goes on. */
export class RecordsRemain extends Fault {
  override readonly name = 'RecordsRemain';
  readonly retryable = false;
}

/** The list of a batch is not the one that was signed. Nothing is destroyed by it. */
export class ListDiffers extends Fault {
  override readonly name = 'ListDiffers';
  readonly retryable = false;
}

/** The key did not sign a certificate. Nothing was written: the same step, run again in a moment, may. */
export class CertificateNotSigned extends Fault {
  override readonly name = 'CertificateNotSigned';
  readonly retryable = true;
}

export function noPolicyFor({ id, technology }: Pick<RetentionCard, 'id' | 'technology'>): never {
  throw new FactMalformed(`record ${id} is of ${technology}, of which no policy is in force; correct its technology`);
}
