/**
 * Who may do which task. Deny by default: a role holds a task only when this table says so.
 *
 * A role opens the door to a task; the rules still ask for rank, bureau, training and the facts of the
 * case. The groups of the sign-in service carry the same names as the roles, and a group that is not
 * a role gives nothing. Only a system administrator allots roles, and holds no other duty by it.
 *
 * Source  XR26-SAFE-08, XR26-SAFE-10, XR26-USE-05 to USE-10
 */

/** Every task a person can do through a page, with the words the pages use for it. */
export const TASKS = {
  'request-use': 'Ask for a use of mobile x-ray',
  'read-own-requests': 'Read the requests one made or was asked to decide',
  'read-all-requests': 'Read every request',
  'confirm-external-request': 'Enter a request of an outside entity and confirm who is asking',
  'decide-use': 'Decide whether mobile x-ray is used',
  'assign-deployment': 'Assign operators, device and commander to an approved use',
  'operate-device': 'Operate the device',
  'log-deployment': 'Keep the log of a deployment and of who has custody of the device',
  'confirm-proper-use': 'Confirm that a use was proper, and close it',
  'upload-image': 'Upload an x-ray image',
  'view-image': 'Open a kept x-ray image',
  'inspect-device': 'Inspect devices and account for them',
  'register-device': 'Register a device or take it out of service',
  'assess-radiation': 'Record an assessment of radiation safety',
  'record-training': 'Record a training',
  'manage-people': 'Record people, rank, bureau and transfer',
  'allot-roles': 'Give roles to people and take them away',
  'read-ledger': 'Read the ledger',
  'verify-ledger': 'Verify the ledger and its signed digests',
  'request-disclosure': 'Ask for a disclosure and prepare it',
  'read-disclosures': 'Read every disclosure and the registers',
  'decide-disclosure': 'Decide a disclosure as privacy officer',
  'keep-registers': 'Keep agreements, approvals in advance and standing access on file',
  'report-breach': 'Report a disclosure that may have been wrong',
  'read-breaches': 'Read what was reported as a wrongful disclosure',
  'handle-breach': 'Answer for a breach: judge it, report it, contain it and tell people',
  'send-quarterly-report': 'Compile and send the report of a quarter',
  'manage-records': 'Answer for schedules, batches to dispose of and the agreement of store and records',
  'sign-disposal': 'Sign that records are destroyed, or decline it',
  'read-retention': 'Read how long each record is kept and why, holds, batches and certificates',
  'place-hold': 'Place a hold on records',
  'release-hold': 'Release a hold',
  'keep-cases': 'Open, class, close, reopen and merge cases',
  'read-cases': 'Read cases and what is kept for them',
  'answer-foil-request': 'Answer a request under the Freedom of Information Law',
  'report-misuse': 'Report misuse',
  'investigate-misuse': 'Investigate misuse',
  'read-exceptions': 'Read what is late, missing or out of order',
  'read-capability-sheet': 'Read what the technology can do, and the policy editions',
} as const;

export type Task = keyof typeof TASKS;

/** What anyone who is signed in as a member may do. */
const EVERY_MEMBER = [
  'read-own-requests',
  'report-misuse',
  'report-breach',
  'read-capability-sheet',
] as const satisfies readonly Task[];

