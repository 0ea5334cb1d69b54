/** Reads what a disclosure names in the registers, and the images it encloses, each in the version it is read at. */
import { images, type Image } from '../image/contract.ts';
import { keyOf } from '../records/entity.ts';
import type { Records } from '../records/records.aws.ts';
import {
  agreements,
  designations,
  preApprovals,
  type RegisteredAgreement,
  type RegisteredDesignation,
  type RegisteredPreApproval,
} from '../register/contract.ts';
import type { Disclosure } from './contract.ts';

export interface Registers {
  readonly agreement?: RegisteredAgreement;
  readonly preApproval?: RegisteredPreApproval;
  readonly designation?: RegisteredDesignation;
  /** The kept images among the enclosures that are not left out. */
  readonly images: readonly Image[];
}

/** What is not on file is left out: the rule finds it missing. */
export async function registersOf(
  { get }: Pick<Records, 'get'>,
  { asked, enclosures }: Pick<Disclosure, 'asked' | 'enclosures'>,
): Promise<Registers> {
  const { basis, agreement: named } = asked;
  const [agreement, preApproval, designation, ...found] = await Promise.all([
    named?.kind === 'agreement' ? get(agreements, named.agreementId) : undefined,
    basis?.ground === 'city-interest' && basis.preApprovalId ? get(preApprovals, basis.preApprovalId) : undefined,
    basis?.ground === 'routine' && basis.designationId ? get(designations, basis.designationId) : undefined,
    ...enclosures.flatMap((one) => (one.kind === 'image' && !one.leftOut ? [get(images, one.imageId)] : [])),
  ]);
  return {
    ...(agreement && { agreement }),
    ...(preApproval && { preApproval }),
    ...(designation && { designation }),
    images: found.filter((image) => image !== undefined),
  };
}

/** What a ruling rested on, so that the change it allows is refused when any of it has changed meanwhile. */
export function restedOn({ agreement, preApproval, designation, images: shown }: Registers) {
  return [
    ...(agreement ? [{ key: keyOf('agreement', agreement.id), version: agreement.version }] : []),
    ...(preApproval ? [{ key: keyOf('pre-approval', preApproval.id), version: preApproval.version }] : []),
    ...(designation ? [{ key: keyOf('routine-designation', designation.id), version: designation.version }] : []),
    ...shown.map(({ id, version }) => ({ key: keyOf('image', id), version })),
  ];
}
