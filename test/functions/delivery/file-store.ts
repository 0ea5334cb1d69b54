/** A store of files in memory that answers like both doors to the real one, and a key that signs. */
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { DeliveredFiles } from '../../../functions/delivery/delivered-files.ts';
import type { PackageStore } from '../../../functions/delivery/package-store.ts';
import type { StoredFile } from '../../../functions/disclosure/contract.ts';

/** Versions of files, and a key that signs. */
export class FileStore implements PackageStore, DeliveredFiles {
  readonly versions = new Map<string, Uint8Array>();
  readonly keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });

  put(key: string, bytes: Uint8Array, contentType = 'image/png'): StoredFile {
    const versionId = randomBytes(6).toString('hex');
    this.versions.set(`${key}@${versionId}`, bytes);
    return { key, versionId, sha256: sha(bytes), bytes: bytes.length, contentType };
  }

  at({ key, versionId }: { readonly key: string; readonly versionId: string }): Uint8Array {
    const found = this.versions.get(`${key}@${versionId}`);
    if (!found) throw new Error(`nothing at ${key}@${versionId}`);
    return found;
  }

  async *pieces(file: StoredFile): AsyncIterable<Uint8Array> {
    const bytes = this.at(file);
    for (let from = 0; from < bytes.length; from += 64 * 1024) yield bytes.subarray(from, from + 64 * 1024);
  }

  async writePackage(deliveryId: string, bytes: ReadableStream<Uint8Array>) {
    const pieces: Uint8Array[] = [];
    for await (const piece of bytes) pieces.push(piece);
    return this.put(`sealed/${deliveryId}/package.zip`, Buffer.concat(pieces), 'application/zip');
  }

  async writePassphrase(deliveryId: string, passphrase: string) {
    return this.put(`sealed/${deliveryId}/passphrase`, Buffer.from(passphrase), 'text/plain');
  }

  async sign(text: string) {
    return sign('sha256', Buffer.from(text), this.keys.privateKey);
  }

  async publicKey() {
    return this.keys.publicKey.export({ type: 'spki', format: 'der' });
  }

  async origin() {
    return 'https://store.example';
  }

  async link(ask: Parameters<DeliveredFiles['link']>[0]) {
    return `https://store.example/${ask.key}?version=${ask.versionId}&as=${ask.fileName}&seconds=${ask.seconds}`;
  }

  async passphrase(at: { readonly key: string; readonly versionId: string }) {
    return Buffer.from(this.at(at)).toString();
  }
}

export const sha = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');
