/**
 * What a sealed package says of itself: the manifest that is signed, the extract of the ledger, and how a stranger checks
 * both without any program of ours. Pure.
 */
import type { Instant } from '../../policies/instant.ts';
import type { Disclosure } from '../disclosure/contract.ts';
import { sha256 } from '../records/canonical.ts';
import type { LedgerEntry, LedgerHead } from '../records/ledger.ts';
import type { Delivery } from './contract.ts';
import { pathOf } from './names.ts';
import { termsOf } from './terms.ts';

/** A text that goes into the package as a file. */
export interface TextFile {
  readonly name: string;
  readonly text: string;
}

export interface Told {
  readonly disclosure: Disclosure;
  readonly delivery: Delivery;
  readonly entries: readonly LedgerEntry[];
  readonly head: LedgerHead;
  readonly publicKeyPem: string;
  readonly keySha256: string;
  readonly sealedAt: Instant;
}

export const MANIFEST = 'manifest.json';
export const SIGNATURE = 'manifest.sig';

/** Every text but the manifest itself and its signature; the manifest lists all of them. */
export function textsOf(told: Told): readonly TextFile[] {
  const texts = [
    { name: 'VERIFY.txt', text: verifyText(told) },
    { name: 'public-key.pem', text: told.publicKeyPem },
    { name: 'ledger.json', text: ledgerText(told) },
    ...(told.delivery.counts.length > 0 ? [{ name: 'numbers.txt', text: numbersText(told.delivery) }] : []),
  ];
  const sums = [
    ...told.delivery.files.map((file) => `${file.file.sha256}  ${pathOf(told.delivery, file)}`),
    ...texts.map(({ name, text }) => `${sha256(text)}  ${name}`),
  ];
  return [...texts, { name: 'SHA256SUMS', text: `${sums.join('\n')}\n` }];
}

/** The text that is signed, byte for byte. */
export function manifestText(told: Told, texts: readonly TextFile[]): string {
  const { disclosure, delivery } = told;
  const manifest = {
    schema: 1,
    what: 'sealed package of a disclosure',
    disclosure: disclosure.id,
    delivery: delivery.id,
    technology: disclosure.asked.technology,
    ground: disclosure.asked.basis?.ground ?? 'not-identifying',
    clauses: disclosure.release?.clauses ?? [],
    edition: disclosure.edition,
    releasedAt: disclosure.release?.at,
    sealedAt: told.sealedAt,
    terms: termsOf(disclosure),
    files: delivery.files.map((file) => ({
      name: pathOf(delivery, file),
      sha256: file.file.sha256,
      bytes: file.file.bytes,
      contentType: file.file.contentType,
      label: file.label,
      calledByTheDepartment: file.fileName,
      enclosure: file.enclosureId,
      as: file.redactedCopyOf ? 'redacted copy' : 'original, unaltered',
      ...(file.redactedCopyOf && { redactedCopyOf: file.redactedCopyOf }),
    })),
    texts: texts.map(({ name, text }) => ({ name, sha256: sha256(text), bytes: Buffer.byteLength(text) })),
    ledgerHead: told.head,
    signingKeySha256: told.keySha256,
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

function ledgerText({ disclosure, entries, head, sealedAt }: Told): string {
  return `${JSON.stringify({ schema: 1, subject: `disclosure#${disclosure.id}`, readAt: sealedAt, head, entries }, null, 2)}\n`;
}

const numbersText = ({ counts }: Delivery): string =>
  `${counts.map(({ label, text }) => `${label}\n${text}`).join('\n\n')}\n`;

function verifyText({ disclosure, delivery, keySha256, head }: Told): string {
  return `How to verify this package
==========================

Disclosure ${disclosure.id}, delivery ${delivery.id}. Everything below works with the
tools of any Linux or macOS, or of Windows with WSL: openssl, sha256sum and jq.
On macOS write "shasum -a 256" for "sha256sum".

1. The package is the one that was sealed
   The page behind your link shows the SHA-256 of the package. It is the same as:

     sha256sum ${delivery.id}-sealed.zip

2. The key is the department's
   The page shows the SHA-256 of the key too; it is also told on the telephone.
   It is ${keySha256}, and the same as:

     openssl pkey -pubin -in public-key.pem -outform DER | sha256sum

3. The list of what was disclosed is signed with that key (ECDSA on P-256, SHA-256)
   This prints "Verified OK":

     openssl dgst -sha256 -verify public-key.pem -signature manifest.sig manifest.json

4. Every file is the one on the list
   The first line prints "true", the second one "OK" for each file:

     jq -r '.texts[] | select(.name == "SHA256SUMS") .sha256 + "  SHA256SUMS"' manifest.json | sha256sum -c --status && echo true
     sha256sum -c SHA256SUMS

   What lies beside the files of the list is not part of the disclosure. A file under
   redacted-copies/ is a copy with parts taken out; the list names what it is a copy of.
   A file under originals/ is exactly what the department keeps.

5. The ledger was not rewritten
   ledger.json has every entry about this disclosure up to the sealing, each with the
   hash of the one before. This prints nothing when the chain holds:

     before=${'0'.repeat(64)}
     for i in $(seq 0 $(($(jq '.entries | length' ledger.json) - 1))); do
       entry=".entries[$i]"
       [ "$(jq -r "$entry.prev" ledger.json)" = "$before" ] || echo "entry $i does not follow"
       before=$(jq -cSj "$entry | del(.hash)" ledger.json | sha256sum | cut -c1-64)
       [ "$(jq -r "$entry.hash" ledger.json)" = "$before" ] || echo "entry $i was altered"
     done

   The last hash is that of entry ${head.seq}, as the signed list has it:
   ${head.hash}
   Entries name people of the department and records by numbers only. The department
   keeps the same chain, signs its heads every hour, and can be asked for both.

What does not verify is not what the department released: do not use it, and call.
`;
}
