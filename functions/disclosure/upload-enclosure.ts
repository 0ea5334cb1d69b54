/**
 * Files that are enclosed: a redacted copy, named as such beside the original it was made of, or an export of another
 * technology's own system. The browser sends the file to where what arrives is swept; once it is there it is copied to
 * where it stays, under legal hold, with its SHA-256. No original is ever touched.
 */
import { HOUSE } from '../../policies/editions/house.ts';
import type { Instant } from '../../policies/instant.ts';
import type { Refusal } from '../../policies/ruling.ts';
import { caseNumberOf, images } from '../image/contract.ts';
import { firstClassOf, keptWith } from '../retention/contract.ts';
import type { Disclosure, Enclosure } from './contract.ts';
import { add, inTheWay, replaced, started, texts, type Enclosed } from './enclosing.ts';
import type { UploadForm } from './enclosure-store.ts';
import type { EnclosingNeeds } from './needs.ts';
import { notWhile, refused, tended, type Tending } from './tending.ts';

export type Beginning = Tending & { readonly label: string; readonly fileName: string } & (
    | {
        readonly kind: 'redacted-copy';
        /** The enclosure, or the kept image, it was made of. */
        readonly madeOf: string;
        readonly whatWasRedacted: string;
      }
    | { readonly kind: 'record'; readonly system: string; readonly reference: string; readonly capturedAt?: Instant }
  );

/** How long a form that sends a file is good for; the upload must have begun by then. */
const FORM_SECONDS = 15 * 60;

export const incomingKeyFor = (disclosureId: string, enclosureId: string): string =>
  `incoming/${disclosureId}/${enclosureId}/original`;
export const enclosedKeyFor = (disclosureId: string, enclosureId: string): string =>
  `enclosed/${disclosureId}/${enclosureId}/original`;

export async function beginEnclosure(needs: EnclosingNeeds, given: Beginning): Promise<Enclosed> {
  const disclosure = await tended(needs, given);
  if (!disclosure) return { kind: 'missing' };
  const closed = notWhile(disclosure);
  if (closed) return closed;
  const now = needs.now();
  const because = [
    ...inTheWay(disclosure, given.label),
    ...(given.kind === 'record' ? ofRecord(disclosure, given, now) : await ofCopy(needs, disclosure, given)),
  ];
  if (because.length > 0) return refused(...because);
  const start = started(needs, given, now);
  const file = {
    fileName: fileNameFor(given.fileName, start.id),
    incomingKey: incomingKeyFor(disclosure.id, start.id),
  };
  const enclosure: Enclosure =
    given.kind === 'record'
      ? {
          ...start,
          ...file,
          kind: 'record',
          system: given.system.trim(),
          reference: given.reference.trim(),
          ...(given.capturedAt && { capturedAt: given.capturedAt }),
        }
      : {
          ...start,
          ...file,
          kind: 'redacted-copy',
          madeOf: given.madeOf.trim(),
          whatWasRedacted: given.whatWasRedacted.trim(),
        };
  return add(needs, given, disclosure, now, enclosure);
}

/** The form a browser sends the file with; undefined when there is nothing to send. */
export async function enclosureForm(
  needs: EnclosingNeeds,
  given: Tending & { readonly enclosureId: string; readonly backTo: string },
): Promise<UploadForm | undefined> {
  const disclosure = await tended(needs, given);
  const enclosure = disclosure?.enclosures.find(({ id }) => id === given.enclosureId);
  if (!disclosure || notWhile(disclosure) || !enclosure || !awaitsFile(enclosure)) return undefined;
  return needs.enclosed.uploadForm({
    key: enclosure.incomingKey,
    mostBytes: HOUSE.largestImage.bytes,
    seconds: FORM_SECONDS,
    backTo: given.backTo,
  });
}

type Uploaded = Extract<Enclosure, { readonly kind: 'redacted-copy' | 'record' }>;

const isUploaded = (one: Enclosure): one is Uploaded => one.kind === 'redacted-copy' || one.kind === 'record';
const awaitsFile = (one: Enclosure): one is Uploaded => isUploaded(one) && !one.file && !one.leftOut;

