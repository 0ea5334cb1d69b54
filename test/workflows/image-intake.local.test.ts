/** Every path through image-intake on the embedded host: the synthesized stack, its own rights, its own events. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromEpochMs, nyDate, plusHours, type Instant } from '../../policies/instant.ts';
import { deployments } from '../../functions/deployment/contract.ts';
import { images, type Image } from '../../functions/image/contract.ts';
import { put } from '../../functions/records/change.ts';
import { recordsIn, type Records } from '../../functions/records/records.aws.ts';
import { useRequests } from '../../functions/use-request/contract.ts';
import type { Client } from '../../demo/client.ts';
import * as make from '../functions/image/samples.ts';
import { startPostact, type Postact } from '../postact.ts';

let postact: Postact;
let records: Records;
let workflows: SFNClient;
let operator: Client;
const REQUEST = 'R-TEST-0001';

beforeAll(async () => {
  postact = await startPostact();
  const aws = {
    endpoint: postact.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  records = recordsIn(postact.outputs.TableName, new DynamoDBClient(aws));
  workflows = new SFNClient(aws);
  await deploymentUnderWay();
  operator = await postact.as('p-ortiz');
});
afterAll(async () => {
  workflows?.destroy();
  await postact?.stop();
});

const now = (): Instant => fromEpochMs(postact.now().getTime());

/** A request whose deployment began an hour ago. How it came to that is the story of other tests. */
async function deploymentUnderWay(): Promise<void> {
  const startedAt = plusHours(now(), -1);
  const window = { from: startedAt, to: plusHours(startedAt, 6) };
  await records.write({
    at: now(),
    by: { kind: 'system', id: 'test' },
    puts: [
      put(useRequests, {
        id: REQUEST,
        version: 0,
        state: 'under-way',
        askedBy: { kind: 'member', personId: 'p-reyes', route: 'executive' },
        submittedAt: startedAt,
        edition: 'xray-2026',
        deploymentId: 'D-TEST-0001',
        step: 'Ask the bureau to deploy',
        asked: {
          targetKind: 'truck',
          targetDescription: 'a box truck',
          nearPublicStreet: true,
          location: 'a street',
          graveRisk: 'a threat',
          purpose: 'screening',
          lawEnforcementReason: 'a reason',
          publicKeptOutHow: 'tape',
          politicalActivity: false,
          immigrationEnforcement: false,
          basisCharacteristics: [],
          useKind: 'screening',
          startsAt: window.from,
          endsAt: window.to,
          attested: true,
        },
      }),
      put(deployments, {
        id: 'D-TEST-0001',
        version: 0,
        requestId: REQUEST,
        state: 'under-way',
        operatorId: 'p-ortiz',
        deviceId: 'X-TEST-0001',
        commanderId: 'p-brandt',
        assignedBy: 'p-brandt',
        assignedAt: startedAt,
        window,
        custody: [],
        startedAt,
      }),
    ],
    tells: [{ subject: `use-request#${REQUEST}`, act: 'deployment started' }],
  });
}

/** Files an image on its page as the operator; leaves the client on the image's page. */
async function file(more: Record<string, string> = {}): Promise<string> {
  const time = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'America/New_York',
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(postact.now().getTime() - 10 * 60_000));
  await operator.go(`/images/new?request=${REQUEST}`);
  await operator.send('/images', {
    deviceId: 'X-TEST-0001',
    downloadedBy: 'Sam Ortiz',
    downloadedAtDate: nyDate(fromEpochMs(postact.now().getTime() - 10 * 60_000)),
    downloadedAtTime: time,
    medium: 'USB drive',
    caseNumber: 'C-2026-17',
    relevance: 'It shows a void in the door.',
    declaredKind: 'png',
    ...more,
  });
  const id = /\/images\/(I-[\w-]+)$/.exec(operator.page.url)?.[1];
  if (!id) throw new Error(`filing ended at ${operator.page.url}: ${operator.words().slice(0, 800)}`);
  await postact.settled();
  return id;
}

/** Sends a file with the form on the image's page, as a browser without scripts. */
async function send(bytes: Buffer): Promise<number> {
  const { action, hidden } = operator.formOn(uploadAction());
  const body = new FormData();
  for (const [name, value] of Object.entries(hidden)) body.append(name, value);
  body.append('file', new Blob([new Uint8Array(bytes)]), 'scan');
  const answer = await fetch(action, { method: 'POST', body, redirect: 'manual' });
  await postact.settled();
  return answer.status;
}
const uploadAction = (): string => /<form id="upload-form"[^>]*action="([^"]+)"/.exec(operator.page.text)![1]!;