const TABLE = {
  member: [],
  executive: ['request-use', 'request-disclosure'],
  'ctb-executive': ['request-use', 'decide-use', 'assign-deployment', 'read-all-requests'],
  'ctb-commander': [
    'assign-deployment',
    'log-deployment',
    'confirm-proper-use',
    'read-all-requests',
    'read-exceptions',
    'request-disclosure',
  ],
  'ctb-operator': ['operate-device', 'log-deployment', 'upload-image'],
  investigator: ['view-image', 'request-disclosure', 'keep-cases', 'read-cases'],
  supervisor: ['inspect-device', 'read-exceptions'],
  'device-custodian': ['register-device', 'log-deployment'],
  'radiation-safety-officer': ['assess-radiation'],
  'training-officer': ['record-training'],
  'external-intake': ['confirm-external-request'],
  'privacy-officer': [
    'request-disclosure',
    'read-disclosures',
    'decide-disclosure',
    'keep-registers',
    'read-breaches',
    'handle-breach',
    'send-quarterly-report',
    'view-image',
    'read-all-requests',
    'read-ledger',
    'place-hold',
    'read-retention',
    'read-cases',
  ],
  'legal-bureau-chief': [
    'read-breaches',
    'read-disclosures',
    'place-hold',
    'release-hold',
    'read-retention',
    'read-cases',
  ],
  'records-officer': [
    'manage-records',
    'sign-disposal',
    'read-retention',
    'place-hold',
    'keep-cases',
    'read-cases',
    'view-image',
    'read-exceptions',
    'request-disclosure',
  ],
  'law-department': ['sign-disposal', 'read-retention'],
  'records-commissioner': ['sign-disposal', 'read-retention'],
  'foil-officer': [
    'answer-foil-request',
    'view-image',
    'request-disclosure',
    'place-hold',
    'read-retention',
    'read-cases',
  ],
  auditor: [
    'read-all-requests',
    'read-disclosures',
    'read-breaches',
    'read-ledger',
    'verify-ledger',
    'read-exceptions',
    'place-hold',
    'read-retention',
    'read-cases',
  ],
  'integrity-control-officer': ['read-ledger', 'verify-ledger', 'investigate-misuse', 'read-exceptions'],
  'internal-affairs': [
    'investigate-misuse',
    'read-ledger',
    'read-all-requests',
    'view-image',
    'place-hold',
    'read-retention',
    'read-cases',
  ],
  'personnel-officer': ['manage-people'],
  'system-administrator': ['allot-roles'],
} as const satisfies Record<string, readonly Task[]>;

export type Role = keyof typeof TABLE;

export const ROLES = Object.keys(TABLE) as readonly Role[];

/** What a page calls the people who hold a role. */
export const ROLE_TITLES: Readonly<Record<Role, string>> = {
  member: 'Members of the department',
  executive: 'Executives, who may ask for a use',
  'ctb-executive': 'Executives of the Counterterrorism Bureau, who decide',
  'ctb-commander': 'Commanders of the Counterterrorism Bureau, who assign and answer for proper use',
  'ctb-operator': 'Operators of mobile x-ray',
  investigator: 'Investigators',
  supervisor: 'Supervisors, who inspect devices',
  'device-custodian': 'Custodians of devices',
  'radiation-safety-officer': 'Radiation safety',
  'training-officer': 'Training',
  'external-intake': 'Intake of outside entities',
  'privacy-officer': 'Agency Privacy Officer and deputies',
  'legal-bureau-chief': 'Chief of the Legal Bureau',
  'records-officer': 'Records officers of the department',
  'law-department': 'Law Department of the City, for the Corporation Counsel',
  'records-commissioner': 'Department of Records and Information Services, for its commissioner',
  'foil-officer': 'Freedom of Information Law',
  auditor: 'Audit',
  'integrity-control-officer': 'Integrity control',
  'internal-affairs': 'Internal affairs',
  'personnel-officer': 'Personnel',
  'system-administrator': 'System administration',
};

const TASKS_OF = new Map<string, ReadonlySet<Task>>(
  Object.entries<readonly Task[]>(TABLE).map(([role, tasks]) => [role, new Set([...EVERY_MEMBER, ...tasks])]),
);

/** Whether any of these roles holds the task. No roles, no task; a name that is not a role holds none. */
export function mayDo(roles: readonly string[], task: Task): boolean {
  return roles.some((role) => TASKS_OF.get(role)?.has(task) ?? false);
}

/** The tasks these roles hold together, in the order of TASKS. */
export function tasksOf(roles: readonly string[]): readonly Task[] {
  return (Object.keys(TASKS) as readonly Task[]).filter((task) => mayDo(roles, task));
}

/** The roles that hold a task, in the order of ROLES. */
export function rolesFor(task: Task): readonly Role[] {
  return ROLES.filter((role) => mayDo([role], task));
}

export const isRole = (name: string): name is Role => TASKS_OF.has(name);

/** The roles that the sign-in service's group names stand for; groups that are not roles are left out. */
export function rolesOfGroups(groups: readonly string[]): readonly Role[] {
  return ROLES.filter((role) => groups.includes(role));
}
