/**
 * How what was released reaches its recipient: a page behind a link and a one-time code, or a sealed package whose
 * opening is recorded. The recipient has no account and never reaches the department's systems (XR26-EXT-01).
 */
import type { Instant } from '../../policies/instant.ts';
import type { StoredFile } from '../disclosure/contract.ts';
import { sha256 } from '../records/canonical.ts';
import { entity, keyOf, type Kept } from '../records/entity.ts';

/** `sealing` until the package is made; `open` until it is received, its time is over or it is revoked. */
export type DeliveryState = 'sealing' | 'open' | 'received' | 'expired' | 'revoked';

export interface DeliveredFile {
  readonly enclosureId: string;
  readonly label: string;
  readonly fileName: string;
  /** Whether it is a copy with parts taken out, and then of which enclosure. */
  readonly redactedCopyOf?: string;
  readonly file: StoredFile;
}

export interface Delivery extends Kept {
  readonly disclosureId: string;
  readonly way: 'page' | 'sealed-package';
  readonly state: DeliveryState;
  readonly to: { readonly name: string; readonly organization: string; readonly email: string };
  readonly files: readonly DeliveredFile[];
  /** Anonymized numbers, which are no files. */
  readonly counts: readonly { readonly enclosureId: string; readonly label: string; readonly text: string }[];
  readonly madeAt: Instant;
  readonly closesAt: Instant;
  /** SHA-256 of the secrets in the mails' addresses; the secrets are nowhere stored. */
  readonly links: readonly { readonly hash: string; readonly sentAt: Instant }[];
  /** The code that was mailed last: hashed together with the delivery's id. Gone once used or used up. */
  readonly code?: { readonly hash: string; readonly until: Instant; readonly triesLeft: number };
  readonly codesAsked: number;
  /** The browser a code was asked from last, as `heldHash` of its form cookie, and when: the code works there only. */
  readonly asking?: { readonly browser: string; readonly at: Instant };
  /** The browser that gave the code, as `heldHash` of its cookie, and until when it may look. */
  readonly visit?: { readonly hash: string; readonly until: Instant };
  /**
   * Files opened, by enclosure, and `package` and `passphrase` of a sealed package. Each is in the ledger too; of one thing
   * opened again and again, only the ledger has every time.
   */
  readonly openings: readonly { readonly what: string; readonly at: Instant }[];
  /** The address made last for one file or the package, as `heldHash` of its secret: for minutes and for one visit. */
  readonly opened?: { readonly hash: string; readonly what: string; readonly until: Instant };
  readonly seal?: {
    readonly package: StoredFile;
    readonly manifestSha256: string;
    readonly sealedAt: Instant;
    /** Where the passphrase of this very package lies. It is nowhere else: in no record, ledger entry, log or mail. */
    readonly passphrase: { readonly key: string; readonly versionId: string };
    /** SHA-256 of the public key that the manifest's signature is checked with (DER). */
    readonly keySha256: string;
  };
  /** When members took the package to hand it over on a disc, and who. */
  readonly takenOut?: readonly { readonly by: string; readonly at: Instant }[];
  /** Attempts at a real link that were refused. The ledger tells of the first ones (refuse-attempt.ts). */
  readonly attemptsRefused?: number;
  readonly receipt?: { readonly name: string; readonly at: Instant };
  readonly endedAt?: Instant;
  readonly dueAt?: Instant;
}

export const deliveries = entity<Delivery>('delivery', (delivery) => ({
  subject: [keyOf('disclosure', delivery.disclosureId), delivery.madeAt],
  ...(delivery.dueAt && { dueAt: delivery.dueAt }),
}));

/** Finds a delivery by a link: `linesOf(deliveryLinkLine(sha256(secret)))` names its id. */
export const deliveryLinkLine = (hash: string): string => `delivery-link#${hash}`;

/** How a one-time code is kept: with the delivery's id, so that equal codes are not equal on record. */
export const codeHash = (deliveryId: string, code: string): string => sha256([deliveryId, code]);

/** How a secret that a browser holds is kept: with the delivery's id, so that it counts for this delivery only. */
export const heldHash = (deliveryId: string, secret: string): string => sha256([deliveryId, secret]);
