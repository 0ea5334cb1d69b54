/** Reads what a disclosure names in the registers, and the images it encloses, each in the version it is read at. */
import { images, type Image } from '../image/contract.ts';
import { keyOf } from '../records/entity.ts';
import type { Records } from '../records/records.aws.ts';
import { persons } from '../records/standing.ts';
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
  /** Of the requester and of whoever confirmed something, by their ids. */
  readonly names: Readonly<Record<string, string>>;
}

/** What is not on file is left out: the rule finds it missing. */
export async function registersOf(
  records: Pick<Records, 'get'>,
  disclosure: Pick<Disclosure, 'asked' | 'enclosures' | 'requesterId'>,
): Promise<Registers> {
  const { asked, enclosures, requesterId } = disclosure;
  const { basis, agreement: named, identity, affiliation, lawfulness } = asked;
  const imageIds = enclosures.flatMap((one) => (one.kind === 'image' && !one.leftOut ? [one.imageId] : []));
  const people = [requesterId, ...[identity, affiliation, lawfulness].flatMap((one) => (one ? [one.byId] : []))];
  const [agreement, preApproval, designation, shown, known] = await Promise.all([
    named?.kind === 'agreement' ? records.get(agreements, named.agreementId) : undefined,
    basis?.ground === 'city-interest' && basis.preApprovalId
      ? records.get(preApprovals, basis.preApprovalId)
      : undefined,
    basis?.ground === 'routine' && basis.designationId ? records.get(designations, basis.designationId) : undefined,
    Promise.all(imageIds.map((id) => records.get(images, id))),
    Promise.all([...new Set(people)].map((id) => records.get(persons, id))),
  ]);
  return {
    ...(agreement && { agreement }),
    ...(preApproval && { preApproval }),
    ...(designation && { designation }),
    images: shown.filter((image) => image !== undefined),
    names: Object.fromEntries(known.flatMap((person) => (person ? [[person.id, person.name]] : []))),
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
