/**
 * What is left of a record that is destroyed: number, class, hash, times, and by which schedule and signatures. What was
 * captured, whom it is about, where, and for which case is gone from the card and from the record of the image alike.
 */
import { sha256 } from '../records/canonical.ts';
import { caseLine, hashLine, type Image } from '../image/contract.ts';
import { cardsLine } from '../case/contract.ts';
import type { Line } from '../records/change.ts';
import type { RetentionCard } from '../retention/contract.ts';

/** Over the hashes of its files in order of their keys; of a record without files, over its own canonical text. */
export function hashOfRecord(card: RetentionCard): string {
  const { id, kind, technology, capturedAt, keptAt, caseNumbers, person, deviceId, read, files } = card;
  return files.length > 0
    ? sha256(
        files
          .toSorted((a, b) => (a.key < b.key ? -1 : 1))
          .map((file) => file.sha256)
          .join('\n'),
      )
    : sha256({ id, kind, technology, capturedAt, keptAt, caseNumbers, person, deviceId, read });
}

export const bytesOf = ({ files }: Pick<RetentionCard, 'files'>): number =>
  files.reduce((sum, { bytes }) => sum + bytes, 0);

/** The keys of its files stay, so that the reconciliation can see that nothing lies under them. */
export function emptiedCard(card: RetentionCard): RetentionCard {
  const { person: _person, read: _read, deviceId: _device, objection: _said, ...rest } = card;
  const why = rest.keeping.why.map(({ caseNumber: _case, ...reason }) => reason);
  return { ...rest, keeping: { ...rest.keeping, why }, state: 'destroyed', caseNumbers: [], holdIds: [] };
}

/** Who filed it and when stays: that is about the department's own work. */
export function emptiedImage(image: Image): Image {
  const { stored: _stored, checked, filed, shares, dueAt: _due, ...rest } = image;
  const {
    lateReason: _late,
    personExplanation: _who,
    location: _where,
    plate: _plate,
    fileName: _name,
    ...said
  } = filed;
  return {
    ...rest,
    state: 'destroyed',
    filed: { ...said, caseNumber: '', relevance: '' },
    ...(checked && { checked: { ...checked, findings: [] } }),
    ...(shares && { shares: shares.map((share) => ({ ...share, dutyReason: '' })) }),
    step: 'Image kept',
  };
}

/** The lists that named it. */
export const linesOf = (card: RetentionCard, image: Image | undefined): readonly Line[] => [
  ...card.caseNumbers.map((caseNumber) => ({ from: cardsLine(caseNumber), to: card.id })),
  ...(image
    ? [
        { from: caseLine(image.filed.caseNumber), to: image.id },
        ...(image.stored ? [{ from: hashLine(image.stored.sha256), to: image.id }] : []),
      ]
    : []),
];
