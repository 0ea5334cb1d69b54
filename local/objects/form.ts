/**
 * Reads a browser's multipart/form-data body as a stream (RFC 7578): the fields before the file, then the file's bytes
 * as they arrive. Fields after the file are not part of S3's contract and are left unread.
 */
import { refuse } from './answer.ts';
import { ByteReader } from './bytes-in.ts';

export interface Form {
  /** Names in lower case, in order of appearance. */
  readonly fields: ReadonlyMap<string, string>;
  readonly fileName: string;
  /** The file's bytes. Throws MalformedPOSTRequest if the body ends before the file's closing boundary. */
  readonly file: AsyncIterable<Uint8Array>;
}

/** S3's limit for everything before the file, in bytes. */
const LONGEST_FIELDS_BYTES = 20 * 1024;
const LONGEST_LINE_BYTES = 8 * 1024;
const MALFORMED = 'MalformedPOSTRequest';

/** Throws MalformedPOSTRequest, MaxPostPreDataLengthExceededError, IncorrectNumberOfFilesInPostRequest, InvalidArgument. */
export async function readForm(body: AsyncIterable<Uint8Array>, contentType: string): Promise<Form> {
  const boundary = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))\s*(?:;|$)/i.exec(contentType);
  if (!boundary) throw refuse(MALFORMED);
  const delimiter = Buffer.from(`\r\n--${boundary[1] ?? boundary[2]}`);
  const reader = new ByteReader(body);
  const opening = await reader.line(LONGEST_LINE_BYTES);
  if (opening !== delimiter.toString('utf8', 2)) throw refuse(MALFORMED);

  const fields = new Map<string, string>();
  let left = LONGEST_FIELDS_BYTES;
  for (;;) {
    const { name, fileName } = await dispositionOf(reader);
    if (name === 'file') return { fields, fileName: fileName ?? '', file: reader.until(delimiter, MALFORMED) };
    const held: Uint8Array[] = [];
    for await (const chunk of reader.until(delimiter, MALFORMED)) {
      left -= chunk.length;
      if (left < 0) throw refuse('MaxPostPreDataLengthExceededError');
      held.push(chunk);
    }
    if (fields.has(name))
      throw refuse('InvalidArgument', 'POST form field is given more than once', { ArgumentName: name });
    fields.set(name, Buffer.concat(held).toString('utf8'));
    left -= name.length;
    const after = await reader.line(LONGEST_LINE_BYTES);
    if (after === '') continue;
    throw refuse(after === '--' ? 'IncorrectNumberOfFilesInPostRequest' : MALFORMED);
  }
}

/** Reads one part's headers. */
async function dispositionOf(reader: ByteReader): Promise<{ name: string; fileName?: string | undefined }> {
  let found: { name: string; fileName?: string | undefined } | undefined;
  for (let lines = 0; lines < 32; lines++) {
    const line = await reader.line(LONGEST_LINE_BYTES);
    if (line === undefined) throw refuse(MALFORMED);
    if (line === '') {
      if (!found) throw refuse(MALFORMED);
      return found;
    }
    if (!/^content-disposition:\s*form-data\b/i.test(line)) continue;
    const name = parameter(line, 'name');
    if (!name) throw refuse(MALFORMED);
    found = { name: name.toLowerCase(), fileName: parameter(line, 'filename') };
  }
  throw refuse(MALFORMED);
}

/** Browsers write `"`, CR and LF inside quotes as %22, %0D and %0A, and nothing else. */
function parameter(line: string, name: string): string | undefined {
  const found = new RegExp(`;\\s*${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^\\s;"]+))`, 'i').exec(line);
  const value = found?.[1] ?? found?.[2];
  return value?.replace(/%22/g, '"').replace(/%0D/gi, '\r').replace(/%0A/gi, '\n').replace(/\\"/g, '"');
}