/** The file has arrived: it is kept, and the enclosure names that version and no other. */
export async function takeEnclosure(
  needs: EnclosingNeeds,
  given: Tending & { readonly enclosureId: string },
): Promise<Enclosed> {
  const disclosure = await tended(needs, given);
  const enclosure = disclosure?.enclosures.find(({ id }) => id === given.enclosureId);
  if (!disclosure || !enclosure || !isUploaded(enclosure)) return { kind: 'missing' };
  const closed = notWhile(disclosure);
  if (closed) return closed;
  if (enclosure.file) return { kind: 'done', disclosure, enclosure };
  const arrived = await needs.enclosed.arrived(enclosure.incomingKey);
  if (!arrived) return refused(NOT_ARRIVED);
  const { largestImage } = HOUSE;
  if (arrived.bytes < 1 || arrived.bytes > largestImage.bytes) {
    const [found, expected] = [`${arrived.bytes} bytes`, `1 to ${largestImage.bytes} bytes`];
    return refused({ clause: largestImage.id, field: 'file', found, expected, todo: 'send a smaller file' });
  }
  const caseNumbers = await casesOf(needs, disclosure, enclosure);
  const file = await needs.enclosed.take({
    from: { key: enclosure.incomingKey, ...arrived },
    toKey: enclosedKeyFor(disclosure.id, enclosure.id),
    enclosureId: enclosure.id,
    classId: firstClassOf(caseNumbers),
  });
  const now = needs.now();
  const { key, versionId, sha256, bytes } = file;
  const retained = await keptWith(
    needs.records,
    {
      id: enclosure.id,
      kind: 'enclosure',
      technology: disclosure.asked.technology,
      ...(enclosure.kind === 'record' && enclosure.capturedAt && { capturedAt: enclosure.capturedAt }),
      keptAt: now,
      caseNumbers,
      files: [{ key, versionId, sha256, bytes }],
    },
    { by: given.person.personId, newId: needs.newId },
  );
  return replaced(needs, given, disclosure, now, { ...enclosure, file }, 'enclosure file kept', retained);
}

/** The cases it belongs to: of what a copy was made of, of the images beside it, and of the crime it is disclosed for. */
async function casesOf(
  { records }: EnclosingNeeds,
  { enclosures, asked }: Disclosure,
  enclosure: Uploaded,
): Promise<readonly string[]> {
  const source = enclosure.kind === 'redacted-copy' ? await records.get(images, enclosure.madeOf) : undefined;
  const crime = asked.basis?.ground === 'crime' ? asked.basis.caseNumber : undefined;
  const found = [
    ...(source ? [source.filed.caseNumber] : []),
    ...enclosures.flatMap((one) => (one.kind === 'image' ? [one.caseNumber] : [])),
    ...(crime?.trim() ? [caseNumberOf(crime)] : []),
  ];
  return [...new Set(found)].filter((number) => number !== '');
}

function ofRecord(
  { asked }: Disclosure,
  { system, reference, capturedAt }: Extract<Beginning, { kind: 'record' }>,
  now: Instant,
): readonly Refusal[] {
  return [
    ...(asked.technology === 'mobile-x-ray' ? [IMAGES_ONLY] : []),
    ...texts({ system }, 'the system it comes from'),
    ...texts({ reference }, 'its number in that system'),
    ...(capturedAt && capturedAt > now ? [NOT_YET] : []),
  ];
}

async function ofCopy(
  { records }: EnclosingNeeds,
  disclosure: Disclosure,
  { madeOf, whatWasRedacted }: Extract<Beginning, { kind: 'redacted-copy' }>,
): Promise<readonly Refusal[]> {
  const of = madeOf.trim();
  const enclosed = disclosure.enclosures.some(({ id, kind }) => id === of && (kind === 'image' || kind === 'record'));
  const image = !enclosed && disclosure.asked.technology === 'mobile-x-ray' ? await records.get(images, of) : undefined;
  return [
    ...(enclosed || image?.state === 'kept' ? [] : [NO_ORIGINAL]),
    ...texts({ whatWasRedacted }, 'what was taken out'),
  ];
}

/** The name a recipient saves it under: what cannot be part of a file's name is gone. */
export function fileNameFor(typed: string, enclosureId: string): string {
  const name = typed
    .slice(Math.max(typed.lastIndexOf('/'), typed.lastIndexOf('\\')) + 1)
    .replace(/[^\p{L}\p{N}._ -]/gu, '')
    .replace(/^[.\s]+|[.\s]+$/g, '')
    .slice(-120);
  return name || `${enclosureId}.bin`;
}

const shown = HOUSE.shownIsDecided.id;
const NOT_ARRIVED: Refusal = {
  clause: shown,
  field: 'file',
  found: 'no file',
  expected: 'the file that was begun',
  todo: 'send it, then come back here; what arrived more than a day ago is swept and is sent again',
};
const NOT_YET: Refusal = {
  clause: shown,
  field: 'capturedAt',
  found: 'a time to come',
  expected: 'a time in the past',
  todo: 'correct it',
};
const IMAGES_ONLY: Refusal = {
  clause: shown,
  field: 'kind',
  found: 'a record of another system',
  expected: 'a kept image, or a redacted copy of one',
  todo: 'enclose the image by its number',
};
const NO_ORIGINAL: Refusal = {
  clause: shown,
  field: 'madeOf',
  found: 'no original of that number',
  expected: 'a kept image, or what is enclosed here',
  todo: 'say which original the copy was made of',
};
