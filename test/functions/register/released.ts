/** Released disclosures on a real table, for tests of the registers: made as releasing one leaves them. */
import { disclosures, provisionsOfQuarter, type Disclosure } from '../../../functions/disclosure/contract.ts';
import { newId } from '../../../functions/edge/system.ts';
import { put } from '../../../functions/records/change.ts';
import { keyOf } from '../../../functions/records/entity.ts';
import type { Records } from '../../../functions/records/records.aws.ts';
import type { Keeper } from '../../../functions/register/needs.ts';
import type { Provision } from '../../../functions/register/provisions.ts';
import { quarterOf } from '../../../policies/calendar-date.ts';
import type { RecipientKind } from '../../../policies/editions/disclosure-grounds.ts';
import { policyInForce } from '../../../policies/editions/index.ts';
import { nyDate, type Instant } from '../../../policies/instant.ts';
import { disclosureRegister } from '../../../policies/rules/disclosure-register.ts';
import type { Bureau } from '../bureau.ts';

export async function keeperOf(bureau: Bureau, id: string): Promise<Keeper> {
  const { roles, active, bureau: of } = await bureau.person(id);
  return { personId: id, roles, active, bureau: of };
}

type Differing = Partial<Omit<Disclosure, 'asked'>> & {
  readonly asked?: Partial<Disclosure['asked']>;
  readonly recipient?: RecipientKind;
  readonly government?: boolean;
  readonly iceOrCbp?: boolean;
  readonly organization?: string;
};

/** As it is once it was released at a moment. */
export function provisionAt(at: Instant, differing: Differing = {}): Provision {
  const { asked, recipient = 'prosecutor', government = true, iceOrCbp = false, organization, ...more } = differing;
  const technology = asked?.technology ?? 'mobile-x-ray';
  const policy = policyInForce(technology, at)!;
  const id = more.id ?? newId('X');
  return {
    id,
    version: 0,
    state: 'released',
    requesterId: 'p-ortiz',
    openedAt: at,
    enclosures: [
      {
        id: 'E-1',
        kind: 'image',
        label: 'Image 1',
        addedBy: 'p-ortiz',
        addedAt: at,
        imageId: 'I-1',
        caseNumber: 'C-1',
        file: { key: 'k', versionId: 'v', sha256: 'h', bytes: 1, contentType: 'image/png' },
      },
    ],
    edition: policy.edition.id,
    step: 'Wait for receipt',
    ...more,
    asked: {
      technology,
      disclosureType: 'evidence-for-prosecution',
      about: 'A case',
      aboutWhom: 'A person',
      addressee: {
        name: 'Pat Quill',
        organization: organization ?? 'Office of the District Attorney',
        email: 'pat.quill@da.example',
        government,
        iceOrCbp,
      },
      recipient: { kind: recipient },
      immigration: { furthers: 'no', recipientEnforces: false },
      basis: { ground: 'crime', caseNumber: 'C-1' },
      way: 'page',
      ...asked,
    },
    release: {
      at,
      clauses: ['XR26-EXT-14'],
      shownHash: 'hash',
      deliveryId: 'L-1',
      register: disclosureRegister({ provisionId: id, providedAt: at, recipient, government, iceOrCbp }, policy, at),
      ...more.release,
    },
  } as Provision;
}

export async function released(records: Records, provision: Provision): Promise<Provision> {
  await records.write({
    at: provision.release.at,
    by: { kind: 'system', id: 'test' },
    puts: [put(disclosures, provision)],
    lines: [{ from: provisionsOfQuarter(quarterOf(nyDate(provision.release.at))), to: provision.id }],
    tells: [{ subject: keyOf('disclosure', provision.id), act: 'disclosure released' }],
  });
  return { ...provision, version: 1 };
}

export const releasedDisclosure = (bureau: Bureau, differing: Differing = {}): Promise<Provision> =>
  released(bureau.records, provisionAt(bureau.now, differing));
