/**
 * Every form with everything wrong, on the page apps over a real table: answers are pages, refusals or ways on, never a
 * fault of ours, and whatever was written is whole and in the ledger.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decisionPages } from '../../functions/decision/decision-pages.lambda.tsx';
import { deploymentPages } from '../../functions/deployment/deployment-pages.lambda.tsx';
import { startDeployment } from '../../functions/deployment/log-deployment.ts';
import { devicePages } from '../../functions/device/device-pages.lambda.tsx';
import { newSecret } from '../../functions/edge/system.ts';
import type { Visitor } from '../../functions/edge/visitor.ts';
import { imagePages, type ImagePagesNeeds } from '../../functions/image/image-pages.lambda.tsx';
import { ledgerPages } from '../../functions/ledger/ledger-pages.lambda.tsx';
import { trainingPages } from '../../functions/training/training-pages.lambda.tsx';
import { REQUEST_FIELDS } from '../../functions/use-request/request-form.tsx';
import { askForConfirmation } from '../../functions/use-request/ask-for-confirmation.ts';
import { useRequestPages } from '../../functions/use-request/use-request-pages.lambda.tsx';
import { ROLES } from '../../policies/roles.ts';
import { TABLE } from '../records-table.ts';
import { breaksIn } from '../whole-ledger.ts';
import { LIAISON, requestIdOf, startBureau, type Bureau } from '../functions/bureau.ts';
import { nyFields, requestFields } from '../job.ts';
import { announceSeed, fieldsOf, SEED, text } from './inputs.ts';

let bureau: Bureau;
let visitor: Visitor;
let ids: Readonly<Record<'request' | 'waiting' | 'outside' | 'decision' | 'deployment', string>>;
const cookie = newSecret();

interface App {
  request(path: string, init?: RequestInit): Response | Promise<Response>;
}
let apps: Readonly<Record<string, App>>;

beforeAll(async () => {
  announceSeed('forms');
  bureau = await startBureau();
  const { needs } = bureau;
  // One person with every role and a part in every record: nothing is refused for want of a task.
  await bureau.change('p-lee', { roles: [...ROLES] });
  const person = await bureau.person('p-lee');
  visitor = { ...person, personId: person.id, sessionId: 's'.repeat(64), formSecret: newSecret() };
  const pages = { ...needs, visitorOf: async (secret: string) => (secret === cookie ? visitor : undefined) };
  const noStore = async (): Promise<never> => { throw new Error('the store is not part of this test'); };
  const originals = { origin: async () => 'https://images.example', uploadForm: noStore, link: noStore } as unknown as ImagePagesNeeds['originals'];
  apps = {
    requests: useRequestPages(() => pages), ask: useRequestPages(() => pages), decisions: decisionPages(() => pages), deployments: deploymentPages(() => pages),
    devices: devicePages(() => pages), trainings: trainingPages(() => pages), ledger: ledgerPages(() => pages),
    images: imagePages(() => ({ ...pages, originals, newImageId: () => needs.newId('I'), newViewId: () => `V-${newSecret()}` })),
  };

  const assigned = await bureau.assign((await bureau.approved()).id, { operatorId: 'p-ortiz' });
  if (assigned.kind !== 'assigned') throw new Error('not assigned');
  const { deployment } = assigned;
  const outside = await bureau.submitted(LIAISON);
  await askForConfirmation(needs, { requestId: outside.id, token: 'token' });
  const decision = await bureau.deciding('p-reyes', { startsAt: deployment.window.to });
  bureau.now = deployment.window.from;
  await startDeployment(needs, { deploymentId: deployment.id, personId: 'p-ortiz' });
  ids = { request: deployment.requestId, waiting: requestIdOf(decision), outside: outside.id, decision: decision.id, deployment: deployment.id };
}, 60_000);
afterAll(() => bureau?.stop());

const post = (path: string, fields: readonly (readonly [string, string])[], headers: Record<string, string> = {}) =>
  apps[path.split(/[/?]/)[1]!]!.request(path, {
    method: 'POST',
    headers: { cookie: `session=${cookie}`, 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: new URLSearchParams([['form', visitor.formSecret], ...fields.map(([name, value]): [string, string] => [name, value])]).toString(),
  });

/** Never a fault of ours; 409 when settled, 413 when too large. */
const RIGHT = [200, 303, 400, 403, 404, 409, 413, 422];