async function imageNow(id: string): Promise<Image> {
  return (await records.get(images, id))!;
}

/** Waits until the image has come to an end of its workflow. */
async function ended(id: string): Promise<Image> {
  for (let look = 0; look < 200; look++) {
    const image = await imageNow(id);
    if (['kept', 'refused', 'lapsed'].includes(image.state)) return image;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`image ${id} is still ${(await imageNow(id)).state}`);
}

/** The names of the states a run has entered. */
async function pathOf(id: string): Promise<readonly string[]> {
  await postact.settled();
  const { stateMachines = [] } = await workflows.send(new ListStateMachinesCommand({}));
  for (const { stateMachineArn } of stateMachines) {
    const { executions = [] } = await workflows.send(new ListExecutionsCommand({ stateMachineArn }));
    const run = executions.find(({ name }) => name === `image-${id}`);
    if (!run) continue;
    const { events = [] } = await workflows.send(new GetExecutionHistoryCommand({ executionArn: run.executionArn }));
    return events.flatMap(({ stateEnteredEventDetails }) => stateEnteredEventDetails?.name ?? []);
  }
  return [];
}

let count = 0;
const newPng = (): Buffer => make.png([make.chunk('tEXt', make.latin1(`Comment\0number ${++count}`))]);
const ASKED = ['Ask uploader for the file', 'Check the file', 'Is the file fit to keep?'];
const KEPT = [...ASKED, 'Write image under its record', 'Image kept'];

describe('an image on its way into the records', () => {
  it('is kept when its file is what it was said to be', async () => {
    const id = await file();
    expect(await send(newPng())).toBe(303);
    expect(await ended(id)).toMatchObject({ state: 'kept', stored: { legalHold: true } });
    expect(await pathOf(id)).toEqual(KEPT);
    expect((await postact.mailsTo('p-ortiz')).some(({ text }) => text.includes(id))).toBe(true);
  });

  it('is refused whole when its file holds a position', async () => {
    const id = await file({ declaredKind: 'jpeg' });
    await send(make.jpeg([make.exifSegment(make.exifWithGps())]));
    expect(await ended(id)).toMatchObject({ state: 'refused', refusals: [{ clause: 'XR26-DSP-03' }] });
    expect(await pathOf(id)).toEqual([...ASKED, 'Write refusal in ledger', 'Image refused']);
    expect((await operator.go(`/images/${id}`)).text).toContain('The file was not kept');
  });

  it('is kept after an interrupted upload, with a fresh form', async () => {
    const id = await file();
    const { action, hidden } = operator.formOn(uploadAction());
    const body = new FormData();
    for (const [name, value] of Object.entries(hidden)) body.append(name, value);
    expect((await fetch(action, { method: 'POST', body })).status).toBe(400);
    await operator.go(`/images/${id}`);
    await send(newPng());
    expect((await ended(id)).state).toBe('kept');
    expect(await pathOf(id)).toEqual(KEPT);
  });

  it('is kept and marked when the same bytes are kept already', async () => {
    const bytes = newPng();
    const first = await file();
    await send(bytes);
    await ended(first);
    const second = await file();
    await send(bytes);
    expect(await ended(second)).toMatchObject({ state: 'kept', duplicateOf: first });
    expect(await pathOf(second)).toEqual(KEPT);
  });

  it('is seen by its uploader for a purpose, in a rendering of the version that was kept', async () => {
    const id = await file();
    const bytes = newPng();
    await send(bytes);
    await ended(id);
    await operator.go(`/images/${id}`);
    await operator.send(`/images/${id}/views`, {
      operation: 'view',
      purpose: 'criminal-investigation',
      caseNumber: 'C-2026-17',
      need: 'to compare it with the door',
    });
    expect(operator.words()).toContain('Rendering for viewing. The original is unchanged.');
    const source = /<img id="viewer-image"[^>]*src="([^"]+)"/.exec(operator.page.text)![1]!.replaceAll('&amp;', '&');
    const link = (await operator.request(source)).headers.get('location')!;
    expect(Buffer.from(await (await fetch(link)).arrayBuffer()).equals(bytes)).toBe(true);
  });

  // Last: it moves the clock by a day, and the deployment's time passes with it.
  it('lapses when nobody sends a file in time', async () => {
    const id = await file();
    await postact.advance(24 * 60 + 1);
    expect((await ended(id)).state).toBe('lapsed');
    expect(await pathOf(id)).toEqual([
      'Ask uploader for the file',
      'Write that the upload lapsed',
      'Did the file come after all?',
      'Upload lapsed',
    ]);
  });
});
