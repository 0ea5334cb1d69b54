/**
 * The bytes of all objects: one file per content, named by a random id and never changed once it is there.
 *
 * A file appears whole or not at all (written aside, fsynced, renamed, folder fsynced). Who holds it is counted in the
 * journal, in the transaction of the version or part that points to it, so a copy costs no bytes and a kill at any
 * point leaves at worst a file nobody holds, which the next start sweeps away.
 */
import { createReadStream, existsSync, mkdirSync, readdirSync, rmSync, unlinkSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Journal } from '../journal.ts';
import { refuse } from './answer.ts';
import type { Incoming, Taken } from './bytes-in.ts';

/** One content and its length in bytes. An object is one piece, or after a multipart upload one per part. */
export interface Piece {
  readonly id: string;
  readonly size: number;
}

export class Contents {
  readonly #folder: string;
  readonly #aside: string;
  readonly #journal: Journal;

  /** Makes `<journal folder>/objects/` and removes what an earlier kill left over. */
  constructor(journal: Journal) {
    this.#journal = journal;
    this.#folder = join(journal.folder, 'objects');
    this.#aside = join(this.#folder, 'aside');
    journal.define('CREATE TABLE IF NOT EXISTS s3_contents (id TEXT PRIMARY KEY, holders INTEGER NOT NULL)');
    rmSync(this.#aside, { recursive: true, force: true });
    mkdirSync(this.#aside, { recursive: true });
    for (const name of readdirSync(this.#folder)) {
      if (name !== 'aside' && !this.#journal.get('SELECT id FROM s3_contents WHERE id = ?', name))
        unlinkSync(join(this.#folder, name));
    }
  }

  /** Writes a stream to a new content; nothing is kept if reading or a digest fails. `hold` it to keep it past a restart. */
  async write(body: Incoming): Promise<Taken & { readonly piece: Piece }> {
    const id = randomBytes(16).toString('hex');
    const aside = join(this.#aside, id);
    try {
      const file = await open(aside, 'wx', 0o600);
      let taken: Taken;
      try {
        for await (const chunk of body.chunks) await file.writeFile(chunk);
        taken = body.settle();
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(aside, join(this.#folder, id));
      const folder = await open(this.#folder, 'r');
      try {
        await folder.sync();
      } finally {
        await folder.close();
      }
      return { ...taken, piece: { id, size: taken.size } };
    } catch (error) {
      await rm(aside, { force: true });
      throw error;
    }
  }

  /** Counts one more holder of each piece. Call in the transaction that writes the holder. Throws NoSuchKey if one is gone. */
  hold(pieces: readonly Piece[]): void {
    for (const { id } of pieces) {
      if (!existsSync(join(this.#folder, id))) throw refuse('NoSuchKey');
      this.#journal.run(
        'INSERT INTO s3_contents VALUES (?, 1) ON CONFLICT (id) DO UPDATE SET holders = holders + 1',
        id,
      );
    }
  }

  /** Counts one holder less. Returns the ids nobody holds any more: pass them to `erase` after the transaction. */
  release(pieces: readonly Piece[]): string[] {
    return pieces.flatMap(({ id }) => {
      this.#journal.run('UPDATE s3_contents SET holders = holders - 1 WHERE id = ?', id);
      return this.#journal.run('DELETE FROM s3_contents WHERE id = ? AND holders <= 0', id) > 0 ? [id] : [];
    });
  }

  erase(ids: readonly string[]): void {
    for (const id of ids) rmSync(join(this.#folder, id), { force: true });
  }

  /** Removes a content that no one came to hold. */
  discard(piece: Piece): void {
    if (!this.#journal.get('SELECT id FROM s3_contents WHERE id = ?', piece.id)) this.erase([piece.id]);
  }

  /** The bytes from `start` to before `end` of the pieces in a row. */
  async *read(pieces: readonly Piece[], start = 0, end = Infinity): AsyncGenerator<Uint8Array> {
    let from = 0;
    for (const { id, size } of pieces) {
      const first = Math.max(start - from, 0);
      const last = Math.min(end - from, size) - 1;
      if (first <= last)
        yield* createReadStream(join(this.#folder, id), {
          start: first,
          end: last,
          highWaterMark: 256 * 1024,
        }) as AsyncIterable<Uint8Array>;
      from += size;
    }
  }
}
