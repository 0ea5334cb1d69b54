/**
 * Signatures over a digest that the caller made, which Node's crypto has no call for.
 *
 * ECDSA needs one multiplication on the curve, which Node's ECDH does; the rest is arithmetic modulo the order.
 * Verifying uses the private key too (this host holds it), so it needs one multiplication as well.
 * Sources: FIPS 186-5 section 6.4; RFC 8017 sections 8.2 and 9.1. Not constant-time: for keys of this machine only.
 */
import {
  constants,
  createECDH,
  createHash,
  privateEncrypt,
  publicDecrypt,
  randomBytes,
  type KeyObject,
} from 'node:crypto';

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const SHA256_INFO = Buffer.from('3031300d060960864801650304020105000420', 'hex');
const HASH_BYTES = 32;

/** A DER signature on P-256. `digest` is 32 bytes. */
export function ecdsaSign(key: KeyObject, digest: Buffer): Buffer {
  const d = secretOf(key);
  for (;;) {
    const k = modulo(number(randomBytes(40)));
    const r = modulo(xOf(k));
    const s = modulo(inverse(k) * (number(digest) + r * d));
    if (r !== 0n && s !== 0n) return der(r, s);
  }
}

export function ecdsaVerify(key: KeyObject, digest: Buffer, signature: Buffer): boolean {
  const [r, s] = integersOf(signature) ?? [0n, 0n];
  if (r <= 0n || s <= 0n || r >= ORDER || s >= ORDER) return false;
  const w = inverse(s);
  const scalar = modulo(number(digest) * w + r * w * secretOf(key));
  return scalar !== 0n && modulo(xOf(scalar)) === r;
}

export function pkcs1Sign(key: KeyObject, digest: Buffer): Buffer {
  return privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.concat([SHA256_INFO, digest]));
}

export function pkcs1Verify(key: KeyObject, digest: Buffer, signature: Buffer): boolean {
  try {
    return publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, signature).equals(
      Buffer.concat([SHA256_INFO, digest]),
    );
  } catch {
    return false;
  }
}

/** Salt of 32 bytes, as KMS. */
export function pssSign(key: KeyObject, digest: Buffer): Buffer {
  const salt = randomBytes(HASH_BYTES);
  const hash = pssHash(digest, salt);
  const size = bytesOf(key) - HASH_BYTES - 1;
  const block = Buffer.concat([Buffer.alloc(size - HASH_BYTES - 1), Buffer.of(1), salt]);
  const masked = mask(block, hash);
  return privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, Buffer.concat([masked, hash, Buffer.of(0xbc)]));
}

export function pssVerify(key: KeyObject, digest: Buffer, signature: Buffer): boolean {
  if (signature.length !== bytesOf(key)) return false;
  const message = publicDecrypt({ key, padding: constants.RSA_NO_PADDING }, signature);
  const size = message.length - HASH_BYTES - 1;
  const hash = message.subarray(size, size + HASH_BYTES);
  const block = mask(message.subarray(0, size), hash);
  const salt = block.subarray(size - HASH_BYTES);
  const wellFormed =
    message.at(-1) === 0xbc &&
    block[size - HASH_BYTES - 1] === 1 &&
    block.subarray(0, size - HASH_BYTES - 1).every((byte) => byte === 0);
  return wellFormed && pssHash(digest, salt).equals(hash);
}

function pssHash(digest: Buffer, salt: Buffer): Buffer {
  return createHash('sha256').update(Buffer.alloc(8)).update(digest).update(salt).digest();
}

/** MGF1 with SHA-256 over the block; the highest bit is cleared, as a 2048-bit modulus asks. */
function mask(block: Buffer, seed: Buffer): Buffer {
  const stream = Buffer.concat(
    Array.from({ length: Math.ceil(block.length / HASH_BYTES) }, (_, index) => {
      const counter = Buffer.alloc(4);
      counter.writeUInt32BE(index);
      return createHash('sha256').update(seed).update(counter).digest();
    }),
  );
  const masked = Buffer.from(block.map((byte, index) => byte ^ stream[index]!));
  masked[0]! &= 0x7f;
  return masked;
}

function bytesOf(key: KeyObject): number {
  return (key.asymmetricKeyDetails?.modulusLength ?? 2048) / 8;
}

function secretOf(key: KeyObject): bigint {
  return number(Buffer.from(key.export({ format: 'jwk' }).d!, 'base64url'));
}

/** The x coordinate of a multiple of the curve's base point. */
function xOf(scalar: bigint): bigint {
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(Buffer.from(scalar.toString(16).padStart(64, '0'), 'hex'));
  return number(curve.getPublicKey().subarray(1, 33));
}

function number(bytes: Buffer): bigint {
  return BigInt(`0x${bytes.toString('hex')}`);
}

function modulo(value: bigint): bigint {
  return ((value % ORDER) + ORDER) % ORDER;
}

/** By Fermat: the order is prime. */
function inverse(value: bigint): bigint {
  let result = 1n;
  let base = modulo(value);
  for (let exponent = ORDER - 2n; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = modulo(result * base);
    base = modulo(base * base);
  }
  return result;
}

function der(...integers: bigint[]): Buffer {
  const parts = integers.map((integer) => {
    const hex = integer.toString(16);
    const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
    const signed = bytes[0]! & 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes;
    return Buffer.concat([Buffer.of(2, signed.length), signed]);
  });
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.of(0x30, body.length), body]);
}

/** The two integers of a DER signature shorter than 128 bytes, or nothing if it is not one. */
function integersOf(signature: Buffer): [bigint, bigint] | undefined {
  const length = signature[3] ?? 0;
  const r = signature.subarray(4, 4 + length);
  const s = signature.subarray(6 + length);
  const wellFormed =
    signature[0] === 0x30 &&
    signature[1] === signature.length - 2 &&
    signature[2] === 2 &&
    signature[4 + length] === 2 &&
    signature[5 + length] === s.length;
  return wellFormed && r.length > 0 && s.length > 0 ? [number(r), number(s)] : undefined;
}
