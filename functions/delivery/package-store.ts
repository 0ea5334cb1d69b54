/** What the step that seals a package asks of the store and of the key. The door to them is package-store.aws.ts. */
import type { StoredFile } from '../disclosure/contract.ts';

export interface Written {
  readonly key: string;
  readonly versionId: string;
}

export interface PackageStore {
  /** All bytes of a delivered file's version, in order. */
  pieces(file: StoredFile): AsyncIterable<Uint8Array>;
  /** Writes a package as it comes; nothing is there if the stream fails. */
  writePackage(deliveryId: string, bytes: ReadableStream<Uint8Array>): Promise<Written>;
  /** Writes a passphrase as an object of its own, which whoever writes it cannot read. */
  writePassphrase(deliveryId: string, passphrase: string): Promise<Written>;
  /** ECDSA over the SHA-256 of a text, DER. */
  sign(text: string): Promise<Uint8Array>;
  /** The public half of the key, as SPKI: DER. */
  publicKey(): Promise<Uint8Array>;
}
