/**
 * What is to leave is put together: kept images, numbers, and what is sent as a file (upload-enclosure.ts). An image is
 * enclosed by whoever may read its case, and only in the version that is kept: the untouched original.
 */
import { mustSay } from '../../policies/clause-in.ts';
import { HOUSE } from '../../policies/editions/house.ts';
import { xrayPolicyInForce } from '../../policies/editions/x-ray.ts';
import type { Instant } from '../../policies/instant.ts';
import type { Refusal } from '../../policies/ruling.ts';
import { whoMayReadACase } from '../../policies/rules/who-may-read-a-case.ts';
import { dutyLine, images, mimeOf, type Image } from '../image/contract.ts';
import { add, inTheWay, replaced, started, texts, type Enclosed } from './enclosing.ts';
import { remaining } from './facts.ts';
import type { StepNeeds } from './needs.ts';
import { notWhile, refused, tended, type Tending } from './tending.ts';

export { beginEnclosure, enclosureForm, takeEnclosure } from './upload-enclosure.ts';

export type { Enclosed } from './enclosing.ts';

export async function encloseImage(
  needs: StepNeeds,
  given: Tending & { readonly imageId: string; readonly label: string },
): Promise<Enclosed> {
  const disclosure = await tended(needs, given);
  if (!disclosure) return { kind: 'missing' };
  const closed = notWhile(disclosure);
  if (closed) return closed;
  const now = needs.now();
  const image = await keptImage(needs, given, now);
  const because = [
    ...inTheWay(disclosure, given.label),
    ...(image ? [] : [notForYou(now)]),
    ...(disclosure.asked.technology === 'mobile-x-ray' ? [] : [OTHER_TECHNOLOGY]),
    ...(remaining(disclosure).some((one) => one.kind === 'image' && one.imageId === image?.id) ? [TWICE] : []),
  ];
  if (because.length > 0 || !image) return refused(...because);
  const { key, versionId, sha256, bytes, contentKind } = image.stored;
  return add(needs, given, disclosure, now, {
    ...started(needs, given, now),
    kind: 'image',
    imageId: image.id,
    caseNumber: image.filed.caseNumber,
    file: { key, versionId, sha256, bytes, contentType: mimeOf(contentKind) },
  });
}

/** A kept image of a case this person may read. Of any other not even its being there is told. */
async function keptImage(
  { records }: StepNeeds,
  { imageId, person }: Tending & { readonly imageId: string },
  now: Instant,
): Promise<(Image & Required<Pick<Image, 'stored'>>) | undefined> {
  const [image, dutyCases] = await Promise.all([
    records.get(images, imageId.trim()),
    records.linesOf(dutyLine(person.personId)),
  ]);
  const policy = xrayPolicyInForce(now);
  if (image?.state !== 'kept' || !image.stored || !policy) return undefined;
  const { caseNumber } = image.filed;
  const ruling = whoMayReadACase({ roles: person.roles, dutyCases, caseNumber }, policy, now);
  return ruling.kind === 'allowed' ? { ...image, stored: image.stored } : undefined;
}

export async function encloseCount(
  needs: StepNeeds,
  given: Tending & { readonly label: string; readonly text: string },
): Promise<Enclosed> {
  const disclosure = await tended(needs, given);
  if (!disclosure) return { kind: 'missing' };
  const closed = notWhile(disclosure);
  if (closed) return closed;
  const because = [
    ...inTheWay(disclosure, given.label),
    ...texts({ text: given.text }, 'the number, in words that name nobody'),
  ];
  if (because.length > 0) return refused(...because);
  const now = needs.now();
  return add(needs, given, disclosure, now, { ...started(needs, given, now), kind: 'count', text: given.text.trim() });
}

/** Takes something out again. It stays on record as left out; a file stays where it is, under its hold. */
export async function leaveOut(needs: StepNeeds, given: Tending & { readonly enclosureId: string }): Promise<Enclosed> {
  const disclosure = await tended(needs, given);
  const enclosure = disclosure?.enclosures.find(({ id }) => id === given.enclosureId);
  if (!disclosure || !enclosure) return { kind: 'missing' };
  const closed = notWhile(disclosure);
  if (closed) return closed;
  if (enclosure.leftOut) return { kind: 'done', disclosure, enclosure };
  const now = needs.now();
  const out = { ...enclosure, leftOut: { by: given.person.personId, at: now } };
  return replaced(needs, given, disclosure, now, out, 'enclosure left out');
}

const shown = HOUSE.shownIsDecided.id;
const OTHER_TECHNOLOGY: Refusal = {
  clause: shown,
  field: 'imageId',
  found: 'an image of mobile x-ray',
  expected: 'a record of the technology this disclosure is about',
  todo: 'open a disclosure of mobile x-ray for it',
};
const TWICE: Refusal = {
  clause: shown,
  field: 'imageId',
  found: 'an image that is enclosed already',
  expected: 'each image once',
  todo: 'nothing; it is enclosed',
};

function notForYou(now: Instant): Refusal {
  const policy = xrayPolicyInForce(now);
  return {
    clause: policy ? mustSay(policy.edition, 'XR26-SAFE-07') : shown,
    field: 'imageId',
    found: 'no kept image of that number among your cases',
    expected: 'a kept image of a case that is your duty',
    todo: 'check the number on the image’s page, or ask to be assigned to the case',
  };
}
