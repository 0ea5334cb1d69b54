/**
 * Whatever JSON comes to the functions that no page stands before: imports and the workflows' steps. Each answers, or
 * refuses with a fault that says what does not fit and that trying again is of no use; nothing is written by halves.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { handler as importPeople } from '../../functions/access/import-people.lambda.ts';
import { handler as askForDecision } from '../../functions/decision/ask-for-decision.lambda.ts';
import { handler as checkWhoIsAsked } from '../../functions/decision/check-who-is-asked.lambda.ts';
import { handler as importDevices } from '../../functions/device/import-devices.lambda.ts';
import { handler as askForUpload } from '../../functions/image/ask-for-upload.lambda.ts';
import { handler as lapseUpload } from '../../functions/image/lapse-upload.lambda.ts';
import { handler as noteMailOutcome } from '../../functions/mail/note-mail-outcome.lambda.ts';
import { handler as importTrainings } from '../../functions/training/import-trainings.lambda.ts';
import { handler as askBureauToDeploy } from '../../functions/use-request/ask-bureau-to-deploy.lambda.ts';
import { handler as askForConfirmation } from '../../functions/use-request/ask-for-confirmation.lambda.ts';
import { handler as checkUseRequest } from '../../functions/use-request/check-use-request.lambda.ts';
import { handler as settleUseRequest } from '../../functions/use-request/settle-use-request.lambda.ts';
import { TABLE } from '../records-table.ts';
import { breaksIn } from '../whole-ledger.ts';
import { startBureau, type Bureau } from '../functions/bureau.ts';
import { announceSeed, json, SEED, text, WHEN } from './inputs.ts';

let bureau: Bureau;
beforeAll(async () => {
  announceSeed('events');
  bureau = await startBureau();
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const env = {
    RECORDS_TABLE: TABLE,
    AWS_ENDPOINT_URL: bureau.table.endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  };
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await bureau?.stop();
});

type Handler = (event: never, context: never) => unknown;

/** What a Lambda function is given came as JSON: so does this. */
async function called(handler: Handler, event: unknown): Promise<unknown> {
  const given = JSON.parse(JSON.stringify(event) ?? 'null') as never;
  return handler(given, { functionName: 'test', getRemainingTimeInMillis: () => 30_000 } as never);
}

/** Every fault these functions may end with: none of them a slip of ours. */
const FAULTS = ['FactMalformed', 'RecordMissing'];

async function holds(handler: Handler, event: unknown): Promise<void> {
  try {
    await called(handler, event);
  } catch (error) {
    expect(FAULTS, `${(error as Error).stack}`).toContain((error as Error).name);
  }
}

