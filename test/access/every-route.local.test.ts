/**
 * Every route with every role and with nobody signed in, on the whole of postact. Roles open what policies/roles.ts says
 * and nothing else, nothing ever fails on our side, and no amount of looking changes a record or the ledger.
 */
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ASSEMBLY } from '../../demo/assembly.ts';
import { ROLES, type Role } from '../../policies/roles.ts';
import { Client } from '../../demo/client.ts';
import { reportBreach } from '../breach-job.ts';
import { ask, assign, decide, deploymentIn, fileImage, linkFor, start } from '../job.ts';
import { openDisclosure } from '../disclosure-job.ts';
import { startPostact, type Postact } from '../postact.ts';
import { breaksIn } from '../whole-ledger.ts';
import { EXPECTED, statusesFor, type World } from './expected.ts';
import { apiRoutes, appRoutes, carrierOf } from './routes.ts';

let postact: Postact;
let table: DynamoDBClient;
let world: World;
let carriers: readonly string[];
const people = new Map<Role | undefined, Client>();
/** Who asks by HEAD and OPTIONS too: nobody, any member, and those who may open most. They meet the same doors as GET. */
const LOOKS: readonly (Role | undefined)[] = [undefined, 'member', 'privacy-officer', 'auditor'];
/** Who signs out does it last. */
const ROUTES = Object.keys(EXPECTED).toSorted(
  (a, b) => Number(a === 'POST /sign-out') - Number(b === 'POST /sign-out'),
);

