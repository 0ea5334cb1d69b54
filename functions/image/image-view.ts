/** Everything the page of one image shows, read at once. */
import type { Instant } from '../../policies/instant.ts';
import { mayDo } from '../../policies/roles.ts';
import type { Visitor } from '../edge/visitor.ts';
import { keyOf } from '../records/entity.ts';
import type { LedgerEntry } from '../records/ledger.ts';
import type { Records } from '../records/records.aws.ts';
import { persons } from '../records/standing.ts';
import { retentionCards, type RetentionCard } from '../retention/contract.ts';
import { hashLine, views, type Image, type View } from './contract.ts';

export interface ImageView {
  readonly image: Image;
  readonly visitor: Visitor;
  readonly now: Instant;
  readonly entries: readonly LedgerEntry[];
  /** Ids of other images with the same bytes, whichever came first. */
  readonly sameBytes: readonly string[];
  /** Who opened it and what for; undefined for those who may not know. */
  readonly views: readonly View[] | undefined;
  readonly names: ReadonlyMap<string, string>;
  /** By which it is retained; absent until it is kept. */
  readonly card: RetentionCard | undefined;
}

export async function imageView(records: Records, image: Image, visitor: Visitor, now: Instant): Promise<ImageView> {
  const subject = keyOf('image', image.id);
  const overseer =
    mayDo(visitor.roles, 'read-ledger') ||
    mayDo(visitor.roles, 'manage-records') ||
    mayDo(visitor.roles, 'investigate-misuse');
  const [entries, alike, opened, card] = await Promise.all([
    records.ledgerOf(subject),
    image.checked ? records.linesOf(hashLine(image.checked.sha256)) : [],
    overseer ? records.ofSubject(views, subject) : undefined,
    records.get(retentionCards, image.id),
  ]);
  // Who opened an image is for those who oversee it; the story tells the others that it was opened, not by whom.
  const people = new Set([
    image.uploaderId,
    ...(image.shares ?? []).flatMap(({ personId, by }) => [personId, by]),
    ...(opened?.records ?? []).map((view) => view.personId),
  ]);
  const found = await Promise.all([...people].map((id) => records.get(persons, id)));
  return {
    image,
    visitor,
    now,
    entries,
    sameBytes: alike.filter((id) => id !== image.id),
    views: opened?.records,
    card,
    names: new Map(found.flatMap((person) => (person ? [[person.id, person.name] as const] : []))),
  };
}
