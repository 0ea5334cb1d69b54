/**
 * A world for images: a real table, a real bucket with the rights infra/ gives each function, a request whose deployment
 * is under way, and a browser that sends files. Time stands still until a test moves it.
 */
import type { PolicyDocument } from '../../../local/contract.ts';
import { instantOf, plusMinutes, type Instant } from '../../../policies/instant.ts';
import type { Role } from '../../../policies/roles.ts';
import { deployments, type Deployment } from '../../../functions/deployment/contract.ts';
import { devices } from '../../../functions/device/contract.ts';
import { newId } from '../../../functions/edge/system.ts';
import { images, type FiledDraft, type Image } from '../../../functions/image/contract.ts';
import { fileImage } from '../../../functions/image/file-image.ts';
import { askForUpload } from '../../../functions/image/ask-for-upload.ts';
import { checkFile } from '../../../functions/image/check-file.ts';
import { keepImage } from '../../../functions/image/keep-image.ts';
import { noteArrival } from '../../../functions/image/note-arrival.ts';
import { originalsIn } from '../../../functions/image/originals.aws.ts';
import type { Originals, UploadForm } from '../../../functions/image/originals.ts';
import { uploadFormFor } from '../../../functions/image/begin-upload.ts';
import { put, type Put } from '../../../functions/records/change.ts';
import { directoryLine, persons } from '../../../functions/records/standing.ts';
import { useRequests } from '../../../functions/use-request/contract.ts';
import { startS3, type S3Host } from '../../local/objects/s3-host.ts';
import { startTable, type TestTable } from '../../records-table.ts';

export const BUCKET = 'images-bucket';
export const STARTED = instantOf('2026-11-20T18:00:00Z');
export const NOW = instantOf('2026-11-20T20:00:00Z');

const arn = (under: string): string => `arn:aws:s3:::${BUCKET}/${under}/*`;
const allow = (under: string, ...Action: string[]): PolicyDocument['Statement'][number] => ({
  Effect: 'Allow',
  Action,
  Resource: arn(under),
});
const READ = ['s3:GetObject', 's3:GetObjectVersion'];
const REMOVE = ['s3:DeleteObject', 's3:DeleteObjectVersion'];

/** What infra/constructs/image.ts gives each function, and no more. */
const RIGHTS = {
  pages: [allow('incoming', 's3:PutObject'), allow('kept', ...READ)],
  check: [allow('incoming', ...READ)],
  keep: [
    allow('incoming', ...READ, ...REMOVE),
    allow('kept', ...READ, 's3:PutObject', 's3:PutObjectTagging', 's3:PutObjectLegalHold'),
  ],
  refuse: [allow('incoming', ...REMOVE)],
} as const;

export const FILED: FiledDraft = {
  deploymentId: 'D-1',
  deviceId: 'X-1',
  downloadedBy: 'Officer Diaz 123456',
  downloadedAt: instantOf('2026-11-20T19:00:00Z'),
  medium: 'USB drive',
  caseNumber: 'C-77',
  relevance: 'It shows a void in the door.',
  personInImage: false,
  declaredKind: 'png',
};

export interface ImageWorld {
  readonly table: TestTable;
  readonly s3: S3Host;
  readonly originals: Record<keyof typeof RIGHTS, Originals>;
  now: Instant;
  readonly needs: {
    readonly records: TestTable['records'];
    now(): Instant;
    newImageId(): string;
    newViewId(): string;
    newId(prefix: string): string;
  };
  pass(minutes: number): void;
  write(...puts: Put[]): Promise<void>;
  line(from: string, to: string): Promise<void>;
  /** Files an image as the operator; fails the test when it is refused. */
  file(more?: Partial<FiledDraft>): Promise<string>;
  image(id: string): Promise<Image>;
  formFor(id: string, more?: { readonly backTo?: string; readonly sha256?: string }): Promise<UploadForm>;
  /** Sends a file as a browser does, and tells of every object the store announced since. */
  send(form: UploadForm, file: Uint8Array): Promise<Response>;
  announce(): Promise<readonly string[]>;
  /** Files, asks, sends and checks; answers what the check answered. */
  checked(file: Uint8Array, more?: Partial<FiledDraft>): Promise<{ id: string; kind: string }>;
  kept(file: Uint8Array, more?: Partial<FiledDraft>): Promise<string>;
  acts(subject: string): Promise<readonly string[]>;
  stop(): Promise<void>;
}

