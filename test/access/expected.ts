/**
 * What each route asks of who comes: nothing, a session, a task of policies/roles.ts, or a part in the record. One line
 * for each route; the test fails when a route has none.
 */
import { mayDo, type Role, type Task } from '../../policies/roles.ts';

/** The records the routes are tried on. None of the people who try has a part in them. */
export interface World {
  readonly requestId: string;
  readonly approvedId: string;
  readonly decisionId: string;
  readonly link: string;
  readonly deploymentId: string;
  readonly imageId: string;
  readonly breachId: string;
  readonly assets: string;
}

interface Expected {
  readonly path: (world: World) => string;
  /** Who may: `everyone`, who is signed in, or who holds one of these tasks. */
  readonly may: 'everyone' | 'signed-in' | readonly Task[];
  /** Of those who may, whose the record is not: what they get instead, unless they hold one of the tasks or roles. */
  readonly unless?: { readonly status: number; readonly tasks: readonly Task[]; readonly roles?: readonly Role[] };
  /** Whether it is for the privacy office: the role alone, without the office, is turned away with 403. */
  readonly office?: true;
  /** What they get who may; 200 for a page. An empty form is answered with what is missing. */
  readonly ok?: readonly number[];
}

const DEVICE_READERS: readonly Task[] = [
  'inspect-device',
  'register-device',
  'assess-radiation',
  'operate-device',
  'assign-deployment',
  'read-exceptions',
];
const TRAINING_READERS: readonly Task[] = ['record-training', 'assign-deployment', 'operate-device', 'read-exceptions'];
const QUARTER_READERS: readonly Task[] = ['send-quarterly-report', 'read-breaches'];
const REGISTER_READERS: readonly Task[] = ['read-disclosures'];
const EVERY_CASE: readonly Role[] = ['privacy-officer', 'records-officer', 'foil-officer', 'internal-affairs'];
const SOMEONE_ELSES = { status: 403, tasks: [] };
/** A link of the right shape that leads nowhere: what is behind a real one is test/functions/delivery. */
const NO_DELIVERY = `/receive/${'A'.repeat(43)}`;
const at = (path: string) => () => path;
const open = (path: string, ok?: readonly number[]): Expected => ({
  path: at(path),
  may: 'everyone',
  ...(ok && { ok }),
});

const ofBreach =
  (more: string): Expected['path'] =>
  ({ breachId }) =>
    `/breaches/${breachId}${more}`;
const ofOffice = (more: string): Expected => ({ path: ofBreach(more), may: ['handle-breach'], office: true });

