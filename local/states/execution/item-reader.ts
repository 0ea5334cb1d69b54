/**
 * The items of a distributed Map that stand in a file of S3: a JSON array, or one JSON text per line.
 *
 * They are read once, as the state machine's role, before the first child begins; from then on they are the journal's,
 * so that a kill in the middle finds the same items even if the file has changed.
 */
import { AwsError } from '../../contract.ts';
import type { Failure, ItemReader, Json, JsonObject } from '../language.ts';
import type { Scene } from './scene.ts';

/** The whole list, or `States.ItemReaderFailed` in the words of S3 or about the file. */
export async function readItems(
  { host, run }: Scene,
  reader: ItemReader,
  place: Json,
  most: number | undefined,
): Promise<readonly Json[] | Failure> {
  const { Bucket, Key } = place as JsonObject;
  if (typeof Bucket !== 'string' || typeof Key !== 'string')
    return failed(`ItemReader needs Bucket and Key as text, found ${JSON.stringify(place)}`);
  try {
    const { Body } = (await host.call('s3', 'GetObject', place, host.identities.asRole(run.revision.role))) as {
      readonly Body: string;
    };
    const items = reader.ReaderConfig?.InputType === 'JSONL' ? linesOf(Body) : (JSON.parse(Body) as Json);
    if (!Array.isArray(items)) return failed('Attempting to map over non-iterable node.');
    return most ? (items.slice(0, most) as Json[]) : (items as Json[]);
  } catch (error) {
    if (error instanceof SyntaxError) return failed(`s3://${Bucket}/${Key} cannot be read: ${error.message}`);
    if (!(error instanceof AwsError)) throw error;
    return failed(`${error.message} (Service: Amazon S3; Status Code: ${error.status}; Error Code: ${error.code})`);
  }
}

/** Blank lines say nothing. Throws SyntaxError that names the line. */
function linesOf(text: string): Json[] {
  return text.split('\n').flatMap((line, at): Json[] => {
    if (line.trim() === '') return [];
    try {
      return [JSON.parse(line) as Json];
    } catch (error) {
      throw new SyntaxError(`line ${at + 1}: ${(error as Error).message}`, { cause: error });
    }
  });
}

const failed = (cause: string): Failure => ({ error: 'States.ItemReaderFailed', cause });
