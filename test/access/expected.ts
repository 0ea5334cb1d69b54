/**
 * What each route asks of who comes: nothing, a session, a task of policies/roles.ts, or a part in the record. One line
 * for each route; the test fails when a route has none.
 */
import { mayDo, type Role, type Task } from '../../policies/roles.ts';
import { EXPECTED_OF_RETENTION } from './expected-of-retention.ts';
import { EXPECTED_OF_HOLDS } from './expected-of-holds.ts';
import { EXPECTED_OF_WHAT_LEAVES } from './expected-of-what-leaves.ts';
import { at, open, type Expected } from './expecting.ts';

export type { World } from './expecting.ts';

const DEVICE_READERS: readonly Task[] = [
  'inspect-device',
  'register-device',
  'assess-radiation',
  'operate-device',
  'assign-deployment',
  'read-exceptions',
];
const TRAINING_READERS: readonly Task[] = ['record-training', 'assign-deployment', 'operate-device', 'read-exceptions'];
const EVERY_CASE: readonly Role[] = ['privacy-officer', 'records-officer', 'foil-officer', 'internal-affairs'];
/** An investigator reads the cases that are their duty; the case of the world's image is nobody's of these. */
const CASE_READERS: readonly Role[] = [
  'privacy-officer',
  'legal-bureau-chief',
  'records-officer',
  'foil-officer',
  'auditor',
  'internal-affairs',
];
const OF_A_CASE = '/cases/2026-0042';
const READS_DISPOSALS: readonly Task[] = ['read-retention', 'manage-records', 'sign-disposal'];
const SOMEONE_ELSES = { status: 403, tasks: [] };

