/**
 * One page of a comparison: of the store against the cards, or of the cards of a class against the store. It says what it
 * counted and where to go on; what to do next is compare-next.ts.
 */
import { nyDate, type Instant } from '../../policies/instant.ts';
import type { Files, ListedVersion } from '../records/files.ts';
import type { Records } from '../records/records.aws.ts';
import { classSubject, retentionCards, type RetentionCard } from '../retention/contract.ts';
import { cardIdOf, compareFile, type Compared } from './compare-file.ts';
import type { Counted, Difference, Mark } from './contract.ts';
import { withCard, withDifferences } from './count-card.ts';
import { mendFile } from './mend-file.ts';

export interface ComparePageNeeds {
  readonly records: Records;
  readonly files: Files;
  now(): Instant;
  newId(prefix: string): string;
}

/** What a page came to. `looked`: how many versions or cards it had. */
export interface Compare {
  readonly next: Mark;
  readonly looked: number;
  count(before: Counted): Counted;
}

/** Every class a card can be listed under, in order. */
export type Classes = readonly [string, ...string[]];

const FOLDERS: readonly string[] = ['kept/', 'enclosed/'];
export const BEGINNING: Mark = { in: 'files', folder: FOLDERS[0]! };

/** How many are looked at side by side. */
const SIDE_BY_SIDE = 32;

export async function comparePageOfFiles(
  needs: ComparePageNeeds,
  id: string,
  { folder, from }: Mark & { readonly in: 'files' },
  most: number,
  classes: Classes,
): Promise<Compare> {
  const page = await needs.files.versionsUnder(folder, { most, ...(from && { from }) });
  const found = await sideBySide(page.versions, async (listed) => {
    // Seen twice before it is said: what was changing at the first look is settled at the second.
    const first = await lookAt(needs, listed);
    const differences = first.length > 0 ? await lookAt(needs, listed) : first;
    const reported: Difference[] = [];
    for (const difference of differences) reported.push(await mendFile(needs, listed, difference, id));
    return reported;
  });
  const nextFolder = FOLDERS[FOLDERS.indexOf(folder) + 1];
  const onward: Mark = nextFolder ? { in: 'files', folder: nextFolder } : { in: 'cards', classId: classes[0] };
  return {
    next: page.next ? { in: 'files', folder, from: page.next } : onward,
    looked: page.versions.length,
    count: (before) =>
      withDifferences(
        { ...before, files: before.files + page.versions.filter(({ marker }) => !marker).length },
        found.flat(),
      ),
  };
}

async function lookAt({ records, files, now }: ComparePageNeeds, listed: ListedVersion): Promise<readonly Compared[]> {
  const card = await records.get(retentionCards, cardIdOf(listed.key));
  const head = listed.marker || !card ? undefined : await files.head(listed.key, { versionId: listed.versionId });
  if (card && !listed.marker && !head) return [];
  const tags = head && (await files.tagsOf(listed));
  return compareFile({ listed, ...(head && { found: head }), ...(tags && { tags }) }, card, now());
}

export async function comparePageOfCards(
  needs: ComparePageNeeds,
  { classId, from }: Mark & { readonly in: 'cards' },
  most: number,
  classes: Classes,
): Promise<Compare> {
  const today = nyDate(needs.now());
  const page = await needs.records.ofSubject(retentionCards, classSubject(classId), { most, ...(from && { from }) });
  const found = await sideBySide(page.records, (card) => missingOf(needs, card));
  const nextClass = classes.find((other) => other > classId);
  const onward: Mark = nextClass ? { in: 'cards', classId: nextClass } : { in: 'end' };
  return {
    next: page.next ? { in: 'cards', classId, from: page.next } : onward,
    looked: page.records.length,
    count: (before) =>
      withDifferences(
        page.records.reduce((sum, card) => withCard(sum, card, today), before),
        found.flat(),
      ),
  };
}

const isHere = ({ state }: RetentionCard): boolean => state === 'kept' || state === 'proposed';

/** The files a card names that the store does not have; of a card that is on its way out, none. */
async function missingOf({ records, files }: ComparePageNeeds, listed: RetentionCard): Promise<readonly Difference[]> {
  if (!isHere(listed)) return [];
  const missing = async (card: RetentionCard) => {
    const heads = await Promise.all(card.files.map(({ key, versionId }) => files.head(key, { versionId })));
    return card.files.filter((_, index) => !heads[index]);
  };
  if ((await missing(listed)).length === 0) return [];
  // The listing may be a moment old.
  const card = await records.get(retentionCards, listed.id);
  if (!card || !isHere(card)) return [];
  return (await missing(card)).map(({ key }) => ({
    kind: 'record-without-file',
    key,
    cardId: card.id,
    expected: 'the version the record names',
    found: 'nothing',
  }));
}

async function sideBySide<T, Found>(all: readonly T[], look: (one: T) => Promise<Found>): Promise<readonly Found[]> {
  const found: Found[] = [];
  for (let from = 0; from < all.length; from += SIDE_BY_SIDE)
    found.push(...(await Promise.all(all.slice(from, from + SIDE_BY_SIDE).map(look))));
  return found;
}
