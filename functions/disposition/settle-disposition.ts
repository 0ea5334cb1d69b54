/**
 * Ends a batch whose records were all tried: the list of tombstones is written, the certificate signed, and both go on
 * record with the batch in one transaction. Run again after a kill it makes the same certificate.
 *
 * Faults  RecordsRemain, RecordMissing (do not retry); RecordsBusy, ChangedMeanwhile, FilesBusy, CertificateNotSigned (retry)
 */
import { RECORDS_LAW } from '../../policies/editions/records-law.ts';
import { sha256 } from '../records/canonical.ts';
import { put } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import { retentionCards, type RetentionCard } from '../retention/contract.ts';
import { certificateText, goneAt, lineOf, METHOD } from './certificate.ts';
import { certificates, membersLine, tombstonesKey, type Certificate, type Disposition } from './contract.ts';
import { RecordsRemain } from './faults.ts';
import { mailsToOfficers, peopleOf } from './officers.ts';
import { standingIn } from './standing.ts';
import { changed, dispositionOf, type StepNeeds } from './steps.ts';

/** How many cards are read at a time. */
const READ_AT_ONCE = 32;

type Tombstone = RetentionCard & Required<Pick<RetentionCard, 'destroyed'>>;

export async function settleDisposition(
  needs: StepNeeds,
  { dispositionId }: { readonly dispositionId: string },
): Promise<{ readonly kind: 'destroyed' | 'emptied' | 'settled' }> {
  const { records } = needs;
  const disposition = await dispositionOf(needs, dispositionId);
  if (disposition.state !== 'destroying') return { kind: 'settled' };
  const cards = await cardsOf(needs, dispositionId);
  const open = cards.filter((card) => card.dispositionId === dispositionId && card.state !== 'destroyed');
  if (open.length > 0)
    throw new RecordsRemain(
      `disposition ${dispositionId}: ${open.length} records are neither destroyed nor kept; run its workflow again`,
    );
  const tombstones = cards
    .filter((card): card is Tombstone => card.destroyed?.certificateId === dispositionId)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const now = needs.now();
  const subject = keyOf('disposition', dispositionId);
  const mails = mailsToOfficers(await peopleOf(records, 'records-officer'), 'disposition-destroyed', subject);
  const ended: Disposition = {
    ...withoutDue(disposition),
    leftOut: disposition.records - tombstones.length,
    destroyedRecords: tombstones.length,
    endedAt: now,
  };
  if (tombstones.length === 0) {
    await records.write(
      changed(
        { ...ended, state: 'emptied', step: 'Disposition closed' },
        now,
        { act: 'batch emptied', facts: { records: disposition.records, leftOut: ended.leftOut } },
        { mails },
      ),
    );
    return { kind: 'emptied' };
  }
  const certificate = await certificateOf(needs, disposition, tombstones);
  await records.write(
    changed(
      { ...ended, state: 'destroyed', certificateId: certificate.id, step: 'Records destroyed' },
      now,
      {
        act: 'destruction certified',
        clauses: [RECORDS_LAW.approvedDisposal.id],
        facts: {
          certificate: certificate.id,
          signed: certificate.signature.of,
          records: tombstones.length,
          leftOut: ended.leftOut,
          list: certificate.says.listSha256,
        },
      },
      { puts: [put(certificates, certificate)], mails },
    ),
  );
  return { kind: 'destroyed' };
}

async function cardsOf({ records }: StepNeeds, dispositionId: string): Promise<readonly RetentionCard[]> {
  const ids = await records.linesOf(membersLine(dispositionId));
  const cards: RetentionCard[] = [];
  for (let from = 0; from < ids.length; from += READ_AT_ONCE) {
    const some = await Promise.all(ids.slice(from, from + READ_AT_ONCE).map((id) => records.get(retentionCards, id)));
    cards.push(...some.filter((card) => card !== undefined));
  }
  return cards;
}

async function certificateOf(
  needs: StepNeeds,
  disposition: Disposition,
  tombstones: readonly Tombstone[],
): Promise<Certificate> {
  const { records, files, sign, now } = needs;
  const text = tombstones.map(({ id, destroyed }) => lineOf(id, destroyed)).join('');
  const list = await files.put(tombstonesKey(disposition.id), text);
  const signatures = await standingIn(records).signatures(disposition);
  const times = tombstones.map(({ destroyed }) => goneAt(destroyed)).toSorted();
  const { id, classId, scheduleId, technology } = disposition;
  const sum = (of: 'bytes' | 'versions') => tombstones.reduce((total, { destroyed }) => total + destroyed[of], 0);
  const says: Certificate['says'] = {
    dispositionId: id,
    classId,
    scheduleId,
    technology,
    records: tombstones.length,
    bytes: sum('bytes'),
    versions: sum('versions'),
    destroyedFrom: times[0]!,
    destroyedUntil: times.at(-1)!,
    method: METHOD,
    listSha256: sha256(text),
    signatures: signatures.map(({ office, decisionId, personId, at }) => ({ office, decisionId, personId, at })),
  };
  const signedText = certificateText(says);
  const { signature, keyId } = await sign(signedText);
  return {
    id,
    version: 0,
    dispositionId: id,
    says,
    list: { key: list.key, versionId: list.versionId, sha256: says.listSha256 },
    signature: { of: sha256(signedText), value: signature, keyId },
    at: now(),
  };
}

function withoutDue({ lateAt: _late, remindAt: _remind, ...disposition }: Disposition): Disposition {
  return disposition;
}
