/**
 * What record of another system may be kept here?
 *
 * Of portable devices recordings and images, of digital cameras still images, of plate readers their reads, and of
 * investigations the personal data files of people. A camera's image says why it is relevant; what matters to an
 * investigation names its case. Images of mobile x-ray are filed on their own pages, by the member who carried them.
 *
 * Units   bytes; instants are UTC; days are days in America/New_York
 * Answers allowed, or refused
 * Throws  FactMalformed when the edition says nothing about keeping
 * Source  PED26-RET-03, CAM26-RET-02, LPR26-RET-07, XR26-RET-06; house-largest-image
 */
import type { CalendarDate } from '../calendar-date.ts';
import { clauseIn } from '../clause-in.ts';
import type { PublishedPolicy, Technology } from '../editions/edition.ts';
import { FactMalformed } from '../faults.ts';
import { isAfter, nyDate, type Instant } from '../instant.ts';
import type { FilePerson, KeptKind } from '../retention.ts';
import { amountOf, isBlank, ruled, unless, type Refusal, type Ruling } from '../ruling.ts';

export interface RecordFacts {
  readonly kind: KeptKind;
  readonly capturedAt?: Instant;
  readonly caseNumbers: readonly string[];
  readonly relevance?: string;
  /** The file that comes with it, as it was announced. */
  readonly bytes?: number;
  readonly read?: { readonly plate: string; readonly state: string; readonly place: string };
  readonly person?: FilePerson;
}

/** What each technology may hand in. */
const KINDS: Readonly<Record<Technology, readonly KeptKind[]>> = {
  'mobile-x-ray': ['personal-file'],
  'portable-electronic-device': ['recording', 'image', 'personal-file'],
  'digital-camera': ['image', 'personal-file'],
  'license-plate-reader': ['plate-read'],
};

/** The clause by which each technology's records are kept at all. */
const KEPT_BY: Readonly<Record<Technology, string>> = {
  'mobile-x-ray': 'XR26-RET-06',
  'portable-electronic-device': 'PED26-RET-03',
  'digital-camera': 'CAM26-RET-02',
  'license-plate-reader': 'LPR26-RET-07',
};

export function whatRecordMayBeKept(record: RecordFacts, { edition, house }: PublishedPolicy, now: Instant): Ruling {
  const { technology } = edition;
  const clause = clauseIn(edition, KEPT_BY[technology]);
  if (!clause)
    throw new FactMalformed(`edition ${edition.id} says nothing about what is kept; ask under one that does`);
  const kinds = KINDS[technology];
  if (!kinds.includes(record.kind)) {
    const found = `${record.kind} of ${technology}`;
    const todo = technology === 'mobile-x-ray' ? 'file the image on its page' : 'correct the kind or the technology';
    return ruled([], [{ clause, field: 'kind', found, expected: `one of: ${kinds.join(', ')}`, todo }]);
  }
  const refusal = (field: string, found: string, expected: string, todo: string): Refusal => ({
    clause,
    field,
    found,
    expected,
    todo,
  });
  const pictures = record.kind === 'image' || record.kind === 'recording';
  const largest = house.largestImage;
  const because = [
    ...captured(record, refusal, now),
    ...unless(
      !pictures || record.caseNumbers.length > 0,
      refusal('caseNumbers', 'no case', 'the case it matters to', 'name at least one case'),
    ),
    ...unless(
      technology !== 'digital-camera' || record.kind !== 'image' || !isBlank(record.relevance),
      refusal('relevance', amountOf(record.relevance), 'why the image is relevant', 'say what it shows of the case'),
    ),
    ...unless(!pictures || record.bytes !== undefined, refusal('file', 'no file', 'its file', 'announce the file')),
    ...unless(record.bytes === undefined || (record.bytes >= 1 && record.bytes <= largest.bytes), {
      clause: largest.id,
      field: 'file.bytes',
      found: `${record.bytes} bytes`,
      expected: `1 to ${largest.bytes} bytes`,
      todo: 'hand in a smaller file',
    }),
    ...only('read', record.kind === 'plate-read', record.read !== undefined, 'a plate read', refusal),
    ...only('person', record.kind === 'personal-file', record.person !== undefined, 'a personal data file', refusal),
    ...(record.person ? days(record.person, record.caseNumbers, refusal, nyDate(now)) : []),
  ];
  return ruled([clause, clauseIn(edition, 'XR26-RET-06') ?? clause], because);
}

type Refuse = (field: string, found: string, expected: string, todo: string) => Refusal;

function captured({ kind, capturedAt }: RecordFacts, refusal: Refuse, now: Instant): readonly Refusal[] {
  if (capturedAt === undefined)
    return unless(
      kind === 'personal-file',
      refusal('capturedAt', 'nothing', 'when it was captured', 'say the moment it was made'),
    );
  return unless(
    !isAfter(capturedAt, now),
    refusal('capturedAt', 'a time to come', 'a time in the past', 'correct it, or the clock of the system'),
  );
}

/** A part that one kind has to have and no other may have. */
const only = (field: string, its: boolean, there: boolean, of: string, refusal: Refuse): readonly Refusal[] =>
  unless(
    its === there,
    its
      ? refusal(field, 'nothing', `what ${of} holds`, 'say it')
      : refusal(field, 'something', `nothing, since it is not ${of}`, 'leave it out, or correct the kind'),
  );

function days(
  { part, bornOn, diedOn, lastArrestOn, neverArrested }: FilePerson,
  caseNumbers: readonly string[],
  refusal: Refuse,
  today: CalendarDate,
): readonly Refusal[] {
  const known = { bornOn, diedOn, lastArrestOn };
  return [
    ...Object.entries(known).flatMap(([name, day]) =>
      unless(
        day === undefined || day <= today,
        refusal(`person.${name}`, 'a day to come', 'today or an earlier day', 'correct the day'),
      ),
    ),
    ...unless(
      !bornOn || !diedOn || bornOn <= diedOn,
      refusal('person.diedOn', 'a day before the birth', 'the day of birth or later', 'correct one of the two'),
    ),
    ...unless(
      !(neverArrested && lastArrestOn),
      refusal('person.neverArrested', 'an arrest and that there was none', 'one of the two', 'leave one out'),
    ),
    ...unless(
      part !== 'associated' || caseNumbers.length > 0,
      refusal('caseNumbers', 'no case', 'the case the person is associated with', 'name at least one case'),
    ),
  ];
}
