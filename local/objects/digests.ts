/**
 * The checksums S3 keeps and checks, as running digests.
 *
 * SHA and MD5 come from node:crypto, CRC-32 from node:zlib. CRC-32C (Castagnoli) and CRC-64/NVME have no home in Node:
 * both are table-driven here, one byte a step, the 64-bit one in two halves because BigInt is some fifty times slower.
 * Parameters: reflected, initial value and final XOR all ones (RFC 3720 appendix B.4; NVM Express base specification).
 */
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { refuse } from './answer.ts';

export const ALGORITHMS = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const;
export type Algorithm = (typeof ALGORITHMS)[number];

/** A checksum as S3 keeps it: `value` is base64, for COMPOSITE with `-<parts>` behind it. */
export interface Checksum {
  readonly algorithm: Algorithm;
  readonly value: string;
  readonly type: 'FULL_OBJECT' | 'COMPOSITE';
}

export interface Digest {
  update(chunk: Uint8Array): void;
  bytes(): Buffer;
}

const LENGTHS: Readonly<Record<Algorithm, number>> = { CRC32: 4, CRC32C: 4, CRC64NVME: 8, SHA1: 20, SHA256: 32 };

export function digestOf(algorithm: Algorithm | 'MD5'): Digest {
  if (algorithm === 'CRC32') return crc32Digest();
  if (algorithm === 'CRC32C') return crc32cDigest();
  if (algorithm === 'CRC64NVME') return crc64Digest();
  const hash = createHash(algorithm.toLowerCase());
  return { update: (chunk) => void hash.update(chunk), bytes: () => hash.digest() };
}

/** The algorithm a name stands for, in any case. Throws InvalidRequest. */
export function algorithmNamed(name: string): Algorithm {
  const found = ALGORITHMS.find((one) => one === name.toUpperCase());
  if (!found)
    throw refuse(
      'InvalidRequest',
      `Checksum algorithm provided is unsupported: ${name}. Please try again with any of the valid types: [${ALGORITHMS.join(', ')}]`,
    );
  return found;
}

/** Header name of a checksum, such as `x-amz-checksum-crc32`. */
export function checksumHeader(algorithm: Algorithm): string {
  return `x-amz-checksum-${algorithm.toLowerCase()}`;
}

/** Throws InvalidRequest if the base64 text cannot be a value of the algorithm. */
export function checkShape(algorithm: Algorithm, value: string): void {
  const bytes = Buffer.from(value, 'base64');
  if (bytes.length !== LENGTHS[algorithm] || bytes.toString('base64') !== value)
    throw refuse('InvalidRequest', `Value for ${checksumHeader(algorithm)} header is invalid.`);
}

/** The checksum of the parts' checksums, in order, as S3 makes it for multipart uploads. */
export function compositeOf(algorithm: Algorithm, parts: readonly string[]): Checksum {
  const digest = digestOf(algorithm);
  for (const part of parts) digest.update(Buffer.from(part, 'base64'));
  return { algorithm, type: 'COMPOSITE', value: `${digest.bytes().toString('base64')}-${parts.length}` };
}

function crc32Digest(): Digest {
  let crc = 0;
  return {
    update: (chunk) => void (crc = crc32(chunk, crc)),
    bytes: () => words(crc),
  };
}

const CASTAGNOLI = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  return crc;
});

function crc32cDigest(): Digest {
  let crc = 0xffffffff;
  return {
    update(chunk) {
      for (let at = 0; at < chunk.length; at++) crc = (crc >>> 8) ^ CASTAGNOLI[(crc ^ chunk[at]!) & 0xff]!;
    },
    bytes: () => words(crc ^ 0xffffffff),
  };
}

const NVME_HIGH = new Uint32Array(256);
const NVME_LOW = new Uint32Array(256);
for (let byte = 0; byte < 256; byte++) {
  let crc = BigInt(byte);
  for (let bit = 0; bit < 8; bit++) crc = crc & 1n ? (crc >> 1n) ^ 0x9a6c9329ac4bc9b5n : crc >> 1n;
  NVME_HIGH[byte] = Number(crc >> 32n);
  NVME_LOW[byte] = Number(crc & 0xffffffffn);
}

function crc64Digest(): Digest {
  let high = 0xffffffff;
  let low = 0xffffffff;
  return {
    update(chunk) {
      for (let at = 0; at < chunk.length; at++) {
        const row = (low ^ chunk[at]!) & 0xff;
        low = ((low >>> 8) | (high << 24)) ^ NVME_LOW[row]!;
        high = (high >>> 8) ^ NVME_HIGH[row]!;
      }
    },
    bytes: () => words(high ^ 0xffffffff, low ^ 0xffffffff),
  };
}

function words(...values: number[]): Buffer {
  const out = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => out.writeUInt32BE(value >>> 0, index * 4));
  return out;
}
