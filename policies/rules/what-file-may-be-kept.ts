/**
 * What file may be kept as an x-ray image?
 *
 * A still image that a person downloaded from the monitor during a deployment and carried here,
 * unchanged, with the case it belongs to. A file that holds sound, moving pictures, a position, heat or
 * biometrics is refused and never stripped, since the original is evidence and is never edited. A late
 * upload is kept when the delay is explained; an image the device has overwritten cannot be filed.
 *
 * Units   bytes; instants are UTC; the time to upload is elapsed hours
 * Answers allowed, saying whether a person is in the image and whether the upload was late, or refused
 * Throws  nothing
 * Source  XR26-ABS-02, ABS-03, CAP-02, SAFE-05, SAFE-08, RET-02, RET-03, DSP-02, DSP-03 and their 2021
 *         twins; house-file-kinds, house-largest-image, house-hours-to-upload
 */
import { clauseIn, mustSay } from '../clause-in.ts';
import type { Policy } from '../editions/edition.ts';
import { isBefore, isAfter, plusHours, type Instant } from '../instant.ts';
import { mayDo } from '../roles.ts';
import { amountOf, isBlank, ruled, unless, type Refusal, type Ruling } from '../ruling.ts';
import type { Window } from './request-window.ts';

export type ContentKind = 'png' | 'jpeg' | 'tiff' | 'opaque' | 'audio' | 'video' | 'unknown';

/** What intake found inside the file, besides a picture. */
export type Finding = 'gps' | 'plate-data' | 'audio' | 'video' | 'thermal' | 'biometric';

export interface FileFacts {
  readonly imageId: string;
  /** What the content is, by looking at it. */
  readonly contentKind: ContentKind;
  /** What the uploader said it is. */
  readonly declaredKind: ContentKind;
  readonly bytes: number;
  /** Whether the bytes received have the hash that was declared for them. */
  readonly sha256Matches: boolean;
  readonly findings: readonly Finding[];
  readonly uploader:
    | { readonly kind: 'person'; readonly active: boolean; readonly roles: readonly string[] }
    | { readonly kind: 'device' | 'stream' | 'remote-pull' };
  readonly downloadedBy?: string;
  readonly downloadedAt?: Instant;
  readonly uploadedAt: Instant;
  /** The local medium the image was carried on, such as 'usb-drive'. */
  readonly medium?: string;
  readonly lateReason?: string;
  /** The deployment the image is said to be from; absent when there is no such deployment. */
  readonly deployment?: Window & { readonly deploymentId: string; readonly deviceId: string };
  readonly deviceId: string;
  readonly caseNumber?: string;
  readonly relevance?: string;
  readonly personInImage: boolean;
  readonly personExplanation?: string;
  /** Whether the device has already made room for newer images. */
  readonly overwrittenOnDevice: boolean;
}

export type FileRuling = Ruling<{ readonly incidentalPerson: boolean; readonly late: boolean }>;

export function whatFileMayBeKept(file: FileFacts, policy: Policy, _now: Instant): FileRuling {
  const { edition, house } = policy;
  const late =
    file.downloadedAt !== undefined &&
    isAfter(file.uploadedAt, plusHours(file.downloadedAt, house.hoursToUpload.hours));
  const because = [
    ...content(file, policy),
    ...uploader(file, policy),
    ...journey(file, late, policy),
    ...filing(file, policy),
  ];
  const clauses = [
    'XR26-ABS-02',
    'XR26-ABS-03',
    'XR26-CAP-02',
    'XR26-SAFE-05',
    'XR26-RET-02',
    'XR26-RET-03',
    'XR26-DSP-02',
    'XR26-DSP-03',
  ]
    .flatMap((id) => clauseIn(edition, id) ?? [])
    .concat(house.fileKinds.id, house.largestImage.id, house.hoursToUpload.id);
  return ruled(clauses, because, { incidentalPerson: file.personInImage, late });
}

/** What is in the file. An older edition that excludes no kind of data still lets only images in. */
function content(file: FileFacts, { edition, house }: Policy): readonly Refusal[] {
  const position: readonly Finding[] = ['gps', 'plate-data'];
  const excluded = clauseIn(edition, 'XR26-ABS-02') ?? house.fileKinds.id;
  const found: readonly string[] =
    file.contentKind === 'audio' || file.contentKind === 'video' ? [file.contentKind, ...file.findings] : file.findings;
  const kindKnown = file.contentKind !== 'unknown' && file.contentKind !== 'audio' && file.contentKind !== 'video';
  return [
    ...[...new Set(found)].flatMap((what) => ({
      clause: position.some((one) => one === what) ? mustSay(edition, 'XR26-DSP-03') : excluded,
      field: 'file',
      found: `${what} in the file`,
      expected: 'a still x-ray image and nothing else',
      todo: 'do not strip it, since an original is never changed; keep the file and report how it came about',
    })),
    ...unless(file.contentKind !== 'unknown', {
      clause: house.fileKinds.id,
      field: 'file',
      found: 'a kind of file that is not recognised',
      expected: 'PNG, JPEG, TIFF, or an opaque original declared as one',
      todo: 'upload the original as it came from the device and declare what it is',
    }),
    ...unless(!kindKnown || file.declaredKind === file.contentKind, {
      clause: house.fileKinds.id,
      field: 'declaredKind',
      found: `declared ${file.declaredKind}, content ${file.contentKind}`,
      expected: 'a file that is what it is declared to be',
      todo: 'declare what it is, or upload the right file',
    }),
    ...unless(file.bytes > 0 && file.bytes <= house.largestImage.bytes, {
      clause: house.largestImage.id,
      field: 'file',
      found: `${file.bytes} bytes`,
      expected: `1 to ${house.largestImage.bytes} bytes`,
      todo:
        file.bytes > 0 ? 'ask the records officer how to file a larger original' : 'upload the file again; it is empty',
    }),
    ...unless(file.sha256Matches, {
      clause: mustSay(edition, 'XR26-DSP-02'),
      field: 'sha256',
      found: 'another hash than the one declared',
      expected: 'the file as it was when its hash was taken',
      todo: 'upload the file again from the medium it was downloaded to',
    }),
  ];
}

