/**
 * Holds one version of one file in the store against its card: whether somebody knows it, and whether its lock and its tags
 * are what the records say. Judges only; what is put right is done by mend-file.ts.
 */
import { hoursBetween, type Instant } from '../../policies/instant.ts';
import type { FileFound, ListedVersion } from '../records/files.ts';
import type { Lock, RetentionCard } from '../retention/contract.ts';
import type { Difference } from './contract.ts';

/** What the store says of one version. `found` is absent for a mark of deletion, and for what went meanwhile. */
export interface Seen {
  readonly listed: ListedVersion;
  readonly found?: FileFound;
  readonly tags?: Readonly<Record<string, string>>;
}

/** What is to be done about a difference besides reporting it. */
export type Mend =
  | { readonly kind: 'legal-hold' }
  | { readonly kind: 'retain-until'; readonly until: Instant }
  | { readonly kind: 'tags'; readonly tags: Readonly<Record<string, string>> }
  /** The store holds longer than the records say. That cannot be undone, so the records follow. */
  | { readonly kind: 'take-over'; readonly until: Instant };

export type Compared = Difference & { readonly mend?: Mend };

/** A file is copied before its card is written, and a lock written before the store is told of it. */
const HOURS_IN_HAND = 1;
/** How long a record may be on its way out before what is left of it counts as a difference. */
const HOURS_TO_DESTROY = 24;

/** Keys are `kept/<request>/<id>/…`, `kept/records/<id>/…` and `enclosed/<disclosure>/<id>/…`. */
export const cardIdOf = (key: string): string => key.split('/')[2] ?? '';

export function compareFile({ listed, found, tags }: Seen, card: RetentionCard | undefined, now: Instant): Compared[] {
  const { key } = listed;
  const isNew = hoursBetween(listed.at, now) < HOURS_IN_HAND;
  if (!card)
    return isNew ? [] : [{ kind: 'file-without-record', key, expected: 'a record that names it', found: 'no record' }];
  const differs = (kind: Difference['kind'], expected: string, is: string, mend?: Mend): Compared => ({
    kind,
    key,
    cardId: card.id,
    expected,
    found: is,
    ...(mend && { mend }),
  });
  const goneSince = card.destroyed?.filesGoneAt ?? card.destroyed?.at;
  if (card.state === 'destroyed' || card.state === 'destroying') {
    const wait = card.state === 'destroyed' ? 0 : HOURS_TO_DESTROY;
    return goneSince && hoursBetween(goneSince, now) < wait
      ? []
      : [
          differs(
            'destroyed-but-there',
            'nothing, because it was destroyed',
            listed.marker ? 'a mark of deletion' : 'a file',
          ),
        ];
  }
  if (listed.marker)
    return isNew ? [] : [differs('versions-differ', 'the kept version in sight', 'a mark of deletion before it')];
  const known = card.files.find((file) => file.key === key && file.versionId === listed.versionId);
  if (!known) return isNew ? [] : [differs('versions-differ', versionsOf(card), 'one version more')];
  if (known.bytes !== listed.bytes)
    return [differs('versions-differ', `${known.bytes} bytes`, `${listed.bytes} bytes`)];
  if (!found || isBeingTold(card, now)) return [];
  return [...lockDifferences(card.lock, found, now, differs), ...tagDifferences(card, tags ?? {}, differs)];
}

type Differs = (kind: Difference['kind'], expected: string, is: string, mend?: Mend) => Compared;

function lockDifferences(lock: Lock, found: FileFound, now: Instant, differs: Differs): Compared[] {
  const compared: Compared[] = [];
  if (lock.legalHold !== found.legalHold)
    compared.push(
      differs(
        'lock-differs',
        holdText(lock.legalHold),
        holdText(found.legalHold),
        lock.legalHold ? { kind: 'legal-hold' } : undefined,
      ),
    );
  // A time that is over locks nothing, and what S3 keeps is whole seconds.
  const [wanted, there] = [standing(lock.retainUntil, now), standing(found.retainUntil, now)];
  if (wanted && secondsOf(there) < secondsOf(wanted))
    compared.push(
      differs('lock-differs', untilText(wanted), untilText(there), { kind: 'retain-until', until: wanted }),
    );
  if (there && secondsOf(there) > secondsOf(wanted))
    compared.push(differs('lock-differs', untilText(wanted), untilText(there), { kind: 'take-over', until: there }));
  return compared;
}

/** Its class decides how the store cools it; its record id names it where only the store is left. */
function tagDifferences(card: RetentionCard, tags: Readonly<Record<string, string>>, differs: Differs): Compared[] {
  const wanted = { class: card.lock.classId, record: card.id };
  if (tags.class === wanted.class && tags.record === wanted.record) return [];
  const text = (of: Readonly<Record<string, string | undefined>>): string =>
    `class ${of.class ?? 'none'}, record ${of.record === wanted.record ? 'its own' : (of.record ?? 'none')}`;
  return [differs('tag-differs', text(wanted), text(tags), { kind: 'tags', tags: { ...tags, ...wanted } })];
}

/** Dates were just worked out and the store has not been told yet; should that never happen, the next day finds it. */
const isBeingTold = ({ lockSetAt, workedOutFrom }: RetentionCard, now: Instant): boolean =>
  hoursBetween(workedOutFrom.at, now) < HOURS_IN_HAND && (!lockSetAt || lockSetAt < workedOutFrom.at);

const standing = (until: Instant | undefined, now: Instant): Instant | undefined =>
  until && until > now ? until : undefined;
const secondsOf = (at: Instant | undefined): number => (at ? Math.floor(Date.parse(at) / 1000) : 0);
const holdText = (on: boolean): string => (on ? 'a legal hold' : 'no legal hold');
const untilText = (until: Instant | undefined): string => (until ? `locked until ${until}` : 'no time lock');
const versionsOf = ({ files }: RetentionCard): string => (files.length === 1 ? 'one version' : `${files.length} files`);
