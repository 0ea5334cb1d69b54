/** What every sequence begins with: the people, kept images of one case, and what is on file. Made once, by the acts. */
import { PEOPLE } from '../../../../demo/people.ts';
import type { Instant } from '../../../../policies/instant.ts';
import { furnished } from '../office.ts';
import { Book } from './book.ts';
import { AGREEMENTS, DESIGNATIONS, PRE_APPROVALS } from './drafts.ts';
import { file } from './office-steps.ts';
import { FURNISHED, World, type Beginning } from './world.ts';

/** The day after the next of every sequence; its second entries end on it. */
const LAST_DAY = '2026-11-26';

export async function beginning(): Promise<Beginning> {
  const book = new Book();
  for (const { personId, bureau, roles, privacyOffice } of PEOPLE)
    book.member(personId, {
      active: true,
      inLegalBureau: bureau === 'legal-bureau',
      isPrivacyOfficer: roles.includes('privacy-officer'),
      ...(privacyOffice && { office: { from: privacyOffice.heldFrom as Instant } }),
    });
  const world = new World({ items: [], book, imageIds: [] });
  world.now = FURNISHED;
  await furnished(world);
  const [agreement, ...agreements] = AGREEMENTS;
  world.witness.book.entries.set(agreement, {
    kind: 'agreement',
    from: '2024-01-01' as never,
    covers: [],
    recipients: [],
    recordedAt: FURNISHED,
  });
  await file(world, agreements[0]!, LAST_DAY);
  for (const [id, until] of [
    [DESIGNATIONS[0], ''],
    [DESIGNATIONS[1], LAST_DAY],
    [PRE_APPROVALS[0], ''],
    [PRE_APPROVALS[1], LAST_DAY],
  ] as const)
    await file(world, id, until);
  const images = [await world.image(), await world.image(), await world.image()];
  return { items: world.records.items(), book: world.witness.book, imageIds: images.map(({ id }) => id) };
}
