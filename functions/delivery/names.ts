/**
 * What a delivered file is called outside. The names that members gave may say who or what is in a file, and a ZIP shows
 * its names to whoever holds it without the passphrase; so outside a file is called by its place, and a redacted copy by
 * what it is a copy of. The name it was given is in the manifest, which is encrypted.
 */
import type { DeliveredFile, Delivery } from './contract.ts';

type Files = Pick<Delivery, 'files'>;

const placeOf = ({ files }: Files, enclosureId: string): string | undefined => {
  const place = files.findIndex((file) => file.enclosureId === enclosureId);
  return place < 0 ? undefined : String(place + 1).padStart(2, '0');
};

/** Such as `originals/01.png`, or `redacted-copies/02-redacted-copy-of-01.png`. */
export function pathOf(delivery: Files, file: DeliveredFile): string {
  return `${file.redactedCopyOf ? 'redacted-copies' : 'originals'}/${stem(delivery, file)}${endingOf(file.fileName)}`;
}

/** The same for a file that is saved by itself, with the delivery it comes from. */
export const fileNameOf = (delivery: Delivery, file: DeliveredFile): string =>
  `${delivery.id}-${stem(delivery, file)}${endingOf(file.fileName)}`;

export const packageNameOf = ({ id }: Pick<Delivery, 'id'>): string => `${id}-sealed.zip`;

function stem(delivery: Files, { enclosureId, redactedCopyOf }: DeliveredFile): string {
  const place = placeOf(delivery, enclosureId) ?? enclosureId;
  if (!redactedCopyOf) return place;
  return `${place}-redacted-copy-of-${placeOf(delivery, redactedCopyOf) ?? redactedCopyOf.replaceAll(/[^\w-]/g, '_')}`;
}

const endingOf = (fileName: string): string => /\.[A-Za-z0-9]{1,8}$/.exec(fileName)?.[0].toLowerCase() ?? '';