export const EXPECTED: Readonly<Record<string, Expected>> = {
  ...EXPECTED_OF_WHAT_LEAVES,
  ...EXPECTED_OF_RETENTION,
  ...EXPECTED_OF_HOLDS,
  'GET /': open('/', [200, 303]),
  'GET /sign-in': open('/sign-in', [200, 303]),
  'GET /sign-in/return': open('/sign-in/return', [303, 400]),
  'GET /sign-out': open('/sign-out'),
  'GET /policy': open('/policy'),
  'GET /policy/health': open('/policy/health'),
  'GET /policy/editions': open('/policy/editions'),
  'GET /policy/editions/:id': open('/policy/editions/xray-2026'),
  'GET /policy/clauses/:id': open('/policy/clauses/XR26-USE-07'),
  'GET /api/v1/openapi.json': open('/api/v1/openapi.json'),
  // For systems with a token: a person's session counts for nothing there (test/functions/case/interface-events.test.ts).
  'GET /api/v1/cases/:number': open('/api/v1/cases/2026-1', [401]),
  'GET /api/v1/cases/:number/records': open('/api/v1/cases/2026-1/records', [401]),
  'GET /api/v1/records/:recordId': open('/api/v1/records/R-1', [401]),
  'PUT /api/v1/cases/:number/events/:eventId': open('/api/v1/cases/2026-1/events/e1', [401]),
  'PUT /api/v1/records/:recordId': open('/api/v1/records/R-1', [401]),
  'POST /api/v1/records/:recordId/stored': open('/api/v1/records/R-1/stored', [401]),
  'GET /ask': open('/ask'),
  'GET /ask/sent': open('/ask/sent'),
  'GET /assets/:version{[0-9a-f]{12}}/:path{.+}': { path: ({ assets }) => `${assets}/postact.css`, may: 'everyone' },
  'GET /desk': { path: at('/desk'), may: 'signed-in' },
  'GET /requests': { path: at('/requests'), may: 'signed-in' },
  'GET /requests/new': { path: at('/requests/new'), may: ['request-use'] },
  'GET /requests/:id': {
    path: ({ requestId }) => `/requests/${requestId}`,
    may: 'signed-in',
    unless: { status: 404, tasks: ['read-all-requests'] },
  },
  'GET /decisions/:id': {
    path: ({ decisionId }) => `/decisions/${decisionId}`,
    may: 'signed-in',
    unless: SOMEONE_ELSES,
  },
  'GET /decisions/link/:secret': { path: ({ link }) => link, may: 'signed-in', unless: SOMEONE_ELSES },
  'GET /deployments/new': {
    path: ({ approvedId }) => `/deployments/new?request=${approvedId}`,
    may: ['assign-deployment'],
  },
  'GET /deployments/:id': {
    path: ({ deploymentId }) => `/deployments/${deploymentId}`,
    may: 'signed-in',
    unless: { status: 404, tasks: ['read-all-requests', 'assign-deployment'] },
  },
  'GET /images': { path: at('/images'), may: 'signed-in' },
  'GET /images/new': {
    path: ({ requestId }) => `/images/new?request=${requestId}`,
    may: ['upload-image'],
    ok: [200, 409],
  },
  'GET /images/:id': {
    path: ({ imageId }) => `/images/${imageId}`,
    may: 'signed-in',
    unless: { status: 403, tasks: ['read-all-requests'], roles: EVERY_CASE },
  },
  'GET /images/:id/viewer': {
    path: ({ imageId }) => `/images/${imageId}/viewer?view=V-none`,
    may: 'signed-in',
    ok: [404],
  },
  'GET /images/:id/file': { path: ({ imageId }) => `/images/${imageId}/file?view=V-none`, may: 'signed-in', ok: [404] },
  'GET /cases': { path: at('/cases'), may: ['read-cases'] },
  'GET /cases/new': { path: at('/cases/new'), may: ['keep-cases'] },
  'GET /cases/:number': {
    path: at(OF_A_CASE),
    may: ['read-cases'],
    unless: { status: 403, tasks: [], roles: CASE_READERS },
  },
  'GET /cases/:number/:deed': {
    path: at(`${OF_A_CASE}/close`),
    may: ['keep-cases'],
    unless: { status: 403, tasks: [], roles: CASE_READERS },
    ok: [200, 404],
  },
  'GET /devices': { path: at('/devices'), may: DEVICE_READERS },
  'GET /devices/:id': { path: at('/devices/x-ray-1'), may: DEVICE_READERS },
  'GET /trainings': { path: at('/trainings'), may: TRAINING_READERS },
  'GET /trainings/new': { path: at('/trainings/new'), may: ['record-training'] },
  'GET /trainings/:personId': { path: at('/trainings/p-ortiz'), may: TRAINING_READERS },
  'GET /dispositions': { path: at('/dispositions'), may: READS_DISPOSALS },
  'GET /dispositions/:id': { path: at('/dispositions/DB-none'), may: READS_DISPOSALS, ok: [404] },
  'GET /dispositions/:id/certificate': {
    path: at('/dispositions/DB-none/certificate'),
    may: READS_DISPOSALS,
    ok: [404],
  },
  'GET /dispositions/:id/certificate/file': {
    path: at('/dispositions/DB-none/certificate/file'),
    may: READS_DISPOSALS,
    ok: [404],
  },
  'GET /dispositions/:id/certificate/key': { path: at('/dispositions/DB-none/certificate/key'), may: READS_DISPOSALS },
  'POST /dispositions/:id/objections': {
    path: at('/dispositions/DB-none/objections'),
    may: ['place-hold', 'manage-records'],
    ok: [404],
  },
  'POST /dispositions/:id/owner': { path: at('/dispositions/DB-none/owner'), may: ['manage-records'], ok: [404] },
  'GET /ledger': { path: at('/ledger'), may: ['read-ledger'] },
  'GET /ledger/:noun/:id': { path: ({ requestId }) => `/ledger/use-request/${requestId}`, may: ['read-ledger'] },
  'POST /sign-in': open('/sign-in', [303]),
  'POST /sign-out': open('/sign-out', [303]),
  'POST /ask': open('/ask', [422]),
  'POST /requests': { path: at('/requests'), may: ['request-use'], ok: [422] },
  'POST /requests/:id/withdraw': {
    path: ({ requestId }) => `/requests/${requestId}/withdraw`,
    may: 'signed-in',
    unless: { status: 404, tasks: ['read-all-requests'] },
    ok: [422],
  },
  'POST /requests/:id/confirm': {
    path: ({ requestId }) => `/requests/${requestId}/confirm`,
    may: ['confirm-external-request'],
    ok: [303],
  },
  'POST /decisions/:id': {
    path: ({ decisionId }) => `/decisions/${decisionId}`,
    may: 'signed-in',
    unless: SOMEONE_ELSES,
  },
  'POST /decisions/link/:secret': { path: ({ link }) => link, may: 'signed-in', unless: SOMEONE_ELSES },
  'POST /deployments/new': { path: at('/deployments/new'), may: ['assign-deployment'], ok: [404] },
  'POST /deployments/:id/start': {
    path: ({ deploymentId }) => `/deployments/${deploymentId}/start`,
    may: ['operate-device'],
    ok: [404, 422],
  },
  'POST /deployments/:id/hand-over': {
    path: ({ deploymentId }) => `/deployments/${deploymentId}/hand-over`,
    may: ['log-deployment'],
    ok: [404, 422],
  },
  'POST /deployments/:id/end': {
    path: ({ deploymentId }) => `/deployments/${deploymentId}/end`,
    may: ['log-deployment'],
    ok: [404, 422],
  },
  'POST /deployments/:id/close': {
    path: ({ deploymentId }) => `/deployments/${deploymentId}/close`,
    may: ['confirm-proper-use'],
    ok: [404, 422],
  },
  'POST /images': { path: at('/images'), may: ['upload-image'], ok: [404] },
  'POST /images/:id/retry': {
    path: ({ imageId }) => `/images/${imageId}/retry`,
    may: ['upload-image'],
    ok: [404, 422],
  },
  'POST /images/:id/views': {
    path: ({ imageId }) => `/images/${imageId}/views`,
    may: 'signed-in',
    ok: [403, 404, 422],
  },
  'POST /images/:id/shares': {
    path: ({ imageId }) => `/images/${imageId}/shares`,
    may: 'signed-in',
    ok: [403, 404, 422],
  },
  'POST /cases': { path: at('/cases'), may: ['keep-cases'], ok: [422] },
  'POST /cases/:number/:deed': {
    path: at(`${OF_A_CASE}/close`),
    may: ['keep-cases'],
    unless: { status: 403, tasks: [], roles: CASE_READERS },
    ok: [422],
  },
  'POST /devices/:id/inspections': { path: at('/devices/x-ray-1/inspections'), may: ['inspect-device'], ok: [422] },
  'POST /devices/:id/radiation': { path: at('/devices/x-ray-1/radiation'), may: ['assess-radiation'], ok: [422] },
  'POST /devices/:id/service': { path: at('/devices/x-ray-1/service'), may: ['register-device'], ok: [200] },
  'POST /trainings': { path: at('/trainings'), may: ['record-training'], ok: [422] },
  'POST /ledger/:noun/:id': { path: ({ requestId }) => `/ledger/use-request/${requestId}`, may: ['read-ledger'] },
};

/** The statuses that are right for a role on a route; `undefined` is nobody signed in. */
export function statusesFor(route: string, role: Role | undefined): readonly number[] {
  const { may, unless, office, ok = [200] } = EXPECTED[route]!;
  if (may === 'everyone') return ok;
  if (role === undefined) return route.startsWith('GET ') ? [303] : [401];
  const roles: readonly Role[] = ['member', role];
  if (may !== 'signed-in' && !may.some((task) => mayDo(roles, task))) return [403];
  if (office && mayDo(roles, 'handle-breach')) return [403];
  const concerned = !unless || unless.tasks.some((task) => mayDo(roles, task)) || (unless.roles ?? []).includes(role);
  return concerned ? ok : [unless.status];
}
