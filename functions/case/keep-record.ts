/**
 * The change that keeps a record of another system: its card, its place in the list of each of its cases, the working-out
 * of its date, and the end of what was noted until then. All in one transaction.
 */
import { instantOf, type Instant } from '../../policies/instant.ts';
import type { FilePerson } from '../../policies/retention.ts';
import { caseNumberOf } from '../image/contract.ts';
import { put, type Change } from '../records/change.ts';
import {
  cardKey,
  firstCard,
  recalculationOwed,
  retentionCards,
  type RetentionCard,
  type StoredFile,
} from '../retention/contract.ts';
import { cardsLine } from './contract.ts';
import { incomingRecords, type IncomingRecord } from './incoming-record.ts';
import type { RecordAnnounced } from './record-shapes.ts';

export function keptNow(
  { newId }: { newId(prefix: string): string },
  incoming: IncomingRecord,
  files: readonly StoredFile[],
  now: Instant,
): Change {
  const { id, from } = incoming;
  const card = cardOf(incoming, files, now);
  const owed = recalculationOwed({
    cause: 'record-linked',
    scope: { kind: 'cards', ids: [id] },
    subject: cardKey(id),
    by: from,
    at: now,
    newId,
  });
  const { said: _, dueAt: __, ...rest } = incoming;
  return {
    at: now,
    by: { kind: 'external', id: from },
    puts: [put(retentionCards, card), put(incomingRecords, { ...rest, state: 'kept' }), ...owed.puts],
    tells: [
      {
        subject: cardKey(id),
        act: 'record kept',
        clauses: card.keeping.why.map(({ clause }) => clause),
        facts: {
          technology: card.technology,
          kind: card.kind,
          cases: card.caseNumbers,
          recalculation: owed.record.id,
          ...(files[0] && { sha256: files[0].sha256, bytes: files[0].bytes }),
        },
      },
    ],
    notes: owed.notes,
    lines: card.caseNumbers.map((caseNumber) => ({ from: cardsLine(caseNumber), to: id })),
  };
}

function cardOf({ id, said }: IncomingRecord, files: readonly StoredFile[], now: Instant): RetentionCard {
  const { technology, kind, capturedAt, caseNumbers, deviceId, person, read, relevance } = said as RecordAnnounced;
  return firstCard({
    id,
    kind,
    technology,
    keptAt: now,
    caseNumbers: [...new Set(caseNumbers.map(caseNumberOf))],
    ...(capturedAt && { capturedAt: instantOf(capturedAt) }),
    ...(person && { person: person as FilePerson }),
    ...(deviceId && { deviceId }),
    ...(read && { read }),
    ...(relevance && { relevance }),
    files,
  });
}
