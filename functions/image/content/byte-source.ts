/**
 * A file that is read in pieces, wherever it lies. Parsers ask for what they need; what lies beyond the end of the file
 * is simply not there, so a wrong length inside a file can never make a parser fail.
 *
 * Units  offsets and lengths are bytes
 */
export interface ByteSource {
  readonly size: number;
  /** The bytes from `offset`, fewer than `length` only where the file ends. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

export function bytesOf(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read: async (offset, length) =>
      within(offset, bytes.length)
        ? bytes.subarray(offset, Math.min(bytes.length, offset + Math.max(0, length)))
        : NOTHING,
  };
}

/** A part of a source as a source of its own, for blocks whose offsets count from their own start. */
export function partOf(source: ByteSource, start: number, length = Number.MAX_SAFE_INTEGER): ByteSource {
  const from = within(start, source.size) ? start : source.size;
  const size = Math.min(Math.max(0, length), source.size - from);
  return {
    size,
    read: async (offset, wanted) =>
      within(offset, size) ? source.read(from + offset, Math.min(wanted, size - offset)) : NOTHING,
  };
}

/** A source that has been read from too much answers nothing any more and says so. */
export interface SparingSource extends ByteSource {
  spent(): boolean;
}

const BLOCK_BYTES = 1024 * 1024;
const BLOCKS_KEPT = 8;

/**
 * Reads whole blocks of 1 MB and keeps the last eight, so that a parser's many small reads become few requests.
 * A file whose structure sends its reader to and fro for more than twice its size (and 64 MB) is given up:
 * no honest file does that, and a crafted one must not keep a function busy.
 */
export function sparing(source: ByteSource, mostBytes = 2 * source.size + 64 * BLOCK_BYTES): SparingSource {
  const kept = new Map<number, Uint8Array>();
  let fetched = 0;
  const spent = () => fetched > mostBytes;

  const blockAt = async (index: number): Promise<Uint8Array> => {
    let block = kept.get(index);
    if (!block) {
      fetched += BLOCK_BYTES;
      if (spent()) return NOTHING;
      block = await source.read(index * BLOCK_BYTES, BLOCK_BYTES);
    }
    kept.delete(index);
    kept.set(index, block);
    if (kept.size > BLOCKS_KEPT) kept.delete(kept.keys().next().value!);
    return block;
  };

  return {
    size: source.size,
    spent,
    async read(offset, length) {
      if (!within(offset, source.size) || length <= 0) return NOTHING;
      const end = Math.min(source.size, offset + length);
      const parts: Uint8Array[] = [];
      for (let at = offset; at < end;) {
        const index = Math.floor(at / BLOCK_BYTES);
        const start = index * BLOCK_BYTES;
        const part = (await blockAt(index)).subarray(at - start, end - start);
        if (part.length === 0) return NOTHING;
        parts.push(part);
        at += part.length;
      }
      return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
    },
  };
}

const NOTHING = new Uint8Array(0);

const within = (offset: number, size: number): boolean => Number.isSafeInteger(offset) && offset >= 0 && offset < size;

/** Bytes as text, one character a byte: enough to compare with the fixed words of file formats. */
export const latin1 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');

/** True if `bytes` hold exactly `text` (one byte a character) at `at`. */
export function hasAt(bytes: Uint8Array, at: number, text: string): boolean {
  if (at < 0 || at + text.length > bytes.length) return false;
  for (let index = 0; index < text.length; index++) if (bytes[at + index] !== text.charCodeAt(index)) return false;
  return true;
}
