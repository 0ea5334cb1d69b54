/** An image kept from a deployment: where the original lies, who brought it and why, and who has seen it. */
import { msBetween, type Instant } from '../../policies/instant.ts';
import type { Refusal } from '../../policies/ruling.ts';
import { entity, keyOf, type Kept } from '../records/entity.ts';
import type { ContentKind, Finding } from './content/finding.ts';

export { fileNameOf, mimeOf } from './kinds.ts';

/**
 * `lapsed`: nothing was uploaded in time. `refused`: the file is not kept, and is gone. `destroyed`: it was kept as long as
 * the schedule asks, and is gone with all that identifies; number, hash and times stay.
 */
export type ImageState = 'awaiting-upload' | 'checking' | 'kept' | 'refused' | 'lapsed' | 'destroyed';

/** What an image is carried on from the monitor, as the form offers it (XR26-RET-02). */
export const MEDIA = ['USB drive', 'Memory card', 'External disk', 'Disc', 'Department laptop'] as const;

/** What the uploader says. Field names are the form's field names, and those the rule's refusals point at. */
export interface Filed {
  readonly deploymentId: string;
  readonly deviceId: string;
  readonly downloadedBy: string;
  readonly downloadedAt: Instant;
  readonly medium: string;
  /** Required when the upload comes later than the policy's house number after the download. */
  readonly lateReason?: string;
  /** In capitals and without outer blanks, as `caseNumberOf` writes it. */
  readonly caseNumber: string;
  readonly relevance: string;
  readonly personInImage: boolean;
  readonly personExplanation?: string;
  /** Typed by a person, never read from the file (XR26-DSP-03). Their author is the uploader. */
  readonly location?: string;
  readonly plate?: string;
  readonly fileName?: string;
  readonly declaredKind: ContentKind;
  /** Size and SHA-256 (64 lower-case hex digits) as the browser read them before the upload, where scripts run. */
  readonly bytes?: number;
  readonly sha256?: string;
}

/** As it comes from the form, where the time of the download may be missing or unreadable. */
export type FiledDraft = Omit<Filed, 'downloadedAt'> & Partial<Pick<Filed, 'downloadedAt'>>;

export interface Image extends Kept {
  readonly state: ImageState;
  readonly requestId: string;
  readonly filed: Filed;
  readonly uploaderId: string;
  /** Their roles when it was filed: an upload is judged by what its uploader was then, not by a later transfer. */
  readonly uploaderRoles: readonly string[];
  readonly filedAt: Instant;
  readonly edition: string;
  /** Where the browser sends it: `incoming/<id>/original`. */
  readonly incomingKey: string;
  readonly uploadEndsAt: Instant;
  readonly uploadedAt?: Instant;
  /** What the check saw in one version of the incoming file; that version and no other is kept or refused. */
  readonly checked?: {
    readonly versionId: string;
    readonly sha256: string;
    readonly bytes: number;
    readonly contentKind: ContentKind;
    readonly dicos: boolean;
    readonly findings: readonly Finding[];
    readonly at: Instant;
  };
  readonly stored?: {
    readonly bucket: string;
    readonly key: string;
    readonly versionId: string;
    readonly sha256: string;
    readonly bytes: number;
    readonly contentKind: ContentKind;
    readonly storedAt: Instant;
    readonly legalHold: boolean;
  };
  /** The earliest image with the same bytes; both records stay, and each keeps its own copy. */
  readonly duplicateOf?: string;
  readonly refusals?: readonly Refusal[];
  /** Members its case was passed on to, and the lawful duty it was for (XR26-SAFE-14). */
  readonly shares?: readonly {
    readonly personId: string;
    readonly dutyReason: string;
    readonly by: string;
    readonly at: Instant;
  }[];
  /** The state of the workflow that is lit in the drawing. */
  readonly step: string;
  /** When it is late, for the sweep; absent once it is kept, refused or lapsed. */
  readonly dueAt?: Instant;
}

export const images = entity<Image>('image', (image) => ({
  subject: [keyOf('use-request', image.requestId), image.filedAt],
  ...(image.state === 'awaiting-upload' && { desk: [keyOf('person', image.uploaderId), image.uploadEndsAt] as const }),
  ...(image.dueAt && { dueAt: image.dueAt }),
}));

/** How long a run of image-intake that starts now waits for the file: what is left of the time to upload, in seconds, at least 1. */
export const uploadWindowSeconds = (image: Pick<Image, 'uploadEndsAt'>, now: Instant): number =>
  Math.max(1, Math.ceil(msBetween(now, image.uploadEndsAt) / 1000));

/** What the workflow image-intake waits for. */
export const uploadOf = (imageId: string) => ({ on: keyOf('image', imageId), for: 'upload' });

export const incomingKeyOf = (imageId: string): string => `incoming/${imageId}/original`;
export const keptKeyOf = (requestId: string, imageId: string): string => `kept/${requestId}/${imageId}/original`;

/** One spelling of a case number, so that two people who type it find the same case. */
export const caseNumberOf = (typed: string): string => typed.trim().replace(/\s+/g, ' ').toUpperCase();

/** `linesOf(caseLine(number))` lists the images of a case; `linesOf(hashLine(sha256))` the images with these bytes. */
export const caseLine = (caseNumber: string): string => `case#${caseNumber}`;
export const hashLine = (sha256: string): string => `sha256#${sha256}`;
/**
 * `linesOf(dutyLine(personId))` lists the case numbers that are this person's duty (XR26-SAFE-07): those they filed an
 * image for, and those a member passed on to them. An import from case management may add more.
 */
export const dutyLine = (personId: string): string => `duty#${keyOf('person', personId)}`;

/** A stated purpose to see one image, good for minutes and for one person (XR26-RET-04). */
export interface View extends Kept {
  readonly imageId: string;
  readonly personId: string;
  readonly purpose: string;
  readonly need: string;
  readonly caseNumber: string;
  readonly use: 'view' | 'download';
  readonly at: Instant;
  readonly until: Instant;
}

export const views = entity<View>('view', (view) => ({ subject: [keyOf('image', view.imageId), view.at] }));