beforeAll(async () => {
  postact = await startPostact();
  const aws = {
    endpoint: postact.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  table = new DynamoDBClient(aws);
  world = await makeWorld();
  carriers = apiRoutes(ASSEMBLY);
  await addPeople(new CognitoIdentityProviderClient(aws));
}, 180_000);
afterAll(async () => {
  table?.destroy();
  await postact?.stop();
});

/** The world takes 36 minutes to make, and then it is 25 past. */
const MINUTE_TO_BEGIN = 49;

/** A request with a deployment under way and an image, one that is approved, one that waits for its decision; and a breach just reported. */
async function makeWorld(): Promise<World> {
  // What runs each hour, at 5 and 20 past, writes records of its own: all of this is to be done between two of them.
  await postact.advance((60 + MINUTE_TO_BEGIN - postact.now().getUTCMinutes()) % 60);
  const requestId = await ask(postact, 'p-reyes', {}, { inMinutes: 30, forMinutes: 600 });
  await decide(postact, 'p-lee', requestId);
  const deploymentId = deploymentIn(await assign(postact, requestId));
  await postact.advance(31);
  await start(postact, deploymentId);
  await postact.advance(5);
  const { imageId } = await fileImage(postact, requestId);
  const officer = await postact.as('p-vance');
  await officer.go('/cases/new');
  await officer.send('/cases', { caseNumber: '2026-0042', openedOn: '2026-01-02' });
  expect(officer.page.url).toMatch(/\/cases\/2026-0042$/);
  const approvedId = await ask(postact);
  await decide(postact, 'p-lee', approvedId);
  const waiting = await ask(postact);
  const link = await linkFor(postact, 'p-lee', waiting);
  const executive = await postact.as('p-lee');
  const decisionId = /\/decisions\/(D-[\w-]+)/.exec((await executive.go('/desk')).text)![1]!;
  const assets = /href="(\/assets\/[0-9a-f]{12})\//.exec(executive.page.text)![1]!;
  const disclosureId = await openDisclosure(postact, 'prosecutor');
  const breachId = await reportBreach(postact, 'p-reyes');
  return { requestId, approvedId, decisionId, link, deploymentId, imageId, disclosureId, breachId, assets };
}

/** One person for each role, who is a member besides and nothing more, with no part in any record. */
async function addPeople(cognito: CognitoIdentityProviderClient): Promise<void> {
  const list = ROLES.map((role) => ({
    personId: `p-only-${role}`,
    directoryName: `only-${role}`,
    name: `Only ${role}`,
    email: `only-${role}@example.gov`,
    uniformed: true,
    rank: 'captain',
    bureau: 'counterterrorism-bureau',
    command: 'Counterterrorism Bureau',
    roles: [...new Set(['member', role])],
    active: true,
  }));
  const answer = await postact.running.host.functions.invoke(
    postact.outputs.ImportPeopleFunctionName,
    JSON.stringify({ people: list, by: 'test' }),
  );
  expect(answer.functionError).toBeUndefined();
  for (const { directoryName: Username, name, email, roles } of list) {
    const UserAttributes = [
      { Name: 'name', Value: name },
      { Name: 'email', Value: email },
    ];
    await cognito.send(
      new AdminCreateUserCommand({
        UserPoolId: postact.outputs.UserPoolId,
        Username,
        MessageAction: 'SUPPRESS',
        UserAttributes,
      }),
    );
    for (const GroupName of roles)
      await cognito.send(
        new AdminAddUserToGroupCommand({ UserPoolId: postact.outputs.UserPoolId, Username, GroupName }),
      );
  }
  cognito.destroy();
  for (const role of ROLES) {
    const client = new Client(postact.site);
    await client.signIn(`only-${role}`);
    people.set(role, client);
  }
  people.set(undefined, postact.stranger());
}

/** Everything in the table except sessions, whose last use is noted, by key. */
async function snapshot(): Promise<ReadonlyMap<string, unknown>> {
  const items = new Map<string, unknown>();
  let from: Record<string, unknown> | undefined;
  do {
    const page = await table.send(
      new ScanCommand({ TableName: postact.outputs.TableName, ...(from && { ExclusiveStartKey: from }) }),
    );
    for (const item of page.Items ?? []) if (item.noun !== 'session') items.set(`${item.pk} ${item.sk}`, item);
    from = page.LastEvaluatedKey;
  } while (from);
  return items;
}

/** Asks, and says what was wrong with the answer; undefined when it was right. */
async function wrongWith(
  role: Role | undefined,
  method: string,
  path: string,
  right: readonly number[],
  body?: string,
): Promise<string | undefined> {
  const headers = body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
  const response = await people.get(role)!.request(path, { method, headers, ...(body !== undefined && { body }) });
  await response.arrayBuffer();
  return right.includes(response.status)
    ? undefined
    : `${method} ${path} as ${role ?? 'nobody'}: ${response.status}, expected ${right.join(' or ')}`;
}

describe('the routes', () => {
  it('of the HTTP API and of the page apps are the ones looked at here, and each reaches the other', () => {
    expect(appRoutes()).toEqual(Object.keys(EXPECTED).toSorted());
    expect(appRoutes().filter((route) => !carrierOf(route, carriers))).toEqual([]);
    expect(carriers.filter((carrier) => !appRoutes().some((route) => carrierOf(route, carriers) === carrier))).toEqual(
      [],
    );
  });
});

describe.each([...ROLES, undefined])('XR26-SAFE-08: %s', (role) => {
  it('opens the pages of its tasks and no others; looking changes nothing', async () => {
    const before = await snapshot();
    const wrong: (string | undefined)[] = [];
    for (const route of ROUTES.filter((one) => one.startsWith('GET '))) {
      const path = EXPECTED[route]!.path(world);
      const right = statusesFor(route, role);
      wrong.push(await wrongWith(role, 'GET', path, right));
      if (!LOOKS.includes(role)) continue;
      // A route of the HTTP API for GET alone has no HEAD; below /api/ what is left is for systems with a token.
      const looked = carrierOf(route, carriers)?.startsWith('GET ') ? [path.startsWith('/api/') ? 401 : 404] : right;
      wrong.push(
        await wrongWith(role, 'HEAD', path, looked),
        await wrongWith(role, 'OPTIONS', path, path.startsWith('/api/') ? [401] : [200, 204, 404, 405]),
      );
    }
    expect(wrong.filter(Boolean)).toEqual([]);
    expect(await snapshot()).toEqual(before);
  });

  it('sends the forms of its tasks and no others', async () => {
    const wrong: (string | undefined)[] = [];
    // The secret of a session's forms, or of the form for everyone, is the same on every page.
    const client = people.get(role)!;
    await client.go(role ? '/sign-out' : '/ask');
    const { hidden } = client.formOn(role ? '/sign-out' : '/ask');
    for (const route of ROUTES.filter((one) => /^(POST|PUT) /.test(one))) {
      const path = EXPECTED[route]!.path(world);
      const looked = path.startsWith('/api/') ? [401] : [200, 204, 404, 405];
      if (LOOKS.includes(role)) wrong.push(await wrongWith(role, 'OPTIONS', path, looked));
      const method = route.split(' ')[0]!;
      wrong.push(await wrongWith(role, method, path, statusesFor(route, role), new URLSearchParams(hidden).toString()));
    }
    expect(wrong.filter(Boolean)).toEqual([]);
  });
});

describe('after all of that', () => {
  it('nothing was decided, deployed or filed, and the ledger holds', async () => {
    await postact.settled();
    const executive = await postact.as('p-lee');
    await executive.go(world.link);
    expect(() => executive.formOn(world.link)).not.toThrow();
    expect(await breaksIn(table, postact.outputs.TableName)).toEqual([]);
  });
});
