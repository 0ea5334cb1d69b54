/**
 * An index on what the engine keeps of streams. The engine looks for the newest record of a stream with every item it
 * writes, and for the ones after a checkpoint with every read, and has no index for either: both read everything that was
 * ever written. The index is of the very expressions it asks by, so SQLite uses it; it changes no answer, and an engine
 * that keeps its streams otherwise is left as it is.
 */
import { DatabaseSync } from 'node:sqlite';

const INDEX =
  'CREATE INDEX IF NOT EXISTS postact_stream_order ON _stream_records (table_name, CAST(sequence_number AS INTEGER))';
/** What the index is of: another engine, or another version of it, may name these otherwise. */
const COLUMNS = ['table_name', 'sequence_number'];

/** Makes the index in the engine's file, while the engine runs over it. Answers whether it is there. */
export function indexStream(file: string): boolean {
  const database = new DatabaseSync(file);
  try {
    database.exec('PRAGMA busy_timeout = 5000');
    const there = database.prepare('SELECT name FROM pragma_table_info(?)').all('_stream_records');
    const names = new Set(there.map(({ name }) => name));
    if (!COLUMNS.every((column) => names.has(column))) return false;
    database.exec(INDEX);
    return true;
  } finally {
    database.close();
  }
}
