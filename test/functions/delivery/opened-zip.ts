/**
 * Reads a ZIP encrypted by WinZip's AE-2 with nothing but Node's own crypto, from the published description of the
 * format: a second implementation beside the library that writes it. Throws where anything does not fit.
 *
 * Source  https://www.winzip.com/en/support/aes-encryption/ and PKWARE's APPNOTE 4.3
 */
import { createCipheriv, createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto';

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const AES_FIELD = 0x9901;
const SALT = 16;
const KEY = 32;
const MAC = 10;

export function openedZip(zip: Buffer, passphrase: string): ReadonlyMap<string, Buffer> {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || zip.readUInt32LE(end) !== END) throw new Error('no end of the central directory');
  const entries = new Map<string, Buffer>();
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    if (zip.readUInt32LE(at) !== CENTRAL) throw new Error('no entry of the central directory');
    const [flags, method] = [zip.readUInt16LE(at + 8), zip.readUInt16LE(at + 10)];
    const [crc, packed, size] = [zip.readUInt32LE(at + 16), zip.readUInt32LE(at + 20), zip.readUInt32LE(at + 24)];
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((place) => zip.readUInt16LE(at + place)) as [
      number,
      number,
      number,
    ];
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    const extra = zip.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength);
    const aes = fieldOf(extra);
    if ((flags & 1) === 0 || method !== 99 || crc !== 0 || !aes) throw new Error(`${name} is not encrypted as AE-2`);
    if (aes.version !== 2 || aes.vendor !== 'AE' || aes.strength !== 3 || aes.method !== 0)
      throw new Error(`${name}: ${JSON.stringify(aes)}, expected AE-2, AES-256, stored`);
    const local = zip.readUInt32LE(at + 42);
    if (zip.readUInt32LE(local) !== LOCAL) throw new Error(`${name} has no local header`);
    const localName = zip.toString('utf8', local + 30, local + 30 + zip.readUInt16LE(local + 26));
    if (localName !== name) throw new Error(`${name} is called ${localName} in its own header`);
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const plain = decrypted(name, zip.subarray(from, from + packed), passphrase);
    if (plain.length !== size) throw new Error(`${name} has ${plain.length} bytes, expected ${size}`);
    if (entries.has(name)) throw new Error(`${name} is there twice`);
    entries.set(name, plain);
    at += 46 + nameLength + extraLength + commentLength;
  }
  return entries;
}

function fieldOf(extra: Buffer) {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== AES_FIELD) continue;
    return {
      version: extra.readUInt16LE(at + 4),
      vendor: extra.toString('ascii', at + 6, at + 8),
      strength: extra[at + 8],
      method: extra.readUInt16LE(at + 9),
    };
  }
  return undefined;
}

/** Salt, two bytes to check the passphrase, the text, and ten bytes of HMAC-SHA1 over it. */
function decrypted(name: string, data: Buffer, passphrase: string): Buffer {
  const keys = keysOf(passphrase, data.subarray(0, SALT));
  if (!keys.subarray(2 * KEY).equals(data.subarray(SALT, SALT + 2))) throw new Error(`${name}: another passphrase`);
  const text = data.subarray(SALT + 2, data.length - MAC);
  const mac = createHmac('sha1', keys.subarray(KEY, 2 * KEY))
    .update(text)
    .digest()
    .subarray(0, MAC);
  if (!timingSafeEqual(mac, data.subarray(data.length - MAC))) throw new Error(`${name} was altered`);
  return xored(text, keys.subarray(0, KEY));
}

/** AES-256 in counter mode with a counter that begins at 1 and grows from its first byte, which OpenSSL's does not. */
function xored(text: Buffer, key: Buffer): Buffer {
  const counters = Buffer.alloc(Math.ceil(text.length / 16) * 16);
  for (let block = 0; block * 16 < text.length; block++) counters.writeUInt32LE(block + 1, block * 16);
  const stream = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false).update(counters);
  return Buffer.from(text.map((byte, place) => byte ^ stream[place]!));
}

/** Of one salt the same each time: a test that alters a package byte by byte asks thousands of times. */
const known = new Map<string, Buffer>();
function keysOf(passphrase: string, salt: Buffer): Buffer {
  const name = `${passphrase} ${salt.toString('hex')}`;
  const keys = known.get(name) ?? pbkdf2Sync(passphrase, salt, 1000, 2 * KEY + 2, 'sha1');
  known.set(name, keys);
  return keys;
}