const lawful = (): Readonly<Record<string, string>> => requestFields(new Date(bureau.now)) as Record<string, string>;
const FORMS: readonly (readonly [path: () => string, names: readonly string[], like?: () => Readonly<Record<string, string>>])[] = [
  [() => '/requests', [...REQUEST_FIELDS, 'startsAtDate', 'startsAtTime', 'endsAtDate', 'endsAtTime'], lawful],
  [() => '/ask', ['entityName', 'entityKind', 'liaisonName', 'liaisonTitle', 'liaisonEmail', 'liaisonPhone', ...REQUEST_FIELDS, 'startsAtDate', 'startsAtTime', 'endsAtDate', 'endsAtTime'],
    () => ({ ...lawful(), entityName: 'Harbor', entityKind: 'federal-agency', liaisonName: 'Pat', liaisonTitle: 'Agent', liaisonEmail: 'pat@harbor.example', liaisonPhone: '1' })],
  [() => `/requests/${ids.waiting}/withdraw`, ['reason']],
  [() => `/requests/${ids.outside}/confirm`, ['outcome', 'identityHow', 'affiliationHow', 'publicKeptOutHow']],
  [() => `/decisions/${ids.decision}`, ['answer', 'reason', 'acknowledgesPublicKeptOut', 'shown'], () => ({ answer: 'approve', acknowledgesPublicKeptOut: 'yes' })],
  [() => '/deployments/new', ['requestId', 'operatorId', 'deviceId', 'commanderId'], () => ({ requestId: ids.waiting })],
  [() => `/deployments/${ids.deployment}/start`, ['x']],
  [() => `/deployments/${ids.deployment}/hand-over`, ['toPersonId']],
  [() => `/deployments/${ids.deployment}/end`, ['scans', 'imagesDownloaded', 'publicKeptOut', 'notes']],
  [() => `/deployments/${ids.deployment}/close`, ['proper', 'statement', 'misuseReportId'], () => ({ proper: 'no' })],
  [() => '/devices/x-ray-1/inspections', ['accountedFor', 'storageNonPublic', 'storagePlace', 'remarks'], () => ({ accountedFor: 'yes', storageNonPublic: 'yes' })],
  [() => '/devices/x-ray-2/radiation', ['outcome', 'on'], () => ({ outcome: 'safe' })],
  [() => '/devices/x-ray-2/service', ['inService']],
  [() => '/trainings', ['personId', 'specialised', 'completedOn'], () => ({ personId: 'p-kim', specialised: 'general' })],
  [() => '/images', ['request', 'deploymentId', 'deviceId', 'downloadedBy', 'downloadedAtDate', 'downloadedAtTime', 'medium', 'lateReason', 'caseNumber', 'relevance', 'personInImage', 'personExplanation', 'location', 'plate', 'fileName', 'declaredKind'],
    () => ({ request: ids.request, deviceId: 'x-ray-1', downloadedBy: 'Sam', ...nyFields('downloadedAt', new Date(bureau.now)), medium: 'USB drive', caseNumber: '1', relevance: 'Shows what was hidden', declaredKind: 'png' })],
  [() => `/ledger/use-request/${ids.request}`, ['x']],
];

describe('a form with everything wrong', () => {
  it.each(FORMS.map(([path, names, like], place) => ({ place, names, path, like })))('$place: $names.0 …', async ({ path, names, like }) => {
    await fc.assert(
      fc.asyncProperty(fieldsOf(names, like?.()), async (fields) => {
        const answer = await post(path(), fields);
        const page = await answer.text();
        expect(RIGHT, `${answer.status} ${page.slice(0, 300)}`).toContain(answer.status);
        expect(page).not.toContain('<script>alert(1)</script>');
        expect(page).not.toContain('Something of ours is broken');
      }),
      { numRuns: 25, seed: SEED },
    );
  });

  it('that is too large, of another kind, or without its secret is refused before it is read', async () => {
    expect((await post('/requests', [['graveRisk', 'x'.repeat(200_000)]])).status).toBe(413);
    for (const kind of ['multipart/form-data; boundary=x', 'application/json', 'text/plain', '', 'a'.repeat(2000)]) expect((await post('/requests', [], { 'content-type': kind })).status).toBe(415);
    visitor = { ...visitor, formSecret: 'other'.repeat(9) };
    expect((await post('/requests', [], { origin: 'https://elsewhere.example' })).status).toBe(403);
    expect((await post('/requests', [], { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  });
});

const TEMPLATES = ['/requests/?', '/requests?month=?', '/requests/new??', '/decisions/?', '/decisions/link/?', '/deployments/?', '/deployments/new?request=?', '/images/?', '/images?case=?', '/images/new?request=?', '/images/I/viewer?view=?', '/images/I/file?view=?', '/devices/?', '/trainings/?', '/trainings/new?person=?', '/ledger?record=?', '/ledger/?/x', '/ledger/use-request/?', '/ask/sent?number=?'];
const INSERTS = fc.oneof(text.map(encodeURIComponent), fc.constantFrom('%00', '..%2f..%2f', '%2e%2e', '%', '%zz', '%E0%A4%A', '%FF%FE', 'x'.repeat(2500), encodeURIComponent('\u{1F4A3}'.repeat(700)), '__proto__', '?', '#', '//'));

describe('an address nobody made', () => {
  it.each(TEMPLATES)('%s is answered, and changes nothing', async (template) => {
    const before = (await bureau.items()).length;
    await fc.assert(
      fc.asyncProperty(INSERTS, fc.constantFrom('GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'), async (insert, method) => {
        const place = template.lastIndexOf('?');
        const path = template.slice(0, place) + insert + template.slice(place + 1);
        const answer = await apps[template.split(/[/?]/)[1]!]!.request(path, { method, headers: { cookie: `session=${cookie}` } });
        expect(answer.status, `${method} ${path.slice(0, 200)}`).toBeLessThan(500);
      }),
      { numRuns: 30, seed: SEED },
    );
    expect((await bureau.items()).length).toBe(before);
  });

  it('with headers and cookies nobody set is answered as for a stranger', async () => {
    const header = fc.string({ unit: fc.integer({ min: 32, max: 255 }).map((code) => String.fromCharCode(code)), maxLength: 300 });
    await fc.assert(
      fc.asyncProperty(header, fc.constantFrom('cookie', 'origin', 'content-type', 'accept', 'sec-fetch-site', 'content-length', 'host'), fc.constantFrom('GET', 'POST'), async (value, name, method) => {
        const sent = name === 'cookie' ? `session=${value}; __Host-session=${value}; form=${value}` : value;
        const answer = await apps['requests']!.request('/requests', { method, headers: { [name]: sent }, ...(method === 'POST' && { body: 'form=x' }) });
        expect([303, 401, 403]).toContain(answer.status);
      }),
      { numRuns: 100, seed: SEED },
    );
  });
});

it('whatever was written is whole and in the ledger', async () => {
  expect(await breaksIn(bureau.table.client, TABLE)).toEqual([]);
});
