/**
 * What the document shows of the interface: a case from its opening to its merger, and one record of each kind, in an
 * order in which they can be sent. test/functions/case/interface-document.test.ts sends each and holds it to its answer.
 */
import type { EventKind, SentEvent } from './interface-shapes.ts';
import type { RecordAnnounced } from './record-shapes.ts';

export interface Example<Sent> {
  /** Of the event or the record. */
  readonly id: string;
  readonly summary: string;
  readonly sent: Sent;
  readonly answered: 200 | 201 | 409 | 422;
  /** Of a refusal: the fields that are named. */
  readonly fields?: readonly string[];
}

export const EXAMPLE_CASE = '2026-DD5-0042';
/** Goes on when the first is merged into it. */
export const EXAMPLE_INTO = '2026-DD5-0007';
/** One in which nobody was convicted. */
export const EXAMPLE_OTHER = '2026-DD5-0051';

const REASON = 'The appeal was granted and the charge is tried again';

const event = (
  id: string,
  summary: string,
  sent: SentEvent,
  more: Partial<Pick<Example<SentEvent>, 'answered' | 'fields'>> = {},
): Example<SentEvent> => ({ id, summary, sent, answered: 201, ...more });

export const EVENT_EXAMPLES: readonly Example<SentEvent>[] = [
  event('ev-0001', 'The investigation begins', { kind: 'opened', openedOn: '2026-03-02' as never }),
  event(
    'ev-0001',
    'The same again, because its answer was lost: nothing is done twice',
    { kind: 'opened', openedOn: '2026-03-02' as never },
    { answered: 200 },
  ),
  event(
    'ev-0001',
    'The same id with another content',
    { kind: 'opened', openedOn: '2026-03-03' as never },
    { answered: 409 },
  ),
  event('ev-0002', 'A child was the victim', {
    kind: 'person-added',
    personId: 'P-7781',
    part: 'child-victim',
    bornOn: '2019-08-30' as never,
  }),
  event('ev-0003', 'The day of birth is corrected', {
    kind: 'person-changed',
    personId: 'P-7781',
    part: 'child-victim',
    bornOn: '2019-08-31' as never,
  }),
  event('ev-0004', 'A charge is laid', { kind: 'charge-added', chargeId: 'C-1', charged: 'PL 165.40' }),
  event('ev-0005', 'The case is of a missing person', {
    kind: 'status-begun',
    classId: 'missing-person',
    since: '2026-03-10' as never,
  }),
  event('ev-0006', 'The person is located', {
    kind: 'status-ended',
    classId: 'missing-person',
    on: '2026-03-20' as never,
  }),
  event('ev-0007', 'The charge ends in a plea; its class is that of the offense pleaded to', {
    kind: 'disposed',
    chargeId: 'C-1',
    outcome: 'pleaded',
    on: '2026-06-01' as never,
    classId: 'misdemeanor',
    appeal: 'exhausted',
  }),
  event('ev-0008', 'That status no longer classes the case', {
    kind: 'reclassed',
    classId: 'missing-person',
    reason: 'The person was located and the case has its class by the plea',
  }),
  event(
    'ev-0009',
    'A day to come is refused, and nothing is changed',
    { kind: 'closed', on: '2199-01-01' as never, ground: 'appeals-exhausted' },
    { answered: 422, fields: ['on'] },
  ),
  event('ev-0010', 'The investigation is closed', {
    kind: 'closed',
    on: '2026-07-15' as never,
    ground: 'appeals-exhausted',
  }),
  event('ev-0011', 'It is opened again', { kind: 'reopened', reason: REASON }),
  event('ev-0012', 'It goes on in another case', {
    kind: 'merged',
    into: EXAMPLE_INTO,
    reason: 'Both files are of one investigation of the same offense',
  }),
];

/** Of the other case. */
export const FINDING_EXAMPLE: Example<SentEvent> = event('ev-0101', 'Nobody over the age committed an offense', {
  kind: 'finding-recorded',
  finding: 'no-offense-by-adult',
});

export const kindOf = ({ sent }: Example<SentEvent>): EventKind => sent.kind;

/** SHA-256 of the 21 bytes of EXAMPLE_FILE. */
export const EXAMPLE_FILE = 'a recording of a door';
const FILE = { sha256: 'f0cde4a18c4a30d90136695fb791f582e4eb8082b9d0e33b720a1dad97acff8f', bytes: 21 };

const record = (
  id: string,
  summary: string,
  sent: RecordAnnounced,
  more: Partial<Pick<Example<RecordAnnounced>, 'answered' | 'fields'>> = {},
): Example<RecordAnnounced> => ({ id, summary, sent, answered: 201, ...more });

export const RECORD_EXAMPLES: readonly Example<RecordAnnounced>[] = [
  record('PED-2026-000101', 'A recording of a portable device: its file is sent next', {
    technology: 'portable-electronic-device',
    kind: 'recording',
    capturedAt: '2026-03-02T09:15:00-05:00',
    caseNumbers: [EXAMPLE_CASE],
    deviceId: 'PED-4471',
    file: FILE,
  }),
  record(
    'PED-2026-000101',
    'The same again: a new form for the same file',
    {
      technology: 'portable-electronic-device',
      kind: 'recording',
      capturedAt: '2026-03-02T09:15:00-05:00',
      caseNumbers: [EXAMPLE_CASE],
      deviceId: 'PED-4471',
      file: FILE,
    },
    { answered: 200 },
  ),
  record('CAM-2026-000007', 'An image of a digital camera says why it is relevant', {
    technology: 'digital-camera',
    kind: 'image',
    capturedAt: '2026-03-02T10:00:00-05:00',
    caseNumbers: [EXAMPLE_CASE],
    relevance: 'It shows the lock as it was found',
    file: FILE,
  }),
  record(
    'CAM-2026-000008',
    'Without that it is refused',
    {
      technology: 'digital-camera',
      kind: 'image',
      capturedAt: '2026-03-02T10:00:00-05:00',
      caseNumbers: [EXAMPLE_CASE],
      file: FILE,
    },
    { answered: 422, fields: ['relevance'] },
  ),
  record('LPR-2026-99001', 'A plate read has no file and is kept at once', {
    technology: 'license-plate-reader',
    kind: 'plate-read',
    capturedAt: '2026-03-02T08:59:59-05:00',
    caseNumbers: [],
    deviceId: 'LPR-12',
    read: { plate: 'ABC1234', state: 'NY', place: 'Queens Midtown Tunnel, eastbound' },
  }),
  record('PDF-2026-0003', 'A personal data file', {
    technology: 'mobile-x-ray',
    kind: 'personal-file',
    caseNumbers: [EXAMPLE_CASE],
    person: { part: 'suspect', bornOn: '1990-02-28' as never, lastArrestOn: '2021-05-05' as never },
  }),
];