export const EXPECTED: Readonly<Record<string, Expected>> = {
  'GET /': open('/', [200, 303]),
  'GET /sign-in': open('/sign-in', [200, 303]),
  'GET /sign-in/return': open('/sign-in/return', [303, 400]),
  'GET /sign-out': open('/sign-out'),
  'GET /policy': open('/policy'),
  'GET /policy/health': open('/policy/health'),
  'GET /policy/editions': open('/policy/editions'),
  'GET /policy/editions/:id': open('/policy/editions/xray-2026'),
  'GET /policy/clauses/:id': open('/policy/clauses/XR26-USE-07'),
  'GET /ask': open('/ask'),
  'GET /ask/sent': open('/ask/sent'),
  'GET /assets/:version{[0-9a-f]{12}}/:path{.+}': { path: ({ assets }) => `${assets}/postact.css`, may: 'everyone' },
  'GET /receive/done': open('/receive/done'),
  'GET /receive/:secret': open(NO_DELIVERY, [404]),
  'GET /receive/:secret/files': open(`${NO_DELIVERY}/files`, [404]),
  'GET /receive/:secret/file/:token': open(`${NO_DELIVERY}/file/${'A'.repeat(43)}`, [404]),
  'GET /deliveries/:id': { path: at('/deliveries/Y-none'), may: 'signed-in', ok: [404] },
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
  'GET /devices': { path: at('/devices'), may: DEVICE_READERS },
  'GET /devices/:id': { path: at('/devices/x-ray-1'), may: DEVICE_READERS },
  'GET /trainings': { path: at('/trainings'), may: TRAINING_READERS },
  'GET /trainings/new': { path: at('/trainings/new'), may: ['record-training'] },
  'GET /trainings/:personId': { path: at('/trainings/p-ortiz'), may: TRAINING_READERS },
  'GET /quarterly-reports': { path: at('/quarterly-reports'), may: QUARTER_READERS },
  'GET /quarterly-reports/:quarter': { path: at('/quarterly-reports/2026-Q1'), may: QUARTER_READERS },
  'GET /quarterly-reports/:quarter/:part{[a-z-]+\\.csv}': {
    path: at('/quarterly-reports/2026-Q1/breaches-by-cause.csv'),
    may: QUARTER_READERS,
    ok: [200, 404],
  },
  'GET /registers': { path: at('/registers'), may: REGISTER_READERS },
  'GET /registers/provisions': { path: at('/registers/provisions'), may: REGISTER_READERS },
  'GET /registers/provisions.csv': { path: at('/registers/provisions.csv'), may: REGISTER_READERS },
  'GET /registers/provisions/print': { path: at('/registers/provisions/print'), may: REGISTER_READERS },
  'GET /registers/access': { path: at('/registers/access'), may: REGISTER_READERS },
  'GET /registers/access.csv': { path: at('/registers/access.csv'), may: REGISTER_READERS },
  'GET /registers/access/print': { path: at('/registers/access/print'), may: REGISTER_READERS },
  'GET /registers/agreements': { path: at('/registers/agreements'), may: REGISTER_READERS },
  'GET /registers/agreements.csv': { path: at('/registers/agreements.csv'), may: REGISTER_READERS },
  'GET /registers/agreements/print': { path: at('/registers/agreements/print'), may: REGISTER_READERS },
  'GET /registers/pre-approvals': { path: at('/registers/pre-approvals'), may: REGISTER_READERS },
  'GET /registers/pre-approvals.csv': { path: at('/registers/pre-approvals.csv'), may: REGISTER_READERS },
  'GET /registers/pre-approvals/print': { path: at('/registers/pre-approvals/print'), may: REGISTER_READERS },
  'GET /registers/designations': { path: at('/registers/designations'), may: REGISTER_READERS },
  'GET /registers/designations.csv': { path: at('/registers/designations.csv'), may: REGISTER_READERS },
  'GET /registers/designations/print': { path: at('/registers/designations/print'), may: REGISTER_READERS },
  'GET /registers/deputies': { path: at('/registers/deputies'), may: REGISTER_READERS },
  'GET /registers/deputies.csv': { path: at('/registers/deputies.csv'), may: REGISTER_READERS },
  'GET /registers/deputies/print': { path: at('/registers/deputies/print'), may: REGISTER_READERS },
  'GET /registers/access/new': { path: at('/registers/access/new'), may: ['keep-registers'] },
  'GET /registers/access/:id': { path: at('/registers/access/SA-DEMO-0001'), may: REGISTER_READERS },
  'GET /registers/agreements/new': { path: at('/registers/agreements/new'), may: ['keep-registers'] },
  'GET /registers/agreements/:id': { path: at('/registers/agreements/AG-DEMO-0001'), may: REGISTER_READERS },
  'GET /registers/pre-approvals/new': { path: at('/registers/pre-approvals/new'), may: ['keep-registers'] },
  'GET /registers/pre-approvals/:id': { path: at('/registers/pre-approvals/PA-DEMO-0001'), may: REGISTER_READERS },
  'GET /registers/designations/new': { path: at('/registers/designations/new'), may: ['keep-registers'] },
  'GET /registers/designations/:id': { path: at('/registers/designations/RD-DEMO-0001'), may: REGISTER_READERS },
  'GET /registers/deputies/new': { path: at('/registers/deputies/new'), may: ['keep-registers'] },
  'GET /registers/deputies/:id': { path: at('/registers/deputies/p-adler'), may: REGISTER_READERS },
  'GET /ledger': { path: at('/ledger'), may: ['read-ledger'] },
  'GET /ledger/:noun/:id': { path: ({ requestId }) => `/ledger/use-request/${requestId}`, may: ['read-ledger'] },
  'GET /breaches': { path: at('/breaches'), may: ['report-breach'], office: true },
  'GET /breaches/new': { path: at('/breaches/new'), may: ['report-breach'] },
  'GET /breaches/:id': {
    path: ofBreach(''),
    may: 'signed-in',
    office: true,
    unless: { status: 404, tasks: ['read-breaches'] },
  },
  'GET /breaches/:id/report': ofOffice('/report'),
  'GET /breaches/:id/notices': ofOffice('/notices'),
  'GET /breaches/:id/notices/:ref/letter': ofOffice('/notices/T-none/letter'),
  'GET /breaches/:id/containment/:taskId': { path: ofBreach('/containment/C-none'), may: 'signed-in', ok: [404] },

  'POST /sign-in': open('/sign-in', [303]),
  'POST /sign-out': open('/sign-out', [303]),
  'POST /ask': open('/ask', [422]),
  'POST /receive/:secret/code': open(`${NO_DELIVERY}/code`, [403, 404]),
  'POST /receive/:secret/enter': open(`${NO_DELIVERY}/enter`, [403, 404]),
  'POST /receive/:secret/open': open(`${NO_DELIVERY}/open`, [403, 404]),
  'POST /receive/:secret/passphrase': open(`${NO_DELIVERY}/passphrase`, [403, 404]),
  'POST /receive/:secret/receipt': open(`${NO_DELIVERY}/receipt`, [403, 404]),
  'POST /deliveries/:id': { path: at('/deliveries/Y-none'), may: 'signed-in', ok: [404] },
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
  'POST /devices/:id/inspections': { path: at('/devices/x-ray-1/inspections'), may: ['inspect-device'], ok: [422] },
  'POST /devices/:id/radiation': { path: at('/devices/x-ray-1/radiation'), may: ['assess-radiation'], ok: [422] },
  'POST /devices/:id/service': { path: at('/devices/x-ray-1/service'), may: ['register-device'], ok: [200] },
  'POST /trainings': { path: at('/trainings'), may: ['record-training'], ok: [422] },
  'POST /quarterly-reports/:quarter/send': {
    path: at('/quarterly-reports/2026-Q1/send'),
    may: ['send-quarterly-report'],
    ok: [422],
  },
  'POST /breaches': { path: at('/breaches'), may: ['report-breach'], ok: [422] },
  'POST /breaches/:id/containment/:taskId/done': {
    path: ofBreach('/containment/C-none/done'),
    may: 'signed-in',
    ok: [404],
  },
  'POST /breaches/:id/people/:ref/mail': ofOffice('/people/T-none/mail'),
  'POST /breaches/:id/people/:ref/attempts': ofOffice('/people/T-none/attempts'),
  ...Object.fromEntries(
    [
      'read',
      'triage',
      'account',
      'report',
      'containment',
      'harm',
      'security',
      'consultations',
      'notice',
      'letter',
      'delay',
      'delay/lift',
      'people',
      'close',
    ].map((part) => [`POST /breaches/:id/${part}`, ofOffice(`/${part}`)]),
  ),
  'POST /registers/access': { path: at('/registers/access'), may: ['keep-registers'], ok: [422] },
  'POST /registers/access/:id/end': {
    path: at('/registers/access/SA-DEMO-0001/end'),
    may: ['keep-registers'],
    ok: [422],
  },
  'POST /registers/agreements': { path: at('/registers/agreements'), may: ['keep-registers'], ok: [422] },
  'POST /registers/agreements/:id/end': {
    path: at('/registers/agreements/AG-DEMO-0001/end'),
    may: ['keep-registers'],
    ok: [422],
  },
  'POST /registers/pre-approvals': { path: at('/registers/pre-approvals'), may: ['keep-registers'], ok: [422] },
  'POST /registers/pre-approvals/:id/end': {
    path: at('/registers/pre-approvals/PA-DEMO-0001/end'),
    may: ['keep-registers'],
    ok: [422],
  },
  'POST /registers/designations': { path: at('/registers/designations'), may: ['keep-registers'], ok: [422] },
  'POST /registers/designations/:id/end': {
    path: at('/registers/designations/RD-DEMO-0001/end'),
    may: ['keep-registers'],
    ok: [422],
  },
  'POST /registers/deputies': { path: at('/registers/deputies'), may: ['keep-registers'], ok: [422] },
  'POST /registers/deputies/:id/end': {
    path: at('/registers/deputies/p-adler/end'),
    may: ['keep-registers'],
    ok: [422],
  },
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
