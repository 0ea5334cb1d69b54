/**
 * What a certificate of destruction is: the text that is signed, the list of tombstones it names by hash, and how anyone
 * with the public key checks both, with nothing of ours but this file. What is downloaded holds exactly what is signed.
 */
import { createPublicKey, verify } from 'node:crypto';
import { canonical, sha256 } from '../records/canonical.ts';
import type { RetentionCard } from '../retention/contract.ts';
import type { Certificate } from './contract.ts';

export const METHOD =
  'Every version of every file was deleted from the store of images, which keeps no copy elsewhere; what identifies was removed from the record. The number, class, schedule, hash, signatures and times stay.';

/** As it is downloaded. `list` is the text of the tombstones: number, hash and time, one line each in order of number. */
export interface CertificateFile {
  readonly schema: 1;
  readonly says: Certificate['says'];
  readonly signature: { readonly of: string; readonly value: string };
  readonly list: string;
}

type Tombstone = NonNullable<RetentionCard['destroyed']>;
export const goneAt = (tombstone: Tombstone) => tombstone.filesGoneAt ?? tombstone.at;

export const lineOf = (id: string, tombstone: Tombstone): string => `${id} ${tombstone.sha256} ${goneAt(tombstone)}\n`;

export const certificateText = (says: Certificate['says']): string => canonical({ schema: 1, ...says });

/** What does not hold of a certificate, in words; nothing when all of it does. */
export function flawsOf(publicKeyPem: string, file: CertificateFile): readonly string[] {
  const { says, signature, list } = file;
  const text = certificateText(says);
  const lines = list.split('\n').slice(0, -1);
  const times = lines.map((line) => line.split(' ').at(-1)!).toSorted();
  const flaws: (string | false)[] = [
    file.schema !== 1 && `its schema is ${String(file.schema)}; this reads schema 1`,
    signature.of !== sha256(text) && 'the hash of what was signed is not that of what it says',
    !signed(publicKeyPem, text, signature.value) && 'its signature is not one of this key over what it says',
    says.listSha256 !== sha256(list) && 'the list is not the one it names',
    says.records !== lines.length && `it says ${says.records} records and lists ${lines.length}`,
    lines.length > 0 && says.destroyedFrom !== times[0] && 'the first time of destruction is not that of the list',
    lines.length > 0 && says.destroyedUntil !== times.at(-1) && 'the last time of destruction is not that of the list',
  ];
  return flaws.filter((flaw) => flaw !== false);
}

function signed(publicKeyPem: string, text: string, value: string): boolean {
  const bytes = Buffer.from(value, 'base64');
  // Base64 has several spellings of some bytes; only the one that was written counts.
  if (bytes.toString('base64') !== value) return false;
  return verify('sha256', Buffer.from(text), createPublicKey(publicKeyPem), bytes);
}
