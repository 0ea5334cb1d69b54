/**
 * Names of versions: 32 characters that say nothing to a client, as S3's, but begin with the version's place in the
 * order they were made. So a listing that goes on after a version finds its place even if that version is gone by then,
 * as when one page is destroyed before the next is read.
 */
import { randomBytes } from 'node:crypto';

const PLACE_BYTES = 6;

export function newVersionId(seq: number): string {
  const place = Buffer.alloc(PLACE_BYTES);
  place.writeUIntBE(seq, 0, PLACE_BYTES);
  return Buffer.concat([place, randomBytes(18)]).toString('base64url');
}

/** The place in the order. A name without one (`null`) is after all others, so that nothing is left out. */
export function placeOf(versionId: string): number {
  const bytes = Buffer.from(versionId, 'base64url');
  return bytes.length === 24 ? bytes.readUIntBE(0, PLACE_BYTES) : Number.MAX_SAFE_INTEGER;
}
