/** Conditional requests (RFC 9110, section 13, as S3 reads it): on reading, on copying from, on writing. */
import { refuse } from './answer.ts';
import type { Ask } from './ask.ts';
import type { Version } from './store.ts';

/**
 * `read` and `copy` judge the version read; `write` judges the newest version that would be superseded, if any.
 * Throws PreconditionFailed, NotModified (status 304, reading only), NoSuchKey (writing with If-Match where nothing is).
 */
export function checkConditions(ask: Ask, version: Version | undefined, on: 'read' | 'copy' | 'write'): void {
  const prefix = on === 'copy' ? 'x-amz-copy-source-' : '';
  const [match, noneMatch] = [ask.header(`${prefix}if-match`), ask.header(`${prefix}if-none-match`)];
  const present = version && !version.marker ? version : undefined;
  if (on === 'write') {
    if (noneMatch !== undefined && noneMatch !== '*')
      throw refuse('NotImplemented', 'If-None-Match on a write takes only *');
    if (noneMatch !== undefined && present) throw failed('If-None-Match');
    if (match === undefined) return;
    if (!present) throw refuse('NoSuchKey', undefined, { Key: ask.key });
    if (!names(match, present.etag)) throw failed('If-Match');
    return;
  }
  if (!present) return;
  const second = Math.floor(present.modified / 1000) * 1000;
  const unmodified = Date.parse(ask.header(`${prefix}if-unmodified-since`) ?? '');
  const modified = Date.parse(ask.header(`${prefix}if-modified-since`) ?? '');
  if (match !== undefined ? !names(match, present.etag) : second > unmodified)
    throw failed(match !== undefined ? 'If-Match' : 'If-Unmodified-Since');
  if (noneMatch !== undefined ? names(noneMatch, present.etag) : second <= modified) {
    if (on === 'copy') throw failed(noneMatch !== undefined ? 'If-None-Match' : 'If-Modified-Since');
    throw refuse('NotModified', undefined, {
      headers: { etag: `"${present.etag}"`, 'last-modified': new Date(present.modified).toUTCString() },
    });
  }
}

function names(header: string, etag: string): boolean {
  return header
    .split(',')
    .some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '').replaceAll('"', '') === etag);
}

function failed(condition: string): Error {
  return refuse('PreconditionFailed', undefined, { Condition: condition });
}
