/**
 * The ledger as a file, one JSON value a line: what it is, the digests, the stored items, and how many lines there were.
 * It names nobody: entries hold ids and hashes, of a record and a line there is only the seal. Whoever has the file and
 * the public key can verify it, and whoever has a record can find its seal there.
 */
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { StoredDigest } from './digest.ts';
import type { Stored } from './stored.ts';

export interface ExportWriter {
  write(stored: Stored): Promise<void>;
  end(): Promise<void>;
}

type Line =
  | { readonly is: 'ledger-export'; readonly schema: 1; readonly keyId: string }
  | ({ readonly is: 'digest' } & StoredDigest)
  | Stored
  | { readonly is: 'end'; readonly lines: number };

/** Writes a new file, over an old one of this name. */
export async function exportTo(file: string, keyId: string, digests: readonly StoredDigest[]): Promise<ExportWriter> {
  const out = createWriteStream(file);
  await once(out, 'open');
  let lines = 0;
  const put = async (line: Line): Promise<void> => {
    lines++;
    if (!out.write(`${JSON.stringify(line)}\n`)) await once(out, 'drain');
  };
  await put({ is: 'ledger-export', schema: 1, keyId });
  for (const digest of digests) await put({ is: 'digest', ...digest });
  return {
    // What is shown of a line to who may read the table can name a person.
    write: (stored) => put(stored.is === 'sealed' ? { is: 'sealed', name: stored.name, seal: stored.seal } : stored),
    async end() {
      await put({ is: 'end', lines });
      out.end();
      await once(out, 'close');
    },
  };
}

export interface Exported {
  readonly keyId: string;
  readonly digests: readonly StoredDigest[];
  /** What follows the digests. Throws at the end when the file is cut short. */
  readonly items: AsyncIterable<Stored>;
}

/** Opens an export. Throws an Error that says what is wrong with the file. */
export async function openExport(file: string): Promise<Exported> {
  const lines = linesOf(file);
  const first = (await lines.next()).value;
  if (first?.is !== 'ledger-export' || first.schema !== 1)
    throw new Error(`${file} is no export of a ledger; make one with --export`);
  const digests: StoredDigest[] = [];
  let next = (await lines.next()).value;
  for (; next?.is === 'digest'; next = (await lines.next()).value) {
    const { is: _, ...digest } = next;
    digests.push(digest);
  }
  const count = 1 + digests.length;
  return { keyId: first.keyId, digests, items: itemsFrom(file, next, lines, count) };
}

async function* itemsFrom(
  file: string,
  first: Line | undefined,
  lines: AsyncGenerator<Line, undefined>,
  before: number,
): AsyncGenerator<Stored> {
  let count = before;
  for (let line = first; line; line = (await lines.next()).value) {
    if (line.is === 'end') {
      if (line.lines !== count)
        throw new Error(
          `${file} holds ${count} lines, expected ${line.lines}: lines were taken out or put in; export it again`,
        );
      return;
    }
    if (line.is === 'ledger-export' || line.is === 'digest')
      throw new Error(`${file} has a line "${line.is}" out of place; export it again`);
    count++;
    yield line;
  }
  throw new Error(`${file} is cut short; export it again`);
}

async function* linesOf(file: string): AsyncGenerator<Line, undefined> {
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity }))
    yield JSON.parse(line) as Line;
  return undefined;
}
