/** What the header offers, and to whom. The pages themselves ask again; a link that is missing here protects nothing. */
import { mayDo, type Role, type Task } from '../../policies/roles.ts';

interface Place {
  readonly path: string;
  readonly label: string;
  /** Shown to whoever holds any of these tasks; to everyone when there are none. */
  readonly tasks: readonly Task[];
}

const PLACES: readonly Place[] = [
  { path: '/desk', label: 'My desk', tasks: ['read-own-requests'] },
  { path: '/requests', label: 'Requests', tasks: ['request-use', 'read-all-requests', 'confirm-external-request'] },
  { path: '/images', label: 'Images', tasks: ['view-image', 'upload-image'] },
  { path: '/cases', label: 'Cases', tasks: ['read-cases'] },
  {
    path: '/devices',
    label: 'Devices',
    tasks: [
      'inspect-device',
      'register-device',
      'assess-radiation',
      'operate-device',
      'assign-deployment',
      'read-exceptions',
    ],
  },
  {
    path: '/trainings',
    label: 'Trainings',
    tasks: ['record-training', 'assign-deployment', 'operate-device', 'read-exceptions'],
  },
  { path: '/disclosures', label: 'Disclosures', tasks: ['request-disclosure', 'read-disclosures'] },
  { path: '/registers', label: 'Registers', tasks: ['read-disclosures'] },
  { path: '/breaches', label: 'Breaches', tasks: ['read-breaches'] },
  { path: '/quarterly-reports', label: 'Quarterly', tasks: ['send-quarterly-report', 'read-breaches'] },
  { path: '/holds', label: 'Holds', tasks: ['read-retention', 'place-hold', 'release-hold'] },
  { path: '/dispositions', label: 'Disposal', tasks: ['manage-records', 'sign-disposal', 'read-retention'] },
  { path: '/retention', label: 'Retention', tasks: ['read-retention'] },
  { path: '/ledger', label: 'Ledger', tasks: ['read-ledger'] },
  { path: '/policy', label: 'Policy', tasks: [] },
];

export function placesFor(roles: readonly Role[] | undefined): readonly Pick<Place, 'path' | 'label'>[] {
  return PLACES.filter(({ tasks }) => tasks.length === 0 || (roles && tasks.some((task) => mayDo(roles, task))));
}

export const isWithin = (path: string, place: string): boolean => path === place || path.startsWith(`${place}/`);