export async function startImageWorld(): Promise<ImageWorld> {
  const [table, s3] = await Promise.all([startTable(), startS3()]);
  await s3.deploy('AWS::S3::Bucket', 'Images', {
    BucketName: BUCKET,
    ObjectLockEnabled: true,
    VersioningConfiguration: { Status: 'Enabled' },
    NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
  });
  const originals = Object.fromEntries(
    Object.entries(RIGHTS).map(([name, rights]) => [name, originalsIn(BUCKET, s3.client(rights))]),
  ) as ImageWorld['originals'];
  let announced = 0;

  const world: ImageWorld = {
    table,
    s3,
    originals,
    now: NOW,
    needs: {
      records: table.records,
      now: () => world.now,
      newImageId: () => newId('I'),
      newViewId: () => newId('V'),
      newId,
    },
    pass: (minutes) => void (world.now = plusMinutes(world.now, minutes)),
    write: (...puts) =>
      table.records.write({
        at: world.now,
        by: { kind: 'system', id: 'test' },
        puts,
        tells: [{ subject: `seed#${newId('S')}`, act: 'seeded' }],
      }),
    line: (from, to) =>
      table.records.write({
        at: world.now,
        by: { kind: 'system', id: 'test' },
        puts: [],
        lines: [{ from, to }],
        tells: [{ subject: `seed#${newId('S')}`, act: 'seeded' }],
      }),
    async file(more = {}) {
      const answer = await fileImage(world.needs, {
        requestId: 'R-1',
        filed: { ...FILED, ...more },
        refusals: [],
        uploader: { personId: 'P-op', active: true, roles: ['ctb-operator'] },
      });
      if (answer.kind !== 'filed') throw new Error(`the image was not filed: ${JSON.stringify(answer)}`);
      return answer.imageId;
    },
    async image(id) {
      const image = await table.records.get(images, id);
      if (!image) throw new Error(`there is no image ${id}`);
      return image;
    },
    formFor: async (id, more = {}) => uploadFormFor({ originals: originals.pages }, await world.image(id), more),
    send({ url, fields }, file) {
      const body = new FormData();
      for (const [name, value] of Object.entries(fields)) body.append(name, value);
      body.append('file', new Blob([new Uint8Array(file)]), 'scan');
      return fetch(url, { method: 'POST', body, redirect: 'manual' });
    },
    async announce() {
      const events = s3.events.slice(announced);
      announced = s3.events.length;
      const created = events
        .filter((event) => event.DetailType === 'Object Created')
        .map((event) => JSON.parse(event.Detail) as { object: { key: string; size: number } });
      const told: string[] = [];
      for (const { object } of created)
        told.push((await noteArrival(world.needs, { key: object.key, bytes: object.size })).kind);
      return told;
    },
    async checked(file, more) {
      const id = await world.file(more);
      await askForUpload(world.needs, { imageId: id, token: 't' });
      const sent = await world.send(await world.formFor(id), file);
      if (sent.status !== 201) throw new Error(`the store answered ${sent.status}: ${await sent.text()}`);
      await until(async () => (await world.announce()).includes('noted'));
      return { id, kind: (await checkFile({ ...world.needs, originals: originals.check }, { imageId: id })).kind };
    },
    async kept(file, more) {
      const { id, kind } = await world.checked(file, more);
      if (kind !== 'fit')
        throw new Error(`image ${id} is ${kind}: ${JSON.stringify((await world.image(id)).refusals)}`);
      await keepImage({ ...world.needs, originals: originals.keep }, { imageId: id });
      return id;
    },
    acts: async (subject) => (await table.records.ledgerOf(subject)).map(({ act }) => act),
    async stop() {
      await Promise.all([table.stop(), s3.stop()]);
    },
  };

  const deployment: Deployment = {
    id: 'D-1',
    version: 0,
    requestId: 'R-1',
    state: 'under-way',
    operatorId: 'P-op',
    deviceId: 'X-1',
    commanderId: 'P-cmd',
    assignedBy: 'P-exec',
    assignedAt: STARTED,
    window: { from: STARTED, to: instantOf('2026-11-21T02:00:00Z') },
    custody: [],
    startedAt: STARTED,
  };
  await world.write(
    put(deployments, deployment),
    put(devices, {
      id: 'X-1',
      version: 0,
      label: 'Van 1',
      manufacturer: 'American Science & Engineering, Inc.',
      inService: true,
      storage: { place: 'garage', nonPublic: true },
    }),
    put(useRequests, {
      id: 'R-1',
      version: 0,
      state: 'under-way',
      askedBy: { kind: 'member', personId: 'P-exec', route: 'executive' },
      submittedAt: STARTED,
      edition: 'xray-2026',
      deploymentId: 'D-1',
      step: 'Ask the bureau to deploy',
      asked: {
        targetKind: 'truck',
        targetDescription: 'a box truck',
        nearPublicStreet: true,
        location: 'a street',
        graveRisk: 'a threat',
        purpose: 'p',
        lawEnforcementReason: 'r',
        publicKeptOutHow: 'tape',
        politicalActivity: false,
        immigrationEnforcement: false,
        basisCharacteristics: [],
        useKind: 'screening',
        startsAt: STARTED,
        endsAt: instantOf('2026-11-21T02:00:00Z'),
        attested: true,
      },
    }),
    ...person('P-op', 'Ana Operator', ['ctb-operator']),
    ...person('P-inv', 'Ivo Investigator', ['investigator']),
    ...person('P-rec', 'Rita Records', ['records-officer']),
    ...person('P-new', 'Nora New', ['investigator']),
  );
  for (const id of ['P-op', 'P-new']) await world.line(directoryLine(id), id);
  return world;
}

function person(id: string, name: string, roles: readonly Role[]): readonly Put[] {
  return [
    put(persons, {
      id,
      version: 0,
      directoryName: id,
      name,
      email: `${id}@example.gov`,
      uniformed: true,
      rank: 'detective',
      bureau: 'counterterrorism',
      command: 'ctb',
      roles,
      active: true,
    }),
  ];
}

/** Waits up to two seconds for what comes from elsewhere. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let look = 0; look < 200; look++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('waited two seconds for nothing');
}