function uploader({ uploader: by }: FileFacts, { edition }: Policy): readonly Refusal[] {
  if (by.kind !== 'person') {
    const pushed: Refusal = {
      clause: mustSay(edition, 'XR26-CAP-02'),
      field: 'uploader',
      found: by.kind,
      expected: 'a person who signed in',
      todo: 'have a person download the image and upload it',
    };
    return [pushed];
  }
  return unless(by.active && mayDo(by.roles, 'upload-image'), {
    clause: mustSay(edition, 'XR26-SAFE-08'),
    field: 'uploader',
    found: by.active ? 'no role that may upload' : 'a member who is not active',
    expected: 'an active member with the role of an operator',
    todo: 'leave the upload to an operator of the bureau',
  });
}

/** From the monitor to here: who carried it, when, on what, and from which deployment. */
function journey(file: FileFacts, late: boolean, { edition, house }: Policy): readonly Refusal[] {
  const clause = mustSay(edition, 'XR26-RET-02');
  const { deployment, downloadedAt } = file;
  const required = (field: 'downloadedBy' | 'downloadedAt' | 'medium', what: string): readonly Refusal[] =>
    unless(!isBlank(file[field]), { clause, field, found: 'nothing', expected: what, todo: `enter ${what}` });
  const fromThere = deployment?.deviceId === file.deviceId;
  return [
    ...required('downloadedBy', 'who downloaded the image'),
    ...required('downloadedAt', 'when it was downloaded'),
    ...required('medium', 'the local medium it was carried on'),
    ...unless(!downloadedAt || !isBefore(file.uploadedAt, downloadedAt), {
      clause,
      field: 'uploadedAt',
      found: 'an upload before the download',
      expected: 'a download, then an upload',
      todo: 'correct the time of the download',
    }),
    ...unless(fromThere, {
      clause,
      field: 'deviceId',
      found: deployment ? 'another device than the deployment used' : 'no such deployment',
      expected: 'the deployment and the device the image is from',
      todo: 'choose the deployment in which the image was made',
    }),
    ...unless(
      !deployment ||
        !downloadedAt ||
        (!isBefore(downloadedAt, deployment.startsAt) && !isAfter(downloadedAt, deployment.endsAt)),
      {
        clause,
        field: 'downloadedAt',
        found: 'a download outside the deployment',
        expected: 'a download between its start and its end',
        todo: 'correct the time, or choose the right deployment',
      },
    ),
    ...unless(!late || !isBlank(file.lateReason), {
      clause: house.hoursToUpload.id,
      field: 'lateReason',
      found: `an upload more than ${house.hoursToUpload.hours} hours after the download, and no reason`,
      expected: 'the reason for the delay',
      todo: 'say why it was late; the image can still be kept',
    }),
    ...unless(!file.overwrittenOnDevice, {
      clause: mustSay(edition, 'XR26-RET-03'),
      field: 'overwrittenOnDevice',
      found: 'an image the device has overwritten',
      expected: 'an image that was downloaded before that',
      todo: 'nothing; an image that was not downloaded in time no longer exists',
    }),
  ];
}

/** The case it belongs to, and a person who got into the image. */
function filing(file: FileFacts, { edition, house }: Policy): readonly Refusal[] {
  const relevant = mustSay(edition, 'XR26-SAFE-05');
  return [
    ...unless(!isBlank(file.caseNumber), {
      clause: relevant,
      field: 'caseNumber',
      found: 'nothing',
      expected: 'the investigation or case it belongs to',
      todo: 'enter the case; an image that belongs to none is not kept',
    }),
    ...unless(!isBlank(file.relevance), {
      clause: relevant,
      field: 'relevance',
      found: amountOf(file.relevance),
      expected: 'how the image bears on the case',
      todo: 'say it in a sentence',
    }),
    ...unless(!file.personInImage || !isBlank(file.personExplanation), {
      clause: clauseIn(edition, 'XR26-ABS-03') ?? house.fileKinds.id,
      field: 'personExplanation',
      found: 'a person in the image, and no explanation',
      expected: 'how a person came to be in it',
      todo: 'explain it; the image is marked as showing a person by accident',
    }),
  ];
}