const id = fc.oneof(text, fc.constantFrom('\uD800', 'a\uDFFFb', 'x'.repeat(200_000)));
const ids = fc.record({ requestId: id, decisionId: id, imageId: id, token: id }, { requiredKeys: [] });
const word = fc.oneof(
  { weight: 4, arbitrary: fc.string({ minLength: 1, maxLength: 30 }) },
  { weight: 1, arbitrary: id },
  { weight: 1, arbitrary: fc.constantFrom('\uD800', 'a\uDFFFb', 'p-reyes', 'dreyes', '__proto__') },
);
const person = fc.record(
  {
    personId: word,
    directoryName: word,
    name: word,
    email: fc.oneof(fc.constant('a@example.gov'), word),
    uniformed: fc.boolean(),
    rank: fc.constantFrom('captain', 'civilian', '__proto__'),
    bureau: word,
    command: word,
    roles: fc.array(fc.constantFrom('member', 'auditor', 'constructor', 'auditor'), { maxLength: 4 }),
    active: fc.boolean(),
    rotaOrder: fc.oneof(fc.integer(), fc.double()),
  },
  { requiredKeys: ['directoryName', 'name', 'email', 'uniformed', 'rank', 'bureau', 'command', 'roles', 'active'] },
);
const device = fc.record(
  {
    deviceId: fc.oneof(fc.stringMatching(/^[A-Za-z0-9-]{1,8}$/), word),
    label: word,
    manufacturer: word,
    inService: fc.boolean(),
    storage: fc.record({ place: word, nonPublic: fc.boolean() }),
    thirdPartyConfirmations: fc.oneof(fc.nat(), fc.double()),
    lastInspection: fc.record({
      at: fc.constantFrom('2026-11-20T10:00:00.000Z', ...WHEN),
      by: word,
      accountedFor: fc.boolean(),
    }),
    radiationAssessment: fc.record({
      outcome: fc.constantFrom('safe', 'unsafe', 'perhaps'),
      on: fc.constantFrom('2026-01-01', ...WHEN),
    }),
  },
  { requiredKeys: ['deviceId', 'label', 'manufacturer', 'inService', 'storage'] },
);
const training = fc.record({
  personId: fc.oneof(fc.constantFrom('p-kim', 'p-ortiz'), word),
  technology: fc.constantFrom('mobile-x-ray', 'drone'),
  specialised: fc.boolean(),
  completedOn: fc.constantFrom('2026-01-05', '2025-03-04', ...WHEN),
});
const list = <T>(name: string, of: fc.Arbitrary<T>) => fc.record({ [name]: fc.array(of, { maxLength: 3 }), by: word });
const outcome = fc.record({
  'detail-type': fc.constantFrom('Email Bounced', 'Email Delivered', '__proto__', 'constructor', ''),
  detail: fc.record({
    mail: fc.record({ tags: fc.dictionary(fc.constantFrom('mail-id', '__proto__'), fc.array(id, { maxLength: 2 })) }),
  }),
});

const FUNCTIONS: readonly (readonly [name: string, handler: Handler, likely: fc.Arbitrary<unknown>])[] = [
  ['import-people', importPeople as Handler, list('people', person)],
  ['import-devices', importDevices as Handler, list('devices', device)],
  ['import-trainings', importTrainings as Handler, list('trainings', training)],
  ['check-use-request', checkUseRequest as Handler, ids],
  ['settle-use-request', settleUseRequest as Handler, ids],
  ['ask-for-confirmation', askForConfirmation as Handler, ids],
  ['ask-bureau-to-deploy', askBureauToDeploy as Handler, ids],
  ['check-who-is-asked', checkWhoIsAsked as Handler, ids],
  ['ask-for-decision', askForDecision as Handler, ids],
  ['ask-for-upload', askForUpload as Handler, ids],
  ['lapse-upload', lapseUpload as Handler, ids],
  ['note-mail-outcome', noteMailOutcome as Handler, outcome],
];

describe('whatever JSON comes', () => {
  it.each(FUNCTIONS)('%s answers it, or says what does not fit', async (_, handler, likely) => {
    await fc.assert(
      fc.asyncProperty(fc.oneof({ weight: 3, arbitrary: likely }, { weight: 1, arbitrary: json }), (event) =>
        holds(handler, event),
      ),
      { numRuns: 60, seed: SEED },
    );
    expect(await breaksIn(bureau.table.client, TABLE)).toEqual([]);
  });

  it('an import that is refused has written nothing', async () => {
    const before = (await bureau.items()).length;
    const fit = {
      deviceId: 'Z-1',
      label: 'Z',
      manufacturer: 'M',
      inService: true,
      storage: { place: 'P', nonPublic: true },
    };
    await expect(
      called(importDevices as Handler, { devices: [fit, { ...fit, deviceId: 'Z 2' }], by: 'test' }),
    ).rejects.toMatchObject({ name: 'FactMalformed' });
    await expect(
      called(importTrainings as Handler, {
        trainings: [
          { personId: 'p-kim', technology: 'mobile-x-ray', specialised: true, completedOn: '2024-01-05' },
          { personId: 'nobody', technology: 'mobile-x-ray', specialised: true, completedOn: '2024-01-05' },
        ],
        by: 'test',
      }),
    ).rejects.toMatchObject({ name: 'FactMalformed' });
    expect((await bureau.items()).length).toBe(before);
  });
});
